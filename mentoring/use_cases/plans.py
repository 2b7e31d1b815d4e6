"""The plan of a pair is built together: goals, notes, the term, items. One of the pair does it, or a curator for them.

Each change is one transaction under the lock of the pair. A change of an approved plan goes to the curator by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zlib import crc32

from sqlalchemy.orm import Session

from mentoring.rules import plans as rules
from mentoring.rules.errors import CountReached, ItemsOutsideTerm, OutOfDate, TextEmpty, TextTooLong, ValueWrong
from mentoring.rules.people import Actor
from mentoring.rules.plans import ItemAct, ItemState, PlanState
from mentoring.use_cases.audit import record
from mentoring.use_cases.plan_news import tell_of_change
from mentoring.use_cases.plan_rows import item_to_change, plan_to_change, template_named
from storage.models.plan import Plan, PlanItem


@dataclass(frozen=True, slots=True)
class PlanChanged:
    pair_id: int
    plan_id: int
    state: PlanState


@dataclass(frozen=True, slots=True)
class ItemChanged:
    pair_id: int
    item_id: int
    state: PlanState


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What is to stand in an item; None leaves it as it is. ``without_date`` takes the date away."""

    section: str | None = None
    text: str | None = None
    due_on: date | None = None
    without_date: bool = False
    planned_result: str | None = None


@dataclass(frozen=True, slots=True)
class PlanWords:
    """All that stands in a plan beside its items."""

    goals: tuple[str, ...]
    notes: Mapping[str, str]
    starts_on: date
    ends_on: date


def write_plan(session: Session, pair_id: int, words: PlanWords, *, by: Actor, now: datetime) -> PlanChanged:
    """At once, as a form has it. Empty lines among the goals are left out."""
    plan = plan_to_change(session, pair_id, by, now)
    goals = list(dict.fromkeys(_short("goal", goal, rules.GOAL_LIMIT) for goal in words.goals if goal.strip()))
    if len(goals) > rules.MOST_GOALS:
        raise CountReached("goals", rules.MOST_GOALS)
    keys = [note.key for note in template_named(plan.template).notes]
    plan.goals = goals
    plan.notes = {key: _short("note", words.notes.get(key, ""), rules.NOTE_LIMIT) for key in keys}
    _set_term(plan, words.starts_on, words.ends_on)
    record(session, "plan.goals_set", plan, by=by, now=now)
    return _changed(session, plan, by, now)


def add_goal(session: Session, pair_id: int, text: str, *, by: Actor, now: datetime) -> PlanChanged:
    plan = plan_to_change(session, pair_id, by, now)
    text = _words("goal", text, rules.GOAL_LIMIT)
    if text not in plan.goals:
        _ensure_room("goals", len(plan.goals), rules.MOST_GOALS)
        plan.goals = [*plan.goals, text]
    record(session, "plan.goals_set", plan, by=by, now=now)
    return _changed(session, plan, by, now)


def change_goal(
    session: Session, pair_id: int, place: int, text: str, *, mark: str, by: Actor, now: datetime
) -> PlanChanged:
    """``place`` from 0; ``mark`` is `goal_mark` of the goal that was on the screen."""
    plan = plan_to_change(session, pair_id, by, now)
    _ensure_same(plan, place, mark)
    words = _words("goal", text, rules.GOAL_LIMIT)
    plan.goals = [words if here == place else goal for here, goal in enumerate(plan.goals)]
    record(session, "plan.goals_set", plan, by=by, now=now)
    return _changed(session, plan, by, now)


def drop_goal(session: Session, pair_id: int, place: int, *, mark: str, by: Actor, now: datetime) -> PlanChanged:
    plan = plan_to_change(session, pair_id, by, now)
    _ensure_same(plan, place, mark)
    plan.goals = [goal for here, goal in enumerate(plan.goals) if here != place]
    record(session, "plan.goals_set", plan, by=by, now=now)
    return _changed(session, plan, by, now)


def goal_mark(text: str) -> str:
    """Short enough for a button, to tell a goal from another that stands in its place by now."""
    return f"{crc32(text.encode()):08x}"


def set_note(session: Session, pair_id: int, key: str, text: str, *, by: Actor, now: datetime) -> PlanChanged:
    """A paragraph of the explanatory note; empty words take it away."""
    plan = plan_to_change(session, pair_id, by, now)
    if key not in {note.key for note in template_named(plan.template).notes}:
        raise ValueWrong("note")
    plan.notes = {**plan.notes, key: _short("note", text, rules.NOTE_LIMIT)}
    record(session, "plan.note_set", plan, by=by, now=now)
    return _changed(session, plan, by, now)


def set_term(
    session: Session, pair_id: int, starts_on: date, ends_on: date, *, by: Actor, now: datetime
) -> PlanChanged:
    """Raises ValueWrong("ends_on") when it lasts shorter or longer than such a plan may, ItemsOutsideTerm."""
    plan = plan_to_change(session, pair_id, by, now)
    _set_term(plan, starts_on, ends_on)
    record(session, "plan.term_set", plan, by=by, now=now)
    return _changed(session, plan, by, now)


