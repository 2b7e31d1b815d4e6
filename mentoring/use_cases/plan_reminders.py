"""Reminding of what plans ask for soon (methodology.md §6.2, R14): one message a day, of all plans of a person."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from mentoring.rules.deadlines import local_day
from mentoring.rules.plans import FORGOTTEN_AFTER, REMIND_ON, reminder_day
from mentoring.rules.reminders import NoticeKind, Promptness
from mentoring.use_cases.notices import Planned
from mentoring.use_cases.schools import School
from storage.queries.plans import DueItem, due_items


def reminders_of_plans(session: Session, schools: dict[int, School], now: datetime) -> Iterator[Planned]:
    """Unfenced. One query. The key is the day of the last step, so that steps which fall on one day are one message."""
    today = now.date()
    found = due_items(session, today - REMIND_ON[-1] - FORGOTTEN_AFTER * 2, today - REMIND_ON[0] * 2)
    for _, items in groupby(found, key=lambda item: item.person_id):
        theirs = list(items)
        school = schools[theirs[0].organisation_id]
        days = [day for item in theirs if (day := _step(item, school, now))]
        if days:
            due = school.allowed(now, theirs[0].age_group, Promptness.POLITE)
            kind, key = NoticeKind.PERSON_PLAN_REMINDER, f"{max(days)}"
            yield Planned(theirs[0].organisation_id, theirs[0].person_id, kind, {}, key, due)


def plans_awaited(session: Session, person_id: int, school: School, now: datetime) -> Iterator[Planned]:
    """The curator reminds this person of what should have been done by now, today at most once."""
    today = local_day(now, school.zone)
    late = list(due_items(session, date.min, today, about=person_id))
    if late:
        due = school.allowed(now, late[0].age_group, Promptness.URGENT)
        kind, key = NoticeKind.PERSON_PLAN_REMINDER, f"asked:{today}"
        yield Planned(late[0].organisation_id, person_id, kind, {}, key, due)


def _step(item: DueItem, school: School, now: datetime) -> date | None:
    since = local_day(max(item.created_at, item.approved_at), school.zone)
    return reminder_day(item.due_on, since, local_day(now, school.zone))
