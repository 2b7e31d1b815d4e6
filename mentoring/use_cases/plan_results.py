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
    words = " ".join(words.split())
    _ensure_short("mark", words, rules.MARK_LIMIT)
    item.mark = words or item.mark
    item.state, item.marked_at = state, now
    record(session, "plan.item_marked", plan, by=by, now=now, item=item.id, state=state.value)
    return _kept(session, plan, item, by, now)


def set_result(session: Session, item_id: int, text: str, *, by: Actor, now: datetime) -> ItemChanged:
    """A curator writes what the paper says, whatever was said before; the item's state stays."""
    plan, item = _approved(session, item_id, by)
    if by.account_id is None:
        raise NotAllowed("set_result")
    words = " ".join(text.split())
    _ensure_short("actual_result", words, rules.RESULT_LIMIT)
    item.actual_result = words
    record(session, "plan.item_reported", plan, by=by, now=now, item=item.id)
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
    return f"{next(name_seen(one.person) for one in mentees if one.person_id == by.person_id)}: {text}"


def _joined(item: PlanItem, said: str, *, group: bool) -> str:
    """Of one mentee the last words hold; those of a group stand one after the other."""
    before = item.actual_result if group and said not in item.actual_result else ""
    found = "; ".join(part for part in (before, said) if part) or item.actual_result
    _ensure_short("actual_result", found, rules.RESULT_LIMIT)
    return found


def _ensure_short(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise TextTooLong(field, limit, len(text))


def _kept(session: Session, plan: Plan, item: PlanItem, by: Actor, now: datetime) -> ItemChanged:
    session.flush()
    tell_of_change(session, plan, by, now)
    return ItemChanged(plan.pair_id, item.id, plan.state)
