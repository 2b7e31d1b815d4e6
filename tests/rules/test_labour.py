from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates

from mentoring.rules.labour import is_working, last_day


@pytest.mark.parametrize(
    ("given_on", "ends_on"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),  # Monday: Tuesday, Wednesday, Thursday
        (date(2026, 11, 20), date(2026, 11, 25)),  # Friday: over a weekend
        (date(2026, 11, 21), date(2026, 11, 25)),  # Saturday itself does not count either
        (date(2026, 12, 30), date(2027, 1, 12)),  # the 31st, then the first working days after the holidays
        (date(2027, 3, 5), date(2027, 3, 11)),  # Friday before 8 March, a Monday
        (date(2026, 11, 3), date(2026, 11, 9)),  # over 4 November and a weekend
    ],
)
def test_three_working_days_follow_the_day_of_the_notice(given_on: date, ends_on: date) -> None:
    assert last_day(given_on) == ends_on


@given(given_on=dates(date(2026, 1, 1), date(2035, 12, 31)))
def test_between_a_notice_and_its_last_day_lie_exactly_three_working_days(given_on: date) -> None:
    ends_on = last_day(given_on)
    between = [given_on + timedelta(days=step) for step in range(1, (ends_on - given_on).days + 1)]

    assert sum(map(is_working, between)) == 3
    assert is_working(ends_on)
