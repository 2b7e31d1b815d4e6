"""A whole response: sent and read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.errors import AnswersMissing, NotFound
from mentoring.rules.people import Actor, Door, PersonKind
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES, ResponseState, ReviewRow
from mentoring.rules.questions import path
from mentoring.rules.questions.definition import Answers, Definition, Question, Value
from mentoring.rules.questions.fills import filled_fields
from mentoring.rules.questions.kinds import summarise
from mentoring.rules.questions.screens import review_rows
from mentoring.rules.questions.summaries import Summary
from mentoring.use_cases import enrolment as enrolments
from mentoring.use_cases.audit import record
from mentoring.use_cases.campaign_answers import anonymous_sent, survey_sent
from mentoring.use_cases.drafts import definition_for, draft_of, ensure_may_send, ensure_open, own_draft
from mentoring.use_cases.listing import refresh_person
from mentoring.use_cases.person_choices import naming_people
from mentoring.use_cases.questionnaire_versions import definition_of, latest_version
from storage.models.person import Enrolment, Person
from storage.models.questionnaire import Questionnaire, Response, Submission
from storage.queries.drafts import Draft, change_response, drop_answers
from storage.queries.responses import sent_answers, under_a_name


@dataclass(frozen=True, slots=True)
class Submitted:
    """``resubmitted``: sent again after a correction. ``already``: a second tap found it sent.

    After an ``anonymous`` one was sent there is no response with this id any more.
    """

    response_id: int
    key: str
    enrolment_id: int | None
    meeting_id: int | None
    resubmitted: bool
    already: bool = False
    pair_id: int | None = None
    campaign_id: int | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class SubmissionView:
    number: int
    submitted_at: datetime
    rows: tuple[ReviewRow, ...]


@dataclass(frozen=True, slots=True)
class ResponseView:
    """``rows`` are the answers as they stand now; ``submissions`` what exactly was sent each time, oldest first."""

    response_id: int
    questionnaire_key: str
    title: str
    person_id: int
    person_name: str
    enrolment_id: int | None
    meeting_id: int | None
    state: ResponseState
    door: Door
    started_at: datetime
    submitted_at: datetime | None
    pair_id: int | None
    campaign_id: int | None
    rows: tuple[ReviewRow, ...]
    submissions: tuple[SubmissionView, ...]


@dataclass(frozen=True, slots=True)
class ResponseLine:
    response_id: int
    questionnaire_key: str
    title: str
    state: ResponseState
    touched_at: datetime
    submitted_at: datetime | None
    enrolment_id: int | None
    meeting_id: int | None


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    key: str
    kind: str
    text: str
    curator_only: bool
    summary: Summary


@dataclass(frozen=True, slots=True)
class QuestionnaireSummary:
    key: str
    title: str
    responses: int
    questions: tuple[QuestionSummary, ...]


def submit_response(session: Session, response_id: int, *, by: Actor, now: datetime) -> Submitted:
    """Raises AnswersMissing, and OutOfDate("campaign", …) for a draft whose campaign is over: it stays as it is.

    Answers to questions that were hidden in the end are forgotten.
    """
    draft = own_draft(session, response_id, by)
    definition = definition_for(session, draft)
    sent = _last_number(session, draft)
    if draft.state is ResponseState.SUBMITTED:
        return _submitted(draft, definition, sent - 1, already=True)
    ensure_open(draft)
    ensure_may_send(draft, by)
    missing = path.unanswered(definition, draft.answers)
    if missing:
        raise AnswersMissing(missing)
    answers = path.visible_answers(definition, draft.answers)
    if draft.anonymous:
        anonymous_sent(session, draft, answers)
        return _submitted(draft, definition, sent)
    drop_answers(session, draft, [key for key in draft.answers if key not in answers])
    _write_submission(session, draft, answers, sent + 1, now)
    _close(session, draft, definition, by, now)
    _fill_records(session, draft, definition, answers, by, now)
    if draft.campaign_id is not None:
        survey_sent(session, draft, now=now)
    return _submitted(draft, definition, sent)


def response_view(session: Session, response_id: int) -> ResponseView:
    """For the panel: any response of the organisation, also one under way, unless it will be anonymous."""
    response = session.get(Response, response_id, options=[joinedload(Response.person), joinedload(Response.version)])
    if response is None:
        raise NotFound("response")
    answers = _readable(session, response_id)
    sent = session.scalars(
        select(Submission).where(Submission.response_id == response_id).order_by(Submission.number)
    ).all()
    definition = definition_of(session, response.version_id, response.version.digest)
    definition = naming_people(session, definition, [answers, *(one.answers for one in sent)])
    return ResponseView(
        response_id=response.id,
        questionnaire_key=definition.key,
        title=definition.title,
        person_id=response.person_id,
        person_name=response.person.name.full,
        enrolment_id=response.enrolment_id,
        meeting_id=response.meeting_id,
        state=response.state,
        door=response.door,
        started_at=response.started_at,
        submitted_at=response.submitted_at,
        pair_id=response.pair_id,
        campaign_id=response.campaign_id,
        rows=review_rows(definition, answers),
        submissions=tuple(
            SubmissionView(one.number, one.submitted_at, review_rows(definition, one.answers)) for one in sent
        ),
    )


def my_responses(session: Session, person_id: int) -> tuple[ResponseLine, ...]:
    """Newest first, those under way too, but for anonymous ones: they are gone on with from their asking."""
    rows = session.execute(
        select(Response, Questionnaire.key, Questionnaire.title)
        .join(Response.questionnaire)
        .where(Response.person_id == person_id, under_a_name())
        .order_by(Response.started_at.desc(), Response.id.desc())
    )
    return tuple(_line(response, key, title) for response, key, title in rows)


def questionnaire_summary(session: Session, key: str) -> QuestionnaireSummary:
    """What everyone who has sent it said, question by question, in the words of the present version."""
    version = latest_version(session, key)
    responses, answers = sent_answers(session, version.questionnaire_id)
    sheets = ({question: value} for question, values in answers.items() for value in values)
    definition = naming_people(session, definition_of(session, version.id, version.digest), sheets)
    return QuestionnaireSummary(
        key,
        definition.title,
        responses,
        tuple(_summed_up(question, answers.get(question.key, [])) for question in definition.questions),
    )


def _readable(session: Session, response_id: int) -> Answers:
    draft = draft_of(session, response_id)
    if draft.anonymous:
        raise NotFound("response")
    return draft.answers


def _submitted(draft: Draft, definition: Definition, before: int, *, already: bool = False) -> Submitted:
    return Submitted(
        response_id=draft.response_id,
        key=definition.key,
        enrolment_id=draft.enrolment_id,
        meeting_id=draft.meeting_id,
        resubmitted=before > 0,
        already=already,
        pair_id=draft.pair_id,
        campaign_id=draft.campaign_id,
        anonymous=draft.anonymous,
    )


def _last_number(session: Session, draft: Draft) -> int:
    query = select(func.max(Submission.number)).where(Submission.response_id == draft.response_id)
    return session.scalar(query) or 0


def _write_submission(session: Session, draft: Draft, answers: dict[str, Value], number: int, now: datetime) -> None:
    session.add(Submission(response_id=draft.response_id, number=number, answers=answers, submitted_at=now))


def _close(session: Session, draft: Draft, definition: Definition, by: Actor, now: datetime) -> None:
    change_response(
        session,
        draft,
        state=ResponseState.SUBMITTED,
        position=path.REVIEW,
        reviewing=False,
        touched_at=now,
        submitted_at=now,
    )
    response = session.get_one(Response, draft.response_id)
    record(session, "response.submitted", response, by=by, now=now, key=definition.key)


def _fill_records(
    session: Session, draft: Draft, definition: Definition, answers: Answers, by: Actor, now: datetime
) -> None:
    """Names, class and capacity go to the records; then the entry questionnaire moves the enrolment on."""
    person = session.get_one(Person, draft.person_id)
    enrolment = session.get(Enrolment, draft.enrolment_id) if draft.enrolment_id else None
    fields = filled_fields(definition, answers)
    for field, value in fields.items():
        owner, _, name = field.partition(".")
        thing = person if owner == "person" else enrolment
        if thing is not None:
            setattr(thing, name, _typed(field, value))
    if fields:
        refresh_person(session, person)
    if enrolment is not None and definition.key == ENTRY_QUESTIONNAIRES[enrolment.role]:
        enrolments.questionnaire_submitted(session, enrolment, by=by, now=now)


def _typed(field: str, value: Value) -> object:
    return _TYPES.get(field, str)(str(value))


_TYPES: dict[str, Callable[[str], object]] = {
    "person.birth_date": date.fromisoformat,
    "person.kind": PersonKind,
    "enrolment.capacity": int,
}


def _summed_up(question: Question, values: Sequence[Value]) -> QuestionSummary:
    return QuestionSummary(
        question.key, question.kind, question.text, question.curator_only, summarise(question, values)
    )


def _line(response: Response, key: str, title: str) -> ResponseLine:
    return ResponseLine(
        response_id=response.id,
        questionnaire_key=key,
        title=title,
        state=response.state,
        touched_at=response.touched_at,
        submitted_at=response.submitted_at,
        enrolment_id=response.enrolment_id,
        meeting_id=response.meeting_id,
    )
