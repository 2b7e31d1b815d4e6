"""The curator's list of pairs: the last meeting, the silence, how many times they met. Four queries at any size."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.meetings import MeetingKind, MeetingState
from mentoring.rules.pairs import OPEN, OVER, STANDING, WORKING, PairState, listed_as
from mentoring.rules.people import Role
from mentoring.rules.reminders import OrganisationSettings
from mentoring.rules.results import RECENT, STALE_PROPOSAL
from storage.models.meeting import Meeting
from storage.models.organisation import Organisation
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.queries.counting import count_up_to
from storage.queries.documents import waits_for_order
from storage.scope import organisation_of


@dataclass(frozen=True, slots=True)
class PairFilter:
    """``state``: of the pair, or «open», «standing» (acquainted and not over), «over», «decided» (the curator's word
    was given once, whatever came after).

    ``need``: silent, first (never met), answer (not answered for days), declined (lately, and the mentee is without a
    pair since), trial (the trial meeting was held), pause (over by its day), notice (ends by ТК 351.8), order (waits
    for one), labour (a worker who mentors a worker has not agreed in writing), amend (not as its order says). The
    first two pass over pairs that have a meeting planned.
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
    resumed_at: datetime | None
    paused_until: date | None
    ends_on: date | None
    order_id: int | None
    joins_pair_id: int | None
    held: int
    mentor: Named
    mentees: tuple[Named, ...]

    @property
    def mentee_names(self) -> str:
        return ", ".join(mentee.name for mentee in self.mentees)

    def silence(self, now: datetime) -> int | None:
        """Whole days since the last meeting, since they learned of each other, or since the last pause."""
        since = self.last_met_at or self.started_at
        if since is None or self.state not in WORKING:
            return None
        return (now - max(since, self.resumed_at or since)).days


@dataclass(frozen=True, slots=True)
class PairsPage:
    rows: tuple[PairRow, ...]
    total: int


def pairs_page(session: Session, asked: PairFilter, *, offset: int, limit: int, now: datetime) -> PairsPage:
    conditions = tuple(pair_conditions(asked, settings_of(session), now))
    found = session.execute(_found(conditions).offset(offset).limit(limit)).all()
    return PairsPage(tuple(_rows(session, found)), count_up_to(session, select(Pair.id).where(*conditions)))


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
        Pair.resumed_at,
        Pair.paused_until,
        Pair.ends_on,
        Pair.order_id,
        Pair.joins_pair_id,
    )
    return select(*columns).where(*conditions).order_by(Pair.listed_as, Pair.quiet_since, Pair.id)


def pair_conditions(asked: PairFilter, settings: OrganisationSettings, now: datetime) -> Iterator[ColumnElement[bool]]:
    if asked.state in _SEVERAL:
        yield Pair.state.in_(_SEVERAL[asked.state])
        yield Pair.listed_as.in_({listed_as(state) for state in _SEVERAL[asked.state]})
    elif asked.state == "decided":
        yield Pair.confirmed_at.is_not(None)
    elif asked.state:
        yield Pair.state == PairState(asked.state)
    if asked.need == "silent":
        yield from _without_meetings(now)
        yield Pair.last_met_at < now - timedelta(days=settings.silence_days)
        yield _not_resumed_since(now - timedelta(days=settings.silence_days))
    if asked.need == "first":
        yield from _without_meetings(now)
        yield Pair.last_met_at.is_(None)
        yield Pair.started_at < now - timedelta(days=settings.first_meeting_days)
        yield _not_resumed_since(now - timedelta(days=settings.first_meeting_days))
    if asked.need == "answer":
        yield Pair.state.in_((PairState.ASKED_MENTOR, PairState.ASKED_MENTEE))
        yield Pair.state_at < now - STALE_PROPOSAL
    if asked.need == "declined":
        yield Pair.state == PairState.DECLINED
        yield Pair.state_at > now - RECENT
        yield ~_MENTEE_HAS_ANOTHER
    if asked.need == "trial":
        yield Pair.state == PairState.TRIAL
        yield exists().where(
            Meeting.pair_id == Pair.id, Meeting.kind == MeetingKind.TRIAL, Meeting.state == MeetingState.HELD
        )
    if asked.need == "pause":
        yield Pair.state == PairState.PAUSED
        yield Pair.paused_until < now.date()
    if asked.need == "notice":
        yield Pair.state.in_(STANDING)
        yield Pair.ends_on.is_not(None)
    if asked.need == "order":
        yield waits_for_order()
    if asked.need == "labour":
        yield Pair.id.in_(_WITH_LABOUR_GAP)
    if asked.need == "amend":
        yield Pair.id.in_(_OUTDATED)


def settings_of(session: Session) -> OrganisationSettings:
    stored = session.scalar(select(Organisation.settings).where(Organisation.id == organisation_of(session)))
    return OrganisationSettings.from_stored(stored or {})


def _without_meetings(now: datetime) -> Iterator[ColumnElement[bool]]:
    yield Pair.state.in_(WORKING)
    yield ~exists().where(Meeting.pair_id == Pair.id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now)


def _not_resumed_since(then: datetime) -> ColumnElement[bool]:
    return or_(Pair.resumed_at.is_(None), Pair.resumed_at < then)


def _rows(session: Session, found: Sequence[Any]) -> Iterator[PairRow]:
    ids = [row.pair_id for row in found]
    members = _members(session, ids)
    held = _held(session, ids)
    for row in found:
        sides = members[row.pair_id]
        (mentor, *_), mentees = sides[Role.MENTOR], tuple(sides.get(Role.MENTEE, ()))
        yield PairRow(**row._mapping, held=held.get(row.pair_id, 0), mentor=mentor, mentees=mentees)


def _members(session: Session, ids: Collection[int]) -> dict[int, dict[Role, list[Named]]]:
    """Without those who left a group that went on."""
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
        .where(PairMember.pair_id.in_(ids), PairMember.left_at.is_(None))
        .order_by(PairMember.id)
    )
    found: dict[int, dict[Role, list[Named]]] = defaultdict(dict)
    for pair_id, role, person_id, last_name, first_name, patronymic, place in rows:
        name = " ".join(part for part in (last_name, first_name, patronymic) if part)
        found[pair_id].setdefault(role, []).append(Named(person_id, name, place))
    return found


def _held(session: Session, ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(Meeting.pair_id, func.count())
        .where(Meeting.pair_id.in_(ids), Meeting.state == MeetingState.HELD)
        .group_by(Meeting.pair_id)
    )
    return {pair_id: count for pair_id, count in rows}


_SEVERAL = {"open": OPEN, "standing": STANDING, "over": OVER | {PairState.PARTED}}
_DECLINED, _OTHER, _ANOTHER = aliased(PairMember), aliased(PairMember), aliased(Pair)
_MENTEE_HAS_ANOTHER = exists().where(
    _DECLINED.pair_id == Pair.id,
    _DECLINED.role == Role.MENTEE,
    _OTHER.enrolment_id == _DECLINED.enrolment_id,
    _OTHER.pair_id == _ANOTHER.id,
    _ANOTHER.state.in_(OPEN),
)
_OUTDATED = select(_ANOTHER.id).where(_ANOTHER.order_outdated.is_(True))
_WITH_LABOUR_GAP = select(_ANOTHER.id).where(_ANOTHER.labour_gap.is_(True))
"""Few, and looked up first: sorted as the list is, they would be looked for among all pairs."""
