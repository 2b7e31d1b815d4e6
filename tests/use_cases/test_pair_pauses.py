"""Pauses, the notice of ТК 351.8, and ends with their reasons."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotAllowed, OutOfDate, ValueWrong
from mentoring.rules.labour import Side
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.rules.selection import WaitingExit
from mentoring.use_cases.pairs import (
    end_pair,
    fix_pairs,
    give_notice,
    pair_timeline,
    pause_pair,
    put_off_end,
    resume_pair,
    take_back_notice,
)
from mentoring.use_cases.silent_pairs import follow_last_days
from storage.models.matching import WaitingCase
from storage.models.meeting import Meeting
from storage.queries.pairs_list import PairFilter, pairs_page
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, OLEG, TIMUR, School, open_school

TODAY = NOW.date()  # Monday, 23 November 2026
UNTIL = date(2026, 12, 6)


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


@pytest.fixture
def pair(school: School) -> int:
    """Of two workers: a teacher and a young one."""
    return school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(DARYA, Role.MENTEE))


def planned(school: School, pair_id: int, at: datetime) -> Meeting:
    return school._add(
        Meeting(
            pair_id=pair_id,
            kind=MeetingKind.REGULAR,
            state=MeetingState.PLANNED,
            starts_at=at,
            minutes=45,
            place_kind=PlaceKind.ONLINE,
            created_at=NOW,
        )
    )


def needing(school: School, need: str, now: datetime) -> list[int]:
    page = pairs_page(school.session, PairFilter(need=need), offset=0, limit=9, now=now)
    return [row.pair_id for row in page.rows]


def test_a_pause_takes_off_the_meetings_within_it_and_says_how_many(school: School, pair: int) -> None:
    first, last_day, after = (
        planned(school, pair, at)
        for at in (
            NOW + timedelta(days=1),
            datetime(2026, 12, 6, 20, 30, tzinfo=NOW.tzinfo),  # 23:30 of the last day in Moscow
            datetime(2026, 12, 6, 21, 30, tzinfo=NOW.tzinfo),  # the day after
        )
    )

    changed = pause_pair(school.session, pair, UNTIL, " Экзамены ", by=school.curator, now=NOW)

    assert changed.state is PairState.PAUSED
    assert [one.state for one in (first, last_day, after)] == [
        MeetingState.CANCELLED,
        MeetingState.CANCELLED,
        MeetingState.PLANNED,
    ]
    assert [one.payload["cancelled"] for one in school.notices(NoticeKind.PERSON_PAIR_PAUSED)] == [2, 2]
    assert school.told(NoticeKind.PERSON_MEETING_CANCELLED) == []
    story = pair_timeline(school.session, pair)
    assert (story.paused_until, story.pause_reason) == (UNTIL, "Экзамены")


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=400)])
def test_a_pause_has_a_last_day_ahead(school: School, pair: int, until: date) -> None:
    with pytest.raises(ValueWrong) as refused:
        pause_pair(school.session, pair, until, by=school.curator, now=NOW)
    assert refused.value.field == "until"


def test_a_paused_pair_comes_back_to_where_it_was_and_its_silence_begins_anew(school: School, pair: int) -> None:
    pause_pair(school.session, pair, UNTIL, by=school.curator, now=NOW)
    back = NOW + timedelta(days=40)
    assert needing(school, "pause", back) == [pair]

    resume_pair(school.session, pair, by=school.curator, now=back)

    row = pairs_page(school.session, PairFilter(), offset=0, limit=9, now=back).rows[0]
    assert (row.state, row.paused_until, row.silence(back)) == (PairState.CONFIRMED, None, 0)
    assert needing(school, "pause", back) == needing(school, "first", back) == []
    assert pair_timeline(school.session, pair).entries[0].what == "pair.resumed"
    assert len(school.told(NoticeKind.PERSON_PAIR_RESUMED)) == 2


def test_each_of_two_pauses_is_told(school: School, pair: int) -> None:
    for start in (NOW, NOW + timedelta(days=20)):
        pause_pair(school.session, pair, (start + timedelta(days=5)).date(), by=school.curator, now=start)
        resume_pair(school.session, pair, by=school.curator, now=start + timedelta(days=6))

    assert len(school.told(NoticeKind.PERSON_PAIR_PAUSED)) == len(school.told(NoticeKind.PERSON_PAIR_RESUMED)) == 4


def test_the_parents_hear_of_a_pause_and_of_the_end(school: School) -> None:
    mentee = school.enrol(MILA, Role.MENTEE)
    guardian = school.guardian(mentee.person)
    pair_id = school.paired(school.enrol(OLEG, Role.MENTOR), mentee)

    pause_pair(school.session, pair_id, UNTIL, by=school.curator, now=NOW)
    end_pair(school.session, pair_id, EndReason.COMPLETED, by=school.curator, now=NOW + timedelta(days=1))

    told = school.notices(NoticeKind.GUARDIAN_PAIR_CHANGED)
    assert [(one.person_id, one.payload["change"]) for one in told] == [
        (guardian.id, "paused"),
        (guardian.id, "completed"),
    ]


def test_an_order_signed_during_a_pause_leaves_it_paused_and_it_comes_back_at_work(school: School, pair: int) -> None:
    pause_pair(school.session, pair, UNTIL, by=school.curator, now=NOW)
    order = school.order("47")

    assert fix_pairs(school.session, [pair], order, by=school.curator, now=NOW) == (pair,)
    assert school.pair(pair).state is PairState.PAUSED
    resume_pair(school.session, pair, by=school.curator, now=NOW + timedelta(days=14))

    assert (school.pair(pair).state, school.pair(pair).order_id) == (PairState.ACTIVE, order)


def test_a_second_pause_and_a_second_return_are_out_of_date(school: School, pair: int) -> None:
    pause_pair(school.session, pair, UNTIL, by=school.curator, now=NOW)
    with pytest.raises(OutOfDate):
        pause_pair(school.session, pair, UNTIL, by=school.curator, now=NOW)
    resume_pair(school.session, pair, by=school.curator, now=NOW)
    with pytest.raises(OutOfDate):
        resume_pair(school.session, pair, by=school.curator, now=NOW)


def test_a_notice_of_a_worker_ends_the_pair_after_three_working_days(school: School, pair: int) -> None:
    friday = date(2026, 11, 20)
    school.pair(pair).started_at = NOW - timedelta(days=30)

    give_notice(school.session, pair, Side.WORKER, friday, by=school.curator, now=NOW)

    assert school.pair(pair).ends_on == date(2026, 11, 25)
    assert len(school.told(NoticeKind.PERSON_PAIR_NOTICE_GIVEN)) == 2
    assert needing(school, "notice", NOW) == [pair]
    evening = datetime(2026, 11, 25, 20, 59, tzinfo=NOW.tzinfo)  # 23:59 in Moscow
    assert follow_last_days(school.session, now=evening) == 0
    assert school.pair(pair).state is PairState.CONFIRMED

    assert follow_last_days(school.session, now=evening + timedelta(minutes=1)) == 1

    ended = school.pair(pair)
    assert (ended.state, ended.end_reason) == (PairState.ENDED, EndReason.WORKER_REFUSED)
    assert school.told(NoticeKind.PERSON_PAIR_ENDED) == [member.person_id for member in ended.members]
    assert follow_last_days(school.session, now=evening + timedelta(days=1)) == 0
    (case,) = school.session.scalars(select(WaitingCase)).all()
    assert (case.enrolment_id, case.exit) == (school.member(pair, Role.MENTEE).enrolment_id, WaitingExit.SEARCH)


def test_the_last_day_may_only_be_put_off(school: School, pair: int) -> None:
    give_notice(school.session, pair, Side.EMPLOYER, TODAY, by=school.curator, now=NOW)
    last_day = school.pair(pair).ends_on
    assert last_day == date(2026, 11, 26)

    for wrong in (last_day, last_day - timedelta(days=1), last_day + timedelta(days=300)):
        with pytest.raises(ValueWrong):
            put_off_end(school.session, pair, wrong, by=school.curator, now=NOW)
    put_off_end(school.session, pair, date(2026, 11, 30), by=school.curator, now=NOW)

    assert school.pair(pair).ends_on == date(2026, 11, 30)
    assert follow_last_days(school.session, now=NOW + timedelta(days=5)) == 0


def test_a_notice_that_was_taken_back_ends_nothing(school: School, pair: int) -> None:
    give_notice(school.session, pair, Side.WORKER, TODAY, by=school.curator, now=NOW)
    with pytest.raises(OutOfDate):
        give_notice(school.session, pair, Side.WORKER, TODAY, by=school.curator, now=NOW)

    take_back_notice(school.session, pair, by=school.curator, now=NOW)

    assert follow_last_days(school.session, now=NOW + timedelta(days=30)) == 0
    assert school.pair(pair).state is PairState.CONFIRMED


def test_no_notice_comes_from_ahead_or_from_before_the_pair(school: School, pair: int) -> None:
    for wrong in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(ValueWrong) as refused:
            give_notice(school.session, pair, Side.WORKER, wrong, by=school.curator, now=NOW)
        assert refused.value.field == "on"


def test_the_labour_code_does_not_speak_of_pupils(school: School) -> None:
    pair_id = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))

    assert not pair_timeline(school.session, pair_id).between_workers
    with pytest.raises(NotAllowed):
        give_notice(school.session, pair_id, Side.WORKER, TODAY, by=school.curator, now=NOW)


def test_a_curator_does_not_skip_the_days_of_a_notice(school: School, pair: int) -> None:
    for reason in (EndReason.WORKER_REFUSED, EndReason.EMPLOYER_CANCELLED):
        with pytest.raises(ValueWrong):
            end_pair(school.session, pair, reason, by=school.curator, now=NOW)


def test_a_note_about_the_end_stays_with_the_curator(school: School, pair: int) -> None:
    end_pair(school.session, pair, EndReason.WORKLOAD, "Просила не писать", by=school.curator, now=NOW)

    story = pair_timeline(school.session, pair)
    assert (story.state, story.end_reason, story.end_note) == (
        PairState.ENDED,
        EndReason.WORKLOAD,
        "Просила не писать",
    )
    assert all("Просила" not in str(one.payload) for one in school.notices())


def test_only_a_curator_pauses_and_takes_notices(school: School, pair: int) -> None:
    mentor = school.member(pair, Role.MENTOR)
    for by in (Actor.person(mentor.person_id), Actor.system()):
        for act, words in (
            (pause_pair, (UNTIL,)),
            (resume_pair, ()),
            (give_notice, (Side.WORKER, TODAY)),
            (put_off_end, (UNTIL,)),
            (take_back_notice, ()),
        ):
            with pytest.raises(NotAllowed):
                act(school.session, pair, *words, by=by, now=NOW)
