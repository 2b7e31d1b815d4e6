"""Meetings of a group and of a paused pair, and what each of its people may see."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from bot.screens.proposals import proposal
from mentoring.rules.campaigns import Audience
from mentoring.rules.errors import NotFound, OutOfDate, TimeTaken
from mentoring.rules.labour import Side
from mentoring.rules.meetings import MeetingKind, PlaceKind, Reply
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases import pair_facts
from mentoring.use_cases.agenda import AgendaItem, AgendaKind, agenda
from mentoring.use_cases.children import child_view
from mentoring.use_cases.meetings import (
    log_meeting,
    meeting_card,
    move_meeting,
    my_meetings,
    plan_meeting,
    reply_to_meeting,
    set_place,
    suggest_days,
    suggest_times,
)
from mentoring.use_cases.pair_groups import add_mentees, remove_mentee
from mentoring.use_cases.pair_pauses import pause_pair
from mentoring.use_cases.pair_trials import start_trial
from mentoring.use_cases.pair_views import my_pair, proposal_for
from mentoring.use_cases.pair_wishes import pass_on_wish
from mentoring.use_cases.pairs import (
    answer_proposal,
    confirm_pair,
    end_pair,
    give_notice,
    propose_group,
    take_back_notice,
)
from mentoring.use_cases.people import person_story
from storage.models.person import Enrolment
from storage.queries.campaign_audience import candidates
from storage.queries.campaign_surveys import others_of
from storage.queries.reminders import guests, quiet_pairs
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, open_school

TUESDAY = datetime(2026, 11, 24, 18, 0, tzinfo=ZoneInfo("Europe/Moscow"))
A_WEEK = timedelta(days=7)


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


@pytest.fixture
def anna(school: School) -> Enrolment:
    return school.enrol(ANNA, Role.MENTOR, capacity=4)


@pytest.fixture
def mila(school: School) -> Enrolment:
    return school.enrol(MILA, Role.MENTEE)


@pytest.fixture
def timur(school: School) -> Enrolment:
    return school.enrol(TIMUR, Role.MENTEE)


@pytest.fixture
def group(school: School, anna: Enrolment, mila: Enrolment, timur: Enrolment) -> int:
    pair_id = school.group(anna, mila, timur)
    confirm_pair(school.session, pair_id, by=school.curator, now=NOW)
    return pair_id


def me(enrolment: Enrolment) -> Actor:
    return Actor.person(enrolment.person_id)


def plan(school: School, pair_id: int, by: Actor, at: datetime = TUESDAY) -> int:
    return plan_meeting(
        school.session, pair_id, starts_at=at, place_kind=PlaceKind.ORGANISATION, by=by, now=NOW
    ).meeting_id


def reply(school: School, meeting_id: int, who: Enrolment, said: Reply) -> Reply:
    return reply_to_meeting(school.session, meeting_id, who.person_id, said, by=me(who), now=NOW).reply


def joins(school: School, group: int, newcomer: Enrolment, mentor: Enrolment, at: datetime) -> None:
    pair_id = add_mentees(school.session, group, [newcomer.id], by=school.curator, now=at).pair_id
    for one in (mentor, newcomer):
        answer_proposal(school.session, pair_id, one.person_id, True, by=me(one), now=at)
    confirm_pair(school.session, pair_id, by=school.curator, now=at)


def items(school: School, who: Enrolment, now: datetime = NOW) -> dict[AgendaKind, AgendaItem]:
    return {item.kind: item for item in agenda(school.session, who.person_id, now=now).items}


def test_a_time_suits_a_group_once_it_suits_everybody(
    school: School, group: int, mila: Enrolment, timur: Enrolment, anna: Enrolment
) -> None:
    meeting_id = plan(school, group, me(anna))

    assert reply(school, meeting_id, mila, Reply.SUITS) is Reply.WAITING
    assert AgendaKind.MEETING_REPLY not in items(school, mila)
    assert AgendaKind.MEETING_REPLY in items(school, timur)
    assert reply(school, meeting_id, timur, Reply.SUITS) is Reply.SUITS
    assert school.told(NoticeKind.PERSON_MEETING_SUITS) == [anna.person_id, anna.person_id]


def test_another_time_of_anybody_wins_until_they_agree_or_it_is_moved(
    school: School, group: int, mila: Enrolment, timur: Enrolment, anna: Enrolment
) -> None:
    meeting_id = plan(school, group, me(mila))

    assert reply(school, meeting_id, anna, Reply.SUITS) is Reply.WAITING
    assert reply(school, meeting_id, timur, Reply.OTHER_TIME) is Reply.OTHER_TIME
    assert sorted(school.told(NoticeKind.PERSON_MEETING_OTHER_TIME)) == sorted([anna.person_id, mila.person_id])
    assert reply(school, meeting_id, anna, Reply.SUITS) is Reply.OTHER_TIME
    assert reply(school, meeting_id, timur, Reply.SUITS) is Reply.SUITS

    move_meeting(school.session, meeting_id, TUESDAY + A_WEEK, by=me(timur), now=NOW)
    cards = [meeting_card(school.session, meeting_id, one.person_id, now=NOW) for one in (anna, mila, timur)]
    assert [card.my_reply for card in cards] == [Reply.WAITING] * 3
    assert [card.may_reply for card in cards] == [True, True, False]


def test_another_room_keeps_what_each_has_said_to_the_time(
    school: School, group: int, mila: Enrolment, timur: Enrolment, anna: Enrolment
) -> None:
    meeting_id = plan(school, group, me(anna))
    reply(school, meeting_id, mila, Reply.SUITS)

    set_place(school.session, meeting_id, PlaceKind.OTHER, "Библиотека", by=me(anna), now=NOW)

    assert meeting_card(school.session, meeting_id, mila.person_id, now=NOW).my_reply is Reply.SUITS
    assert reply(school, meeting_id, timur, Reply.SUITS) is Reply.SUITS


def test_the_days_and_hours_are_those_of_all(
    school: School, group: int, mila: Enrolment, timur: Enrolment, anna: Enrolment
) -> None:
    for one, free in ((anna, ["tue", "wed"]), (mila, ["tue", "thu"]), (timur, ["tue", "wed", "thu"])):
        school.says(one, days=free, parts=["evening"])
    timur.capacity = 2
    other = school.paired(school.enrol(IGOR, Role.MENTOR), timur)
    plan(school, other, me(timur))

    marked = [one.day for one in suggest_days(school.session, group, now=NOW) if one.both_free]
    hours = [one.starts_at for one in suggest_times(school.session, group, TUESDAY.date(), now=NOW)]
    assert marked == [date(2026, 11, 24), date(2026, 12, 1)]
    assert TUESDAY not in hours
    with pytest.raises(TimeTaken):
        plan(school, group, me(anna))


def test_a_mentee_knows_how_many_there_are_and_a_mentor_who(
    school: School, group: int, mila: Enrolment, timur: Enrolment, anna: Enrolment
) -> None:
    mentors, mentees = (my_pair(school.session, group, one.person_id) for one in (anna, mila))

    assert mentors
    assert mentees
    assert (mentors.names, mentors.fellows, mentors.is_group) == ("Мила и Тимур", 0, True)
    assert (mentees.names, mentees.fellows, mentees.is_group) == ("Анна Сергеевна", 1, True)
    assert "Тимур" not in repr(mentees)
    story = person_story(school.session, mila.person_id)
    assert [name for line in story.pairs for _, name in line.others] == ["Лебедева Анна Сергеевна"]


def test_a_proposal_of_a_group_says_when_all_are_free_and_names_nobody(
    school: School, mila: Enrolment, timur: Enrolment, anna: Enrolment
) -> None:
    for one, free in ((anna, ["tue", "wed"]), (mila, ["tue", "thu"]), (timur, ["tue", "wed"])):
        school.says(one, days=free, parts=["evening"], topics=["projects"])
    pair_id = school.group(anna, mila, timur)

    mentors, mentees = (proposal_for(school.session, pair_id, one.person_id) for one in (anna, mila))

    assert (len(mentors.others), mentors.fellows, mentors.shared_slots) == (2, 0, ("tue_evening",))
    assert (len(mentees.others), mentees.fellows, mentees.shared_slots) == (1, 1, ("tue_evening",))
    assert not any(name in repr((mentors, mentees)) for name in ("Мила", "Тимур", "Анна", "Лебедева"))


def test_who_was_taken_out_of_a_proposal_is_asked_no_more(
    school: School, mila: Enrolment, timur: Enrolment, anna: Enrolment
) -> None:
    ids = [mila.id, timur.id]
    pair_id = propose_group(school.session, anna.id, ids, by=school.curator, now=NOW).pair_id
    for one, accepted in ((anna, True), (timur, True)):
        answer_proposal(school.session, pair_id, one.person_id, accepted, by=me(one), now=NOW)
    mine = proposal_for(school.session, pair_id, mila.person_id)
    assert "нашёлся наставник" in proposal(mine, "Europe/Moscow").text

    remove_mentee(school.session, pair_id, mila.person_id, EndReason.OTHER, by=school.curator, now=NOW)

    mine = proposal_for(school.session, pair_id, mila.person_id)
    assert mine.taken_out
    assert "отозвал это предложение" in proposal(mine, "Europe/Moscow").text
    assert AgendaKind.PROPOSAL not in items(school, mila)


def test_a_newcomer_has_the_meetings_from_the_day_they_came(
    school: School, group: int, anna: Enrolment, mila: Enrolment
) -> None:
    oleg = school.enrol(OLEG, Role.MENTEE)
    log_meeting(school.session, group, held_at=NOW + timedelta(hours=1), by=me(anna), now=NOW + timedelta(hours=4))
    came = NOW + timedelta(days=1)
    joins(school, group, oleg, anna, came)
    ahead = plan_meeting(
        school.session, group, starts_at=TUESDAY + A_WEEK, place_kind=PlaceKind.ONLINE, by=me(anna), now=came
    )

    mine = my_meetings(school.session, oleg.person_id, now=came)
    assert [one.meeting_id for one in mine.coming] == [ahead.meeting_id]
    assert mine.past == ()
    assert AgendaKind.FEEDBACK not in items(school, oleg, came)
    assert AgendaKind.FEEDBACK in items(school, mila, came)
    asked = {guest.person_id for guest in guests(school.session, NOW, came)}
    assert oleg.person_id not in asked
    assert {anna.person_id, mila.person_id} <= asked


def test_who_has_left_keeps_what_was_and_hears_nothing_of_what_comes(
    school: School, group: int, anna: Enrolment, mila: Enrolment
) -> None:
    first = log_meeting(school.session, group, held_at=NOW - timedelta(hours=2), by=me(anna), now=NOW).meeting_id
    coming = plan(school, group, me(anna))
    remove_mentee(school.session, group, mila.person_id, EndReason.SCHEDULE, by=school.curator, now=NOW)

    assert meeting_card(school.session, first, mila.person_id, now=NOW).meeting_id == first
    with pytest.raises(NotFound):
        meeting_card(school.session, coming, mila.person_id, now=NOW)
    with pytest.raises(NotFound):
        reply(school, coming, mila, Reply.SUITS)
    assert [line.meeting_id for line in person_story(school.session, mila.person_id).meetings] == [first]


def test_on_trial_a_trial_meeting_follows_and_a_plan_after_it(school: School, anna: Enrolment, mila: Enrolment) -> None:
    pair_id = school.agreed(anna, mila)
    start_trial(school.session, pair_id, by=school.curator, now=NOW)

    kinds = [school.meeting(plan(school, pair_id, me(anna), TUESDAY + A_WEEK * week)).kind for week in range(3)]
    assert kinds == [MeetingKind.FIRST, MeetingKind.TRIAL, MeetingKind.TRIAL]
    confirm_pair(school.session, pair_id, note="Всё ясно", by=school.curator, now=NOW)
    kinds = [school.meeting(plan(school, pair_id, me(anna), TUESDAY + A_WEEK * week)).kind for week in (3, 4)]
    assert kinds == [MeetingKind.PLANNING, MeetingKind.REGULAR]


def test_a_pause_stops_plans_and_not_records_and_a_later_meeting_moves_only_later(
    school: School, anna: Enrolment, mila: Enrolment
) -> None:
    pair_id = school.paired(anna, mila)
    later = plan(school, pair_id, me(anna), TUESDAY + A_WEEK * 3)
    pause_pair(school.session, pair_id, date(2026, 12, 5), "Карантин", by=school.curator, now=NOW)

    with pytest.raises(OutOfDate) as gone:
        plan(school, pair_id, me(anna))
    assert gone.value.state == PairState.PAUSED
    with pytest.raises(OutOfDate):
        move_meeting(school.session, later, TUESDAY + A_WEEK, by=me(mila), now=NOW)
    moved = move_meeting(school.session, later, TUESDAY + A_WEEK * 2, by=me(mila), now=NOW)
    assert moved.starts_at == TUESDAY + A_WEEK * 2
    held = NOW - timedelta(hours=3)
    assert log_meeting(school.session, pair_id, held_at=held, by=me(anna), now=NOW).meeting_id
    seen = my_pair(school.session, pair_id, mila.person_id)
    assert seen
    assert (seen.pause_reason, seen.paused_until) == ("Карантин", date(2026, 12, 5))
    assert items(school, mila)[AgendaKind.PAIR].data["paused_until"] == "2026-12-05"


def test_who_has_agreed_waits_and_a_parent_sees_what_stands(school: School, anna: Enrolment, mila: Enrolment) -> None:
    vera = school.guardian(mila.person)
    pair_id = school.agreed(anna, mila)
    assert AgendaKind.WAIT_PAIR in items(school, mila)

    start_trial(school.session, pair_id, by=school.curator, now=NOW)
    assert AgendaKind.WAIT_PAIR not in items(school, mila)
    (seen,) = child_view(school.session, vera.id, mila.person_id, now=NOW).pairs
    assert (seen.other_name, seen.on_trial, seen.paused, seen.fellows) == ("Анна Сергеевна Лебедева", True, False, 0)


def test_a_wish_reaches_the_curator_once_and_only_from_one_of_the_pair(
    school: School, anna: Enrolment, mila: Enrolment, timur: Enrolment
) -> None:
    pair_id = school.paired(anna, mila)
    letters = [
        pass_on_wish(school.session, pair_id, mila.person_id, "Нужна пауза", by=me(mila), now=NOW) for _ in range(2)
    ]

    assert letters[0] == letters[1]
    with pytest.raises(OutOfDate):
        pass_on_wish(school.session, pair_id, timur.person_id, "Нужна пауза", by=me(timur), now=NOW)
    end_pair(school.session, pair_id, EndReason.BY_AGREEMENT, by=school.curator, now=NOW)
    with pytest.raises(OutOfDate):
        pass_on_wish(school.session, pair_id, mila.person_id, "Ещё вопрос", by=me(mila), now=NOW)


def test_a_group_is_surveyed_by_person_and_names_no_fellows(
    school: School, group: int, anna: Enrolment, mila: Enrolment, timur: Enrolment
) -> None:
    both = [*candidates(school.session, school.programme.id, (Audience.MENTORS, Audience.MENTEES))]

    assert sorted((one.person_id, one.pair_id) for one in both) == [
        (one.person_id, group) for one in (anna, mila, timur)
    ]
    assert others_of(school.session, mila.person_id, [group]) == {group: "Анна Сергеевна"}
    assert others_of(school.session, anna.person_id, [group]) == {group: "Мила и Тимур"}
    remove_mentee(school.session, group, mila.person_id, EndReason.SCHEDULE, by=school.curator, now=NOW)
    left = [one.pair_id for one in candidates(school.session, school.programme.id, (Audience.MENTEES,))]
    assert left == [None, group]


def test_no_day_is_offered_after_the_last_one_of_a_pair_or_within_a_pause(school: School) -> None:
    pair_id = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(DARYA, Role.MENTEE))
    give_notice(school.session, pair_id, Side.WORKER, NOW.date(), by=school.curator, now=NOW)
    last = school.pair(pair_id).ends_on
    assert last is not None

    assert max(one.day for one in suggest_days(school.session, pair_id, now=NOW)) == last
    take_back_notice(school.session, pair_id, by=school.curator, now=NOW)
    pause_pair(school.session, pair_id, date(2026, 12, 20), by=school.curator, now=NOW)
    assert min(one.day for one in suggest_days(school.session, pair_id, now=NOW)) == date(2026, 12, 21)


def test_the_last_meeting_of_a_pair_that_is_over_may_still_be_told_of(school: School) -> None:
    mentee = school.enrol(DARYA, Role.MENTEE)
    pair_id = school.paired(school.enrol(ANNA, Role.MENTOR), mentee, at=NOW - timedelta(days=20))
    log_meeting(school.session, pair_id, held_at=NOW - timedelta(days=1), by=school.curator, now=NOW)
    end_pair(school.session, pair_id, EndReason.COMPLETED, by=school.curator, now=NOW)

    def kinds(days: float) -> list[AgendaKind]:
        return [one.kind for one in agenda(school.session, mentee.person_id, now=NOW + timedelta(days=days)).items]

    assert AgendaKind.FEEDBACK in kinds(0)
    assert AgendaKind.MEETINGS in kinds(0)
    assert AgendaKind.PAIR not in kinds(0)
    assert AgendaKind.FEEDBACK not in kinds(20)
    assert AgendaKind.MEETINGS not in kinds(20)


def test_a_pair_under_notice_is_urged_to_nothing_and_knows_its_last_day(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR)
    pair_id = school.paired(mentor, school.enrol(DARYA, Role.MENTEE), at=NOW - 2 * A_WEEK)
    assert [one.payload for one in quiet_pairs(school.session, NOW)] == [{"pair_id": pair_id}]

    give_notice(school.session, pair_id, Side.WORKER, NOW.date(), by=school.curator, now=NOW)

    assert not list(quiet_pairs(school.session, NOW))
    reader = mentor.person
    assert pair_facts.never_met(school.session, reader, {"pair_id": pair_id}, NOW) is None
    (pair,) = (one for one in agenda(school.session, reader.id, now=NOW).items if one.kind is AgendaKind.PAIR)
    assert pair.data["ends_on"] == "2026-11-26"
