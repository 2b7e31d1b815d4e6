from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from mentoring.rules.consents import ConsentGap
from mentoring.rules.deadlines import local_day
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotAllowed, NotFound
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.reminders import NoticeKind, NoticeState
from mentoring.use_cases.meetings import (
    cancel_meeting,
    log_meeting,
    move_meeting,
    plan_meeting,
    say_it_took_place,
)
from mentoring.use_cases.notices import NoticeToSend, claim_notices, mark_sent
from mentoring.use_cases.pairs import answer_proposal
from mentoring.use_cases.reminders import ONCE_A_DAY, plan_reminders, remind_now
from storage.models.notice import Notice
from storage.models.person import ChannelAccount, Enrolment
from storage.scope import KEY
from tests.counting import counted
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, days, open_school

MOSCOW = ZoneInfo("Europe/Moscow")
HOUR = timedelta(hours=1)


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def tick(school: School, now: datetime) -> tuple[NoticeToSend, ...]:
    """One round of the clock as the scheduler does it, unfenced: plan, claim, send."""
    school.session.flush()
    fence = school.session.info.pop(KEY)
    plan_reminders(school.session, now=now)
    claimed = claim_notices(school.session, limit=500, now=now)
    for notice in claimed:
        mark_sent(school.session, notice.notice_id, 1, now=now)
    school.session.info[KEY] = fence
    school.session.expire_all()
    return claimed


Sent = list[tuple[datetime, NoticeToSend]]


def live(school: School, since: datetime, until: datetime, every: timedelta = HOUR) -> Sent:
    """All that was sent while the clock ticked."""
    sent: Sent = []
    now = since
    while now <= until:
        sent += [(now, notice) for notice in tick(school, now)]
        now += every
    return sent


def kinds(sent: Sent, kind: NoticeKind) -> list[tuple[float, int]]:
    """(days since the beginning, person) of each notice of the kind."""
    return [(round((at - NOW) / days(1), 1), notice.person_id) for at, notice in sent if notice.kind is kind]


def plan(school: School, pair_id: int, at: datetime, now: datetime = NOW, **more: Any) -> int:
    return plan_meeting(
        school.session, pair_id, starts_at=at, place_kind=PlaceKind.ONLINE, by=school.curator, now=now, **more
    ).meeting_id


def a_pair(school: School, at: datetime = NOW) -> tuple[int, int, int]:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR, capacity=9), school.enrol(DARYA, Role.MENTEE)
    return school.paired(mentor, mentee, at=at), mentor.person_id, mentee.person_id


def test_a_missing_own_consent_is_reminded_of_three_times_and_then_left_to_the_curator(school: School) -> None:
    person_id = school.enrol(ANNA, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING, since=NOW).person_id

    sent = live(school, NOW, NOW + days(12), every=timedelta(hours=6))

    assert kinds(sent, NoticeKind.PERSON_CONSENT_REMINDER) == [(1, person_id), (3, person_id), (7, person_id)]
    assert sent[0][1].facts["own"] is True


def test_a_guardian_is_reminded_of_the_child_and_the_child_only_while_there_is_no_guardian(school: School) -> None:
    minor = school.enrol(MILA, Role.MENTEE, consents=False, status=EnrolmentStatus.JOINING).person
    first = live(school, NOW, NOW + days(2), every=timedelta(hours=6))
    guardian = school.guardian(minor)

    later = live(school, NOW + days(3), NOW + days(9), every=timedelta(hours=6))

    assert kinds(first, NoticeKind.MINOR_GUARDIAN_REMINDER) == [(1.2, minor.id)]
    assert kinds(later, NoticeKind.MINOR_GUARDIAN_REMINDER) == []
    assert {person for _, person in kinds(later, NoticeKind.PERSON_CONSENT_REMINDER)} == {guardian.id}
    assert later[0][1].facts["whose_name"] == "Мила"


