"""What came of an item of a plan: the mentee says it, the mentor marks it; once a curator has approved the plan."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules import plans as rules
from mentoring.rules.errors import NotAllowed, OutOfDate, TextTooLong, ValueWrong
from mentoring.rules.people import Actor, Role
from mentoring.rules.plans import MARKS, ItemAct, ItemState
from mentoring.use_cases.audit import record
from mentoring.use_cases.pair_views import name_seen
from mentoring.use_cases.plan_news import tell_of_change
from mentoring.use_cases.plan_rows import item_to_change, mentees_of
from mentoring.use_cases.plans import ItemChanged
from storage.models.pair import Pair
from storage.models.plan import Plan, PlanItem

SAID_APART = "; "
"""Between what the mentees of a group have said of one item."""


def report_item(session: Session, item_id: int, text: str = "", *, by: Actor, now: datetime) -> ItemChanged:
    """By a mentee, or a curator for them. In a group each says it under their own name; words come in their order."""
    plan, item = _approved(session, item_id, by)
    _ensure_role(session, plan, by, Role.MENTEE, "report")
    rules.may_follow(item.state, ItemAct.REPORT)
    said = _signed(session, plan, " ".join(text.split()), by)
    item.actual_result = _joined(item, said, group=_is_group(session, plan))
    item.state, item.reported_at = ItemState.REPORTED, now
    record(session, "plan.item_reported", plan, by=by, now=now, item=item.id)
    return _kept(session, plan, item, by, now)


def mark_item(
    session: Session, item_id: int, state: ItemState, words: str = "", *, by: Actor, now: datetime
) -> ItemChanged:
    """By the mentor, or a curator for them. ``state`` is one of `MARKS`; a mark can be given again."""
    if state not in MARKS:
        raise ValueWrong("state")
    plan, item = _approved(session, item_id, by)
    _ensure_role(session, plan, by, Role.MENTOR, "mark")
    rules.may_follow(item.state, ItemAct.MARK)
    item.mark = _short("mark", words, rules.MARK_LIMIT) or item.mark
    item.state, item.marked_at = state, now
    record(session, "plan.item_marked", plan, by=by, now=now, item=item.id, state=state.value)
    return _kept(session, plan, item, by, now)


def write_result(
    session: Session, item_id: int, actual: str, mark: str, state: ItemState, *, by: Actor, now: datetime
) -> ItemChanged:
    """A curator writes down what the paper says of both, whatever was said before."""
    plan, item = _approved(session, item_id, by)
    if by.account_id is None:
        raise NotAllowed("write_result")
    rules.may_follow(item.state, ItemAct.MARK)
    if state is ItemState.DROPPED:
        raise ValueWrong("state")
    item.actual_result = _short("actual_result", actual, rules.RESULT_LIMIT)
    item.mark = _short("mark", mark, rules.MARK_LIMIT)
    item.state = state
    item.reported_at = (item.reported_at or now) if item.actual_result else None
    item.marked_at = now if state in MARKS else None
    record(session, "plan.item_marked", plan, by=by, now=now, item=item.id, state=state.value)
    return _kept(session, plan, item, by, now)


def _approved(session: Session, item_id: int, by: Actor) -> tuple[Plan, PlanItem]:
    plan, item = item_to_change(session, item_id, by)
    if not plan.revision:
        raise OutOfDate("plan", "unapproved")
    return plan, item


def _ensure_role(session: Session, plan: Plan, by: Actor, role: Role, act: str) -> None:
    """A curator stands in for anybody."""
    roles = {member.role for member in session.get_one(Pair, plan.pair_id).present if member.person_id == by.person_id}
    if by.person_id is not None and role not in roles:
        raise NotAllowed(act)


def _is_group(session: Session, plan: Plan) -> bool:
    return len(mentees_of(session.get_one(Pair, plan.pair_id))) > 1


def _signed(session: Session, plan: Plan, text: str, by: Actor) -> str:
    """«Мила: прочитала две главы» where there are several of them."""
    if not text or by.person_id is None or not _is_group(session, plan):
        return text
    mentees = mentees_of(session.get_one(Pair, plan.pair_id))
    name = next(name_seen(one.person) for one in mentees if one.person_id == by.person_id)
    return f"{name}: {text.replace(SAID_APART, ', ')}"


def _joined(item: PlanItem, said: str, *, group: bool) -> str:
    """Of one mentee the last words hold; those of a group stand one after the other."""
    before = item.actual_result if group and said not in item.actual_result else ""
    found = SAID_APART.join(part for part in (before, said) if part) or item.actual_result
    return _short("actual_result", found, rules.RESULT_LIMIT)


def _short(field: str, text: str, limit: int) -> str:
    words = " ".join(text.split())
    if len(words) > limit:
        raise TextTooLong(field, limit, len(words))
    return words


def _kept(session: Session, plan: Plan, item: PlanItem, by: Actor, now: datetime) -> ItemChanged:
    session.flush()
    tell_of_change(session, plan, by, now)
    return ItemChanged(plan.pair_id, item.id, plan.state)
