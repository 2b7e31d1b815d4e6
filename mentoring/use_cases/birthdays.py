"""Birthdays that change whose consent is needed: the fourteenth and the eighteenth."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from mentoring.rules.people import Actor, AgeGroup
from mentoring.use_cases.enrolment import follow_birth_date
from storage.models.person import Person
from storage.scope import fenced


def follow_birthdays(session: Session, *, now: datetime) -> int:
    """Unfenced. How many people have grown into another age group; what they miss now is asked for by the reminders.

    Idempotent. A day early is looked at too, since east of Greenwich the birthday comes before UTC's.
    """
    grown = session.scalars(select(Person).where(_may_have_grown(now.astimezone(UTC).date() + timedelta(days=1))))
    return sum(_follow(session, person, now) for person in grown.all())


def _may_have_grown(day: date) -> ColumnElement[bool]:
    child = and_(Person.age_group == AgeGroup.UNDER_14, Person.birth_date <= _years_before(day, 14))
    teenager = and_(Person.age_group == AgeGroup.FROM_14_TO_17, Person.birth_date <= _years_before(day, 18))
    return and_(Person.erased_at.is_(None), or_(child, teenager))


def _years_before(day: date, years: int) -> date:
    """29 February counts as 1 March in a common year, as in `mentoring.rules.people.age_on`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def _follow(session: Session, person: Person, now: datetime) -> bool:
    before = person.age_group
    with fenced(session, person.organisation_id):
        follow_birth_date(session, person, by=Actor.system(), now=now)
        session.flush()
        return person.age_group is not before
