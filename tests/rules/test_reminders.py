from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis.strategies import floats

from mentoring.rules.reminders import (
    NoticeKind,
    OrganisationSettings,
    Promptness,
    ladder,
    pause_before_retry,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SETTINGS = OrganisationSettings()
MOSCOW = ZoneInfo("Europe/Moscow")


def test_settings_come_back_as_they_were_stored() -> None:
    tuned = OrganisationSettings(quiet_from=time(22, 15), silence_days=14)

    assert OrganisationSettings.from_stored(tuned.to_stored()) == tuned
    assert OrganisationSettings.from_stored({}) == SETTINGS


def test_unknown_names_of_a_newer_version_do_no_harm() -> None:
    assert OrganisationSettings.from_stored({"holidays": [1], "silence_days": 7}).silence_days == 7


@pytest.mark.parametrize(
    ("days", "step"), [(0.9, None), (1, 1), (2.9, 1), (3, 2), (6.9, 2), (7, 3), (13.9, 3), (14, None), (300, None)]
)
def test_a_ladder_has_its_steps_and_an_end(days: float, step: int | None) -> None:
    steps = ladder(NoticeKind.PERSON_CONSENT_REMINDER, SETTINGS)

    assert steps.step(NOW - timedelta(days=days), NOW) == step


@given(floats(0, 30), floats(0, 30))
def test_steps_never_go_back_while_they_last(one: float, other: float) -> None:
    earlier, later = sorted((one, other))
    steps = ladder(NoticeKind.PERSON_FIRST_MEETING_REMINDER, SETTINGS)
    first, second = (steps.step(NOW - timedelta(days=waited), NOW) for waited in (earlier, later))

    assert first is None or second is None or first <= second


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (NoticeKind.PERSON_QUESTIONNAIRE_REMINDER, (1, 3, 7)),
        (NoticeKind.PERSON_PROPOSAL_REMINDER, (2, 4)),
        (NoticeKind.PERSON_FIRST_MEETING_REMINDER, (3, 6, 9)),
        (NoticeKind.PERSON_SILENCE_REMINDER, (10, 17)),
    ],
)
def test_each_reason_has_its_own_pace(kind: NoticeKind, days: tuple[int, ...]) -> None:
    assert ladder(kind, SETTINGS).offsets == tuple(timedelta(days=count) for count in days)


def test_nothing_is_reminded_of_more_than_three_times() -> None:
    assert all(len(ladder(kind, SETTINGS).offsets) <= 3 for kind in NoticeKind)


def test_the_curator_sets_the_pace_of_silence() -> None:
    paced = ladder(NoticeKind.PERSON_SILENCE_REMINDER, OrganisationSettings(silence_days=14))

    assert paced.offsets[0] == timedelta(days=14)


@pytest.mark.parametrize(
    ("hour", "minor", "promptness", "expected"),
    [
        (12, False, Promptness.POLITE, (23, 12, 0)),
        (12, True, Promptness.POLITE, (23, 15, 30)),
        (12, True, Promptness.URGENT, (23, 12, 0)),
        (22, False, Promptness.URGENT, (24, 8, 0)),
        (22, True, Promptness.POLITE, (24, 15, 30)),
        (22, True, Promptness.AT_ONCE, (23, 22, 0)),
        (3, False, Promptness.POLITE, (23, 8, 0)),
    ],
)
def test_how_much_each_may_be_disturbed(
    hour: int, minor: bool, promptness: Promptness, expected: tuple[int, int, int]
) -> None:
    at = datetime(2026, 11, 23, hour, 0, tzinfo=MOSCOW)

    allowed = SETTINGS.allowed(at, MOSCOW, minor=minor, promptness=promptness)

    assert (allowed.day, allowed.hour, allowed.minute) == expected


def test_a_long_silence_is_the_curators_and_no_longer_the_mentors() -> None:
    impatient = OrganisationSettings(silence_days=10, silence_days_curator=14)

    assert ladder(NoticeKind.PERSON_SILENCE_REMINDER, impatient).offsets == (timedelta(days=10),)


def test_pauses_grow_to_an_hour_and_no_further() -> None:
    pauses = [pause_before_retry(attempts) for attempts in range(1, 20)]

    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(0), timedelta(hours=1))
