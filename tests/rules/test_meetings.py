from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from mentoring.rules.errors import NotAllowed, OutOfDate, TimeInFuture, TimeInPast
from mentoring.rules.meetings import (
    MeetingAct,
    MeetingKind,
    MeetingState,
    Reply,
    ensure_feedback_fits,
    ensure_may_reply,
    ensure_over,
    ensure_plannable,
    feedback_from,
    feedback_key,
    next_kind,
    next_state,
    reply_of_all,
)
from mentoring.rules.people import Role

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

ALLOWED = {
    (MeetingState.PLANNED, MeetingAct.REPLY): MeetingState.PLANNED,
    (MeetingState.PLANNED, MeetingAct.MOVE): MeetingState.PLANNED,
    (MeetingState.PLANNED, MeetingAct.CANCEL): MeetingState.CANCELLED,
    (MeetingState.PLANNED, MeetingAct.SAY_HELD): MeetingState.HELD,
    (MeetingState.MISSED, MeetingAct.SAY_HELD): MeetingState.HELD,
    (MeetingState.HELD, MeetingAct.SAY_HELD): MeetingState.HELD,
    (MeetingState.PLANNED, MeetingAct.SAY_MISSED): MeetingState.MISSED,
    (MeetingState.MISSED, MeetingAct.SAY_MISSED): MeetingState.MISSED,
}


@pytest.mark.parametrize(("state", "act"), list(product(MeetingState, MeetingAct)))
def test_every_act_in_every_state(state: MeetingState, act: MeetingAct) -> None:
    if (state, act) in ALLOWED:
        assert next_state(state, act) is ALLOWED[state, act]
    else:
        with pytest.raises(OutOfDate) as gone:
            next_state(state, act)
        assert gone.value.state == state


def test_on_trial_meetings_are_trial_ones_until_the_curator_decides_and_then_a_plan_is_made() -> None:
    first, trial, planning = MeetingKind.FIRST, MeetingKind.TRIAL, MeetingKind.PLANNING

    assert next_kind([], on_trial=True) is first
    assert next_kind([first], on_trial=True) is trial
    assert next_kind([first, trial, trial], on_trial=True) is trial
    assert next_kind([first, trial], on_trial=False) is planning
    assert next_kind([first, trial, planning], on_trial=False) is MeetingKind.REGULAR
    assert next_kind([], on_trial=False) is first
    assert next_kind([first], on_trial=False) is planning


@pytest.mark.parametrize(
    ("replies", "together"),
    [
        ([], Reply.WAITING),
        ([Reply.SUITS], Reply.SUITS),
        ([Reply.SUITS, Reply.WAITING], Reply.WAITING),
        ([Reply.SUITS, Reply.SUITS], Reply.SUITS),
        ([Reply.SUITS, Reply.OTHER_TIME], Reply.OTHER_TIME),
        ([Reply.OTHER_TIME, Reply.WAITING], Reply.OTHER_TIME),
    ],
)
def test_another_time_for_one_is_another_time_for_all(replies: list[Reply], together: Reply) -> None:
    assert reply_of_all(replies) is together


def test_a_meeting_is_planned_ahead_and_not_a_year_ahead() -> None:
    ensure_plannable(NOW + timedelta(minutes=1), NOW)
    for early in (NOW, NOW - timedelta(days=1)):
        with pytest.raises(TimeInPast):
            ensure_plannable(early, NOW)
    with pytest.raises(TimeInFuture):
        ensure_plannable(NOW + timedelta(days=366), NOW)


def test_nobody_says_how_a_meeting_went_before_it_began() -> None:
    ensure_over(NOW, NOW)
    with pytest.raises(TimeInFuture):
        ensure_over(NOW + timedelta(seconds=1), NOW)


def test_feedback_falls_due_two_hours_after_the_end() -> None:
    assert feedback_from(NOW, 45) == NOW + timedelta(hours=2, minutes=45)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (MeetingKind.FIRST, "feedback_first_mentee"),
        (MeetingKind.TRIAL, "feedback_trial_mentee"),
        (MeetingKind.PLANNING, "feedback_planning_mentee"),
        (MeetingKind.REGULAR, "feedback_mentee"),
        (MeetingKind.FINAL, "feedback_final_mentee"),
    ],
)
def test_each_kind_of_meeting_has_its_questionnaire(kind: MeetingKind, key: str) -> None:
    assert feedback_key(kind, Role.MENTEE, MeetingState.HELD, {key, "feedback_mentee"}) == key
    assert feedback_key(kind, Role.MENTEE, MeetingState.HELD, {"feedback_mentee"}) == "feedback_mentee"


def test_an_organisation_without_questionnaires_is_asked_as_before() -> None:
    keys = {kind: feedback_key(kind, Role.MENTOR, MeetingState.PLANNED, ()) for kind in MeetingKind}

    assert keys.pop(MeetingKind.FIRST) == "feedback_first_mentor"
    assert set(keys.values()) == {"feedback_mentor"}


@pytest.mark.parametrize("state", [MeetingState.MISSED, MeetingState.CANCELLED])
def test_of_a_meeting_that_was_not_held_one_asks_why_or_nothing(state: MeetingState) -> None:
    keys = {"feedback_cancelled_mentor", "feedback_mentor"}

    assert feedback_key(MeetingKind.TRIAL, Role.MENTOR, state, keys) == "feedback_cancelled_mentor"
    assert feedback_key(MeetingKind.TRIAL, Role.MENTEE, state, keys) is None


def test_feedback_fits_what_became_of_the_meeting() -> None:
    ensure_feedback_fits("feedback_trial_mentor", MeetingState.HELD)
    ensure_feedback_fits("feedback_cancelled_mentor", MeetingState.MISSED)
    with pytest.raises(OutOfDate):
        ensure_feedback_fits("feedback_cancelled_mentor", MeetingState.HELD)
    with pytest.raises(OutOfDate):
        ensure_feedback_fits("feedback_mentor", MeetingState.MISSED)


def test_the_planner_does_not_reply_to_the_own_plan() -> None:
    ensure_may_reply(1, 2)
    ensure_may_reply(None, 2)
    with pytest.raises(NotAllowed):
        ensure_may_reply(2, 2)
