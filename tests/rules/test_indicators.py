from datetime import date

import pytest

from mentoring.rules.errors import ValueWrong
from mentoring.rules.indicators import (
    Indicator,
    Participant,
    ProgrammeFigures,
    ages_on,
    checked,
    entered,
    is_satisfied,
    without_age,
)
from mentoring.rules.people import PersonKind, Role
from mentoring.rules.quality import Level, change_of, level_of
from mentoring.rules.questions.definition import Answers, Question

DAY = date(2026, 12, 31)


def pupil(
    person_id: int, born: date | None, role: Role = Role.MENTEE, kind: PersonKind = PersonKind.PUPIL
) -> Participant:
    return Participant(person_id, role, kind, born)


@pytest.mark.parametrize(
    ("born", "counts"),
    [
        (date(2016, 12, 31), True),  # ten on that very day
        (date(2017, 1, 1), False),
        (date(2007, 1, 1), True),  # nineteen
        (date(2006, 12, 31), False),  # twenty on that very day
        (None, False),
    ],
)
def test_a_mentee_counts_from_ten_to_nineteen_on_the_stated_day(born: date | None, counts: bool) -> None:
    assert bool(entered(Indicator.PUPILS_MENTEES, [pupil(1, born)], DAY)) is counts


def test_a_person_in_two_pairs_or_two_roles_is_counted_once_in_each_indicator() -> None:
    born = date(2010, 1, 15)
    twice = [pupil(1, born), pupil(1, born), pupil(1, born, Role.MENTOR)]

    assert entered(Indicator.PUPILS_MENTEES, twice, DAY) == {1}
    assert entered(Indicator.PUPILS_MENTORS, twice, DAY) == {1}


def test_fourteen_is_too_young_for_a_mentor_and_a_teacher_is_no_pupil() -> None:
    assert not entered(Indicator.PUPILS_MENTORS, [pupil(1, date(2012, 5, 1), Role.MENTOR)], DAY)
    young = pupil(2, date(2007, 5, 1), Role.MENTEE, PersonKind.TEACHER)
    assert not entered(Indicator.PUPILS_MENTEES, [young], DAY)
    assert entered(Indicator.YOUNG_TEACHERS, [young], DAY) == {2}


def test_whoever_has_no_birth_date_is_named_as_missing() -> None:
    unknown = [pupil(1, None), pupil(2, date(2010, 1, 1)), pupil(3, None, kind=PersonKind.TEACHER)]

    assert without_age(unknown) == {1}


QUESTIONS = (
    Question("glad", "yes_no", "Вы рады, что участвовали?", pair="glad"),
    Question("work", "scale", "Довольны работой?", satisfaction=True),
    Question("outcome", "scale", "Довольны результатом?", satisfaction=True),
    Question("plan", "scale", "План понятен?"),
)


@pytest.mark.parametrize(
    ("answers", "satisfied"),
    [
        ({"glad": True, "work": 7, "outcome": 7, "plan": 1}, True),
        ({"glad": True, "work": 9, "outcome": 4}, False),  # 6,5
        ({"glad": False, "work": 10, "outcome": 10}, False),
        ({"glad": True}, True),
        ({"work": 7}, True),
        ({"glad": True, "work": None, "outcome": 8}, True),
        ({"plan": 10}, None),
        ({}, None),
    ],
)
def test_satisfied_is_glad_and_seven_on_average(answers: Answers, satisfied: bool | None) -> None:
    assert is_satisfied(QUESTIONS, answers, 7.0) is satisfied


def test_the_threshold_is_the_organisations() -> None:
    assert is_satisfied(QUESTIONS, {"glad": True, "work": 7, "outcome": 7}, 7.5) is False


def test_figures_are_kept_as_entered_and_ages_are_counted_at_the_end_of_the_first_year() -> None:
    figures = ProgrammeFigures(pupils_10_19=431, threshold=6.5, age_on=date(2026, 9, 1), target_glad_mentors=90)

    assert ProgrammeFigures.from_stored(figures.to_stored()) == figures
    assert ProgrammeFigures.from_stored({}) == ProgrammeFigures()
    assert ages_on(figures, date(2026, 9, 1)) == date(2026, 9, 1)
    assert ages_on(ProgrammeFigures(), date(2026, 9, 1)) == DAY


@pytest.mark.parametrize(
    "wrong", [{"pupils_10_19": -1}, {"threshold": 11}, {"target_partners": 101}, {"enterprises": 10**9}]
)
def test_impossible_figures_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueWrong) as refused:
        checked(ProgrammeFigures(**wrong))  # type: ignore[arg-type]
    assert refused.value.field in wrong


@pytest.mark.parametrize(
    ("total", "level"),
    [
        (0, Level.LOW),
        (8, Level.LOW),
        (9, Level.ACCEPTABLE),
        (14, Level.ACCEPTABLE),
        (15, Level.OPTIMAL),
        (18, Level.OPTIMAL),
    ],
)
def test_the_levels_of_quality_meet_where_the_model_says(total: int, level: Level) -> None:
    assert level_of(total) is level


def test_more_than_eighteen_is_no_sum_of_nine_marks() -> None:
    with pytest.raises(ValueError, match="19"):
        level_of(19)


def test_a_group_of_parameters_is_compared_over_all_its_answers() -> None:
    change = change_of([(4, 6), (5, 5), (6, 10)])

    assert change is not None
    assert (change.n, change.before, change.after, change.difference) == (3, 5.0, 7.0, 2.0)
    assert change_of([]) is None