def test_an_older_pupil_is_asked_for_the_own_consent_first(school: School) -> None:
    person = school.enrol(TIMUR, Role.MENTEE, consents=False, status=EnrolmentStatus.JOINING).person
    person.missing_consents = ConsentGap.BOTH

    sent = live(school, NOW + days(1), NOW + days(1) + 8 * HOUR)

    assert {notice.kind for _, notice in sent} == {NoticeKind.PERSON_CONSENT_REMINDER}
    assert {notice.facts["consent"] for _, notice in sent} == {"personal_data_minor"}


def test_reminders_stop_when_the_consent_is_there(school: School) -> None:
    enrolment = school.enrol(ANNA, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING)
    live(school, NOW, NOW + days(1), every=timedelta(hours=6))
    school.consent(enrolment.person)
    enrolment.person.missing_consents = ConsentGap.NONE
    enrolment.status = EnrolmentStatus.SUBMITTED

    assert live(school, NOW + days(2), NOW + days(12), every=timedelta(hours=6)) == []


def test_a_reminder_planned_before_the_deed_and_due_after_it_is_not_sent(school: School) -> None:
    enrolment = school.enrol(ANNA, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING)
    night = datetime(2026, 11, 24, 23, 0, tzinfo=MOSCOW)
    assert tick(school, night) == ()
    school.consent(enrolment.person)
    enrolment.status = EnrolmentStatus.SUBMITTED
    enrolment.person.missing_consents = ConsentGap.NONE

    assert tick(school, night + 12 * HOUR) == ()
    assert [notice.state for notice in school.notices()] == [NoticeState.NEEDLESS]


def test_an_unfinished_questionnaire_waits_from_the_last_touch(school: School) -> None:
    enrolment = school.enrol(ANNA, Role.MENTOR, status=EnrolmentStatus.JOINING)
    draft = school.response(
        enrolment.person_id, "mentor_entry", {"why": "Хочу"}, state=ResponseState.DRAFT, enrolment_id=enrolment.id
    )
    first = live(school, NOW, NOW + days(2), every=timedelta(hours=6))
    draft.touched_at = NOW + days(2)

    later = live(school, NOW + days(2), NOW + days(12), every=timedelta(hours=6))

    assert [at for at, _ in kinds(first + later, NoticeKind.PERSON_QUESTIONNAIRE_REMINDER)] == [1, 3, 5, 9]
    assert first[0][1].facts["answered"] == 1


def test_a_returned_questionnaire_is_reminded_of_too_but_a_sent_one_never(school: School) -> None:
    returned = school.enrol(ANNA, Role.MENTOR, status=EnrolmentStatus.RETURNED)
    school.enrol(IGOR, Role.MENTOR, status=EnrolmentStatus.SUBMITTED)

    sent = live(school, NOW, NOW + days(1), every=timedelta(hours=6))

    assert kinds(sent, NoticeKind.PERSON_QUESTIONNAIRE_REMINDER) == [(1, returned.person_id)]


def test_an_unanswered_proposal_is_reminded_of_twice_then_it_is_the_curators(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR)
    pair_id = school.proposed(mentor, school.enrol(DARYA, Role.MENTEE))

    sent = live(school, NOW, NOW + days(12), every=timedelta(hours=6))

    assert kinds(sent, NoticeKind.PERSON_PROPOSAL_REMINDER) == [(2, mentor.person_id), (4, mentor.person_id)]
    assert sent[-1][1].facts["proposal"].pair_id == pair_id


