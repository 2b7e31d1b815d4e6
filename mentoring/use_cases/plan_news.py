"""What those of a pair are told about their plan: of changes once a day, of the curator's decision each time."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.deadlines import at_local, local_day
from mentoring.rules.people import Actor
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.notices import notify
from storage.models.notice import Notice
from storage.models.organisation import Organisation
from storage.models.pair import Pair
from storage.models.plan import Plan

FINISHED_AFTER = timedelta(minutes=30)
"""Whoever begins to change a plan changes more of it: the others are told when that is likely to be over."""


def tell_of_change(session: Session, plan: Plan, by: Actor, now: datetime) -> None:
    """The others of the pair, once a day; what is changed after that day's message is told on the next one."""
    zone = ZoneInfo(session.get_one(Organisation, plan.organisation_id).time_zone)
    for person_id in _members(session, plan):
        if person_id != by.person_id:
            day, due_at = _day_to_tell(session, plan, person_id, zone, now)
            notify(
                session,
                person_id,
                NoticeKind.PERSON_PLAN_CHANGED,
                {"pair_id": plan.pair_id},
                dedup_key=f"{plan.id}:{day}",
                now=now,
                due_at=due_at,
            )


def tell_approved(session: Session, plan: Plan, now: datetime) -> None:
    _tell(session, plan, NoticeKind.PERSON_PLAN_APPROVED, now)


def tell_returned(session: Session, plan: Plan, now: datetime) -> None:
    _tell(session, plan, NoticeKind.PERSON_PLAN_RETURNED, now)


def _tell(session: Session, plan: Plan, kind: NoticeKind, now: datetime) -> None:
    for person_id in _members(session, plan):
        key = f"{plan.id}:{now:%y%m%d%H%M%S}"
        notify(session, person_id, kind, {"pair_id": plan.pair_id}, dedup_key=key, now=now)


def _members(session: Session, plan: Plan) -> list[int]:
    return [member.person_id for member in session.get_one(Pair, plan.pair_id).present]


def _day_to_tell(session: Session, plan: Plan, person_id: int, zone: ZoneInfo, now: datetime) -> tuple[date, datetime]:
    """A message that has gone out, or is about to, cannot say what is changed now."""
    today = local_day(now, zone)
    last = session.scalar(
        select(Notice.due_at)
        .where(Notice.person_id == person_id, Notice.kind == NoticeKind.PERSON_PLAN_CHANGED)
        .where(Notice.dedup_key.endswith(f":{plan.id}:{today}"))
    )
    if last is None or last > now:
        return today, now + FINISHED_AFTER
    tomorrow = today + timedelta(days=1)
    return tomorrow, at_local(tomorrow, time(), zone)
