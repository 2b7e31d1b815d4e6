from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from mentoring.rules.errors import (
    NotAllowed,
    NotFound,
    OutOfDate,
    TextTooLong,
    TimeInFuture,
    TimeInPast,
    TimeTaken,
    ValueWrong,
)
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.reminders import NoticeKind, NoticeState
from mentoring.use_cases.meetings import (
    MeetingChanged,
    calendar_event,
    cancel_meeting,
    close_meeting,
    feedback_due,
    log_meeting,
    meeting_card,
    move_meeting,
    my_meetings,
    plan_meeting,
    reply_to_meeting,
    say_it_took_place,
    say_still_on,
    set_place,
    set_topic,
    suggest_days,
    suggest_times,
)
from mentoring.use_cases.pair_views import NextMeeting
from mentoring.use_cases.pairs import end_pair, my_pairs
from storage.models.notice import Notice
from storage.models.person import Enrolment
from tests.use_cases.forms import published
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, TIMUR, School, open_school

MOSCOW = ZoneInfo("Europe/Moscow")
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=MOSCOW)


@dataclass
class Couple:
    school: School
    mentor: Enrolment
    mentee: Enrolment
    pair_id: int

    @property
    def session(self) -> Session:
        return self.school.session

    @property
    def anna(self) -> Actor:
        return Actor.person(self.mentor.person_id)

    @property
    def timur(self) -> Actor:
        return Actor.person(self.mentee.person_id)

    def plan(
        self, at: datetime = TUESDAY, *, by: Actor | None = None, now: datetime = NOW, **more: Any
    ) -> MeetingChanged:
        more = {"place_kind": PlaceKind.ORGANISATION, **more}
        return plan_meeting(self.session, self.pair_id, starts_at=at, by=by or self.anna, now=now, **more)

    def sent(self) -> None:
        """The news of the plan has reached the other side."""
        self.session.execute(update(Notice).values(state=NoticeState.SENT))

    def reply(self, meeting_id: int, by: Actor, reply: Reply, now: datetime = NOW) -> MeetingChanged:
        assert by.person_id
        return reply_to_meeting(self.session, meeting_id, by.person_id, reply, by=by, now=now)

    def say(self, meeting_id: int, by: Actor, took_place: bool, now: datetime = TUESDAY + timedelta(hours=1)) -> Any:
        assert by.person_id
        return say_it_took_place(self.session, meeting_id, by.person_id, took_place, by=by, now=now)


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


@pytest.fixture
def couple(school: School) -> Couple:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR, capacity=3), school.enrol(TIMUR, Role.MENTEE)
    return Couple(school, mentor, mentee, school.paired(mentor, mentee))


def test_days_on_which_both_are_free_come_first(couple: Couple) -> None:
    couple.school.says(couple.mentor, days=["tue", "wed", "fri"], parts=["evening"])
    couple.school.says(couple.mentee, days=["fri", "tue"], parts=["evening", "afternoon"])

    options = suggest_days(couple.session, couple.pair_id, now=NOW)

    free = [date(2026, 11, 24), date(2026, 11, 27), date(2026, 12, 1), date(2026, 12, 4)]
    assert [option.day for option in options if option.both_free] == free
    assert [option.day for option in options][:4] == free
    assert len(options) == 14
    assert options[4].day == date(2026, 11, 23)


def test_today_is_offered_only_while_an_hour_of_it_is_left(couple: Couple) -> None:
    late = datetime(2026, 11, 23, 20, 0, tzinfo=MOSCOW)

    assert suggest_days(couple.session, couple.pair_id, now=late)[0].day == date(2026, 11, 24)
    assert suggest_times(couple.session, couple.pair_id, date(2026, 11, 23), now=late) == ()


