"""The plan of a pair as rows: found, begun, its version as it was approved, and closed with its pair."""

import hashlib
import json
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from config.plan_templates import plan_templates
from mentoring.rules import plans as rules
from mentoring.rules.deadlines import local_day
from mentoring.rules.errors import NotFound, OutOfDate
from mentoring.rules.pairs import STANDING
from mentoring.rules.people import Actor, Role
from mentoring.rules.plan_templates import PlanTemplate, in_months, template_of
from mentoring.rules.plans import ItemState, PlanAct, PlanState
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from storage.models.organisation import Organisation
from storage.models.pair import Pair, PairMember
from storage.models.plan import Plan, PlanItem


@cache
def templates() -> tuple[PlanTemplate, ...]:
    return tuple(template_of(written) for written in plan_templates())


def template_for(form: str) -> PlanTemplate:
    """By the form of mentoring; where it is not known, the first one."""
    return next((one for one in templates() if form in one.forms), templates()[0])


def template_named(key: str) -> PlanTemplate:
    return next((one for one in templates() if one.key == key), templates()[0])


def plan_of_pair(session: Session, pair_id: int) -> Plan | None:
    found = select(Plan).where(Plan.pair_id == pair_id).options(selectinload(Plan.items))
    return session.scalars(found).one_or_none()


def pair_to_plan(session: Session, pair_id: int, by: Actor) -> Pair:
    """Locked: what two do to one plan is done one after the other. Raises OutOfDate when the pair is over."""
    pair = session.get(Pair, pair_id, with_for_update=True)
    if pair is None:
        raise NotFound("pair")
    ensure_party(session, pair, by)
    if pair.state not in STANDING:
        raise OutOfDate("pair", pair.state)
    return pair


def ensure_party(session: Session, pair: Pair, by: Actor) -> None:
    """One of the pair, or a curator. To anybody else the plan does not exist."""
    if by.person_id is None:
        accounts.require_curator(session, by)
    elif by.person_id not in {member.person_id for member in pair.present}:
        raise NotFound("pair")


def plan_to_change(session: Session, pair_id: int, by: Actor, now: datetime) -> Plan:
    """Begins the plan if there is none yet. One that nobody has approved follows the form of the pair."""
    pair = pair_to_plan(session, pair_id, by)
    plan = plan_of_pair(session, pair_id) or _begun(session, pair, by, now)
    if not plan.revision:
        plan.template = template_for(pair.form).key
    following = rules.next_state(plan.state, PlanAct.CHANGE)
    if following is not plan.state:
        enter(session, plan, following, by, now)
    return plan


def item_to_change(session: Session, item_id: int, by: Actor) -> tuple[Plan, PlanItem]:
    """Without a change of the plan's state: saying what came of an item is no change of the plan."""
    found = session.execute(
        select(Plan.pair_id).join(PlanItem, PlanItem.plan_id == Plan.id).where(PlanItem.id == item_id)
    ).one_or_none()
    if found is None:
        raise NotFound("plan_item")
    pair_to_plan(session, found.pair_id, by)
    plan = plan_of_pair(session, found.pair_id)
    item = next((one for one in plan.items if one.id == item_id), None) if plan else None
    if plan is None or item is None:
        raise NotFound("plan_item")
    return plan, item


def enter(session: Session, plan: Plan, state: PlanState, by: Actor, now: datetime) -> None:
    plan.state, plan.state_at = state, now
    session.flush()
    record(session, f"plan.{state}", plan, by=by, now=now)


def close_plan(session: Session, pair: Pair, *, by: Actor, now: datetime) -> None:
    """For the end of a pair: its plan stays to be read and printed, and nobody is reminded of it."""
    plan = plan_of_pair(session, pair.id)
    if plan and plan.state is not PlanState.CLOSED:
        enter(session, plan, rules.next_state(plan.state, PlanAct.CLOSE), by, now)


def content_of(plan: Plan) -> dict[str, Any]:
    """What the curator approves: all but what came of it."""
    return {
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "goals": list(plan.goals),
        "notes": dict(plan.notes),
        "items": {str(item.id): item_content(item) for item in plan.items if item.state is not ItemState.DROPPED},
    }


def item_content(item: PlanItem) -> dict[str, Any]:
    due = item.due_on.isoformat() if item.due_on else ""
    return {"section": item.section, "text": item.text, "due_on": due, "planned": item.planned_result}


def digest_of(plan: Plan) -> str:
    """Of the content: whether what is decided on is still what was looked at."""
    written = json.dumps(content_of(plan), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def today_of(session: Session, organisation_id: int, now: datetime) -> date:
    return local_day(now, ZoneInfo(session.get_one(Organisation, organisation_id).time_zone))


def term_of(session: Session, pair: Pair, template: PlanTemplate, now: datetime) -> tuple[date, date]:
    """What a new plan is given: from the day on which they began to the end of the programme, as far as it may last."""
    starts_on = today_of(session, pair.organisation_id, pair.started_at or now)
    least, most = template.months
    latest, earliest = in_months(starts_on, most), in_months(starts_on, max(least, 1))
    return starts_on, max(earliest, min(latest, pair.programme.ends_on))


def mentor_of(pair: Pair) -> PairMember:
    return next(member for member in pair.members if member.role is Role.MENTOR)


def mentees_of(pair: Pair) -> list[PairMember]:
    """Those who are in it; of a pair that is over, those who were to its end."""
    mentees = [member for member in pair.members if member.role is Role.MENTEE]
    return [one for one in mentees if one.left_at is None] or mentees


def _begun(session: Session, pair: Pair, by: Actor, now: datetime) -> Plan:
    template = template_for(pair.form)
    starts_on, ends_on = term_of(session, pair, template, now)
    plan = Plan(
        organisation_id=pair.organisation_id,
        pair_id=pair.id,
        template=template.key,
        state=PlanState.DRAFT,
        state_at=now,
        starts_on=starts_on,
        ends_on=ends_on,
        goals=[],
        notes={},
        created_at=now,
        items=[],
    )
    session.add(plan)
    session.flush()
    record(session, "plan.draft", plan, by=by, now=now)
    return plan
