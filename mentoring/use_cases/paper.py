"""Answers that came on paper: the same questionnaire, the same record, typed in by a curator."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from mentoring.phones import phone_number
from mentoring.rules.errors import AnswerRefused, AnswersRefused, NotFound
from mentoring.rules.people import Actor, Door
from mentoring.rules.questionnaire import Problem, ResponseState
from mentoring.rules.questions import path
from mentoring.rules.questions.definition import Answers, Definition, Value
from mentoring.rules.questions.paper import PaperSheet, read_sheet
from mentoring.use_cases import questionnaires
from mentoring.use_cases.campaign_answers import begin_survey, keep_paper_sheet
from mentoring.use_cases.drafts import definition_for, ensure_open, own_draft
from mentoring.use_cases.paper_codes import PaperSubject
from mentoring.use_cases.paper_definitions import definition_on_paper
from mentoring.use_cases.paper_tasks import PaperForm as PaperForm
from mentoring.use_cases.paper_tasks import PaperQuestion as PaperQuestion
from mentoring.use_cases.paper_tasks import paper_form as paper_form
from mentoring.use_cases.responses import Submitted, submit_response
from storage.models.campaign import CampaignRecipient
from storage.queries.drafts import Draft, change_response, drop_answers, put_answers


@dataclass(frozen=True, slots=True)
class PaperEntered:
    """``response_id`` is None for an anonymous sheet: nothing leads back to it."""

    person_id: int
    response_id: int | None


def enter_paper(
    session: Session, subject: PaperSubject, answers: PaperSheet, *, by: Actor, now: datetime
) -> PaperEntered:
    """A printed form is typed in and sent at once, in the version that was printed.

    Raises AnswersRefused with everything that is wrong, by question, and what beginning an answer raises.
    """
    asked = _asked(session, subject)
    definition = definition_on_paper(session, subject)
    if asked is not None and asked.campaign.anonymous:
        read = checked(definition, answers, now.date())
        keep_paper_sheet(session, asked.id, subject.version_id, path.visible_answers(definition, read), by=by)
        return PaperEntered(subject.person_id, None)
    if asked is not None:
        response_id = begin_survey(session, asked.id, by=by, now=now).response_id
        sent = _send(session, response_id, answers, subject.version_id, by, now)
    else:
        sent = enter_paper_answers(
            session,
            definition.key,
            answers,
            person_id=subject.person_id,
            enrolment_id=subject.enrolment_id,
            meeting_id=subject.meeting_id,
            pair_id=subject.pair_id,
            version_id=subject.version_id,
            by=by,
            now=now,
        )
    return PaperEntered(subject.person_id, sent.response_id)


def enter_paper_answers(
    session: Session,
    key: str,
    answers: PaperSheet,
    *,
    person_id: int,
    enrolment_id: int | None = None,
    meeting_id: int | None = None,
    pair_id: int | None = None,
    version_id: int | None = None,
    by: Actor,
    now: datetime,
) -> Submitted:
    """Outside campaigns. An option is its value, its label or its number; ``version_id``: what was printed.

    Questions hidden by the answers are passed over. Raises AnswersRefused.
    """
    screen = questionnaires.start_response(
        session,
        key,
        person_id=person_id,
        enrolment_id=enrolment_id,
        meeting_id=meeting_id,
        pair_id=pair_id,
        version_id=version_id,
        by=by,
        now=now,
    )
    return _send(session, screen.response_id, answers, version_id, by, now)


def checked(definition: Definition, answers: PaperSheet, today: date) -> dict[str, Value]:
    """What was typed, as it is kept. Raises AnswersRefused with all that is wrong."""
    read, refusals = read_sheet(definition, answers, today)
    refusals |= make_phones_real(definition, read)
    if refusals:
        raise AnswersRefused(refusals)
    return read


def make_phones_real(definition: Definition, read: dict[str, Value]) -> dict[str, AnswerRefused]:
    """Numbers become international ones in place; what is no number is refused."""
    refusals = {}
    for question in definition.questions:
        if question.kind != "phone" or not read.get(question.key):
            continue
        read[question.key] = phone_number(str(read[question.key]))
        if read[question.key] is None:
            refusals[question.key] = AnswerRefused(Problem.NOT_A_PHONE)
    return refusals


def replace_answers(session: Session, draft: Draft, read: Answers, *, now: datetime) -> None:
    """The whole sheet as it is now: what stood there before and is not on it, is gone."""
    drop_answers(session, draft, [old for old in draft.answers if old not in read])
    put_answers(session, draft, dict(read), now=now)


def _asked(session: Session, subject: PaperSubject) -> CampaignRecipient | None:
    if subject.recipient_id is None:
        return None
    asked = session.get(CampaignRecipient, subject.recipient_id)
    if asked is None or asked.person_id != subject.person_id:
        raise NotFound("survey")
    return asked


def _send(
    session: Session, response_id: int, answers: PaperSheet, version_id: int | None, by: Actor, now: datetime
) -> Submitted:
    draft = _in_printed_version(session, response_id, version_id, by)
    read = checked(definition_for(session, draft), answers, now.date())
    replace_answers(session, draft, read, now=now)
    change_response(
        session, draft, door=Door.PAPER, entered_by_account_id=by.account_id, position=path.REVIEW, touched_at=now
    )
    return submit_response(session, response_id, by=by, now=now)


def _in_printed_version(session: Session, response_id: int, version_id: int | None, by: Actor) -> Draft:
    """An unsent draft begun in the chat turns into what was printed. What was sent once keeps its version."""
    draft = own_draft(session, response_id, by)
    ensure_open(draft)
    if version_id in (None, draft.version_id) or draft.state is not ResponseState.DRAFT:
        return draft
    change_response(session, draft, version_id=version_id)
    return own_draft(session, response_id, by)