def test_taken_hours_of_either_person_are_not_offered(couple: Couple) -> None:
    other = couple.school.enrol(DARYA, Role.MENTEE)
    other_pair = couple.school.paired(couple.mentor, other)
    plan_meeting(
        couple.session,
        other_pair,
        starts_at=TUESDAY,
        minutes=90,
        place_kind=PlaceKind.ONLINE,
        by=couple.anna,
        now=NOW,
    )

    hours = [
        option.starts_at.astimezone(MOSCOW).hour
        for option in suggest_times(couple.session, couple.pair_id, TUESDAY.date(), now=NOW)
    ]

    assert hours == [8, 9, 10, 11, 12, 13, 14, 17, 18, 19, 20]


def test_a_planned_meeting_tells_the_other_side_and_is_of_the_kind_that_comes_next(couple: Couple) -> None:
    first, second = couple.plan(), couple.plan(TUESDAY + timedelta(days=7), by=couple.timur)

    assert (first.kind, first.state, first.reply, first.revision) == (
        MeetingKind.FIRST,
        MeetingState.PLANNED,
        Reply.WAITING,
        0,
    )
    assert second.kind is MeetingKind.PLANNING
    assert couple.school.told(NoticeKind.PERSON_MEETING_PLANNED) == [couple.mentee.person_id, couple.mentor.person_id]
    assert couple.school.meeting(first.meeting_id).minutes == 45


def test_a_meeting_planned_by_the_curator_is_told_to_both(couple: Couple) -> None:
    couple.plan(by=couple.school.curator, kind=MeetingKind.FINAL)

    assert couple.school.told(NoticeKind.PERSON_MEETING_PLANNED) == [couple.mentor.person_id, couple.mentee.person_id]


def test_only_a_curator_chooses_the_kind(couple: Couple) -> None:
    with pytest.raises(NotAllowed):
        couple.plan(kind=MeetingKind.FINAL)


def test_a_stranger_finds_no_such_pair_and_no_such_meeting(couple: Couple) -> None:
    stranger = Actor.person(couple.school.enrol(DARYA, Role.MENTEE).person_id)
    meeting_id = couple.plan().meeting_id

    with pytest.raises(NotFound):
        couple.plan(by=stranger)
    with pytest.raises(NotFound):
        cancel_meeting(couple.session, meeting_id, by=stranger, now=NOW)
    with pytest.raises(NotFound):
        meeting_card(couple.session, meeting_id, stranger.person_id or 0, now=NOW)
    with pytest.raises(NotFound):
        couple.reply(meeting_id, stranger, Reply.SUITS)


def test_impossible_times_lengths_and_texts_are_refused(couple: Couple) -> None:
    with pytest.raises(TimeInPast):
        couple.plan(NOW)
    with pytest.raises(TimeInFuture):
        couple.plan(NOW + timedelta(days=400))
    with pytest.raises(ValueWrong):
        couple.plan(minutes=5)
    with pytest.raises(TextTooLong):
        couple.plan(place="я" * 301)


def test_nobody_can_be_at_two_meetings_at_once(couple: Couple) -> None:
    couple.plan()
    other = couple.school.paired(couple.mentor, couple.school.enrol(DARYA, Role.MENTEE))

    with pytest.raises(TimeTaken) as taken:
        plan_meeting(
            couple.session,
            other,
            starts_at=TUESDAY + timedelta(minutes=44),
            place_kind=PlaceKind.ONLINE,
            by=couple.anna,
            now=NOW,
        )
    assert taken.value.person_name == "Лебедева Анна Сергеевна"
    plan_meeting(
        couple.session,
        other,
        starts_at=TUESDAY + timedelta(minutes=45),
        place_kind=PlaceKind.ONLINE,
        by=couple.anna,
        now=NOW,
    )


def test_a_cancelled_meeting_frees_its_time(couple: Couple) -> None:
    cancel_meeting(couple.session, couple.plan().meeting_id, by=couple.anna, now=NOW)

    assert couple.plan().state is MeetingState.PLANNED


def test_only_a_confirmed_pair_plans(couple: Couple) -> None:
    end_pair(couple.session, couple.pair_id, EndReason.COMPLETED, by=couple.school.curator, now=NOW)

    with pytest.raises(OutOfDate) as gone:
        couple.plan()
    assert gone.value.state == PairState.COMPLETED


