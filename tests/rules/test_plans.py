"""The life of a plan and of its items, its reminders, its templates and what they suggest."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.library import questionnaire_definitions
from config.plan_templates import plan_templates
from mentoring.rules.errors import AnswerRefused, OutOfDate
from mentoring.rules.forms import Form
from mentoring.rules.plan_dates import coming_day
from mentoring.rules.plan_templates import MOST_SUGGESTED, PlanTemplate, in_months, suggested, template_of
from mentoring.rules.plans import (
    GOAL_LIMIT,
    REMIND_ON,
    TEXT_LIMIT,
    ItemAct,
    ItemState,
    PlanAct,
    PlanState,
    Progress,
    may_follow,
    next_state,
    progress,
    reminder_day,
)

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2026, 9, 1), date(2027, 8, 31))

PLAN_WAYS = {
    (PlanState.DRAFT, PlanAct.CHANGE): PlanState.DRAFT,
    (PlanState.SENT, PlanAct.CHANGE): PlanState.SENT,
    (PlanState.RETURNED, PlanAct.CHANGE): PlanState.RETURNED,
    (PlanState.APPROVED, PlanAct.CHANGE): PlanState.SENT,
    (PlanState.DRAFT, PlanAct.SEND): PlanState.SENT,
    (PlanState.RETURNED, PlanAct.SEND): PlanState.SENT,
    (PlanState.DRAFT, PlanAct.APPROVE): PlanState.APPROVED,
    (PlanState.SENT, PlanAct.APPROVE): PlanState.APPROVED,
    (PlanState.RETURNED, PlanAct.APPROVE): PlanState.APPROVED,
    (PlanState.SENT, PlanAct.RETURN): PlanState.RETURNED,
    (PlanState.DRAFT, PlanAct.CLOSE): PlanState.CLOSED,
    (PlanState.SENT, PlanAct.CLOSE): PlanState.CLOSED,
    (PlanState.RETURNED, PlanAct.CLOSE): PlanState.CLOSED,
    (PlanState.APPROVED, PlanAct.CLOSE): PlanState.CLOSED,
}
REFUSED_TO_ITEMS = {
    (ItemState.DONE, ItemAct.CHANGE),
    (ItemState.DONE, ItemAct.REPORT),
    (ItemState.DONE, ItemAct.DROP),
    *product([ItemState.DROPPED], set(ItemAct) - {ItemAct.RESTORE}),
    *product(set(ItemState) - {ItemState.DROPPED}, [ItemAct.RESTORE]),
}


def templates() -> list[PlanTemplate]:
    return [template_of(written) for written in plan_templates()]


@pytest.mark.parametrize(("state", "act"), list(product(PlanState, PlanAct)))
def test_each_act_leads_where_it_should_or_is_refused(state: PlanState, act: PlanAct) -> None:
    if (state, act) in PLAN_WAYS:
        assert next_state(state, act) is PLAN_WAYS[state, act]
    else:
        with pytest.raises(OutOfDate):
            next_state(state, act)


@pytest.mark.parametrize(("state", "act"), list(product(ItemState, ItemAct)))
def test_each_act_with_an_item_is_allowed_or_refused(state: ItemState, act: ItemAct) -> None:
    if (state, act) in REFUSED_TO_ITEMS:
        with pytest.raises(OutOfDate):
            may_follow(state, act)
    else:
        may_follow(state, act)


def test_what_was_dropped_is_not_counted_and_a_part_is_half() -> None:
    counted = progress([ItemState.DONE, ItemState.PARTLY, ItemState.OPEN, ItemState.NOT_DONE, ItemState.DROPPED])
    assert counted == Progress(total=4, done=1, partly=1, not_done=1)
    assert counted.percent == 38
    assert Progress().percent == 0


@given(due=DAYS, since=DAYS, today=DAYS)
def test_a_reminder_is_one_of_its_days_and_neither_ahead_of_time_nor_before_there_was_anything(
    due: date, since: date, today: date
) -> None:
    day = reminder_day(due, since, today)
    if day is not None:
        assert day - due in REMIND_ON
        assert since <= day <= today < due + timedelta(days=10)


def test_a_machine_that_stood_still_reminds_of_the_last_day_only() -> None:
    assert reminder_day(TODAY, TODAY - timedelta(days=30), TODAY + timedelta(days=4)) == TODAY + timedelta(days=3)
    assert reminder_day(TODAY, TODAY - timedelta(days=30), TODAY + timedelta(days=10)) is None


def test_each_form_has_one_template() -> None:
    assert sorted(form for template in templates() for form in template.forms) == sorted(form.value for form in Form)


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.key)
def test_what_is_suggested_fits_a_plan_and_asks_for_known_topics(template: PlanTemplate) -> None:
    questions = questionnaire_definitions()["mentee_request"]["question"]
    topics = {
        option["value"]
        for question in questions
        if question.get("matching") == "topics"
        for option in question["options"]
    }
    sections = {"", *(section.key for section in template.sections)}
    for one in template.suggestions:
        assert one.section in sections
        assert one.topics <= topics, one.text
        assert len(one.text) <= (TEXT_LIMIT if one.section else GOAL_LIMIT)
        assert all(model == model.casefold() for model in one.models)
    for section in sections:
        assert suggested(template, section, [], "", [])


def test_what_was_asked_for_is_suggested_first_and_what_is_there_is_not_suggested() -> None:
    template = templates()[0]
    first = suggested(template, "", ["projects"], "лидер – пассивный", [])
    assert "проект" in first[0]
    assert len(first) <= MOST_SUGGESTED
    assert first[0] not in suggested(template, "", ["projects"], "лидер – пассивный", first[:1])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2027, 10, 31), 4, date(2028, 2, 29)),
    ],
)
def test_months_are_counted_as_people_count_them(day: date, months: int, expected: date) -> None:
    assert in_months(day, months) == expected


def test_a_programme_of_pedagogues_lasts_from_three_months_to_a_year() -> None:
    programme = next(template for template in templates() if template.key == "personal_programme")
    assert not programme.lasts_well(TODAY, date(2027, 2, 22))
    assert programme.lasts_well(TODAY, date(2027, 2, 23))
    assert programme.lasts_well(TODAY, date(2027, 11, 23))
    assert not programme.lasts_well(TODAY, date(2027, 11, 24))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15.12", date(2026, 12, 15)),
        ("15 декабря", date(2026, 12, 15)),
        ("1.2", date(2027, 2, 1)),
        ("23.11.", TODAY),
        ("22 ноября", date(2027, 11, 22)),
        ("15.12.2027", date(2027, 12, 15)),
    ],
)
def test_a_day_without_a_year_is_the_next_such_day(typed: str, meant: date) -> None:
    assert coming_day(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["", "завтра", "32.12", "30 февраля", "декабрь"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(AnswerRefused):
        coming_day(typed, TODAY)
