"""Campaigns: when they speak, and that nobody hears the same thing twice."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.consents import ConsentGap
from mentoring.rules.people import Role
from mentoring.rules.reminders import NoticeKind, NoticeState
from mentoring.use_cases.campaigns import remind_campaign
from mentoring.use_cases.reminders import remind_now
from tests.use_cases.running_campaigns import answer, follow, recipient, recipients, send, start, state, tick
from tests.use_cases.school import ANNA, DARYA, IGOR, NOW, OLEG, School, days, open_school
from tests.use_cases.survey_school import publish


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def test_several_campaigns_that_open_together_are_one_message(school: School) -> None:
    for key in ("one", "two", "three"):
        publish(school, key)
    anna = school.enrol(ANNA, Role.MENTOR)
    start(school, "one", title="Первый", opens_at=NOW + days(1))
    start(school, "two", title="Второй", opens_at=NOW + days(1), closes_at=NOW + days(3))

    (asked,) = tick(school, NOW + days(1))

    assert [survey.title for survey in asked.facts["surveys"]] == ["Второй", "Первый"]
    assert asked.person_id == anna.person_id
    assert tick(school, NOW + days(1) + timedelta(minutes=1)) == []


def test_a_campaign_that_opens_later_is_told_of_with_what_waits_already(school: School) -> None:
    publish(school, "one")
    publish(school, "two")
    school.enrol(ANNA, Role.MENTOR)
    start(school, "one", title="Первый", closes_at=NOW + days(3))
    send(school, NOW)
    start(school, "two", title="Второй", now=NOW + days(1), opens_at=NOW + days(1))

    (asked,) = send(school, NOW + days(1))

    assert [survey.title for survey in asked.facts["surveys"]] == ["Второй", "Первый"]


def test_nobody_is_written_to_twice_a_day_unless_it_would_be_too_late(school: School) -> None:
    for key in ("one", "two", "three"):
        publish(school, key)
    school.enrol(ANNA, Role.MENTOR)
    start(school, "one")
    send(school, NOW)
    later = NOW + timedelta(hours=2)
    start(school, "two", title="Второй", now=later, opens_at=later)

    assert send(school, later) == []
    (tomorrow,) = tick(school, NOW + timedelta(hours=20))  # eight in the morning
    assert tomorrow.facts["survey"].title == "Второй"

    start(school, "three", title="Срочный", now=later + days(1), opens_at=later + days(1), closes_at=later + days(2))
    (urgent,) = send(school, later + days(1))
    assert urgent.facts["survey"].title == "Срочный"


def test_pupils_are_asked_after_lessons_and_adults_by_day(school: School) -> None:
    publish(school, "pulse_mentor")
    anna, oleg = school.enrol(ANNA, Role.MENTOR), school.enrol(OLEG, Role.MENTOR)
    night = NOW - timedelta(hours=4)  # five in the morning

    start(school, opens_at=night, now=night)

    due = {notice.person_id: notice.due_at for notice in school.notices(NoticeKind.PERSON_SURVEY_ASKED)}
    assert (due[anna.person_id] - NOW, due[oleg.person_id] - NOW) == (-timedelta(hours=4), timedelta(hours=3.5))


def test_who_answered_before_the_message_went_out_does_not_get_it(school: School) -> None:
    publish(school, "pulse_mentor")
    oleg = school.enrol(OLEG, Role.MENTOR)
    start(school)
    answer(school, recipient(school, oleg.person_id).id, now=NOW + timedelta(minutes=5))

    assert send(school, NOW + timedelta(hours=4)) == []
    assert [notice.state for notice in school.notices(NoticeKind.PERSON_SURVEY_ASKED)] == [NoticeState.NEEDLESS]


def test_who_took_the_consent_back_is_not_written_to(school: School) -> None:
    publish(school, "pulse_mentor")
    oleg = school.enrol(OLEG, Role.MENTOR)
    start(school)
    oleg.person.missing_consents = ConsentGap.SELF

    assert send(school, NOW + timedelta(hours=4)) == []
    follow(school, NOW + timedelta(hours=5))
    assert list(recipients(school, recipient(school, oleg.person_id).campaign_id).values()) == [RecipientState.RELEASED]


def test_reminders_come_on_their_days_to_the_silent_only_and_never_after_the_window(school: School) -> None:
    publish(school, "pulse_mentor")
    anna, igor = school.enrol(ANNA, Role.MENTOR), school.enrol(IGOR, Role.MENTOR)
    start(school, closes_at=NOW + days(7))
    answer(school, recipient(school, igor.person_id).id, now=NOW)

    told = [
        (round((at - NOW) / days(1), 2), notice.kind, notice.person_id)
        for hours in range(0, 24 * 14, 4)
        for at in [NOW + timedelta(hours=hours)]
        for notice in tick(school, at)
    ]

    asked, reminder = NoticeKind.PERSON_SURVEY_ASKED, NoticeKind.PERSON_SURVEY_REMINDER
    assert told == [(0.0, asked, anna.person_id), (2.0, reminder, anna.person_id), (5.0, reminder, anna.person_id)]
    assert state(school, recipient(school, anna.person_id).campaign_id) is CampaignState.CLOSED


def test_a_reminder_planned_before_the_answer_is_needless(school: School) -> None:
    publish(school, "pulse_mentor")
    oleg = school.enrol(OLEG, Role.MENTOR)
    start(school)
    send(school, NOW + timedelta(hours=4))
    morning = NOW + days(2)
    assert tick(school, morning) == []
    (planned,) = school.notices(NoticeKind.PERSON_SURVEY_REMINDER)
    assert planned.due_at > morning

    answer(school, recipient(school, oleg.person_id).id, now=morning + timedelta(hours=1))

    assert tick(school, morning + timedelta(hours=6)) == []
    school.session.refresh(planned)
    assert planned.state is NoticeState.NEEDLESS


def test_two_campaigns_remind_of_themselves_in_one_message_a_day(school: School) -> None:
    publish(school, "one")
    publish(school, "two")
    school.enrol(ANNA, Role.MENTOR)
    start(school, "one", closes_at=NOW + days(20))
    start(school, "two", closes_at=NOW + days(20), opens_at=NOW + days(3))

    told: dict[int, list[NoticeKind]] = {}
    for hour in range(0, 24 * 20, 3):
        for notice in tick(school, NOW + timedelta(hours=hour)):
            told.setdefault(hour // 24, []).append(notice.kind)

    asked, reminder = [NoticeKind.PERSON_SURVEY_ASKED], [NoticeKind.PERSON_SURVEY_REMINDER]
    assert told == {0: asked, 2: reminder, 3: asked, 5: reminder, 8: reminder, 9: reminder, 12: reminder}


def test_a_machine_that_stood_still_reminds_once(school: School) -> None:
    publish(school, "pulse_mentor")
    school.enrol(ANNA, Role.MENTOR)
    start(school, closes_at=NOW + days(30))
    send(school, NOW)

    told = [notice.kind for count in (6, 6.2, 7, 8) for notice in tick(school, NOW + days(count))]

    assert told == [NoticeKind.PERSON_SURVEY_REMINDER]


def test_the_curator_reminds_now_and_once_a_day(school: School) -> None:
    publish(school, "pulse_mentor")
    publish(school, "other")
    anna, igor = school.enrol(ANNA, Role.MENTOR), school.enrol(IGOR, Role.MENTOR)
    school.enrol(DARYA, Role.MENTOR, chat=False)
    campaign_id, other = start(school), start(school, "other")
    assert remind_campaign(school.session, campaign_id, by=school.curator, now=NOW).count == 0, "they are being asked"
    send(school, NOW)
    answer(school, recipient(school, igor.person_id, campaign_id).id, now=NOW)
    later = NOW + timedelta(hours=2)

    reminded = [
        remind_campaign(school.session, one, by=school.curator, now=later).count for one in (campaign_id, campaign_id)
    ]

    assert reminded == [1, 0]
    assert remind_campaign(school.session, other, by=school.curator, now=later).count == 1
    assert remind_now(school.session, anna.person_id, by=school.curator, now=later) == ()
    assert sorted(notice.person_id for notice in send(school, later)) == [anna.person_id, igor.person_id]
    assert tick(school, later + timedelta(hours=1)) == []


def test_the_page_of_a_person_reminds_of_surveys_too(school: School) -> None:
    publish(school, "pulse_mentor")
    anna = school.enrol(ANNA, Role.MENTOR)
    start(school)

    assert remind_now(school.session, anna.person_id, by=school.curator, now=NOW + days(1)) == (
        NoticeKind.PERSON_SURVEY_REMINDER,
    )
