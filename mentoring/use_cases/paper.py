"""Answers that came on paper: the same questionnaire, the same record, typed in by a curator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.phones import phone_number
from mentoring.rules.errors import AnswerRefused, AnswersRefused
from mentoring.rules.people import Actor, Door
from mentoring.rules.questionnaire import Problem, QuestionView
from mentoring.rules.questions import path
from mentoring.rules.questions.definition import Definition, Question, Value
from mentoring.rules.questions.paper import PaperSheet, read_sheet
from mentoring.rules.questions.screens import question_view
from mentoring.use_cases import questionnaires
from mentoring.use_cases.drafts import definition_for, ensure_open, own_draft
from mentoring.use_cases.questionnaire_versions import definition_of, latest_version
from mentoring.use_cases.responses import Submitted, submit_response
from storage.queries.drafts import change_response, drop_answers, put_answers


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """``asked_after`` names the question on which this one depends (empty: always asked); ``asked_if`` its answers."""

    view: QuestionView
    asked_after: str
    asked_if: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperForm:
    key: str
    title: str
    questions: tuple[PaperQuestion, ...]


def paper_form(session: Session, key: str) -> PaperForm:
    """Every question of the published questionnaire, the conditional ones too."""
    version = latest_version(session, key)
    definition = definition_of(session, version.id, version.digest)
    return PaperForm(key, definition.title, tuple(_paper_question(question) for question in definition.questions))


def enter_paper_answers(
    session: Session,
    key: str,
    answers: PaperSheet,
    *,
    person_id: int,
    enrolment_id: int | None = None,
    meeting_id: int | None = None,
    by: Actor,
    now: datetime,
) -> Submitted:
    """A curator types a paper form and sends it at once. An option is its value, its label or its number.

    Raises AnswersRefused with everything that is wrong, by question. Questions hidden by the answers are passed over.
    """
    screen = questionnaires.start_response(
        session, key, person_id=person_id, enrolment_id=enrolment_id, meeting_id=meeting_id, by=by, now=now
    )
    draft = own_draft(session, screen.response_id, by)
    ensure_open(draft)
    definition = definition_for(session, draft)
    read, refusals = read_sheet(definition, answers, now.date())
    refusals |= _make_phones_real(definition, read)
    if refusals:
        raise AnswersRefused(refusals)
    drop_answers(session, draft, [old for old in draft.answers if old not in read])
    put_answers(session, draft, read, now=now)
    change_response(
        session, draft, door=Door.PAPER, entered_by_account_id=by.account_id, position=path.REVIEW, touched_at=now
    )
    return submit_response(session, draft.response_id, by=by, now=now)


def _paper_question(question: Question) -> PaperQuestion:
    condition = question.show_if
    view = question_view(question, {})
    return (
        PaperQuestion(view, condition.question, tuple(sorted(condition.any_of)))
        if condition
        else PaperQuestion(view, "", ())
    )


def _make_phones_real(definition: Definition, read: dict[str, Value]) -> dict[str, AnswerRefused]:
    refusals = {}
    for question in definition.questions:
        if question.kind != "phone" or not read.get(question.key):
            continue
        read[question.key] = phone_number(str(read[question.key]))
        if read[question.key] is None:
            refusals[question.key] = AnswerRefused(Problem.NOT_A_PHONE)
    return refusals
