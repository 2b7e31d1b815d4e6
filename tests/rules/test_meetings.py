from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from mentoring.rules.errors import NotAllowed, OutOfDate, TimeInFuture, TimeInPast
from mentoring.rules.meetings import (
    MeetingAct,
    MeetingKind,
    MeetingState,
    ensure_may_reply,
    ensure_over,
    ensure_plannable,
    feedback_from,
    feedback_key,
    next_kind,
    next_state,
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


def test_kinds_follow_one_another_and_end_in_regular_ones() -> None:
    assert [next_kind(held) for held in range(6)] == [
        MeetingKind.FIRST,
        MeetingKind.TRIAL,
        MeetingKind.PLANNING,
        MeetingKind.REGULAR,
        MeetingKind.REGULAR,
        MeetingKind.REGULAR,
    ]


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


def test_the_first_meeting_has_a_questionnaire_of_its_own() -> None:
    assert feedback_key(MeetingKind.FIRST, Role.MENTOR) == "feedback_first_mentor"
    assert {feedback_key(kind, Role.MENTEE) for kind in MeetingKind if kind is not MeetingKind.FIRST} == {
        "feedback_mentee"
    }


def test_the_planner_does_not_reply_to_the_own_plan() -> None:
    ensure_may_reply(1, 2)
    ensure_may_reply(None, 2)
    with pytest.raises(NotAllowed):
        ensure_may_reply(2, 2)
