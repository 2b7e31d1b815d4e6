"""What stands in people's phones is put right when a meeting, a pair or somebody's part in it comes to an end."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.meetings import MeetingState, PlaceKind
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind, NoticeState
from mentoring.use_cases import meeting_facts
from mentoring.use_cases.meeting_calendar import left_in_calendar
from mentoring.use_cases.meetings import (
    CalendarEvent,
    cancel_meeting,
    give_calendar_file,
    meeting_card,
    move_meeting,
    plan_meeting,
)
from mentoring.use_cases.pairs import confirm_pair, end_pair, part_pair, pause_pair, remove_mentee, start_trial
from storage.models.notice import Notice
from storage.models.person import Person
from tests.use_cases.school import ANNA, MILA, NOW, TIMUR, VERA, School, days, open_school

SOON = NOW + timedelta(hours=20)
LATER = NOW + days(6)


class Group:
    """Анна with Мила and Тимур, who have taken the file of a meeting of tomorrow; Вера is Мила's mother."""

    def __init__(self, school: School, *, on_trial: bool = False) -> None:
        self.school, self.session, self.curator = school, school.session, school.curator
        anna = school.enrol(ANNA, Role.MENTOR, capacity=4)
        mila, timur = (school.enrol(one, Role.MENTEE) for one in (MILA, TIMUR))
        self.anna, self.mila, self.timur = anna.person_id, mila.person_id, timur.person_id
        self.vera = school.guardian(mila.person, VERA).id
        self.pair_id = school.group(anna, mila, timur)
        (start_trial if on_trial else confirm_pair)(self.session, self.pair_id, by=self.curator, now=NOW)
        self.soon, self.later = self.plan(SOON), self.plan(LATER)
        self.takes(self.mila)
        self.takes(self.timur)

    def plan(self, at: datetime) -> int:
        return plan_meeting(
            self.session, self.pair_id, starts_at=at, place_kind=PlaceKind.ONLINE, by=self.curator, now=NOW
        ).meeting_id

    def takes(self, person_id: int, meeting_id: int = 0) -> CalendarEvent:
        by = Actor.person(person_id)
        return give_calendar_file(self.session, meeting_id or self.soon, person_id, by=by, now=NOW)

    def left(self, person_id: int) -> list[int]:
        return [one.meeting_id for one in left_in_calendar(self.session, person_id, self.pair_id, now=NOW)]

    def news(self, kind: NoticeKind) -> dict[int, Notice]:
        self.session.flush()
        return {one.person_id: one for one in self.school.notices(kind)}


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


@pytest.mark.parametrize("ends", ["ended", "completed", "parted", "paused"])
def test_whatever_stops_a_pair_cancels_what_is_ahead_and_says_so_once(school: School, ends: str) -> None:
    group = Group(school, on_trial=ends == "parted")
    if ends == "parted":
        part_pair(group.session, group.pair_id, by=group.curator, now=NOW)
    elif ends == "paused":
        pause_pair(group.session, group.pair_id, date(2026, 12, 20), by=group.curator, now=NOW)
    else:
        reason = EndReason.COMPLETED if ends == "completed" else EndReason.SCHEDULE
        end_pair(group.session, group.pair_id, reason, by=group.curator, now=NOW)

    kind = {"parted": NoticeKind.PERSON_PAIR_PARTED, "paused": NoticeKind.PERSON_PAIR_PAUSED}.get(
        ends, NoticeKind.PERSON_PAIR_ENDED
    )
    assert [school.meeting(one).state for one in (group.soon, group.later)] == [MeetingState.CANCELLED] * 2
    assert {person: one.payload["cancelled"] for person, one in group.news(kind).items()} == {
        group.anna: 2,
        group.mila: 2,
        group.timur: 2,
    }
    told = group.news(NoticeKind.GUARDIAN_PAIR_CHANGED)
    assert (told[group.vera].payload["cancelled"], told[group.vera].payload["change"]) == (2, ends)
    assert not school.notices(NoticeKind.PERSON_MEETING_CANCELLED)
    assert group.left(group.mila) == [group.soon]
    off = group.takes(group.mila)
    assert (off.method, off.sequence) == ("CANCEL", 1)
    assert group.left(group.mila) == []


def test_the_news_of_an_end_passes_over_lessons_when_a_meeting_was_near(school: School) -> None:
    """Tomorrow at eight in the morning Мила would set out; a polite message comes after lessons."""
    group = Group(school)
    early = NOW + timedelta(hours=20)
    end_pair(group.session, group.pair_id, EndReason.SCHEDULE, by=group.curator, now=NOW - timedelta(hours=1))

    (due,) = {one.due_at for person, one in group.news(NoticeKind.PERSON_PAIR_ENDED).items() if person == group.mila}

    assert due < early
    assert due <= NOW


def test_who_left_a_group_takes_its_meetings_out_of_the_phone_and_the_others_keep_them(school: School) -> None:
    group = Group(school)

    remove_mentee(group.session, group.pair_id, group.timur, EndReason.SCHEDULE, by=group.curator, now=NOW)

    assert school.meeting(group.soon).state is MeetingState.PLANNED
    assert (group.left(group.timur), group.left(group.mila)) == ([group.soon], [])
    assert group.takes(group.timur).method == "CANCEL"
    assert group.takes(group.mila).method == "REQUEST"
    with pytest.raises(NotFound):  # never was in their phone, and is none of their business now
        group.takes(group.timur, group.later)
    (told,) = (one for person, one in group.news(NoticeKind.PERSON_PAIR_ENDED).items() if person == group.timur)
    assert told.payload["cancelled"] == 2


def test_a_cancelled_or_moved_meeting_is_known_to_be_in_the_phone(school: School) -> None:
    group = Group(school)
    move_meeting(group.session, group.soon, SOON + timedelta(hours=1), by=group.curator, now=NOW)
    assert meeting_card(group.session, group.soon, group.mila, now=NOW).in_calendar
    assert not meeting_card(group.session, group.soon, group.anna, now=NOW).in_calendar
    for one in school.notices():
        one.state = NoticeState.SENT if one.person_id == group.anna else one.state

    cancel_meeting(group.session, group.soon, by=group.curator, now=NOW)

    told = group.news(NoticeKind.PERSON_MEETING_CANCELLED)
    for person_id, known in ((group.mila, True), (group.anna, False)):
        reader = group.session.get_one(Person, person_id)
        facts = meeting_facts.cancelled(group.session, reader, told[person_id].payload, NOW)
        assert facts is not None
        assert facts["meeting"].in_calendar is known


def test_a_stranger_and_who_said_no_get_no_file(school: School) -> None:
    group = Group(school)

    with pytest.raises(NotFound):
        group.takes(group.vera)
