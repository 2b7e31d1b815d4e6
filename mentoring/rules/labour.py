"""Working days, and the notice with which work as a mentor ends early (ТК РФ ст. 14, 112, 351.8)."""

from datetime import date, timedelta
from enum import StrEnum

from mentoring.rules.deadlines import SATURDAY
from mentoring.rules.pairs import EndReason


class Side(StrEnum):
    """Who ends the assignment early."""

    WORKER = "worker"
    EMPLOYER = "employer"


NOTICE_DAYS = 3
"""Working days, at least."""

LONGEST_NOTICE = timedelta(days=92)
"""Our own bound: a later day is a slip of the finger in the year."""

REASONS = {Side.WORKER: EndReason.WORKER_REFUSED, Side.EMPLOYER: EndReason.EMPLOYER_CANCELLED}


def last_day(given_on: date) -> date:
    """Of mentoring: the third working day after the notice, whose own day does not count (ст. 14).

    Only the fixed holidays are known; days off that the government moves from year to year are not. A day too early by
    such a move can be put off by hand, a day too late costs nobody anything.
    """
    day, left = given_on, NOTICE_DAYS
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    return day


def is_working(day: date) -> bool:
    """By the five-day week."""
    return day.weekday() < SATURDAY and (day.month, day.day) not in HOLIDAYS


HOLIDAYS = frozenset(
    {*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)},
)
"""(month, day), ст. 112."""
