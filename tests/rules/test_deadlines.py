from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis.strategies import builds, datetimes, sampled_from, times, tuples

from mentoring.rules.deadlines import Hours, Window, at_local, day_start, local_day, next_allowed

ZONES = sampled_from([ZoneInfo(name) for name in ("Europe/Moscow", "Asia/Novokuznetsk", "Asia/Kamchatka", "UTC")])
MOMENTS = datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
MINUTES = times().map(lambda at: at.replace(second=0, microsecond=0))
WINDOWS = tuples(MINUTES, MINUTES).filter(lambda two: two[0] != two[1]).map(lambda two: Window(min(two), max(two)))
HOURS = builds(Hours, WINDOWS, WINDOWS)


def is_open(at: datetime, zone: ZoneInfo, hours: Hours) -> bool:
    local = at.astimezone(zone)
    window = hours.on(local.date())
    return window.opens <= local.time() < window.closes


@given(MOMENTS, ZONES, HOURS)
def test_the_result_is_never_before_and_always_inside(at: datetime, zone: ZoneInfo, hours: Hours) -> None:
    allowed = next_allowed(at, zone, hours)

    assert allowed >= at
    assert is_open(allowed, zone, hours)


@given(MOMENTS, ZONES, HOURS)
def test_no_earlier_moment_was_open(at: datetime, zone: ZoneInfo, hours: Hours) -> None:
    allowed = next_allowed(at, zone, hours)

    steps = int((allowed - at) / timedelta(minutes=7)) + 1
    earlier = [at + timedelta(minutes=7) * step for step in range(steps)]
    assert not any(is_open(moment, zone, hours) for moment in earlier if moment < allowed)
    assert allowed == at or not is_open(allowed - timedelta(microseconds=1), zone, hours)


@given(MOMENTS, ZONES, HOURS)
def test_what_is_allowed_stays_where_it_is(at: datetime, zone: ZoneInfo, hours: Hours) -> None:
    allowed = next_allowed(at, zone, hours)

    assert next_allowed(allowed, zone, hours) == allowed


def test_friday_evening_waits_for_saturdays_own_hours() -> None:
    hours = Hours(Window(time(15, 30), time(20)), Window(time(10), time(20)))
    zone = ZoneInfo("Europe/Moscow")

    allowed = next_allowed(datetime(2026, 11, 27, 20, 0, tzinfo=zone), zone, hours)

    assert allowed == datetime(2026, 11, 28, 10, 0, tzinfo=zone)


def test_a_window_that_never_opens_is_a_defect() -> None:
    with pytest.raises(ValueError, match="opens before"):
        Window(time(20), time(8))


def test_days_are_those_of_the_zone() -> None:
    zone, at = ZoneInfo("Asia/Kamchatka"), datetime(2026, 11, 23, 13, 0, tzinfo=UTC)

    assert local_day(at, zone) == date(2026, 11, 24)
    assert day_start(at, zone) == at_local(date(2026, 11, 24), time(), zone) == datetime(2026, 11, 23, 12, tzinfo=UTC)
