"""Individual plan of a pupil's pair, personalised programme of pedagogues (methodology.md §3.3; 001, item 13)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mentoring.rules.errors import OutOfDate


class PlanState(StrEnum):
    DRAFT = "draft"  # the two build it together
    SENT = "sent"  # waits for the curator
    RETURNED = "returned"  # with a remark
    APPROVED = "approved"
    CLOSED = "closed"  # its pair is over


class ItemState(StrEnum):
    OPEN = "open"
    REPORTED = "reported"  # the mentee says what came of it; waits for the mentor's mark
    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    DROPPED = "dropped"  # no longer needed: kept, not counted


class PlanAct(StrEnum):
    CHANGE = "change"  # goals, notes, the term, items: not what came of them
    SEND = "send"
    APPROVE = "approve"
    RETURN = "return"
    CLOSE = "close"


class ItemAct(StrEnum):
    CHANGE = "change"
    REPORT = "report"
    MARK = "mark"
    DROP = "drop"
    RESTORE = "restore"


MARKS = (ItemState.DONE, ItemState.PARTLY, ItemState.NOT_DONE)

GOAL_LIMIT = 300
NOTE_LIMIT = 1000
TEXT_LIMIT = 500
RESULT_LIMIT = 500
MARK_LIMIT = 300
REMARK_LIMIT = 1000
MOST_GOALS = 5
MOST_ITEMS = 20
"""That stand: a plan that nobody can read at a glance is nobody's plan, and their numbers fit under a message."""

REMIND_ON = tuple(timedelta(days=days) for days in (-3, 0, 3))
"""methodology.md §6.2, R14: before, on and after the day by which something is due."""
FORGOTTEN_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the items that stand; those that were dropped are not counted."""

    total: int = 0
    done: int = 0
    partly: int = 0
    not_done: int = 0
    reported: int = 0

    @property
    def percent(self) -> int:
        """What was done in part counts as half (our own rule); 0 for an empty plan."""
        return round(100 * (self.done + self.partly / 2) / self.total) if self.total else 0


def next_state(state: PlanState, act: PlanAct) -> PlanState:
    """A change of an approved plan goes to the curator by itself, so that nobody has to remember it."""
    following = _WAYS[act].get(state)
    if following is None:
        raise OutOfDate("plan", state)
    return following


def plan_listed_as(state: PlanState | None) -> int:
    """The place of a pair in the curator's list of plans: what waits for the curator, what is being written (or nobody
    has begun), then the rest."""
    if state is PlanState.SENT:
        return 0
    return 1 if state in (None, PlanState.DRAFT, PlanState.RETURNED) else 2


def allows(state: ItemState, act: ItemAct) -> bool:
    """A mark can be corrected; what was marked as done is not reported again."""
    return state in _ITEM_WAYS[act]


def may_follow(state: ItemState, act: ItemAct) -> None:
    if not allows(state, act):
        raise OutOfDate("plan_item", state)


def progress(states: Iterable[ItemState]) -> Progress:
    counted = Counter(state for state in states if state is not ItemState.DROPPED)
    return Progress(
        total=counted.total(),
        done=counted[ItemState.DONE],
        partly=counted[ItemState.PARTLY],
        not_done=counted[ItemState.NOT_DONE],
        reported=counted[ItemState.REPORTED],
    )


def reminder_day(due: date, since: date, today: date) -> date | None:
    """The day of the last reminder whose time has come; None before the first, long after the last, and for those that
    had passed before the item was there (``since``)."""
    days = [due + offset for offset in REMIND_ON]
    if today >= days[-1] + FORGOTTEN_AFTER:
        return None
    return max((day for day in days if since <= day <= today), default=None)


def is_overdue(state: ItemState, due: date | None, today: date) -> bool:
    return state is ItemState.OPEN and due is not None and due < today


_UNAPPROVED = (PlanState.DRAFT, PlanState.SENT, PlanState.RETURNED)
_STANDING = (*_UNAPPROVED, PlanState.APPROVED)

_WAYS: dict[PlanAct, dict[PlanState, PlanState]] = {
    PlanAct.CHANGE: {**{state: state for state in _UNAPPROVED}, PlanState.APPROVED: PlanState.SENT},
    PlanAct.SEND: dict.fromkeys((PlanState.DRAFT, PlanState.RETURNED), PlanState.SENT),
    PlanAct.APPROVE: dict.fromkeys(_UNAPPROVED, PlanState.APPROVED),
    PlanAct.RETURN: {PlanState.SENT: PlanState.RETURNED},
    PlanAct.CLOSE: dict.fromkeys(_STANDING, PlanState.CLOSED),
}

_ITEM_WAYS: dict[ItemAct, frozenset[ItemState]] = {
    ItemAct.CHANGE: frozenset({ItemState.OPEN, ItemState.REPORTED, ItemState.PARTLY, ItemState.NOT_DONE}),
    ItemAct.REPORT: frozenset({ItemState.OPEN, ItemState.REPORTED, ItemState.PARTLY, ItemState.NOT_DONE}),
    ItemAct.MARK: frozenset({ItemState.OPEN, ItemState.REPORTED, *MARKS}),
    ItemAct.DROP: frozenset(ItemState) - {ItemState.DROPPED, ItemState.DONE},
    ItemAct.RESTORE: frozenset({ItemState.DROPPED}),
}
