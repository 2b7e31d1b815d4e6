"""Talks with candidates. The notes are opened one at a time, and each opening stays in the journal (002, item 3.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound, TextTooLong, ValueWrong
from mentoring.rules.people import Actor, Role
from mentoring.rules.selection import Verdict
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.organisation_card import own_organisation
from storage.models.person import Enrolment
from storage.models.selection import Interview
from storage.queries.selection import interviews_of

INTERVIEWER_LIMIT = 200
NOTES_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """Without the notes; ``has_notes`` says that there are any."""

    interview_id: int
    held_on: date
    interviewer: str
    verdict: Verdict
    has_notes: bool


@dataclass(frozen=True, slots=True)
class InterviewOpened:
    interview_id: int
    enrolment_id: int
    person_id: int
    name: str
    held_on: date
    interviewer: str
    verdict: Verdict
    notes: str


def interviews_with(session: Session, enrolment_id: int) -> tuple[InterviewLine, ...]:
    """Newest first."""
    return tuple(
        InterviewLine(one.id, one.held_on, one.interviewer, one.verdict, bool(one.notes))
        for one in interviews_of(session, enrolment_id)
    )


def write_interview(
    session: Session,
    enrolment_id: int,
    *,
    held_on: date,
    interviewer: str = "",
    verdict: Verdict,
    notes: str = "",
    by: Actor,
    now: datetime,
) -> InterviewLine:
    """``interviewer`` in words: the curator, a psychologist. Raises NotFound, ValueWrong, TextTooLong."""
    account_id = require_curator(session, by)
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None or enrolment.role is not Role.MENTOR:
        raise NotFound("enrolment")
    _check(session, held_on, interviewer, notes, now)
    one = Interview(
        enrolment_id=enrolment_id,
        held_on=held_on,
        interviewer=interviewer.strip(),
        verdict=verdict,
        notes=notes.strip(),
        written_by_account_id=account_id,
        created_at=now,
    )
    session.add(one)
    session.flush()
    record(session, "interview.written", one, by=by, now=now, enrolment_id=enrolment_id, verdict=verdict)
    return InterviewLine(one.id, one.held_on, one.interviewer, one.verdict, bool(one.notes))


def open_interview(session: Session, interview_id: int, *, by: Actor, now: datetime) -> InterviewOpened:
    """A reading that is written down: by a deciding curator only."""
    require_curator(session, by)
    one = _interview(session, interview_id)
    enrolment = session.get_one(Enrolment, one.enrolment_id)
    record(session, "interview.opened", one, by=by, now=now)
    return InterviewOpened(
        interview_id=one.id,
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        name=enrolment.person.name.full,
        held_on=one.held_on,
        interviewer=one.interviewer,
        verdict=one.verdict,
        notes=one.notes,
    )


def change_interview(
    session: Session,
    interview_id: int,
    *,
    held_on: date,
    interviewer: str = "",
    verdict: Verdict,
    notes: str = "",
    by: Actor,
    now: datetime,
) -> InterviewLine:
    """Raises NotFound, ValueWrong, TextTooLong."""
    require_curator(session, by)
    one = _interview(session, interview_id)
    _check(session, held_on, interviewer, notes, now)
    one.held_on, one.interviewer, one.verdict = held_on, interviewer.strip(), verdict
    one.notes, one.changed_at = notes.strip(), now
    record(session, "interview.changed", one, by=by, now=now, verdict=verdict)
    return InterviewLine(one.id, one.held_on, one.interviewer, one.verdict, bool(one.notes))


def _interview(session: Session, interview_id: int) -> Interview:
    one = session.get(Interview, interview_id, with_for_update=True)
    if one is None:
        raise NotFound("interview")
    return one


def _check(session: Session, held_on: date, interviewer: str, notes: str, now: datetime) -> None:
    if held_on > now.astimezone(ZoneInfo(own_organisation(session).time_zone)).date():
        raise ValueWrong("held_on")
    for field, text, limit in (("interviewer", interviewer, INTERVIEWER_LIMIT), ("notes", notes, NOTES_LIMIT)):
        if len(text) > limit:
            raise TextTooLong(field, limit, len(text))