def add_item(
    session: Session,
    pair_id: int,
    section: str,
    text: str,
    *,
    due_on: date | None = None,
    planned_result: str = "",
    by: Actor,
    now: datetime,
) -> ItemChanged:
    """The same words in the same section again are the item that is there (a double tap)."""
    plan = plan_to_change(session, pair_id, by, now)
    text = _words("text", text, rules.TEXT_LIMIT)
    standing = [item for item in plan.items if item.state is not ItemState.DROPPED]
    item = next((one for one in standing if (one.section, one.text) == (section, text)), None)
    if item is None:
        _ensure_room("items", len(standing), rules.MOST_ITEMS)
        item = _new_item(plan, _section(plan, section), text, by, now)
        _write(plan, item, ItemWords(due_on=due_on, planned_result=planned_result))
        plan.items.append(item)
        session.flush()
        record(session, "plan.item_added", plan, by=by, now=now, item=item.id)
    return _item_changed(session, plan, item, by, now)


def change_item(session: Session, item_id: int, words: ItemWords, *, by: Actor, now: datetime) -> ItemChanged:
    """What was done in part or not at all is open again once it has another day."""
    plan, item = _item(session, item_id, ItemAct.CHANGE, by, now)
    before = item.due_on
    _write(plan, item, words)
    if item.due_on and item.due_on != before and item.state in (ItemState.PARTLY, ItemState.NOT_DONE):
        item.state = ItemState.OPEN
    record(session, "plan.item_changed", plan, by=by, now=now, item=item.id)
    return _item_changed(session, plan, item, by, now)


def drop_item(session: Session, item_id: int, *, by: Actor, now: datetime) -> ItemChanged:
    """It can be restored; nobody counts it."""
    plan, item = _item(session, item_id, ItemAct.DROP, by, now)
    item.state = ItemState.DROPPED
    record(session, "plan.item_dropped", plan, by=by, now=now, item=item.id)
    return _item_changed(session, plan, item, by, now)


def restore_item(session: Session, item_id: int, *, by: Actor, now: datetime) -> ItemChanged:
    plan, item = _item(session, item_id, ItemAct.RESTORE, by, now)
    _ensure_room("items", sum(one.state is not ItemState.DROPPED for one in plan.items), rules.MOST_ITEMS)
    item.state = ItemState.REPORTED if item.actual_result else ItemState.OPEN
    record(session, "plan.item_restored", plan, by=by, now=now, item=item.id)
    return _item_changed(session, plan, item, by, now)


def _set_term(plan: Plan, starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on or not template_named(plan.template).lasts_well(starts_on, ends_on):
        raise ValueWrong("ends_on")
    waiting = [item.due_on for item in plan.items if item.state is ItemState.OPEN and item.due_on]
    if outside := sum(not starts_on <= due_on <= ends_on for due_on in waiting):
        raise ItemsOutsideTerm(outside)
    plan.starts_on, plan.ends_on = starts_on, ends_on


def _item(session: Session, item_id: int, act: ItemAct, by: Actor, now: datetime) -> tuple[Plan, PlanItem]:
    plan, item = item_to_change(session, item_id, by)
    rules.may_follow(item.state, act)
    return plan_to_change(session, plan.pair_id, by, now), item


def _new_item(plan: Plan, section: str, text: str, by: Actor, now: datetime) -> PlanItem:
    return PlanItem(
        organisation_id=plan.organisation_id,
        position=max((item.position for item in plan.items), default=0) + 1,
        section=section,
        text=text,
        state=ItemState.OPEN,
        planned_result="",
        actual_result="",
        mark="",
        added_by_person_id=by.person_id,
        created_at=now,
    )


def _write(plan: Plan, item: PlanItem, words: ItemWords) -> None:
    if words.section is not None:
        item.section = _section(plan, words.section)
    if words.text is not None:
        item.text = _words("text", words.text, rules.TEXT_LIMIT)
    if words.due_on is not None:
        item.due_on = _in_term(plan, words.due_on)
    elif words.without_date:
        item.due_on = None
    if words.planned_result is not None:
        item.planned_result = _short("planned_result", words.planned_result, rules.RESULT_LIMIT)


def _in_term(plan: Plan, due_on: date) -> date:
    if not plan.starts_on <= due_on <= plan.ends_on:
        raise ValueWrong("due_on")
    return due_on


def _section(plan: Plan, key: str) -> str:
    if key not in {section.key for section in template_named(plan.template).sections}:
        raise ValueWrong("section")
    return key


def _words(field: str, text: str, limit: int) -> str:
    words = _short(field, text, limit)
    if not words:
        raise TextEmpty(field)
    return words


def _short(field: str, text: str, limit: int) -> str:
    words = " ".join(text.split())
    if len(words) > limit:
        raise TextTooLong(field, limit, len(words))
    return words


def _ensure_room(what: str, count: int, limit: int) -> None:
    if count >= limit:
        raise CountReached(what, limit)


def _ensure_same(plan: Plan, place: int, mark: str) -> None:
    if place >= len(plan.goals) or goal_mark(plan.goals[place]) != mark:
        raise OutOfDate("plan", "changed")


def _changed(session: Session, plan: Plan, by: Actor, now: datetime) -> PlanChanged:
    session.flush()
    tell_of_change(session, plan, by, now)
    return PlanChanged(plan.pair_id, plan.id, plan.state)


def _item_changed(session: Session, plan: Plan, item: PlanItem, by: Actor, now: datetime) -> ItemChanged:
    _changed(session, plan, by, now)
    return ItemChanged(plan.pair_id, item.id, plan.state)