def test_the_mentee_has_days_of_their_own_to_answer(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(DARYA, Role.MENTEE)
    pair_id = school.proposed(mentor, mentee)
    answer_proposal(
        school.session, pair_id, mentor.person_id, True, by=Actor.person(mentor.person_id), now=NOW + days(1.5)
    )

    sent = live(school, NOW + days(1.5), NOW + days(4), every=timedelta(hours=6))

    assert kinds(sent, NoticeKind.PERSON_PROPOSAL_REMINDER) == [(4, mentee.person_id)]


def test_a_pair_that_never_met_is_reminded_through_its_mentor(school: School) -> None:
    pair_id, mentor_id, _ = a_pair(school)
    sent = live(school, NOW + days(1), NOW + days(4), every=timedelta(hours=6))
    assert kinds(sent, NoticeKind.PERSON_FIRST_MEETING_REMINDER) == [(3, mentor_id)]

    plan(school, pair_id, NOW + days(30), now=NOW + days(4))

    later = live(school, NOW + days(5), NOW + days(15), every=timedelta(hours=6))
    assert kinds(later, NoticeKind.PERSON_FIRST_MEETING_REMINDER) == []


def test_a_silent_pair_is_reminded_after_ten_days(school: School) -> None:
    pair_id, mentor_id, _ = a_pair(school, at=NOW - days(30))
    log_meeting(school.session, pair_id, held_at=NOW - HOUR, by=school.curator, now=NOW)

    sent = live(school, NOW + days(9), NOW + days(22), every=timedelta(hours=6))

    assert kinds(sent, NoticeKind.PERSON_SILENCE_REMINDER) == [(10, mentor_id), (17, mentor_id)]


def test_a_mentor_of_two_silent_pairs_hears_of_one_a_day(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR, capacity=2)
    for sketch in (DARYA, IGOR):
        pair_id = school.paired(mentor, school.enrol(sketch, Role.MENTEE), at=NOW - days(30))
        log_meeting(school.session, pair_id, held_at=NOW - HOUR, by=school.curator, now=NOW)

    sent = live(school, NOW + days(9), NOW + days(13), every=timedelta(hours=3))

    reminded = [(at, notice) for at, notice in sent if notice.kind is NoticeKind.PERSON_SILENCE_REMINDER]
    assert len({local_day(at, MOSCOW) for at, _ in reminded}) == len(reminded) == 2
    assert len({notice.facts["pair"].pair_id for _, notice in reminded}) == 2


def test_both_hear_of_a_meeting_the_day_before_and_the_hour_before(school: School) -> None:
    pair_id, mentor_id, mentee_id = a_pair(school)
    starts_at = NOW + days(4)
    plan(school, pair_id, starts_at)

    sent = live(school, NOW + days(1), starts_at, every=timedelta(minutes=30))

    both = {mentor_id, mentee_id}
    tomorrow = [(starts_at - at, notice.person_id) for at, notice in sent if notice.kind == "person_meeting_tomorrow"]
    soon = [(starts_at - at, notice.person_id) for at, notice in sent if notice.kind == "person_meeting_soon"]
    assert {person for _, person in tomorrow} == {person for _, person in soon} == both
    assert {left for left, _ in tomorrow} == {days(1)}
    assert {left for left, _ in soon} == {HOUR}
    assert len(tomorrow) == len(soon) == 2


def test_a_moved_meeting_is_reminded_of_anew_and_a_cancelled_one_never(school: School) -> None:
    pair_id, _, mentee_id = a_pair(school)
    starts_at = NOW + days(3)
    meeting_id, gone = plan(school, pair_id, starts_at), plan(school, pair_id, starts_at + 2 * HOUR)
    live(school, NOW + days(1), starts_at - 2 * HOUR, every=HOUR)
    before = starts_at - 2 * HOUR
    cancel_meeting(school.session, gone, by=school.curator, now=before)
    move_meeting(school.session, meeting_id, starts_at + days(2), by=school.curator, now=before)

    sent = live(school, before + HOUR, starts_at + days(2) - HOUR, every=HOUR)

    about = [notice for _, notice in sent if notice.kind in ("person_meeting_tomorrow", "person_meeting_soon")]
    assert {notice.facts["meeting"].meeting_id for notice in about} == {meeting_id}
    assert [notice.kind for notice in about if notice.person_id == mentee_id] == [
        "person_meeting_tomorrow",
        "person_meeting_soon",
    ]


def test_a_meeting_arranged_for_this_very_day_needs_no_reminder_of_tomorrow(school: School) -> None:
    pair_id, *_ = a_pair(school)
    plan(school, pair_id, NOW + 5 * HOUR)

    sent = live(school, NOW, NOW + 5 * HOUR, every=timedelta(minutes=30))

    assert kinds(sent, NoticeKind.PERSON_MEETING_TOMORROW) == []
    assert len(kinds(sent, NoticeKind.PERSON_MEETING_SOON)) == 2


def test_an_early_meeting_is_not_announced_at_night_nor_after_it_began(school: School) -> None:
    pair_id, *_ = a_pair(school)
    starts_at = datetime(2026, 11, 26, 8, 15, tzinfo=MOSCOW)
    plan(school, pair_id, starts_at)

    sent = live(school, starts_at - 3 * HOUR, starts_at + HOUR, every=timedelta(minutes=5))

    soon = {at for at, notice in sent if notice.kind is NoticeKind.PERSON_MEETING_SOON}
    assert soon == {datetime(2026, 11, 26, 8, 0, tzinfo=MOSCOW)}


def test_a_pupil_is_reminded_of_tomorrow_after_lessons(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    starts_at = datetime(2026, 11, 26, 14, 0, tzinfo=MOSCOW)
    plan(school, school.paired(mentor, mentee), starts_at)

    sent = live(school, starts_at - days(1), starts_at - 2 * HOUR, every=timedelta(minutes=30))

    reminded = {notice.person_id: at for at, notice in sent if notice.kind is NoticeKind.PERSON_MEETING_TOMORROW}
    assert reminded[mentee.person_id] == datetime(2026, 11, 25, 15, 30, tzinfo=MOSCOW)
    assert reminded[mentor.person_id] == starts_at - days(1)


def test_feedback_is_asked_two_hours_after_the_end_and_once_more_the_next_day(school: School) -> None:
    pair_id, mentor_id, mentee_id = a_pair(school)
    starts_at = NOW + days(2)
    meeting_id = plan(school, pair_id, starts_at, minutes=60)
    live(school, starts_at - HOUR, starts_at, every=HOUR)
    say_it_took_place(school.session, meeting_id, mentor_id, True, by=Actor.person(mentor_id), now=starts_at + HOUR)
    school.feedback(school.meeting(meeting_id), mentor_id, "feedback_first_mentor", comfort=9)

    sent = live(school, starts_at + HOUR, starts_at + days(2.5), every=2 * HOUR)

    assert [(at - starts_at, notice.kind, notice.person_id) for at, notice in sent if "feedback" in notice.kind] == [
        (3 * HOUR, NoticeKind.PERSON_FEEDBACK_ASKED, mentee_id),
        (27 * HOUR, NoticeKind.PERSON_FEEDBACK_REMINDER, mentee_id),
    ]


def test_a_missed_or_cancelled_meeting_asks_for_no_feedback(school: School) -> None:
    pair_id, mentor_id, _ = a_pair(school)
    missed, gone = plan(school, pair_id, NOW + days(2)), plan(school, pair_id, NOW + days(2) + 3 * HOUR)
    cancel_meeting(school.session, gone, by=school.curator, now=NOW)
    by = Actor.person(mentor_id)
    say_it_took_place(school.session, missed, mentor_id, False, by=by, now=NOW + days(2))

    sent = live(school, NOW + days(2), NOW + days(4), every=3 * HOUR)

    assert not [notice for _, notice in sent if "feedback" in notice.kind]


def test_whoever_noted_a_meeting_down_is_left_in_peace_while_the_other_is_asked_at_once(school: School) -> None:
    pair_id, mentor_id, mentee_id = a_pair(school)
    log_meeting(school.session, pair_id, held_at=NOW - days(1), by=Actor.person(mentor_id), now=NOW)

    sent = live(school, NOW, NOW + 4 * HOUR, every=HOUR)

    asked = {notice.person_id: at - NOW for at, notice in sent if notice.kind is NoticeKind.PERSON_FEEDBACK_ASKED}
    assert asked == {mentee_id: timedelta(0), mentor_id: 2 * HOUR}


def test_the_curator_gets_one_digest_on_monday_morning(school: School) -> None:
    curator = school.person(IGOR)
    school.account.person_id = curator.id
    school.agreed(school.enrol(ANNA, Role.MENTOR), school.enrol(DARYA, Role.MENTEE))

    sent = live(school, NOW, NOW + days(14), every=3 * HOUR)

    digests = [at.astimezone(MOSCOW) for at, notice in sent if notice.kind is NoticeKind.CURATOR_DIGEST]
    assert [(at.date().isoformat(), at.hour) for at in digests] == [
        ("2026-11-23", 12),
        ("2026-11-30", 9),
        ("2026-12-07", 9),
    ]


def test_a_machine_that_stood_still_over_monday_sends_no_stale_digest(school: School) -> None:
    school.account.person_id = school.person(IGOR).id

    assert tick(school, NOW + days(1)) == ()


def test_a_machine_that_stood_still_reminds_once_and_not_three_times(school: School) -> None:
    school.enrol(ANNA, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING)

    sent = live(school, NOW + days(8), NOW + days(12), every=timedelta(hours=6))

    assert len(sent) == 1


def test_planning_twice_plans_once(school: School) -> None:
    school.enrol(ANNA, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING)
    pair_id, *_ = a_pair(school, at=NOW - days(3))
    plan(school, pair_id, NOW + days(2))
    now = NOW + days(1.5)

    counts = [plan_reminders(school.session, now=now).count for _ in range(3)]

    assert counts[0] > 0
    assert counts[1:] == [0, 0]


def test_people_without_a_reachable_chat_are_not_reminded(school: School) -> None:
    school.enrol(ANNA, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING, chat=False)
    gone = school.enrol(IGOR, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING)
    school.session.execute(
        update(ChannelAccount).where(ChannelAccount.person_id == gone.person_id).values(unreachable_since=NOW)
    )

    assert plan_reminders(school.session, now=NOW + days(1)).count == 0


@pytest.mark.parametrize("status", [EnrolmentStatus.LEFT, EnrolmentStatus.DECLINED])
def test_those_who_left_are_left_alone(school: School, status: EnrolmentStatus) -> None:
    enrolment = school.enrol(MILA, Role.MENTEE, consents=False, status=status)
    school.guardian(enrolment.person)

    assert plan_reminders(school.session, now=NOW + days(1)).count == 0


def test_each_school_is_reminded_in_its_own_zone_and_pace(school: School) -> None:
    first = school.enrol(ANNA, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING).person_id
    other = open_school(school.session, "Лицей № 2", "other")
    other.organisation.time_zone = "Asia/Kamchatka"
    second = other.enrol(IGOR, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING).person_id

    sent = {notice.person_id: at for at, notice in live(other, NOW + days(1), NOW + days(2), every=HOUR)}

    assert sent[first] == NOW + days(1)
    assert sent[second].astimezone(ZoneInfo("Asia/Kamchatka")).hour == 8


def crowd(school: School, count: int) -> None:
    """Everything that can be reminded of, many times over."""
    for number in range(count):
        school.enrol(ANNA, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING)
        school.guardian(school.enrol(MILA, Role.MENTEE, consents=False, status=EnrolmentStatus.JOINING).person)
        school.enrol(OLEG, Role.MENTOR, status=EnrolmentStatus.RETURNED)
        school.proposed(school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
        pair_id, *_ = a_pair(school, at=NOW - days(10))
        log_meeting(school.session, pair_id, held_at=NOW - days(9), by=school.curator, now=NOW)
        plan(school, a_pair(school)[0], NOW + days(2) + timedelta(minutes=number))


def test_planning_costs_the_same_queries_for_few_and_for_many(school: School) -> None:
    crowd(school, 1)
    with counted(school.session) as few:
        assert plan_reminders(school.session, now=NOW + days(2) - HOUR).count > 0
    crowd(school, 8)

    with counted(school.session) as many:
        assert plan_reminders(school.session, now=NOW + days(2) - HOUR).count > 20

    assert len(many) == len(few) <= 15


def test_over_two_weeks_nobody_gets_two_of_a_kind_on_one_day_or_at_night(school: School) -> None:
    crowd(school, 2)

    sent = live(school, NOW, NOW + days(15), every=timedelta(hours=6))

    daily = [(local_day(at, MOSCOW), notice.person_id, notice.kind) for at, notice in sent if notice.kind in ONCE_A_DAY]
    assert len(daily) == len(set(daily)) > 20
    assert all(8 <= at.astimezone(MOSCOW).hour < 21 for at, _ in sent)
    most = select(func.count()).where(Notice.kind.in_(ONCE_A_DAY)).group_by(Notice.person_id, Notice.kind)
    assert max(school.session.scalars(most)) <= 3


def test_the_curator_reminds_once_a_day_of_all_that_is_awaited(school: School) -> None:
    enrolment = school.enrol(ANNA, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING)

    reminded = [remind_now(school.session, enrolment.person_id, by=school.curator, now=NOW) for _ in range(2)]

    assert reminded == [(NoticeKind.PERSON_CONSENT_REMINDER,), ()]
    assert school.acts("person") == ["person.reminded"]
    assert remind_now(school.session, enrolment.person_id, by=school.curator, now=NOW + days(1)) != ()


def test_the_curators_reminder_of_a_child_goes_to_the_guardian_if_there_is_one(school: School) -> None:
    minor = school.enrol(MILA, Role.MENTEE, consents=False, status=EnrolmentStatus.JOINING).person
    assert remind_now(school.session, minor.id, by=school.curator, now=NOW) == (NoticeKind.MINOR_GUARDIAN_REMINDER,)

    guardian = school.guardian(minor)

    assert remind_now(school.session, minor.id, by=school.curator, now=NOW) == (NoticeKind.PERSON_CONSENT_REMINDER,)
    assert school.told(NoticeKind.PERSON_CONSENT_REMINDER) == [guardian.id]


def test_the_curator_reminds_of_a_proposal_of_feedback_and_of_a_questionnaire(school: School) -> None:
    mentor = school.enrol(IGOR, Role.MENTOR)
    school.proposed(mentor, school.enrol(OLEG, Role.MENTEE))
    pair_id, _, mentee_id = a_pair(school, at=NOW - days(1))
    log_meeting(school.session, pair_id, held_at=NOW - days(1), by=school.curator, now=NOW)
    unsent = school.enrol(TIMUR, Role.MENTEE, status=EnrolmentStatus.JOINING)

    reminded = [
        remind_now(school.session, person_id, by=school.curator, now=NOW)
        for person_id in (mentor.person_id, mentee_id, unsent.person_id)
    ]

    assert reminded == [
        (NoticeKind.PERSON_PROPOSAL_REMINDER,),
        (NoticeKind.PERSON_FEEDBACK_REMINDER,),
        (NoticeKind.PERSON_QUESTIONNAIRE_REMINDER,),
    ]


def test_only_a_curator_reminds_and_only_of_the_own_school(school: School) -> None:
    enrolment = school.enrol(ANNA, Role.MENTOR)

    assert remind_now(school.session, enrolment.person_id, by=school.curator, now=NOW) == ()
    with pytest.raises(NotAllowed):
        remind_now(school.session, enrolment.person_id, by=Actor.person(enrolment.person_id), now=NOW)
    other = open_school(school.session, "Лицей № 2", "other")
    with pytest.raises(NotFound):
        remind_now(other.session, enrolment.person_id, by=other.curator, now=NOW)


def test_a_person_enrolled_twice_is_asked_for_a_consent_once(school: School) -> None:
    first = school.enrol(ANNA, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING)
    school.enrol(ANNA, Role.MENTEE, consents=False, status=EnrolmentStatus.JOINING, person=first.person)
    assert school.session.scalar(select(func.count()).select_from(Enrolment)) == 2

    assert len(tick(school, NOW + days(1))) == 1
