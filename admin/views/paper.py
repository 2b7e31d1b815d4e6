"""Answers that a person gave on paper, typed into the same questionnaire."""

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_wtf import FlaskForm

from admin.desk import perform, read
from admin.texts import labels, words
from admin.texts.days import short_date
from admin.views.base import PanelView
from mentoring.rules.errors import AnswersRefused
from mentoring.rules.people import Door
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES
from mentoring.use_cases.paper import PaperForm, enter_paper_answers, paper_form
from mentoring.use_cases.people import PersonCard, person_story
from storage.queries.enrolments import Chosen, enrolment_seen

Sheet = dict[str, list[str]]
SEVERAL = ("several_of", "slots")


class PaperView(PanelView):
    section = "people"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Ответы с бумаги", endpoint="paper", url="/paper")

    @expose("/")
    def index(self) -> ResponseReturnValue:
        abort(404)

    @expose("/<int:enrolment_id>", methods=("GET", "POST"))
    def sheet(self, enrolment_id: int) -> ResponseReturnValue:
        chosen = read(enrolment_seen, enrolment_id) or abort(404)
        key = ENTRY_QUESTIONNAIRES[chosen.role]
        questionnaire = read(paper_form, key)
        if request.method == "GET":
            return self._sheet(questionnaire, chosen, _known(chosen), {})
        typed = {one.view.key: request.form.getlist(one.view.key) for one in questionnaire.questions}
        try:
            perform(
                enter_paper_answers,
                key,
                {name: lines if len(lines) != 1 else lines[0] for name, lines in typed.items()},
                person_id=chosen.person_id,
                enrolment_id=enrolment_id,
                door=Door.PAPER,
            )
        except AnswersRefused as refused:
            wrong = {name: labels.problem(one.problem, one.limits) for name, one in refused.refusals.items()}
            return self._sheet(questionnaire, chosen, typed, wrong)
        return self.done(words.PAPER_ANSWERS, "person.page", person_id=chosen.person_id)

    def _sheet(
        self, questionnaire: PaperForm, chosen: Chosen, typed: Sheet, wrong: dict[str, str]
    ) -> ResponseReturnValue:
        texts = {one.view.key: one.view.text for one in questionnaire.questions}
        choices = {
            (one.view.key, option.value): option.label for one in questionnaire.questions for option in one.view.options
        }
        return self.render(
            "person/paper_answers.html",
            sheet=questionnaire,
            chosen=chosen,
            typed=typed,
            wrong=wrong,
            texts=texts,
            choices=choices,
            form=FlaskForm(),
            several=SEVERAL,
        )


def _known(chosen: Chosen) -> Sheet:
    """What the record says already stands in the sheet; questions are found by the keys that our questionnaires use."""
    card: PersonCard = read(person_story, chosen.person_id).card
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
