"""Responses as they come: read, approve, give back."""

from collections.abc import Iterator

from flask import request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.chips import chip_group, page_link, word
from admin.desk import perform, read, reading
from admin.downloads import download_workbook
from admin.texts import labels, lists
from admin.views.base import PAGE, PanelView, page_number, pages_of
from mentoring.rules.questionnaire import ResponseState
from mentoring.use_cases.help_asked import help_asked, say_help_given
from mentoring.use_cases.responses import response_view
from mentoring.workbooks import Column
from storage.queries.enrolments import enrolment_seen
from storage.queries.questionnaires import answered_titles
from storage.queries.responses import ResponseFilters, responses_page


class ResponsesView(PanelView):
    def __init__(self) -> None:
        super().__init__(name="Анкеты", endpoint="responses", url="/responses")

    @expose("/")
    def index(self) -> str:
        page = page_number()
        titles = read(answered_titles)
        found = read(responses_page, _asked(), page=page, size=PAGE)
        return self.render(
            "responses/index.html",
            found=found,
            groups=(
                chip_group("Показать", "need", lists.RESPONSE_NEEDS),
                chip_group("Анкета", "key", titles),
                chip_group("Состояние", "state", labels.options(ResponseState)),
            ),
            page=page,
            pages=pages_of(found.total),
            link=page_link(),
        )

    @expose("/export.xlsx")
    def export(self) -> ResponseReturnValue:
        return download_workbook("Анкеты", COLUMNS, _exported())

    @expose("/<int:response_id>")
    def page(self, response_id: int) -> str:
        view = read(response_view, response_id)
        enrolment = read(enrolment_seen, view.enrolment_id) if view.enrolment_id else None
        helped = read(help_asked, response_id)
        return self.render("responses/page.html", view=view, enrolment=enrolment, helped=helped)

    @expose("/<int:response_id>/help-given", methods=("POST",))
    def help_given(self, response_id: int) -> ResponseReturnValue:
        perform(say_help_given, response_id)
        return self.done("Отметили: сделано. В делах на сегодня этого больше нет.")


def _asked() -> ResponseFilters:
    state = word("state", list(ResponseState))
    return ResponseFilters(
        state=ResponseState(state) if state else None,
        questionnaire=request.args.get("key", "")[:60],
        text=request.args.get("text", "")[:100],
        need=word("need", ("review", "help")),
    )


COLUMNS = (
    Column("Кто", 34),
    Column("Класс или должность", 24),
    Column("Анкета", 34),
    Column("Состояние", 16),
    Column("Как заполнена", 16),
    Column("Начата", 18, "datetime"),
    Column("Отправлена", 18, "datetime"),
)


def _exported() -> Iterator[tuple[object, ...]]:
    for row in responses_page(reading(), _asked(), size=None).rows:
        yield (
            row.person_name,
            row.place,
            row.title,
            labels.word(row.state),
            labels.word(row.door),
            row.started_at,
            row.submitted_at,
        )
