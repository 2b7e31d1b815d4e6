"""One pair's story, for the curator."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.errors import NotFound
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Role
from mentoring.rules.questionnaire import ResponseState
from storage.models.account import CuratorAccount
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairEvent, PairMember
from storage.models.person import Person
from storage.models.questionnaire import Response


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """``what`` is «pair.<state>», «meeting.<state>» or «feedback.<role>»; ``object_id`` is of what it names.

    ``who`` is the full name of the person or the curator, "" for the system.
    """

    at: datetime
    what: str
    object_id: int
    who: str
    details: dict[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two with their answer to the proposal; ``reason`` is a word of `DeclineReason`."""

    person_id: int
    name: str
    place: str
    answer: str
    answered_at: datetime | None
    reason: str
    reason_text: str


@dataclass(frozen=True, slots=True)
class PairTimeline:
    pair_id: int
    state: PairState
    state_at: datetime
    form: str
    role_model: str
    reasons: str
    answer_by: datetime | None
    mentor: Side
    mentee: Side
    confirmed_at: datetime | None
    last_met_at: datetime | None
    end_reason: str
    entries: tuple[TimelineEntry, ...]


def pair_timeline(session: Session, pair_id: int) -> PairTimeline:
    """The newest first. Answers of feedback are not told here, only that it came: they open by their own link."""
    pair = session.get(Pair, pair_id)
    if pair is None:
        raise NotFound("pair")
    entries = [*_states(session, pair), *_meetings(session, pair), *_feedback(session, pair)]
    sides = {member.role: _side(member) for member in pair.members}
    return PairTimeline(
        pair_id=pair.id,
        state=pair.state,
        state_at=pair.state_at,
        form=pair.form,
        role_model=pair.role_model,
        reasons=pair.reasons,
        answer_by=pair.answer_by,
        mentor=sides[Role.MENTOR],
        mentee=sides[Role.MENTEE],
        confirmed_at=pair.confirmed_at,
        last_met_at=pair.last_met_at,
        end_reason=pair.end_reason,
        entries=tuple(sorted(entries, key=lambda entry: entry.at, reverse=True)),
    )


def _side(member: PairMember) -> Side:
    person = member.person
    return Side(
        person.id,
        person.name.full,
        person.place,
        member.answer,
        member.answered_at,
        member.reason,
        member.reason_text,
    )


def _states(session: Session, pair: Pair) -> Iterator[TimelineEntry]:
    rows = session.execute(
        select(PairEvent, Person, CuratorAccount.full_name)
        .outerjoin(Person, Person.id == PairEvent.by_person_id)
        .outerjoin(CuratorAccount, CuratorAccount.id == PairEvent.by_account_id)
        .where(PairEvent.pair_id == pair.id)
        .order_by(PairEvent.id)
    )
    for event, person, curator in rows:
        who = person.name.full if person else curator or ""
        yield TimelineEntry(event.at, f"pair.{event.state}", pair.id, who, {})


def _meetings(session: Session, pair: Pair) -> Iterator[TimelineEntry]:
    for meeting in session.scalars(select(Meeting).where(Meeting.pair_id == pair.id)):
        details = {"kind": meeting.kind.value, "topic": meeting.topic, "place": meeting.place}
        yield TimelineEntry(meeting.starts_at, f"meeting.{meeting.state}", meeting.id, "", details)


def _feedback(session: Session, pair: Pair) -> Iterator[TimelineEntry]:
    responses = session.scalars(
        select(Response)
        .join(Meeting, Meeting.id == Response.meeting_id)
        .where(Meeting.pair_id == pair.id, Response.state == ResponseState.SUBMITTED)
        .options(joinedload(Response.person))
    )
    roles = {member.person_id: member.role for member in pair.members}
    for response in responses:
        at = response.submitted_at or response.touched_at
        role = roles[response.person_id]
        details = {"meeting_id": str(response.meeting_id)}
        yield TimelineEntry(at, f"feedback.{role}", response.id, response.person.name.full, details)
