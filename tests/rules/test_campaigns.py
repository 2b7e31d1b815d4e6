"""Classes as they are written, and the days of a year's campaigns."""

from datetime import date, timedelta

import pytest

from config.library import questionnaire_definitions
from mentoring.rules.campaign_calendar import CalendarRule, Occasion, Year, checkpoint, occasions
from mentoring.rules.campaigns import Audience, AudienceFilter, ensure_window, in_classes
from mentoring.rules.errors import ValueWrong
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.parsing import parse_definition
from tests.conftest import NOW

YEAR = Year(date(2026, 9, 1), date(2027, 8, 31), date(2026, 11, 30), ("teacher_pupil", "teacher_teacher"))


@pytest.fixture(scope="module")
def library() -> list[Definition]:
    return [parse_definition(source) for source in questionnaire_definitions().values()]


@pytest.mark.parametrize(
    ("place", "asked", "found"),
    [
        ("7 «Б»", ("7",), True),
        ("7 «Б»", ("7б",), True),
        ("7Б", ("7 «Б»",), True),
        ("7 «Б»", ("7а", "8"), False),
        ("11 «А»", ("1",), False),
        ("11 «А»", ("11",), True),
        ("учитель физики", ("учитель",), True),
        ("", ("7",), False),
        ("7 «Б»", (" ",), False),
    ],
)
def test_classes_are_found_as_people_write_them(place: str, asked: tuple[str, ...], found: bool) -> None:
    assert in_classes(place, asked) is found


def test_a_filter_survives_being_stored() -> None:
    chosen = AudienceFilter(Audience.MENTEES, ("teacher_pupil",), ("active",), ("7", "8"), True, (3, 4))

    assert AudienceFilter.from_stored(chosen.to_stored()) == chosen


def test_a_window_is_neither_a_moment_nor_for_ever() -> None:
    ensure_window(NOW, NOW + timedelta(hours=1))
    for length in (timedelta(minutes=59), timedelta(days=401)):
        with pytest.raises(ValueWrong):
            ensure_window(NOW, NOW + length)


@pytest.mark.parametrize(
    ("introduced_on", "due"),
    [
        (date(2026, 9, 1), date(2026, 11, 16)),
        (date(2026, 10, 20), date(2027, 1, 4)),
        (date(2026, 11, 30), date(2027, 2, 14)),
        (date(2026, 12, 31), date(2027, 3, 15)),
        (date(2027, 12, 31), date(2028, 3, 15)),
    ],
)
def test_the_checkpoint_is_two_and_a_half_months_after_the_order(introduced_on: date, due: date) -> None:
    assert checkpoint(introduced_on) == due


def spans(library: list[Definition], key: str) -> list[tuple[CalendarRule, date, date]]:
    found: tuple[Occasion, ...] = occasions(YEAR, library)
    return [(one.rule, one.opens_on, one.closes_on) for one in found if one.definition.key == key]


def test_the_pulse_comes_each_month_until_the_25th(library: list[Definition]) -> None:
    months = spans(library, "pulse_mentor")

    assert [opens.month for _, opens, _ in months] == [10, 11, 12, 1, 2, 3, 4, 5]
    assert {(opens.day, closes.day) for _, opens, closes in months} == {(18, 25)}


def test_before_is_asked_of_each_new_pair_and_after_at_the_end(library: list[Definition]) -> None:
    before = "survey_teacher_pupil_mentee_before"
    assert spans(library, before) == [(CalendarRule.ENTRY, date(2026, 9, 1), date(2027, 4, 30))]
    after = before.replace("before", "after")
    assert spans(library, after) == [(CalendarRule.AFTER, date(2027, 5, 15), date(2027, 6, 10))]


def test_only_forms_of_the_programme_are_proposed(library: list[Definition]) -> None:
    forms = {one.definition.form for one in occasions(YEAR, library)}

    assert forms == {"", "teacher_pupil", "teacher_teacher"}


def test_the_curator_is_asked_at_the_checkpoint_and_twice_a_year_and_each_quarter(library: list[Definition]) -> None:
    grid = [(rule, closes) for rule, _, closes in spans(library, "programme_grid")]

    assert grid == [
        (CalendarRule.QUARTER, date(2026, 9, 30)),
        (CalendarRule.QUALITY, date(2026, 12, 25)),
        (CalendarRule.CHECKPOINT, checkpoint(date(2026, 11, 30)) + timedelta(days=3)),
        (CalendarRule.QUARTER, date(2027, 3, 31)),
        (CalendarRule.QUALITY, date(2027, 6, 20)),
    ]


def test_influence_is_measured_by_mid_december_and_in_may_of_those_who_have_the_first_measure(
    library: list[Definition],
) -> None:
    found = [one for one in occasions(YEAR, library) if one.definition.key == "influence_pupil_after"]

    assert [(one.closes_on, one.audience.had_before) for one in found] == [
        (date(2026, 12, 15), True),
        (date(2027, 5, 31), True),
    ]
    assert "teacher_pupil" in found[0].audience.forms
    assert "teacher_teacher" not in found[0].audience.forms


def test_each_occasion_has_a_name_of_its_own_that_fits_the_record(library: list[Definition]) -> None:
    found = occasions(Year(YEAR.starts_on, YEAR.ends_on, YEAR.introduced_on, ()), library)

    assert len({one.origin for one in found}) == len(found) >= 60
    assert max(len(one.origin) for one in found) <= 80
