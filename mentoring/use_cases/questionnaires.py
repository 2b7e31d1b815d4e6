"""Someone answers a questionnaire: begin, answer, go back, change, correct.

Everything is rows at once, so a restart in the middle finds the person at the same question (`current_step`).
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.phones import phone_number
from mentoring.rules.errors import AnswerRefused, ConsentsMissing, NotFound, OutOfDate
from mentoring.rules.meetings import MeetingState
from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import Problem, Raw, ResponseState, Screenful, Shared, Typed
from mentoring.rules.questions import path
from mentoring.rules.questions.definition import Answers, Definition, Value
from mentoring.rules.questions.kinds import KINDS
from mentoring.rules.questions.path import Standing
from mentoring.rules.questions.screens import screenful
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.drafts import (
    ENDED,
    definition_for,
    draft_of,
    ensure_open,
    own_draft,
    screen_of,
    sheet_of,
    standing_of,
)
from mentoring.use_cases.questionnaire_versions import Published as Published
from mentoring.use_cases.questionnaire_versions import definition_of, latest_version
from mentoring.use_cases.questionnaire_versions import publish_questionnaire as publish_questionnaire
from mentoring.use_cases.rights import require_own_or_curator
from storage.models.meeting import Meeting
from storage.models.pair import PairMember
from storage.models.person import Enrolment, Person
from storage.models.questionnaire import Questionnaire, Response
from storage.queries.consents import consent_facts, missing_of
from storage.queries.drafts import Draft, change_response, drop_answers, move_draft, put_answers


def start_response(
    session: Session,
    key: str,
    *,
    person_id: int,
    enrolment_id: int | None = None,
    meeting_id: int | None = None,
    by: Actor,
    now: datetime,
) -> Screenful:
    """Where the one response about this subject stands; begun with what is known of the person, if there is none.

    Raises ConsentsMissing (no question before the consents) and OutOfDate (left the programme, no meeting was held).
    """
    require_own_or_curator(session, by, person_id)
    person = session.get(Person, person_id, with_for_update=True)  # two first taps make one response
    if person is None:
        raise NotFound("person")
    response = _response_about(session, key, person_id, enrolment_id, meeting_id)
    if response is None:
        _ensure_may_answer(session, person, enrolment_id, meeting_id)
        response = _begun(session, key, person, enrolment_id, meeting_id, by, now)
    return screen_of(session, draft_of(session, response.id))


def current_step(session: Session, response_id: int, *, person_id: int) -> Screenful:
    draft = draft_of(session, response_id)
    if draft.person_id != person_id:
        raise NotFound("response")
    return screen_of(session, draft)


def answer_question(
    session: Session, response_id: int, question_key: str, raw: Raw, *, by: Actor, now: datetime
) -> Screenful:
    """Raises AnswerRefused, and OutOfDate for a press on a question that is no longer on the screen.

    A repeated press changes nothing. Days of birth are judged by the UTC date, which never refuses a real one.
    """

    def answered(definition: Definition, before: Standing) -> Standing:
        real = _with_real_phone(definition, question_key, raw)
        return path.answered(definition, before, question_key, real, now.date())

    return _moved(session, response_id, answered, by, now)


def go_back(session: Session, response_id: int, question_key: str, *, by: Actor, now: datetime) -> Screenful:
    """``question_key``: the question on the screen, empty on the review page."""
    return _moved(session, response_id, lambda definition, at: path.gone_back(definition, at, question_key), by, now)


def jump_to(session: Session, response_id: int, question_key: str, *, by: Actor, now: datetime) -> Screenful:
    """To the question that is to be changed, from the review page."""
    return _moved(session, response_id, lambda definition, at: path.jumped(definition, at, question_key), by, now)


def reopen_response(session: Session, response_id: int, *, by: Actor, now: datetime) -> Screenful:
    """Back to the person for correction; what was sent stays as a `Submission`. An open one stays as it is."""
    require_curator(session, by)
    draft = draft_of(session, response_id, lock=True)
    if draft.state is ResponseState.SUBMITTED:
        change_response(session, draft, state=ResponseState.RETURNED, position=path.REVIEW, reviewing=False)
        record(session, "response.returned", session.get_one(Response, response_id), by=by, now=now)
    return screen_of(session, draft_of(session, response_id))


Move = Callable[[Definition, Standing], Standing]


def _moved(session: Session, response_id: int, move: Move, by: Actor, now: datetime) -> Screenful:
    draft = own_draft(session, response_id, by)
    ensure_open(draft)
    definition = definition_for(session, draft)
    before = standing_of(definition, draft)
    after = move(definition, before)
    if after != before:
        _write_answers(session, draft, before.answers, after.answers, now)
        move_draft(session, draft, position=after.position, reviewing=after.reviewing, now=now)
    return screenful(definition, after, sheet_of(draft))


def _write_answers(session: Session, draft: Draft, before: Answers, after: Answers, now: datetime) -> None:
    changed = {key: value for key, value in after.items() if key not in before or before[key] != value}
    put_answers(session, draft, changed, now=now)
    drop_answers(session, draft, [key for key in before if key not in after])


def _with_real_phone(definition: Definition, key: str, raw: Raw) -> Raw:
    question = definition.question(key)
    if question is None or question.kind != "phone" or not isinstance(raw, Typed | Shared):
        return raw
    number = phone_number(raw.text if isinstance(raw, Typed) else raw.phone)
    if number is None:
        raise AnswerRefused(Problem.NOT_A_PHONE)
    return Typed(number)


def _response_about(
    session: Session, key: str, person_id: int, enrolment_id: int | None, meeting_id: int | None
) -> Response | None:
    return session.scalar(
        select(Response)
        .join(Response.questionnaire)
        .where(
            Questionnaire.key == key,
            Response.person_id == person_id,
            Response.enrolment_id.is_(None) if enrolment_id is None else Response.enrolment_id == enrolment_id,
            Response.meeting_id.is_(None) if meeting_id is None else Response.meeting_id == meeting_id,
        )
    )


def _ensure_may_answer(session: Session, person: Person, enrolment_id: int | None, meeting_id: int | None) -> None:
    if enrolment_id is not None:
        _ensure_takes_part(session, person.id, enrolment_id)
    if meeting_id is not None:
        _ensure_was_there(session, person.id, meeting_id)
    missing = missing_of(person, consent_facts(session, (person.id,))[person.id])
    if missing:
        raise ConsentsMissing(missing)


def _ensure_takes_part(session: Session, person_id: int, enrolment_id: int) -> None:
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None or enrolment.person_id != person_id:
        raise NotFound("enrolment")
    if enrolment.status in ENDED:
        raise OutOfDate("enrolment", enrolment.status)


def _ensure_was_there(session: Session, person_id: int, meeting_id: int) -> None:
    meeting = session.get(Meeting, meeting_id)
    member = select(PairMember.id).where(PairMember.person_id == person_id)
    if meeting is None or session.scalar(member.where(PairMember.pair_id == meeting.pair_id)) is None:
        raise NotFound("meeting")
    if meeting.state is not MeetingState.HELD:
        raise OutOfDate("meeting", meeting.state)


def _begun(
    session: Session,
    key: str,
    person: Person,
    enrolment_id: int | None,
    meeting_id: int | None,
    by: Actor,
    now: datetime,
) -> Response:
    version = latest_version(session, key)
    definition = definition_of(session, version.id, version.digest)
    known = _known_answers(definition, person, now)
    response = Response(
        person_id=person.id,
        questionnaire_id=version.questionnaire_id,
        version_id=version.id,
        enrolment_id=enrolment_id,
        meeting_id=meeting_id,
        state=ResponseState.DRAFT,
        position=path.beginning(definition, known).position,
        door=by.door,
        entered_by_account_id=by.account_id,
        started_at=now,
        touched_at=now,
    )
    session.add(response)
    session.flush()
    put_answers(session, draft_of(session, response.id), known, now=now)
    record(session, "response.started", response, by=by, now=now, key=key)
    return response


def _known_answers(definition: Definition, person: Person, now: datetime) -> dict[str, Value]:
    """What the person's record says already, where it is a valid answer; looked over by the person on the way."""
    found: dict[str, Value] = {}
    for question in definition.questions:
        text = _recorded(person, question.fills)
        if not text:
            continue
        try:
            found[question.key] = KINDS[question.kind].read(question, Typed(text), None, now.date())
        except AnswerRefused:
            continue
    return found


def _recorded(person: Person, field: str) -> str:
    owner, _, name = field.partition(".")
    value = getattr(person, name) if owner == "person" else None
    return "" if value is None else str(value)
