"""A group gains and loses mentees by date: every count and list goes by who was in it at the time."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.pairs import EndReason, Stay
from mentoring.rules.people import Role
from mentoring.rules.reporting import Facts, PeriodKind
from mentoring.use_cases.meetings import log_meeting
from mentoring.use_cases.pairs import confirm_pair, remove_mentee
from mentoring.use_cases.report_facts import report_facts
from mentoring.use_cases.report_lists import figure_list
from mentoring.use_cases.reports import begin_report
from storage.queries.strip import strip
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, TIMUR, School, days, open_school

CONFIRMED = datetime(2026, 9, 14, 9, tzinfo=UTC)
LEFT = datetime(2026, 10, 5, 9, tzinfo=UTC)
BEFORE, AFTER = datetime(2026, 9, 30, 12, tzinfo=UTC), datetime(2026, 10, 21, 12, tzinfo=UTC)


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


@pytest.fixture
def group(school: School) -> int:
    """Анна with Мила, Тимур and Дарья; Тимур leaves in October, after one meeting of two."""
    mentor = school.enrol(ANNA, Role.MENTOR, capacity=4)
    mentees = [school.enrol(one, Role.MENTEE) for one in (MILA, TIMUR, DARYA)]
    pair_id = school.group(mentor, *mentees, at=CONFIRMED)
    confirm_pair(school.session, pair_id, by=school.curator, now=CONFIRMED)
    log_meeting(school.session, pair_id, held_at=BEFORE, by=school.curator, now=NOW)
    timur = mentees[1].person_id
    remove_mentee(school.session, pair_id, timur, EndReason.MOVED, by=school.curator, now=LEFT)
    log_meeting(school.session, pair_id, held_at=AFTER, by=school.curator, now=NOW)
    return pair_id


def facts(school: School, month: int) -> Facts:
    last = date(2026, month, 30)
    return report_facts(school.session, school.programme, date(2026, month, 1), last, now=NOW)


def test_a_report_does_not_count_who_had_left_before_its_time(school: School, group: int) -> None:
    counted = {month: facts(school, month).value("pairs.all.mentees") for month in (9, 10, 11)}

    assert counted == {9: 3, 10: 3, 11: 2}
    assert facts(school, 11).value("pairs.all.mentors") == 1


def test_who_left_during_the_trial_was_never_in_a_confirmed_pair(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR, capacity=4)
    mentees = [school.enrol(one, Role.MENTEE) for one in (MILA, TIMUR)]
    pair_id = school.group(mentor, *mentees, at=CONFIRMED)
    pair = school.pair(pair_id)
    for member in pair.members:
        member.joined_at = CONFIRMED - days(7)
    pair.started_at = CONFIRMED - days(7)
    remove_mentee(school.session, pair_id, mentees[0].person_id, EndReason.NOT_FITTING, by=school.curator, now=BEFORE)
    confirm_pair(school.session, pair_id, note="Встретились без записи", by=school.curator, now=LEFT)

    assert [facts(school, month).value("pairs.all.mentees") for month in (9, 10)] == [0, 1]


def test_feedback_is_asked_only_of_who_was_there_at_the_meeting(school: School, group: int) -> None:
    assert facts(school, 9).value("feedback.mentee.asked") == 3
    assert facts(school, 10).value("feedback.mentee.asked") == 2
    shown = strip(school.session, NOW, NOW + days(7))
    assert (shown.meetings_held, shown.feedback_expected) == (2, 4 + 3)


@pytest.mark.parametrize(
    ("month", "figure", "named"),
    [
        (9, "pairs.all.active", ["Крылова", "Асланов", "Соколова"]),
        (10, "pairs.all.active", ["Крылова", "Асланов", "Соколова"]),
        (11, "pairs.all.active", ["Крылова", "Соколова"]),
        (9, "meetings.all.held", ["Крылова", "Асланов", "Соколова"]),
        (10, "meetings.all.held", ["Крылова", "Соколова"]),
    ],
)
def test_a_list_names_who_was_there_then(school: School, group: int, month: int, figure: str, named: list[str]) -> None:
    begun = begin_report(school.session, PeriodKind.MONTH, date(2026, month, 1), by=school.curator, now=NOW)

    (row,) = figure_list(school.session, begun.report_id, figure, now=NOW).rows

    assert [one.split()[0] for one in row.other.split(", ")] == named


@pytest.mark.parametrize(
    ("moment", "there"), [(CONFIRMED - days(1), True), (BEFORE, True), (LEFT, True), (AFTER, False)]
)
def test_whoever_began_a_pair_is_in_it_also_for_what_was_before(moment: datetime, there: bool) -> None:
    assert Stay(CONFIRMED, CONFIRMED, LEFT).at(moment) is there


def test_a_newcomer_is_in_the_group_from_the_day_they_came() -> None:
    stay = Stay(CONFIRMED, LEFT, None)

    assert [stay.at(one) for one in (BEFORE, LEFT, AFTER)] == [False, True, True]
    assert [stay.between(CONFIRMED, LEFT), stay.between(CONFIRMED, AFTER)] == [False, True]
