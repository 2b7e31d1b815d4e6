"""A plan goes to the curator, who approves it or returns it with a remark."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules import plans as rules
from mentoring.rules.errors import NotFound, OutOfDate, PlanIncomplete, TextEmpty, TextTooLong
from mentoring.rules.people import Actor
from mentoring.rules.plans import ItemState, PlanAct, PlanState
from mentoring.use_cases import accounts
from mentoring.use_cases.plan_news import tell_approved, tell_returned
from mentoring.use_cases.plan_rows import content_of, digest_of, enter, pair_to_plan, plan_of_pair
from mentoring.use_cases.plans import PlanChanged
from storage.models.plan import Plan


def send_plan(session: Session, pair_id: int, *, by: Actor, now: datetime) -> PlanChanged:
    """Sending again what the curator has not decided on changes nothing. Raises PlanIncomplete."""
    plan = _plan(session, pair_id, by)
    if plan.state is not PlanState.SENT:
        following = rules.next_state(plan.state, PlanAct.SEND)
        _ensure_complete(plan)
        enter(session, plan, following, by, now)
    return PlanChanged(pair_id, plan.id, plan.state)


def approve_plan(session: Session, pair_id: int, *, seen: str, by: Actor, now: datetime) -> PlanChanged:
    """``seen`` is `PlanView.seen` of what was looked at; OutOfDate("plan", "changed") when it is another by now."""
    account_id = accounts.require_curator(session, by)
    plan = _plan(session, pair_id, by)
    following = rules.next_state(plan.state, PlanAct.APPROVE)
    if digest_of(plan) != seen:
        raise OutOfDate("plan", "changed")
    _ensure_complete(plan)
    plan.revision, plan.remark = plan.revision + 1, ""
    plan.approved, plan.approved_at, plan.approved_by_account_id = content_of(plan), now, account_id
    enter(session, plan, following, by, now)
    tell_approved(session, plan, now)
    return PlanChanged(pair_id, plan.id, plan.state)


def return_plan(session: Session, pair_id: int, remark: str, *, by: Actor, now: datetime) -> PlanChanged:
    accounts.require_curator(session, by)
    plan = _plan(session, pair_id, by)
    following = rules.next_state(plan.state, PlanAct.RETURN)
    remark = remark.strip()
    if not remark:
        raise TextEmpty("remark")
    if len(remark) > rules.REMARK_LIMIT:
        raise TextTooLong("remark", rules.REMARK_LIMIT, len(remark))
    plan.remark = remark
    enter(session, plan, following, by, now)
    tell_returned(session, plan, now)
    return PlanChanged(pair_id, plan.id, plan.state)


def _plan(session: Session, pair_id: int, by: Actor) -> Plan:
    pair_to_plan(session, pair_id, by)
    plan = plan_of_pair(session, pair_id)
    if plan is None:
        raise NotFound("plan")
    return plan


def _ensure_complete(plan: Plan) -> None:
    lacks = []
    if not plan.goals:
        lacks.append("goals")
    if all(item.state is ItemState.DROPPED for item in plan.items):
        lacks.append("items")
    if lacks:
        raise PlanIncomplete(tuple(lacks))
