"""Plans of pairs: the curator's list, and what is due soon."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session

from mentoring.rules.pairs import OVER, STANDING, WORKING, PairState
from mentoring.rules.people import AgeGroup, Role
from mentoring.rules.plans import ItemState, PlanState, Progress, plan_listed_as
from storage.models.pair import Pair, PairMember
from storage.models.person import ChannelAccount, Person
from storage.models.plan import Plan, PlanItem
from storage.queries.counting import count_up_to

NOT_BEGUN = "none"
PLANNED = STANDING | OVER
"""Pairs that may have a plan."""


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """``state``: a word of `PlanState`, or "none" for a pair without a plan; empty for all pairs that go on.
    ``need``: overdue (an open item's day has passed), mark (waits for the mentor's mark)."""

    state: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """``state`` None: nobody has begun it."""

    pair_id: int
    pair_state: PairState
    mentor: str
    mentees: tuple[str, ...]
    form: str
    state: PlanState | None
    state_at: datetime | None
    ends_on: date | None
    progress: Progress
    overdue: int


@dataclass(frozen=True, slots=True)
class PlansPage:
    rows: tuple[PlanRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DueItem:
    organisation_id: int
    person_id: int
    age_group: AgeGroup | None
    due_on: date
    created_at: datetime
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class AwaitedPlan:
    """``role``: the person's. ``reported`` items wait for a mark, the day of ``due`` ones has come."""

    pair_id: int
    role: Role
    state: PlanState
    reported: int
    due: int


def plans_page(session: Session, asked: PlanFilter, *, offset: int, limit: int, today: date) -> PlansPage:
    """Four queries at any size. What waits for the curator comes first, then those who have not begun."""
    conditions = tuple(plan_conditions(asked, today))
    found = session.execute(_found(conditions).offset(offset).limit(limit)).all()
    return PlansPage(tuple(_rows(session, found, today)), count_up_to(session, select(Pair.id).where(*conditions)))


def all_plans(session: Session, asked: PlanFilter, *, today: date, step: int = 400) -> Iterator[PlanRow]:
    conditions, offset = tuple(plan_conditions(asked, today)), 0
    while found := session.execute(_found(conditions).offset(offset).limit(step)).all():
        yield from _rows(session, found, today)
        offset += step


def plan_conditions(asked: PlanFilter, today: date) -> Iterator[ColumnElement[bool]]:
    """Over `Pair`, which says how its plan stands."""
    closed = asked.state == PlanState.CLOSED
    yield Pair.state.in_(PLANNED if closed else STANDING)
    if asked.state:
        state = None if asked.state == NOT_BEGUN else PlanState(asked.state)
        yield Pair.plan_listed_as == plan_listed_as(state)
        yield Pair.plan_state.is_(None) if state is None else Pair.plan_state == state
    if asked.need == "overdue":
        yield _has_item(PlanItem.state == ItemState.OPEN, PlanItem.due_on < today, Plan.revision > 0)
    if asked.need == "mark":
        yield _has_item(PlanItem.state == ItemState.REPORTED)


def due_items(session: Session, since: date, until: date, about: int | None = None) -> Iterator[DueItem]:
    """Unfenced. Open items of approved plans, once for each member (``about``: of one) with a chat, by person."""
    found = (
        select(
            Person.organisation_id,
            Person.id,
            Person.age_group,
            PlanItem.due_on,
            PlanItem.created_at,
            Plan.approved_at,
        )
        .select_from(PlanItem)
        .join(Plan, Plan.id == PlanItem.plan_id)
        .join(Pair, Pair.id == Plan.pair_id)
        .join(PairMember, and_(PairMember.pair_id == Pair.id, PairMember.left_at.is_(None)))
        .join(Person, Person.id == PairMember.person_id)
        .where(*_due(since, until), Person.erased_at.is_(None), _reachable())
        .order_by(Person.id)
    )
    if about is not None:
        found = found.where(Person.id == about)
    for organisation_id, person_id, age_group, due_on, created_at, approved_at in session.execute(found):
        if due_on and approved_at:
            yield DueItem(organisation_id, person_id, age_group, due_on, created_at, approved_at)


def pairs_with_due_items(session: Session, person_id: int, since: date, until: date) -> Sequence[int]:
    found = (
        select(Plan.pair_id)
        .join(PlanItem, PlanItem.plan_id == Plan.id)
        .join(Pair, Pair.id == Plan.pair_id)
        .join(PairMember, and_(PairMember.pair_id == Pair.id, PairMember.left_at.is_(None)))
        .where(PairMember.person_id == person_id, *_due(since, until))
        .distinct()
        .order_by(Plan.pair_id)
    )
    return session.scalars(found).all()


