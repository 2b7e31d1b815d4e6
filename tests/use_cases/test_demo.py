"""The invented school opens on any day: its pupils have birthdays too."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from mentoring.demo.season import fill_demo
from mentoring.rules.people import AgeGroup
from storage.models.person import Person


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, 30, tzinfo=UTC),
        datetime(2027, 2, 28, 20, 59, tzinfo=UTC),
        datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
        datetime(2027, 6, 15, 12, 0, tzinfo=UTC),
        datetime(2030, 9, 1, 3, 0, tzinfo=UTC),
    ],
    ids=lambda now: f"{now:%Y-%m-%d}",
)
def test_the_invented_school_opens_on_any_day(session: Session, now: datetime) -> None:
    fill_demo(session, "zimina", "четыре жёлтых трамвая", now=now)

    ages = [person.age_group for person in session.query(Person)]
    assert ages.count(AgeGroup.UNDER_14) >= 1
    assert ages.count(AgeGroup.FROM_14_TO_17) >= 4
