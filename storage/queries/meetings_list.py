"""The curator's list of meetings: by state, by week, of one pair. Three queries at any size."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.rules.pairs import Stay
from mentoring.rules.people import Role
from mentoring.rules.results import RECENT, UNCLOSED
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.queries.counting import count_up_to
from storage.queries.pairs import was_in


@dataclass(frozen=True, slots=True)
class MeetingFilter:
    """``need``: unclosed (a day has passed and nobody said how it went), reply (the other side asks for another time),
    missed (lately, and nothing planned instead).

    ``since`` and ``until`` bound the beginning of the meeting, the latter exclusive.
    """

    state: str = ""
    need: str = ""
    pair_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    meeting_id: int
    pair_id: int
    kind: MeetingKind
    state: MeetingState
    starts_at: datetime
    minutes: int
    place_kind: PlaceKind
    place: str
    topic: str
    reply: Reply
    was_planned: bool
    cancel_reason: str
    mentor: str
    mentee: str


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    rows: tuple[MeetingRow, ...]
    total: int


def meetings_page(session: Session, asked: MeetingFilter, *, offset: int, limit: int, now: datetime) -> MeetingsPage:
    conditions = tuple(meeting_conditions(asked, now))
    found = session.execute(_found(asked, conditions).offset(offset).limit(limit)).all()
    total = count_up_to(session, select(Meeting.id).where(*conditions))
    return MeetingsPage(tuple(_rows(session, found)), total)


def all_meetings(session: Session, asked: MeetingFilter, *, now: datetime, step: int = 400) -> Iterator[MeetingRow]:
    conditions = tuple(meeting_conditions(asked, now))
    offset = 0
    while found := session.execute(_found(asked, conditions).offset(offset).limit(step)).all():
        yield from _rows(session, found)
        offset += step


def one_meeting(session: Session, meeting_id: int) -> MeetingRow | None:
    found = session.execute(select(*_COLUMNS).where(Meeting.id == meeting_id)).all()
    return next(_rows(session, found), None)


def _found(asked: MeetingFilter, conditions: Collection[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """What is to come: the soonest first; what has been: the latest first."""
    coming = asked.state == MeetingState.PLANNED
    order = (Meeting.starts_at, Meeting.id) if coming else (Meeting.starts_at.desc(), Meeting.id.desc())
    return select(*_COLUMNS).where(*conditions).order_by(*order)


def meeting_conditions(asked: MeetingFilter, now: datetime) -> Iterator[ColumnElement[bool]]:
    if asked.state:
        yield Meeting.state == MeetingState(asked.state)
    if asked.need == "unclosed":
        yield Meeting.state == MeetingState.PLANNED
        yield Meeting.starts_at < now - UNCLOSED
    if asked.need == "missed":
        yield from _missed(now)
    if asked.need == "reply":
        yield Meeting.state == MeetingState.PLANNED
        yield Meeting.starts_at >= now
        yield Meeting.reply == Reply.OTHER_TIME
    if asked.pair_id is not None:
        yield Meeting.pair_id == asked.pair_id
    if asked.since is not None:
        yield Meeting.starts_at >= asked.since
    if asked.until is not None:
        yield Meeting.starts_at < asked.until


def _missed(now: datetime) -> Iterator[ColumnElement[bool]]:
    later = aliased(Meeting)
    yield Meeting.state == MeetingState.MISSED
    yield Meeting.starts_at > now - RECENT
    yield ~exists().where(
        later.pair_id == Meeting.pair_id,
        later.starts_at > Meeting.starts_at,
        later.state.in_((MeetingState.PLANNED, MeetingState.HELD)),
    )


_COLUMNS = (
    Meeting.id.label("meeting_id"),
    Meeting.pair_id,
    Meeting.kind,
    Meeting.state,
    Meeting.starts_at,
    Meeting.minutes,
    Meeting.place_kind,
    Meeting.place,
    Meeting.topic,
    Meeting.reply,
    Meeting.was_planned,
    Meeting.cancel_reason,
)


def _rows(session: Session, found: Sequence[Any]) -> Iterator[MeetingRow]:
    members = _members(session, {row.pair_id for row in found})
    for row in found:
        there = [(role, name) for role, name, stay in members[row.pair_id] if stay.at(row.starts_at)]
        mentor, mentee = (", ".join(name for its, name in there if its is role) for role in (Role.MENTOR, Role.MENTEE))
        yield MeetingRow(**row._mapping, mentor=mentor, mentee=mentee)


def _members(session: Session, pair_ids: Collection[int]) -> dict[int, list[tuple[Role, str, Stay]]]:
    rows = session.execute(
        select(
            PairMember.pair_id,
            PairMember.role,
            Person.last_name,
            Person.first_name,
            Pair.started_at,
            PairMember.joined_at,
            PairMember.left_at,
        )
        .join(Pair, Pair.id == PairMember.pair_id)
        .join(Person, Person.id == PairMember.person_id)
        .where(PairMember.pair_id.in_(pair_ids), was_in())
        .order_by(PairMember.id)
    )
    found: dict[int, list[tuple[Role, str, Stay]]] = defaultdict(list)
    for pair_id, role, last_name, first_name, *stay in rows:
        found[pair_id].append((role, f"{last_name} {first_name}".strip(), Stay(*stay)))
    return found
