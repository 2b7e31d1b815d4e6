"""What notices about plans say."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.people import Role
from mentoring.rules.plans import REMIND_ON, ItemState, PlanState
from mentoring.use_cases.plan_rows import today_of
from mentoring.use_cases.plan_views import ItemView, MyPlan, my_plan
from storage.models.person import Person
from storage.queries.plans import pairs_with_due_items

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DuePlan:
    """Items whose day is near or has passed lately, the soonest first."""

    mine: MyPlan
    items: tuple[ItemView, ...]


def changed(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    """``reported``: items that wait for the reader's mark."""
    mine = my_plan(session, payload["pair_id"], reader.id, now=now)
    if mine.plan.over or mine.plan.empty:
        return None
    return {"mine": mine, "reported": mine.plan.progress.reported if mine.role is Role.MENTOR else 0}


def approved(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    return _in_state(session, reader, payload, PlanState.APPROVED, now)


def returned(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    return _in_state(session, reader, payload, PlanState.RETURNED, now)


def due(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    today = today_of(session, reader.organisation_id, now)
    pairs = pairs_with_due_items(session, reader.id, date.min, today - REMIND_ON[0])
    found = [_due(session, pair_id, reader, now) for pair_id in pairs]
    plans = tuple(one for one in found if one.items)
    return {"plans": plans, "today": today} if plans else None


def _in_state(
    session: Session, reader: Person, payload: dict[str, int], state: PlanState, now: datetime
) -> Facts | None:
    mine = my_plan(session, payload["pair_id"], reader.id, now=now)
    return {"mine": mine} if mine.plan.state is state else None


def _due(session: Session, pair_id: int, reader: Person, now: datetime) -> DuePlan:
    mine = my_plan(session, pair_id, reader.id, now=now)
    until = today_of(session, reader.organisation_id, now) - REMIND_ON[0]
    near = [(item.due_on, item) for item in mine.plan.items if item.due_on and item.due_on <= until]
    waiting = [(due_on, item) for due_on, item in near if item.state is ItemState.OPEN]
    return DuePlan(mine, tuple(item for _, item in sorted(waiting, key=lambda one: (one[0], one[1].number))))
