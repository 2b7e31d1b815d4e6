"""Messages of the system with their outcome, and letters between people and the curator."""

from collections.abc import Iterator

from flask import request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.chips import chip_group, page_link, word
from admin.desk import now, perform, read, reading
from admin.downloads import download_workbook
from admin.forms.people import LetterForm
from admin.texts import labels, lists, words
from admin.views.base import PAGE, PanelView, page_number, pages_of
from mentoring.rules.reminders import NoticeKind, NoticeState
from mentoring.use_cases.letters import answer_letter, close_letter, letters_with, write_to_person
from mentoring.workbooks import Column
from storage.queries.letters_list import letters_page
from storage.queries.notices_list import NoticeFilter, all_notices, notices_page
from storage.queries.people_list import named


class MessagesView(PanelView):
    def __init__(self) -> None:
        super().__init__(name="Сообщения", endpoint="messages", url="/messages")

    @expose("/")
    def index(self) -> str:
        page = page_number()
        found = read(notices_page, _asked(), offset=(page - 1) * PAGE, limit=PAGE, now=now())
        return self.render(
            "messages/index.html",
            found=found,
            groups=(
                chip_group("Что с ним", "state", labels.options(NoticeState)),
                chip_group("Требуют внимания", "need", lists.NOTICE_NEEDS),
            ),
            kinds=labels.options(NoticeKind),
            page=page,
            pages=pages_of(found.total),
            link=page_link(),
        )

    @expose("/export.xlsx")
    def export(self) -> ResponseReturnValue:
        return download_workbook("Сообщения", COLUMNS, _exported())

    @expose("/letters")
    def letters(self) -> str:
        page = page_number()
        found = read(letters_page, only_open="state" in request.args, offset=(page - 1) * PAGE, limit=PAGE)
        return self.render(
            "messages/letters.html", found=found, page=page, pages=pages_of(found.total), link=page_link()
        )

    @expose("/letters/<int:person_id>", methods=("GET", "POST"))
    def thread(self, person_id: int) -> ResponseReturnValue:
        """The correspondence with one person; what is typed answers their open letters, if there are any."""
        form, person = LetterForm(), read(named, person_id)
        if form.validate_on_submit() and self._send(person_id, form.text.data):
            return self.done(words.WRITTEN, "messages.thread", person_id=person_id)
        return self.render("messages/thread.html", person=person, letters=read(letters_with, person_id), form=form)

    @expose("/letters/close/<int:letter_id>", methods=("POST",))
    def close(self, letter_id: int) -> ResponseReturnValue:
        perform(close_letter, letter_id)
        return self.done(words.LETTER_CLOSED)

    def _send(self, person_id: int, text: str) -> object:
        waiting = [one for one in read(letters_with, person_id) if not one.from_curator and one.answered_at is None]
        if waiting:
            return self.attempt(answer_letter, waiting[-1].letter_id, text)
        return self.attempt(write_to_person, person_id, text)


def _asked() -> NoticeFilter:
    return NoticeFilter(
        state=word("state", list(NoticeState)), kind=word("kind", list(NoticeKind)), need=word("need", ("failed",))
    )


COLUMNS = (
    Column("Кому", 34),
    Column("Сообщение", 40),
    Column("Что с ним", 18),
    Column("Подробности", 34),
    Column("Назначено на", 18, "datetime"),
    Column("Отправлено", 18, "datetime"),
)


def _exported() -> Iterator[tuple[object, ...]]:
    for row in all_notices(reading(), _asked(), now=now()):
        yield (
            row.person_name,
            labels.word(row.kind),
            labels.word(row.state),
            labels.outcome(row.outcome),
            row.due_at,
            row.sent_at,
        )