def test_the_end_of_a_pair_cancels_what_it_had_planned(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id

    end_pair(couple.session, couple.pair_id, EndReason.COMPLETED, by=couple.school.curator, now=NOW)

    assert couple.school.meeting(meeting_id).state is MeetingState.CANCELLED
    assert couple.school.told(NoticeKind.PERSON_MEETING_CANCELLED) == []


def test_the_other_side_replies_and_the_planner_hears_it_once(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id

    for _ in range(2):
        assert couple.reply(meeting_id, couple.timur, Reply.SUITS).reply is Reply.SUITS

    assert couple.school.told(NoticeKind.PERSON_MEETING_SUITS) == [couple.mentor.person_id]
    with pytest.raises(NotAllowed):
        couple.reply(meeting_id, couple.anna, Reply.SUITS)


def test_still_on_is_a_yes_of_the_side_that_was_asked_and_nothing_new_from_the_planner(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id

    def still_on(by: Actor) -> MeetingChanged:
        return say_still_on(couple.session, meeting_id, by.person_id or 0, revision=0, by=by, now=NOW)

    assert still_on(couple.anna).reply is Reply.WAITING
    assert still_on(couple.timur).reply is Reply.SUITS
    assert couple.school.told(NoticeKind.PERSON_MEETING_SUITS) == [couple.mentor.person_id]
    with pytest.raises(NotAllowed):
        say_still_on(couple.session, meeting_id, couple.mentor.person_id, by=couple.timur, now=NOW)


def test_a_button_of_an_earlier_plan_is_out_of_date(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id
    move_meeting(couple.session, meeting_id, TUESDAY + timedelta(hours=1), by=couple.anna, now=NOW)
    timur = couple.mentee.person_id

    for stale in (
        lambda: reply_to_meeting(couple.session, meeting_id, timur, Reply.SUITS, revision=0, by=couple.timur, now=NOW),
        lambda: say_still_on(couple.session, meeting_id, timur, revision=0, by=couple.timur, now=NOW),
    ):
        with pytest.raises(OutOfDate) as late:
            stale()
        assert late.value.state == "moved"
    assert reply_to_meeting(couple.session, meeting_id, timur, Reply.SUITS, revision=1, by=couple.timur, now=NOW)


def test_a_wish_for_another_time_reaches_the_planner(couple: Couple) -> None:
    couple.reply(couple.plan().meeting_id, couple.timur, Reply.OTHER_TIME)

    assert couple.school.told(NoticeKind.PERSON_MEETING_OTHER_TIME) == [couple.mentor.person_id]


def test_a_reply_after_the_beginning_is_out_of_date(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id

    with pytest.raises(OutOfDate) as late:
        couple.reply(meeting_id, couple.timur, Reply.SUITS, now=TUESDAY)
    assert late.value.state == "started"


def test_moving_asks_the_other_side_anew_and_counts_the_revision(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id
    couple.sent()
    couple.reply(meeting_id, couple.timur, Reply.SUITS)

    moved = move_meeting(couple.session, meeting_id, TUESDAY + timedelta(hours=2), by=couple.timur, now=NOW)

    assert (moved.revision, moved.reply, moved.starts_at) == (1, Reply.WAITING, TUESDAY + timedelta(hours=2))
    assert couple.school.told(NoticeKind.PERSON_MEETING_MOVED) == [couple.mentor.person_id]
    assert couple.reply(meeting_id, couple.anna, Reply.SUITS).reply is Reply.SUITS


def test_moving_to_the_same_time_and_place_changes_nothing(couple: Couple) -> None:
    meeting_id = couple.plan(place="каб. 12").meeting_id

    assert move_meeting(couple.session, meeting_id, TUESDAY, by=couple.anna, now=NOW).revision == 0
    moved = move_meeting(couple.session, meeting_id, TUESDAY, place="каб. 14", by=couple.anna, now=NOW)
    assert moved.revision == 1


def test_a_meeting_cannot_be_moved_onto_another(couple: Couple) -> None:
    couple.plan()
    second = couple.plan(TUESDAY + timedelta(hours=3)).meeting_id

    with pytest.raises(TimeTaken):
        move_meeting(couple.session, second, TUESDAY, by=couple.anna, now=NOW)
    assert couple.school.meeting(second).starts_at == TUESDAY + timedelta(hours=3)


def test_a_pupil_hears_in_lessons_that_todays_meeting_moved_to_another_week(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id
    couple.sent()
    morning = TUESDAY - timedelta(hours=4)

    move_meeting(couple.session, meeting_id, TUESDAY + timedelta(days=7), by=couple.anna, now=morning)

    (notice,) = couple.school.notices(NoticeKind.PERSON_MEETING_MOVED)
    assert notice.due_at == morning


def test_a_cancelled_meeting_tells_the_other_side_once(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id
    couple.sent()

    for _ in range(2):
        changed = cancel_meeting(couple.session, meeting_id, "Заболела", by=couple.anna, now=NOW)

    assert changed.state is MeetingState.CANCELLED
    assert couple.school.told(NoticeKind.PERSON_MEETING_CANCELLED) == [couple.mentee.person_id]
    with pytest.raises(OutOfDate) as gone:
        move_meeting(couple.session, meeting_id, TUESDAY + timedelta(days=1), by=couple.timur, now=NOW)
    assert gone.value.state == MeetingState.CANCELLED


def test_one_who_remembers_is_enough_for_a_meeting_to_have_been_held(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id

    assert couple.say(meeting_id, couple.timur, False).state is MeetingState.MISSED
    said = couple.say(meeting_id, couple.anna, True)

    assert (said.state, said.feedback_key) == (MeetingState.HELD, "feedback_first_mentor")
    assert couple.school.pair(couple.pair_id).last_met_at == TUESDAY
    with pytest.raises(OutOfDate) as late:
        couple.say(meeting_id, couple.timur, False)
    assert late.value.state == MeetingState.HELD


def test_a_missed_meeting_asks_for_no_feedback(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id
    later = TUESDAY + timedelta(hours=3)

    assert [due.key for due in feedback_due(couple.session, couple.mentee.person_id, now=later)] == [
        "feedback_first_mentee"
    ]
    assert couple.say(meeting_id, couple.timur, False, now=later).feedback_key is None
    assert feedback_due(couple.session, couple.mentee.person_id, now=later) == ()
    assert couple.school.pair(couple.pair_id).last_met_at is None


def test_who_says_that_a_meeting_was_missed_is_asked_why_once(couple: Couple) -> None:
    meeting_id, key = couple.plan().meeting_id, "feedback_cancelled_mentee"
    published(couple.school, key=key)
    later = TUESDAY + timedelta(hours=3)

    assert couple.say(meeting_id, couple.timur, False, now=later).feedback_key == key
    couple.school.feedback(couple.school.meeting(meeting_id), couple.mentee.person_id, key, reason="ill")

    assert couple.say(meeting_id, couple.timur, False, now=later).feedback_key is None


def test_why_a_meeting_was_missed_does_not_stand_for_feedback_once_it_turns_out_to_have_been_held(
    couple: Couple,
) -> None:
    meeting_id, later = couple.plan().meeting_id, TUESDAY + timedelta(hours=3)
    couple.say(meeting_id, couple.timur, False, now=later)
    meeting = couple.school.meeting(meeting_id)
    couple.school.feedback(meeting, couple.mentee.person_id, "feedback_cancelled_mentee", reason="ill")

    couple.say(meeting_id, couple.anna, True, now=later)

    assert len(feedback_due(couple.session, couple.mentee.person_id, now=later)) == 1


def test_how_it_went_is_not_said_before_it_began(couple: Couple) -> None:
    with pytest.raises(TimeInFuture):
        couple.say(couple.plan().meeting_id, couple.anna, True, now=TUESDAY - timedelta(minutes=1))


def test_feedback_is_owed_by_each_separately_until_sent(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id
    couple.say(meeting_id, couple.anna, True)
    later = TUESDAY + timedelta(days=1)
    meeting = couple.school.meeting(meeting_id)
    couple.school.response(
        couple.mentee.person_id, "feedback_first_mentee", {}, state=ResponseState.DRAFT, meeting_id=meeting_id
    )
    assert len(feedback_due(couple.session, couple.mentee.person_id, now=later)) == 1

    couple.school.feedback(meeting, couple.mentor.person_id, "feedback_first_mentor", comfort=9)

    assert feedback_due(couple.session, couple.mentor.person_id, now=later) == ()
    assert len(feedback_due(couple.session, couple.mentee.person_id, now=later)) == 1
    assert couple.say(meeting_id, couple.anna, True).feedback_key is None


def test_a_meeting_may_be_logged_without_a_plan_and_twice_is_once(couple: Couple) -> None:
    held_at = NOW - timedelta(days=1)

    logged = [
        log_meeting(couple.session, couple.pair_id, held_at=held_at, topic="Робот", by=couple.anna, now=NOW)
        for _ in range(2)
    ]

    assert logged[0] == logged[1]
    assert (logged[0].state, logged[0].feedback_key) == (MeetingState.HELD, "feedback_first_mentor")
    meeting = couple.school.held(couple.pair_id, held_at)
    assert (meeting.was_planned, meeting.topic) == (False, "Робот")
    assert couple.school.pair(couple.pair_id).last_met_at == held_at


def test_an_older_meeting_logged_later_does_not_set_back_the_last_one(couple: Couple) -> None:
    for age in (1, 5):
        log_meeting(
            couple.session, couple.pair_id, held_at=NOW - timedelta(days=age), by=couple.school.curator, now=NOW
        )

    assert couple.school.pair(couple.pair_id).last_met_at == NOW - timedelta(days=1)
    with pytest.raises(TimeInFuture):
        log_meeting(couple.session, couple.pair_id, held_at=TUESDAY, by=couple.anna, now=NOW)
    with pytest.raises(TimeInPast):
        log_meeting(couple.session, couple.pair_id, held_at=NOW - timedelta(days=400), by=couple.anna, now=NOW)


def test_logging_at_the_time_of_a_planned_meeting_says_that_it_was_held(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id

    logged = log_meeting(
        couple.session, couple.pair_id, held_at=TUESDAY, by=couple.timur, now=TUESDAY + timedelta(hours=1)
    )

    assert logged.meeting_id == meeting_id
    assert logged.feedback_key == "feedback_first_mentee"


def test_the_curator_closes_a_meeting_for_the_two(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id
    later = TUESDAY + timedelta(days=1)

    with pytest.raises(NotAllowed):
        close_meeting(couple.session, meeting_id, True, by=couple.anna, now=later)
    assert close_meeting(couple.session, meeting_id, True, by=couple.school.curator, now=later).state == "held"
    assert couple.school.acts("meeting") == ["meeting.planned", "meeting.held"]


def test_my_meetings_show_what_may_be_done(couple: Couple) -> None:
    couple.plan(place="каб. 12")
    log_meeting(couple.session, couple.pair_id, held_at=NOW - timedelta(days=1), by=couple.anna, now=NOW)

    mine = my_meetings(couple.session, couple.mentee.person_id, now=NOW)

    (coming,), (past,) = mine.coming, mine.past
    assert (coming.other_name, coming.place, coming.planned_by_me) == ("Анна Сергеевна", "каб. 12", False)
    assert (coming.may_reply, coming.may_change, coming.may_say_outcome) == (True, True, False)
    assert (past.may_reply, past.may_change, past.feedback_key) == (False, False, "feedback_mentee")
    assert my_pairs(couple.session, couple.mentee.person_id)[0].next_meeting == NextMeeting(
        coming.meeting_id, coming.kind, coming.starts_at
    )


def test_the_planner_may_change_but_has_nothing_to_reply(couple: Couple) -> None:
    card = meeting_card(couple.session, couple.plan().meeting_id, couple.mentor.person_id, now=NOW)

    assert (card.planned_by_me, card.may_reply, card.may_change, card.other_name) == (True, False, True, "Тимур")


def test_after_two_weeks_nobody_is_asked_about_a_meeting_any_more(couple: Couple) -> None:
    couple.plan()
    later = TUESDAY + timedelta(days=15)

    assert feedback_due(couple.session, couple.mentor.person_id, now=later) == ()


def test_the_topic_can_be_added_afterwards(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id

    set_topic(couple.session, meeting_id, " Олимпиада ", by=couple.timur, now=NOW)

    assert couple.school.meeting(meeting_id).topic == "Олимпиада"


def test_a_calendar_event_keeps_its_uid_and_counts_its_moves(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id
    before = calendar_event(couple.session, meeting_id, couple.mentor.person_id, now=NOW)
    move_meeting(couple.session, meeting_id, TUESDAY + timedelta(hours=1), by=couple.anna, now=NOW)
    after = calendar_event(couple.session, meeting_id, couple.mentor.person_id, now=NOW)
    cancel_meeting(couple.session, meeting_id, by=couple.anna, now=NOW)
    gone = calendar_event(couple.session, meeting_id, couple.mentor.person_id, now=NOW)

    assert before.uid == after.uid == gone.uid
    assert [(event.sequence, event.method) for event in (before, after, gone)] == [
        (0, "REQUEST"),
        (1, "REQUEST"),
        (2, "CANCEL"),
    ]


def test_notices_about_a_meeting_die_with_its_beginning(couple: Couple) -> None:
    couple.plan()

    (notice,) = couple.school.notices(NoticeKind.PERSON_MEETING_PLANNED)
    assert (notice.state, notice.expires_at) == (NoticeState.WAITING, TUESDAY)


def test_a_child_under_fourteen_is_asked_after_lessons(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    couple = Couple(school, mentor, mentee, school.paired(mentor, mentee))

    couple.plan(TUESDAY + timedelta(days=3))

    (notice,) = school.notices(NoticeKind.PERSON_MEETING_PLANNED)
    assert notice.due_at == datetime(2026, 11, 23, 15, 30, tzinfo=MOSCOW)


def test_a_plan_changed_before_it_was_told_is_told_once_as_it_is_now(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id

    move_meeting(couple.session, meeting_id, TUESDAY + timedelta(days=3), by=couple.anna, now=NOW)

    assert couple.school.told(NoticeKind.PERSON_MEETING_MOVED) == []
    told = couple.school.notices(NoticeKind.PERSON_MEETING_PLANNED)
    assert [notice.state for notice in told] == [NoticeState.NEEDLESS, NoticeState.WAITING]


def test_a_plan_taken_back_before_it_was_told_is_never_told(couple: Couple) -> None:
    cancel_meeting(couple.session, couple.plan().meeting_id, by=couple.anna, now=NOW)

    assert [notice.state for notice in couple.school.notices(NoticeKind.PERSON_MEETING_PLANNED)] == [
        NoticeState.NEEDLESS
    ]
    assert couple.school.told(NoticeKind.PERSON_MEETING_CANCELLED) == []


def test_another_place_keeps_what_was_said_to_the_time(couple: Couple) -> None:
    meeting_id = couple.plan().meeting_id
    couple.sent()
    couple.reply(meeting_id, couple.timur, Reply.SUITS)

    changed = set_place(couple.session, meeting_id, PlaceKind.OTHER, "Библиотека", by=couple.timur, now=NOW)

    assert (changed.reply, changed.revision) == (Reply.SUITS, 1)
    assert couple.school.meeting(meeting_id).planned_by_person_id == couple.mentor.person_id
    assert couple.school.told(NoticeKind.PERSON_MEETING_MOVED) == [couple.mentor.person_id]
