"""The curator's list of pairs: the last meeting, the silence, how many times they met. Four queries at any size."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.meetings import MeetingState
from mentoring.rules.pairs import OPEN, WORKING, PairState
from mentoring.rules.people import Role
from mentoring.rules.reminders import OrganisationSettings
from mentoring.rules.results import RECENT, STALE_PROPOSAL
from storage.models.meeting import Meeting
from storage.models.organisation import Organisation
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.scope import organisation_of


@dataclass(frozen=True, slots=True)
class PairFilter:
    """``state``: of the pair, or «open».

    ``need``: silent, first (never met), answer (not answered for days), declined (lately, and the mentee is without a
    pair since). The first two pass over pairs that have a meeting planned.
    """

    state: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    person_id: int
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class PairRow:
    pair_id: int
    state: PairState
    state_at: datetime
    form: str
    answer_by: datetime | None
    started_at: datetime | None
    confirmed_at: datetime | None
    last_met_at: datetime | None
    held: int
    mentor: Named
    mentee: Named

    def silence(self, now: datetime) -> int | None:
        """Whole days since the last meeting, or since the two learned of each other."""
        since = self.last_met_at or self.started_at
        return (now - since).days if since and self.state in WORKING else None


@dataclass(frozen=True, slots=True)
class PairsPage:
    rows: tuple[PairRow, ...]
    total: int


def pairs_page(session: Session, asked: PairFilter, *, offset: int, limit: int, now: datetime) -> PairsPage:
    conditions = tuple(pair_conditions(asked, settings_of(session), now))
    found = session.execute(_found(conditions).offset(offset).limit(limit)).all()
    rows = tuple(_rows(session, found))
    return PairsPage(rows, session.scalar(select(func.count()).select_from(Pair).where(*conditions)) or 0)


def all_pairs(session: Session, asked: PairFilter, *, now: datetime, step: int = 400) -> Iterator[PairRow]:
    conditions = tuple(pair_conditions(asked, settings_of(session), now))
    offset = 0
    while found := session.execute(_found(conditions).offset(offset).limit(step)).all():
        yield from _rows(session, found)
        offset += step


def _found(conditions: Collection[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """Those who need the curator first, then the ones that met longest ago."""
    columns = (
        Pair.id.label("pair_id"),
        Pair.state,
        Pair.state_at,
        Pair.form,
        Pair.answer_by,
        Pair.started_at,
        Pair.confirmed_at,
        Pair.last_met_at,
    )
    return select(*columns).where(*conditions).order_by(Pair.listed_as, Pair.quiet_since, Pair.id)


def pair_conditions(asked: PairFilter, settings: OrganisationSettings, now: datetime) -> Iterator[ColumnElement[bool]]:
    if asked.state == "open":
        yield Pair.state.in_(OPEN)
    elif asked.state == "confirmed":
        yield Pair.confirmed_at.is_not(None)
    elif asked.state:
        yield Pair.state == PairState(asked.state)
    if asked.need == "silent":
        yield from _without_meetings(now)
        yield Pair.last_met_at < now - timedelta(days=settings.silence_days)
    if asked.need == "first":
        yield from _without_meetings(now)
        yield Pair.last_met_at.is_(None)
        yield Pair.started_at < now - timedelta(days=settings.first_meeting_days)
    if asked.need == "answer":
        yield Pair.state.in_((PairState.ASKED_MENTOR, PairState.ASKED_MENTEE))
        yield Pair.state_at < now - STALE_PROPOSAL
    if asked.need == "declined":
        yield Pair.state == PairState.DECLINED
        yield Pair.state_at > now - RECENT
        yield ~_mentee_has_another()


def settings_of(session: Session) -> OrganisationSettings:
    stored = session.scalar(select(Organisation.settings).where(Organisation.id == organisation_of(session)))
    return OrganisationSettings.from_stored(stored or {})


def _without_meetings(now: datetime) -> Iterator[ColumnElement[bool]]:
    yield Pair.state.in_(WORKING)
    yield ~exists().where(Meeting.pair_id == Pair.id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now)


def _mentee_has_another() -> ColumnElement[bool]:
    declined, other, another = aliased(PairMember), aliased(PairMember), aliased(Pair)
    return exists().where(
        declined.pair_id == Pair.id,
        declined.role == Role.MENTEE,
        other.enrolment_id == declined.enrolment_id,
        other.pair_id == another.id,
        another.state.in_(OPEN),
    )


def _rows(session: Session, found: Sequence[Any]) -> Iterator[PairRow]:
    ids = [row.pair_id for row in found]
    members = _members(session, ids)
    held = _held(session, ids)
    for row in found:
        both = members[row.pair_id]
        held_by_it = held.get(row.pair_id, 0)
        yield PairRow(**row._mapping, held=held_by_it, mentor=both[Role.MENTOR], mentee=both[Role.MENTEE])


def _members(session: Session, ids: Collection[int]) -> dict[int, dict[Role, Named]]:
    rows = session.execute(
        select(
            PairMember.pair_id,
            PairMember.role,
            Person.id,
            Person.last_name,
            Person.first_name,
            Person.patronymic,
            Person.place,
        )
        .join(Person, Person.id == PairMember.person_id)
        .where(PairMember.pair_id.in_(ids))
    )
    found: dict[int, dict[Role, Named]] = defaultdict(dict)
    for pair_id, role, person_id, last_name, first_name, patronymic, place in rows:
        name = " ".join(part for part in (last_name, first_name, patronymic) if part)
        found[pair_id][role] = Named(person_id, name, place)
    return found


def _held(session: Session, ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(Meeting.pair_id, func.count())
        .where(Meeting.pair_id.in_(ids), Meeting.state == MeetingState.HELD)
        .group_by(Meeting.pair_id)
    )
    return {pair_id: count for pair_id, count in rows}
