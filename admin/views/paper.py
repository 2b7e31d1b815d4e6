"""Sheets of paper: printed with a code, and typed into the same questionnaire."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user
from flask_wtf import FlaskForm

from admin.desk import perform, read
from admin.downloads import DOCX, download
from admin.sheets import Typed, texts_of, typed_sheet, typed_words, wrong_words
from admin.texts import library
from admin.texts import paper as words
from admin.texts.days import short_date
from admin.texts.errors import sentence
from admin.views.base import PanelView
from mentoring.paper_layout import NAME_LINES, PrintedForm, words_before
from mentoring.rules.errors import AnswersRefused, MentoringError, NotAllowed, NotFound, ValueWrong
from mentoring.rules.paper_codes import LENGTH
from mentoring.rules.people import Door
from mentoring.use_cases.organisations import organisation_card
from mentoring.use_cases.paper import enter_paper
from mentoring.use_cases.paper_codes import PaperSubject, find_code, subject_of_code
from mentoring.use_cases.paper_definitions import published_definition
from mentoring.use_cases.paper_prints import (
    FormToPrint,
    campaign_paper,
    meeting_paper,
    print_campaign,
    print_entry,
    print_meeting,
    print_recipient,
)
from mentoring.use_cases.paper_tasks import (
    PaperTask,
    paper_task,
    subject_of_enrolment,
    subject_of_meeting,
    subject_of_recipient,
)
from mentoring.use_cases.people import PersonCard, person_story
from storage.queries.questionnaires import PublishedQuestionnaire, published_questionnaires


class PaperView(PanelView):
    section = "responses"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Бумажные анкеты", endpoint="paper", url="/paper")

    @expose("/", methods=("GET", "POST"))
    def index(self) -> ResponseReturnValue:
        code, wrong = request.form.get("code", "")[:40], ""
        if request.method == "POST":
            self._ensure_may_change()
            try:
                return redirect(url_for("paper.by_code", code_id=read(find_code, code)), 303)
            except ValueWrong:
                wrong = words.CODE_MISTYPED.format(length=LENGTH)
            except NotFound:
                wrong = words.CODE_UNKNOWN
        return self.render("paper/index.html", code=code, wrong=wrong, shelves=_shelves(), roles=library.ROLES)

    @expose("/code/<int:code_id>", methods=("GET", "POST"))
    def by_code(self, code_id: int) -> ResponseReturnValue:
        return self._enter(read(subject_of_code, code_id), "paper.index")

    @expose("/<int:enrolment_id>", methods=("GET", "POST"))
    def sheet(self, enrolment_id: int) -> ResponseReturnValue:
        subject = read(subject_of_enrolment, enrolment_id)
        return self._enter(subject, "person.page", person_id=subject.person_id)

    @expose("/recipient/<int:recipient_id>", methods=("GET", "POST"))
    def recipient(self, recipient_id: int) -> ResponseReturnValue:
        subject = read(subject_of_recipient, recipient_id)
        return self._enter(subject, "campaigns.page", campaign_id=read(paper_task, subject).campaign_id)

    @expose("/meeting/<int:held_id>/<int:teller_id>", methods=("GET", "POST"))
    def meeting(self, held_id: int, teller_id: int) -> ResponseReturnValue:
        subject = read(subject_of_meeting, held_id, teller_id)
        return self._enter(subject, "meetings.page", meeting_id=held_id)

    @expose("/blank/<key>")
    def blank(self, key: str) -> ResponseReturnValue:
        form = words.blank(read(published_definition, key), read(organisation_card))
        if "docx" in request.args:
            return _file([form])
        return self._sheets([form], blank=key)

    @expose("/campaign/<int:campaign_id>/forms", methods=("GET", "POST"))
    def campaign_forms(self, campaign_id: int) -> ResponseReturnValue:
        if request.method == "GET":
            return self.render("paper/campaign.html", paper=read(campaign_paper, campaign_id), words=words)
        return self._print(print_campaign, campaign_id)

    @expose("/recipient/<int:recipient_id>/form", methods=("GET", "POST"))
    def recipient_form(self, recipient_id: int) -> ResponseReturnValue:
        return self._print_for(read(subject_of_recipient, recipient_id), print_recipient, recipient_id)

    @expose("/<int:enrolment_id>/form", methods=("GET", "POST"))
    def enrolment_form(self, enrolment_id: int) -> ResponseReturnValue:
        return self._print_for(read(subject_of_enrolment, enrolment_id), print_entry, enrolment_id)

    @expose("/meeting/<int:meeting_id>/forms", methods=("GET", "POST"))
    def meeting_forms(self, meeting_id: int) -> ResponseReturnValue:
        if request.method == "GET":
            return self.render("paper/meeting.html", meeting_id=meeting_id, people=read(meeting_paper, meeting_id))
        return self._print(print_meeting, meeting_id)

    def _ensure_may_change(self) -> None:
        if not current_user.may_change:
            raise NotAllowed("paper")

    def _enter(self, subject: PaperSubject, back: str, **where: Any) -> ResponseReturnValue:
        task, back = read(paper_task, subject), url_for(back, **where)
        if request.method == "GET":
            return self._sheet(task, back, _known(task), {})
        typed = typed_sheet(task.form)
        try:
            entered = perform(enter_paper, subject, typed_words(typed), door=Door.PAPER)
        except AnswersRefused as refused:
            return self._sheet(task, back, typed, wrong_words(refused.refusals))
        except (NotFound, NotAllowed):
            raise
        except MentoringError as error:
            flash(sentence(error), "bad")
            return self._sheet(task, back, typed, {})
        flash(words.ENTERED if entered.response_id else words.ENTERED_ANONYMOUS, "good")
        return redirect(back, 303)

    def _sheet(self, task: PaperTask, back: str, typed: Typed, wrong: dict[str, str]) -> ResponseReturnValue:
        return self.render(
            "person/paper_answers.html",
            task=task,
            sheet=task.form,
            typed=typed,
            wrong=wrong,
            back=back,
            words=words,
            form=FlaskForm(),
            **texts_of(task.form),
        )

    def _print_for(
        self, subject: PaperSubject, use_case: Callable[..., tuple[FormToPrint, ...]], about: int
    ) -> ResponseReturnValue:
        if request.method == "GET":
            return self.render("paper/one.html", task=read(paper_task, subject))
        return self._print(use_case, about)

    def _print(self, use_case: Callable[..., tuple[FormToPrint, ...]], about: int) -> ResponseReturnValue:
        forms = perform(use_case, about)
        if not forms:
            flash(words.NOTHING_TO_PRINT, "bad")
            return redirect(request.path, 303)
        card = read(organisation_card)
        printed = [words.named(form, card) for form in forms]
        if request.form.get("as") == "docx":
            return _file(printed)
        return self._sheets(printed)

    def _sheets(self, forms: list[PrintedForm], blank: str = "") -> ResponseReturnValue:
        return self.render(
            "paper/sheets.html", forms=forms, blank=blank, name_lines=NAME_LINES, words_before=words_before
        )


def _shelves() -> list[tuple[str, list[PublishedQuestionnaire]]]:
    """Blanks by what they are for, as they stand in the library."""
    blanks = read(published_questionnaires)
    shelves = [(said, [one for one in blanks if one.use == use]) for use, said in library.USES.items()]
    return [(said, found) for said, found in shelves if found]


def _file(forms: list[PrintedForm]) -> ResponseReturnValue:
    from mentoring.paper_forms import forms_docx

    return download(forms_docx(forms), words.FILE_MANY if len(forms) > 1 else words.FILE_ONE, DOCX)


def _known(task: PaperTask) -> Typed:
    """What the record says already stands in the sheet; questions are found by the keys that our questionnaires use."""
    if task.subject.enrolment_id is None or task.subject.recipient_id is not None:
        return {}
    card: PersonCard = read(person_story, task.subject.person_id).card
    known = {
        "last_name": card.last_name,
        "first_name": card.first_name,
        "patronymic": card.patronymic,
        "birth_date": short_date(card.birth_date),
        "phone": card.phone,
        "kind": card.kind or "",
        "class": card.place,
        "post": card.place,
    }
    return {key: [value] for key, value in known.items() if value}
