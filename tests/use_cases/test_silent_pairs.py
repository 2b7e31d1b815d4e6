from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.notices import render
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.letters import answer_letter, write_to_curator
from mentoring.use_cases.meeting_outcomes import log_meeting
from mentoring.use_cases.meetings import plan_meeting
from mentoring.use_cases.notice_facts import facts_of
from mentoring.use_cases.notices import DueNotice, NoticeToSend
from mentoring.use_cases.pairs import pair_timeline, pause_pair, resume_pair, start_trial
from mentoring.use_cases.silent_pairs import follow_silence
from storage.models.meeting import Meeting
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, OLEG, TIMUR, School, open_school


@pytest.fixture
def school(session: Session) -> School:
    school = open_school(session)
    zimina = school.person(DARYA)
    school.account.person_id = zimina.id
    session.flush()
    return school


@pytest.fixture
def pair(school: School) -> int:
    return school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))


def after(days: float) -> datetime:
    return NOW + timedelta(days=days)


def follow(school: School, days: float) -> PairState:
    follow_silence(school.session, now=after(days))
    return school.pair(1).state


def test_the_curator_hears_once_of_a_month_without_meetings(school: School, pair: int) -> None:
    for day in (29, 30, 31, 60):
        follow(school, day)

    assert school.told(NoticeKind.CURATOR_PAIR_SILENT) == [school.account.person_id]
    assert school.told(NoticeKind.PERSON_PAIR_SILENT) == []


def test_both_are_warned_after_ninety_days_and_a_week_later_it_is_over(school: School, pair: int) -> None:
    people = [member.person_id for member in school.pair(pair).members]

    assert follow(school, 89.9) is PairState.CONFIRMED
    assert school.told(NoticeKind.PERSON_PAIR_SILENT) == []
    for day in (90, 91, 96.9):
        assert follow(school, day) is PairState.CONFIRMED
    assert school.told(NoticeKind.PERSON_PAIR_SILENT) == people
    assert [one.payload["ends_on"] for one in school.notices(NoticeKind.PERSON_PAIR_SILENT)] == ["2027-02-28"] * 2

    assert follow(school, 97) is PairState.ENDED
    assert school.pair(pair).end_reason == EndReason.NO_MEETINGS
    assert school.told(NoticeKind.PERSON_PAIR_ENDED) == people
    entries = pair_timeline(school.session, pair).entries
    assert [(one.what, one.who) for one in entries[:2]] == [("pair.ended", ""), ("pair.silence_told", "")]


def read(school: School, kind: NoticeKind, days: float) -> list[str]:
    """What is read of these notices, by day."""
    school.session.flush()
    due = [
        DueNotice(one.id, one.organisation_id, one.person_id, one.kind, one.payload, 0, None)
        for one in school.notices(kind)
    ]
    facts = facts_of(school.session, due, now=after(days))
    sent = [
        NoticeToSend(one.notice_id, kind, one.person_id, one.organisation_id, "", "", facts[one.notice_id])
        for one in due
        if one.notice_id in facts
    ]
    return [str(render(one).text) for one in sent]


def test_the_warning_is_read_also_when_nobody_told_how_an_old_meeting_went(school: School, pair: int) -> None:
    at = after(3)
    plan_meeting(school.session, pair, starts_at=at, place_kind=PlaceKind.ONLINE, by=school.curator, now=NOW)

    assert follow(school, 90) is PairState.CONFIRMED

    told = read(school, NoticeKind.PERSON_PAIR_SILENT, 90)
    assert len(told) == 2
    assert all("90 дней" in text for text in told)
    assert follow(school, 97) is PairState.ENDED


def test_the_days_of_a_pause_are_not_counted_as_silence(school: School, pair: int) -> None:
    pause_pair(school.session, pair, after(60).date(), by=school.curator, now=after(1))
    resume_pair(school.session, pair, by=school.curator, now=after(61))

    follow(school, 61 + 31)

    assert "31 день без встреч" in read(school, NoticeKind.CURATOR_PAIR_SILENT, 61 + 31)[0]


def test_a_meeting_after_the_warning_starts_everything_anew(school: School, pair: int) -> None:
    follow(school, 90)
    mentor = Actor.person(school.member(pair, Role.MENTOR).person_id)
    log_meeting(school.session, pair, held_at=after(93), by=mentor, now=after(93.5))

    assert follow(school, 100) is PairState.CONFIRMED
    follow(school, 93 + 90)
    assert len(school.told(NoticeKind.PERSON_PAIR_SILENT)) == 4
    assert follow(school, 93 + 96) is PairState.CONFIRMED
    assert follow(school, 93 + 97) is PairState.ENDED


def test_a_planned_meeting_stops_the_clock(school: School, pair: int) -> None:
    follow(school, 90)
    school._add(
        Meeting(
            pair_id=pair,
            kind=MeetingKind.REGULAR,
            state=MeetingState.PLANNED,
            starts_at=after(110),
            minutes=45,
            place_kind=PlaceKind.ONLINE,
            created_at=after(91),
        )
    )

    assert follow(school, 109) is PairState.CONFIRMED
    assert follow(school, 111) is PairState.ENDED  # it came to nothing, and nobody said a word


def test_a_pause_stops_the_clock_and_begins_it_anew(school: School, pair: int) -> None:
    pause_pair(school.session, pair, after(100).date(), by=school.curator, now=after(80))
    assert follow(school, 120) is PairState.PAUSED
    resume_pair(school.session, pair, by=school.curator, now=after(121))

    follow(school, 121 + 89)
    assert school.told(NoticeKind.PERSON_PAIR_SILENT) == []
    follow(school, 121 + 90)
    assert len(school.told(NoticeKind.PERSON_PAIR_SILENT)) == 2


def test_whoever_wrote_to_the_curator_after_the_warning_waits_for_an_answer(school: School, pair: int) -> None:
    follow(school, 90)
    mentee = school.member(pair, Role.MENTEE).person_id
    letter = write_to_curator(school.session, mentee, "Нам нужна пауза до лета", by=Actor.person(mentee), now=after(92))

    assert follow(school, 120) is PairState.CONFIRMED
    answer_letter(school.session, letter.letter_id, "Хорошо", by=school.curator, now=after(121))
    assert follow(school, 122) is PairState.ENDED


def test_a_trial_is_left_to_the_curator_and_a_closed_programme_in_peace(school: School) -> None:
    trial = school.agreed(school.enrol(OLEG, Role.MENTOR), school.enrol(MILA, Role.MENTEE))
    start_trial(school.session, trial, by=school.curator, now=NOW)

    assert follow(school, 200) is PairState.TRIAL
    assert school.told(NoticeKind.CURATOR_PAIR_SILENT) == [school.account.person_id]
    assert school.told(NoticeKind.PERSON_PAIR_SILENT) == []


def test_a_closed_programme_is_left_in_peace(school: School, pair: int) -> None:
    school.programme.closed_at = after(10)
    school.session.flush()

    assert follow(school, 200) is PairState.CONFIRMED
    assert school.told(NoticeKind.CURATOR_PAIR_SILENT) == []
