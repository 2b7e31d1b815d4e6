from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mentoring.rules.silence import Silence, SilenceStep, step

SINCE = datetime(2026, 9, 1, 12, tzinfo=UTC)
QUIET = Silence(SINCE)


def after(days: float, silence: Silence = QUIET) -> SilenceStep | None:
    return step(silence, SINCE + timedelta(days=days))


def test_a_month_is_the_curators_and_a_quarter_is_told_to_both() -> None:
    assert [after(29.9), after(30), after(89.9), after(90)] == [
        None,
        SilenceStep.TELL_CURATOR,
        SilenceStep.TELL_CURATOR,
        SilenceStep.WARN,
    ]


def test_a_week_after_the_warning_it_is_over() -> None:
    warned = replace(QUIET, warned_at=SINCE + timedelta(days=92))

    assert [after(98.9, warned), after(99, warned)] == [None, SilenceStep.END]


def test_a_planned_meeting_and_an_unanswered_letter_stop_the_clock() -> None:
    warned = replace(QUIET, warned_at=SINCE + timedelta(days=90))

    assert after(120, replace(warned, planned=True)) is None
    assert after(120, replace(warned, asked=True)) is None


def test_a_warning_from_before_the_last_meeting_does_not_count() -> None:
    assert after(95, replace(QUIET, warned_at=SINCE - timedelta(days=1))) is SilenceStep.WARN


def test_a_trial_is_never_ended_by_silence() -> None:
    trial = replace(QUIET, on_trial=True, warned_at=SINCE + timedelta(days=90))

    assert after(300, trial) is SilenceStep.TELL_CURATOR
