import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.rules.reporting import (
    Facts,
    Figure,
    Listed,
    PeriodKind,
    Row,
    Section,
    SectionKey,
    Tag,
    Trace,
    counted,
    frozen,
    period_of,
    share,
    thawed,
)

SEASON = (date(2026, 9, 1), date(2027, 8, 31))
AT = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        (PeriodKind.MONTH, date(2026, 11, 23), date(2026, 11, 1), date(2026, 11, 30)),
        (PeriodKind.MONTH, date(2028, 2, 1), date(2028, 2, 1), date(2028, 2, 29)),
        (PeriodKind.QUARTER, date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        (PeriodKind.HALF_YEAR, date(2027, 1, 1), date(2027, 1, 1), date(2027, 6, 30)),
        (PeriodKind.SEASON, date(2027, 1, 1), *SEASON),
    ],
)
def test_a_period_is_the_month_quarter_or_half_year_around_a_day(
    kind: PeriodKind, day: date, first: date, last: date
) -> None:
    assert period_of(kind, day, SEASON) == (first, last)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(sorted(set(PeriodKind) - {PeriodKind.SEASON})))
def test_periods_hold_their_day_and_follow_each_other_without_a_gap(day: date, kind: PeriodKind) -> None:
    first, last = period_of(kind, day, SEASON)

    assert first <= day <= last
    assert period_of(kind, last + timedelta(days=1), SEASON)[0] == last + timedelta(days=1)


def test_a_share_of_nothing_is_nothing() -> None:
    assert share(3, 0) is None
    assert share(1, 3) == 33.3


def test_what_is_frozen_thaws_as_it_was_even_through_a_file() -> None:
    people = tuple((number,) for number in range(1, 40))
    rows = (
        Row("mentor", (counted("people.mentor.entered", Listed.ENROLMENTS, people),)),
        Row("mentee", (Figure("people.mentee.entered", 2.5, Trace(Listed.ENROLMENTS, people, "comfort")),)),
        Row("q:1", (Figure("people.q:1.mean", None),), "Комфорт", "Опрос", "после", (Tag.FEW, Tag.IMPORTANCE)),
    )
    facts = Facts(*SEASON, AT, (Section(SectionKey.PEOPLE, rows), Section(SectionKey.GAPS)), {"threshold": 7.0})

    stored = json.loads(json.dumps(frozen(facts)))

    assert thawed(stored) == facts


def test_equal_lists_are_kept_once() -> None:
    people = tuple((number,) for number in range(500))
    rows = tuple(
        Row(f"q{number}", (Figure(f"results.q{number}.mean", 5.0, Trace(Listed.SUBMISSIONS, people, f"q{number}")),))
        for number in range(20)
    )
    stored = frozen(Facts(*SEASON, AT, (Section(SectionKey.RESULTS, rows),)))

    assert len(stored["lists"]) == 1
    assert thawed(stored).figure("results.q7.mean") == rows[7].figures[0]