def awaited_of(session: Session, person_id: int, today: date) -> Sequence[AwaitedPlan]:
    """Plans of the person's pairs that work."""
    due = case((and_(PlanItem.state == ItemState.OPEN, PlanItem.due_on <= today), 1), else_=0)
    found = (
        select(
            Plan.pair_id,
            PairMember.role,
            Plan.state,
            func.coalesce(func.sum(case((PlanItem.state == ItemState.REPORTED, 1), else_=0)), 0),
            func.coalesce(func.sum(case((Plan.revision > 0, due), else_=0)), 0),
        )
        .join(Pair, Pair.id == Plan.pair_id)
        .join(PairMember, and_(PairMember.pair_id == Pair.id, PairMember.left_at.is_(None)))
        .outerjoin(PlanItem, PlanItem.plan_id == Plan.id)
        .where(PairMember.person_id == person_id, Pair.state.in_(WORKING))
        .group_by(Plan.pair_id, PairMember.role, Plan.state)
        .order_by(Plan.pair_id)
    )
    return [AwaitedPlan(*row) for row in session.execute(found)]


def _due(since: date, until: date) -> Iterator[ColumnElement[bool]]:
    yield Pair.state.in_(WORKING)
    yield Plan.revision > 0
    yield PlanItem.state == ItemState.OPEN
    yield PlanItem.due_on.between(since, until)


def _reachable() -> ColumnElement[bool]:
    return exists().where(ChannelAccount.person_id == Person.id, ChannelAccount.unreachable_since.is_(None))


def _has_item(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Begins with the items: few of them are due."""
    return Pair.id.in_(select(Plan.pair_id).join(PlanItem, PlanItem.plan_id == Plan.id).where(*conditions))


def _found(conditions: Collection[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    columns = (Pair.id, Pair.state, Pair.form, Plan.id, Plan.state, Plan.state_at, Plan.ends_on, Plan.revision)
    found = select(*columns).outerjoin(Plan, Plan.pair_id == Pair.id).where(*conditions)
    return found.order_by(Pair.plan_listed_as, Pair.plan_at, Pair.id)


def _rows(session: Session, found: Sequence[Any], today: date) -> Iterator[PlanRow]:
    names = _names(session, [row[0] for row in found])
    items = _items(session, [row[3] for row in found if row[3]], today)
    for pair_id, pair_state, form, plan_id, state, state_at, ends_on, revision in found:
        progress, overdue = items.get(plan_id, (Progress(), 0))
        members = names[pair_id]
        yield PlanRow(
            pair_id=pair_id,
            pair_state=pair_state,
            mentor=next(iter(members[Role.MENTOR]), ""),
            mentees=tuple(members[Role.MENTEE]),
            form=form,
            state=state,
            state_at=state_at,
            ends_on=ends_on,
            progress=progress,
            overdue=overdue if revision else 0,
        )


def _names(session: Session, pair_ids: Collection[int]) -> dict[int, dict[Role, list[str]]]:
    rows = session.execute(
        select(PairMember.pair_id, PairMember.role, Person.last_name, Person.first_name)
        .join(Person, Person.id == PairMember.person_id)
        .where(PairMember.pair_id.in_(pair_ids), PairMember.left_at.is_(None))
        .order_by(PairMember.id)
    )
    found: dict[int, dict[Role, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pair_id, role, last_name, first_name in rows:
        found[pair_id][role].append(f"{last_name} {first_name}".strip())
    return found


def _items(session: Session, plan_ids: Collection[int], today: date) -> dict[int, tuple[Progress, int]]:
    def counted(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((and_(*conditions), 1), else_=0))

    rows = session.execute(
        select(
            PlanItem.plan_id,
            func.count(),
            *(counted(PlanItem.state == state) for state in _COUNTED),
            counted(PlanItem.state == ItemState.OPEN, PlanItem.due_on < today),
        )
        .where(PlanItem.plan_id.in_(plan_ids), PlanItem.state != ItemState.DROPPED)
        .group_by(PlanItem.plan_id)
    )
    return {plan_id: (Progress(*numbers), overdue) for plan_id, *numbers, overdue in rows}


_COUNTED = (ItemState.DONE, ItemState.PARTLY, ItemState.NOT_DONE, ItemState.REPORTED)
