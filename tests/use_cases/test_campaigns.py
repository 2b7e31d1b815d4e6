"""Campaigns: whom they ask, when they speak, and that nobody hears the same thing twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import Audience, AudienceFilter, CampaignState, RecipientState
from mentoring.rules.consents import ConsentGap
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotAllowed, NotFound, OutOfDate, TimeInPast, ValueWrong
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import Actor, PersonKind, Role
from mentoring.rules.questionnaire import Picked, Skipped
from mentoring.rules.reminders import NoticeKind, NoticeState
from mentoring.use_cases.agenda import AgendaKind, agenda
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.campaign_surveys import open_surveys
from mentoring.use_cases.campaigns import (
    ask_recipient_again,
    audience_count,
    cancel_campaign,
    change_campaign,
    close_campaign,
    create_campaign,
    extend_campaign,
    follow_campaigns,
    release_recipient,
    remind_campaign,
)
from mentoring.use_cases.notices import NoticeToSend, claim_notices, mark_sent
from mentoring.use_cases.pairs import confirm_pair, end_pair
from mentoring.use_cases.questionnaires import answer_question
from mentoring.use_cases.reminders import plan_reminders, remind_now
from mentoring.use_cases.responses import submit_response
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.person import Guardianship
from storage.models.questionnaire import Questionnaire
from storage.scope import set_organisation
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, days, open_school
from tests.use_cases.survey_school import publish

MENTORS, MENTEES = AudienceFilter(Audience.MENTORS), AudienceFilter(Audience.MENTEES)
WEEK = NOW + days(7)


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def start(school: School, key: str = "pulse_mentor", audience: AudienceFilter = MENTORS, **fields: Any) -> int:
    said: dict[str, Any] = {
        "programme_id": school.programme.id,
        "title": "Короткий опрос",
        "opens_at": NOW,
        "closes_at": WEEK,
        "by": school.curator,
        "now": NOW,
    }
    return create_campaign(school.session, key, audience=audience, **said | fields).campaign_id


def recipients(school: School, campaign_id: int) -> dict[int, RecipientState]:
    rows = school.session.scalars(
        select(CampaignRecipient).filter_by(campaign_id=campaign_id).execution_options(populate_existing=True)
    )
    return {row.person_id: row.state for row in rows}


def recipient(school: School, person_id: int, campaign_id: int | None = None) -> CampaignRecipient:
    found = select(CampaignRecipient).filter_by(person_id=person_id).order_by(CampaignRecipient.id)
    return school.session.scalars(found.filter_by(campaign_id=campaign_id) if campaign_id else found).first()  # type: ignore[return-value]


def state(school: School, campaign_id: int) -> CampaignState:
    return school.session.get_one(Campaign, campaign_id, populate_existing=True).state


def follow(school: School, now: datetime) -> None:
    organisation_id = school.session.info.pop("organisation_id")
    follow_campaigns(school.session, now=now)
    set_organisation(school.session, organisation_id)


def send(school: School, now: datetime) -> list[NoticeToSend]:
    """All that is due now, told to everybody."""
    organisation_id = school.session.info.pop("organisation_id")
    claimed = claim_notices(school.session, limit=100, now=now)
    for notice in claimed:
        mark_sent(school.session, notice.notice_id, 1, now=now)
    set_organisation(school.session, organisation_id)
    return list(claimed)


def tick(school: School, now: datetime) -> list[NoticeToSend]:
    """One round of the clock's jobs."""
    organisation_id = school.session.info.pop("organisation_id")
    follow_campaigns(school.session, now=now)
    plan_reminders(school.session, now=now)
    set_organisation(school.session, organisation_id)
    return [notice for notice in send(school, now) if "SURVEY" in notice.kind.name or "CAMPAIGN" in notice.kind.name]


def answer(school: School, recipient_id: int, *, now: datetime) -> None:
    person_id = school.session.get_one(CampaignRecipient, recipient_id).person_id
    by = Actor.person(person_id)
    response_id = begin_survey(school.session, recipient_id, by=by, now=now).response_id
    for key, raw in (("comfort", Picked("7")), ("words", Skipped()), ("go_on", Picked("yes"))):
        answer_question(school.session, response_id, key, raw, by=by, now=now)
    submit_response(school.session, response_id, by=by, now=now)


def test_everybody_of_the_audience_is_asked_once(school: School) -> None:
    publish(school, "pulse_mentor")
    anna, igor = school.enrol(ANNA, Role.MENTOR), school.enrol(IGOR, Role.MENTOR)
    school.enrol(DARYA, Role.MENTEE)
    school.enrol(OLEG, Role.MENTOR, status=EnrolmentStatus.SUBMITTED)
    school.enrol(OLEG, Role.MENTOR, consents=False)

    campaign_id = start(school)

    assert recipients(school, campaign_id) == dict.fromkeys((anna.person_id, igor.person_id), RecipientState.WAITING)
    assert sorted(school.told(NoticeKind.PERSON_SURVEY_ASKED)) == [anna.person_id, igor.person_id]
    (asked, _) = send(school, NOW)
    assert asked.facts["survey"].title == "Короткий опрос"
    assert (asked.facts["survey"].minutes, asked.facts["survey"].questions) == (2, 3)


def test_a_mentor_of_two_pairs_is_asked_about_each_and_told_once(school: School) -> None:
    publish(school, "survey", subject="pair")
    anna = school.enrol(ANNA, Role.MENTOR, capacity=3)
    school.paired(anna, school.enrol(TIMUR, Role.MENTEE))
    school.paired(anna, school.enrol(DARYA, Role.MENTEE))
    school.proposed(anna, school.enrol(MILA, Role.MENTEE))
    send(school, NOW)

    start(school, "survey")

    (asked,) = send(school, NOW)
    assert {survey.about for survey in asked.facts["surveys"]} == {"Тимур", "Дарья Игоревна"}


def test_the_count_tells_who_needs_paper_and_whose_consent_is_missing(school: School) -> None:
    publish(school, "pulse_mentor")
    school.enrol(ANNA, Role.MENTOR)
    school.enrol(IGOR, Role.MENTOR, chat=False)
    gone = school.chat(school.enrol(DARYA, Role.MENTOR, chat=False).person)
    gone.unreachable_since = NOW
    school.enrol(OLEG, Role.MENTOR, consents=False)

    count = audience_count(school.session, "pulse_mentor", MENTORS, programme_id=school.programme.id)

    assert (count.people, count.sheets, count.without_chat, count.unreachable, count.without_consent) == (3, 3, 1, 1, 1)
    assert count.examples == ("Лебедева Анна", "Ветров Игорь", "Соколова Дарья")


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, {"Тимур", "Мила", "Дарья"}),
        ({"forms": ("teacher_pupil",)}, {"Тимур"}),
        ({"forms": ("teacher_teacher",)}, {"Дарья"}),
        ({"classes": ("7",)}, {"Мила"}),
        ({"classes": ("7б", "10")}, {"Мила", "Тимур"}),
        ({"classes": ("1",)}, set()),
        ({"pair_states": ("active",)}, {"Тимур"}),
        ({"pair_states": ("ended",)}, {"Дарья"}),
        ({"pair_states": ("active", "ended"), "classes": ("10",)}, {"Тимур"}),
    ],
)
def test_an_audience_is_narrowed(school: School, chosen: dict[str, Any], found: set[str]) -> None:
    publish(school, "pulse_mentee", role="mentee")
    anna = school.enrol(ANNA, Role.MENTOR, capacity=3)
    school.paired(anna, school.enrol(TIMUR, Role.MENTEE))
    ended = school.paired(anna, school.enrol(DARYA, Role.MENTEE))
    end_pair(school.session, ended, EndReason.COMPLETED, by=school.curator, now=NOW)
    school.enrol(MILA, Role.MENTEE)

    start(school, "pulse_mentee", AudienceFilter(Audience.MENTEES, **chosen))

    asked = school.session.scalars(select(CampaignRecipient)).all()
    assert {one.person.first_name for one in asked} == found


def test_the_survey_after_can_ask_those_who_answered_the_one_before(school: School) -> None:
    publish(school, "before", subject="pair", moment="before", form="teacher_pupil")
    publish(school, "after", subject="pair", moment="after", form="teacher_pupil")
    publish(school, "other_before", subject="pair", moment="before", form="teacher_teacher")
    anna = school.enrol(ANNA, Role.MENTOR, capacity=3)
    first = school.paired(anna, school.enrol(TIMUR, Role.MENTEE))
    school.paired(anna, school.enrol(MILA, Role.MENTEE))
    start(school, "before")
    answer(school, recipient(school, anna.person_id).id, now=NOW)

    campaign_id = start(school, "after", AudienceFilter(Audience.MENTORS, had_before=True))

    (asked,) = school.session.scalars(select(CampaignRecipient).filter_by(campaign_id=campaign_id))
    assert asked.pair_id == first


def test_parents_partners_and_curators_can_be_asked(school: School) -> None:
    for role in ("guardian", "partner", "curator"):
        publish(school, f"of_{role}", role=role, subject="person")
    mila = school.enrol(MILA, Role.MENTEE)
    vera = school.guardian(mila.person)
    second = school.enrol(MILA, Role.MENTEE).person
    school._add(_guardianship(vera.id, second.id))
    partner = school.person(IGOR)
    partner.kind = PersonKind.PARTNER

    parents = start(school, "of_guardian", AudienceFilter(Audience.GUARDIANS))
    partners = start(school, "of_partner", AudienceFilter(Audience.PARTNERS))
    curators = start(school, "of_curator", AudienceFilter(Audience.CURATORS))

    assert recipients(school, parents) == {vera.id: RecipientState.WAITING}
    assert recipients(school, partners) == {partner.id: RecipientState.WAITING}
    person_id = school.account.person_id
    assert recipients(school, curators) == {person_id: RecipientState.WAITING}
    follow(school, NOW + timedelta(minutes=1))
    assert recipients(school, curators) == {person_id: RecipientState.WAITING}


def test_a_questionnaire_is_not_asked_of_those_it_is_not_for(school: School) -> None:
    publish(school, "pulse_mentor")
    publish(school, "feedback", subject="meeting")
    publish(school, "mentor_entry", use="entry")

    with pytest.raises(ValueWrong, match="audience"):
        start(school, "pulse_mentor", MENTEES)
    with pytest.raises(ValueWrong, match="questionnaire"):
        start(school, "feedback")
    with pytest.raises(ValueWrong, match="questionnaire"):
        start(school, "mentor_entry")


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


def test_who_comes_later_is_asked_by_a_rolling_campaign_only(school: School) -> None:
    publish(school, "pulse_mentor")
    publish(school, "entry")
    start(school)
    rolling = start(school, "entry", rolling=True)
    anna = school.enrol(ANNA, Role.MENTOR)

    asked = tick(school, NOW + timedelta(hours=1))

    assert [notice.person_id for notice in asked] == [anna.person_id]
    assert recipients(school, rolling) == {anna.person_id: RecipientState.WAITING}
    assert len(school.session.scalars(select(CampaignRecipient)).all()) == 1
    assert tick(school, NOW + timedelta(hours=2)) == []


def test_a_pair_is_asked_once_it_is_confirmed(school: School) -> None:
    publish(school, "before", subject="pair")
    start(school, "before", rolling=True, closes_at=NOW + days(60))
    anna, timur = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    agreed = school.agreed(anna, timur)
    assert tick(school, NOW) == []
    confirm_pair(school.session, agreed, by=school.curator, now=NOW)

    assert [notice.facts["survey"].about for notice in tick(school, NOW + timedelta(minutes=5))] == ["Тимур"]


def test_who_left_is_not_waited_for_any_more(school: School) -> None:
    publish(school, "survey", subject="pair")
    anna, igor = school.enrol(ANNA, Role.MENTOR), school.enrol(IGOR, Role.MENTOR)
    over = school.paired(anna, school.enrol(TIMUR, Role.MENTEE))
    school.paired(igor, school.enrol(OLEG, Role.MENTEE))
    campaign_id = start(school, "survey")
    end_pair(school.session, over, EndReason.NO_MEETINGS, by=school.curator, now=NOW)

    follow(school, NOW + timedelta(minutes=1))

    assert recipients(school, campaign_id) == {
        anna.person_id: RecipientState.RELEASED,
        igor.person_id: RecipientState.WAITING,
    }
    assert open_surveys(school.session, anna.person_id, now=NOW) == ()


def test_who_answered_and_left_stays_answered(school: School) -> None:
    publish(school, "pulse_mentor")
    anna = school.enrol(ANNA, Role.MENTOR)
    campaign_id = start(school)
    answer(school, recipient(school, anna.person_id).id, now=NOW)
    anna.status = EnrolmentStatus.LEFT

    follow(school, NOW + days(1))

    assert recipients(school, campaign_id) == {anna.person_id: RecipientState.ANSWERED}


def test_a_new_class_does_not_take_a_question_away(school: School) -> None:
    publish(school, "pulse_mentee", role="mentee")
    mila = school.enrol(MILA, Role.MENTEE)
    campaign_id = start(school, "pulse_mentee", AudienceFilter(Audience.MENTEES, classes=("7",)))
    mila.person.place = "8 «Б»"

    follow(school, NOW + days(1))

    assert recipients(school, campaign_id) == {mila.person_id: RecipientState.WAITING}


def test_a_planned_campaign_runs_by_itself(school: School) -> None:
    publish(school, "pulse_mentor")
    school.account.person_id = school.person(DARYA).id
    anna = school.enrol(ANNA, Role.MENTOR)
    opens, closes = NOW + days(1), NOW + days(4)
    campaign_id = start(school, opens_at=opens, closes_at=closes, tell=(school.account.id,))
    assert recipients(school, campaign_id) == {}
    assert tick(school, opens - timedelta(minutes=1)) == []

    (asked,) = tick(school, opens)
    answer(school, recipient(school, anna.person_id).id, now=opens)
    (closed,) = tick(school, closes)

    assert asked.kind is NoticeKind.PERSON_SURVEY_ASKED
    assert closed.kind is NoticeKind.CURATOR_CAMPAIGN_CLOSED
    assert (closed.facts["answered"], closed.facts["asked"]) == (1, 1)
    assert tick(school, closes + days(1)) == []
    assert school.acts("campaign") == ["campaign.planned", "campaign.opened", "campaign.closed"]


def test_a_campaign_whose_window_passed_unseen_asks_nobody(school: School) -> None:
    publish(school, "pulse_mentor")
    school.enrol(ANNA, Role.MENTOR)
    campaign_id = start(school, opens_at=NOW + days(1), closes_at=NOW + days(2))

    assert tick(school, NOW + days(9)) == []
    assert state(school, campaign_id) is CampaignState.CLOSED


def test_a_questionnaire_put_away_is_not_asked(school: School) -> None:
    publish(school, "pulse_mentor")
    school.enrol(ANNA, Role.MENTOR)
    campaign_id = start(school, opens_at=NOW + days(1))
    school.session.scalars(select(Questionnaire)).one().hidden_at = NOW

    assert tick(school, NOW + days(1)) == []
    assert state(school, campaign_id) is CampaignState.CANCELLED


def test_a_button_pressed_twice_starts_one_campaign(school: School) -> None:
    publish(school, "pulse_mentor")
    school.enrol(ANNA, Role.MENTOR)

    assert start(school, origin="hand:1") == start(school, origin="hand:1")
    assert len(school.notices(NoticeKind.PERSON_SURVEY_ASKED)) == 1


def test_a_planned_one_is_moved_cancelled_and_planned_again(school: School) -> None:
    publish(school, "pulse_mentor")
    school.enrol(ANNA, Role.MENTOR)
    campaign_id = start(school, opens_at=NOW + days(1))
    said: dict[str, Any] = {"title": "Иначе", "by": school.curator, "now": NOW}

    change_campaign(school.session, campaign_id, opens_at=NOW + days(2), closes_at=WEEK, **said)
    assert tick(school, NOW + days(1)) == []
    cancel_campaign(school.session, campaign_id, by=school.curator, now=NOW)
    assert tick(school, NOW + days(2)) == []
    change_campaign(school.session, campaign_id, opens_at=NOW + days(3), closes_at=WEEK, **said)

    (asked,) = tick(school, NOW + days(3))
    assert asked.facts["survey"].title == "Иначе"
    with pytest.raises(OutOfDate):
        cancel_campaign(school.session, campaign_id, by=school.curator, now=NOW)


def test_closing_stops_everything_and_extending_lets_go_on(school: School) -> None:
    publish(school, "pulse_mentor")
    anna = school.enrol(ANNA, Role.MENTOR)
    campaign_id = start(school)
    send(school, NOW)
    one = recipient(school, anna.person_id).id
    screen = begin_survey(school.session, one, by=Actor.person(anna.person_id), now=NOW)
    answer_question(
        school.session, screen.response_id, "comfort", Picked("7"), by=Actor.person(anna.person_id), now=NOW
    )

    close_campaign(school.session, campaign_id, by=school.curator, now=NOW)
    assert AgendaKind.SURVEY not in [item.kind for item in agenda(school.session, anna.person_id, now=NOW).items]
    with pytest.raises(OutOfDate):
        begin_survey(school.session, one, by=Actor.person(anna.person_id), now=NOW)
    extend_campaign(school.session, campaign_id, NOW + days(9), by=school.curator, now=NOW)

    (item,) = (item for item in agenda(school.session, anna.person_id, now=NOW).items if item.kind is AgendaKind.SURVEY)
    assert (item.object_id, item.data["begun"], item.data["title"]) == (one, True, "Короткий опрос")
    (waiting,) = open_surveys(school.session, anna.person_id, now=NOW)
    assert (waiting.begun, waiting.answered, waiting.closes_at) == (True, 1, NOW + days(9))


def test_the_curator_lets_someone_go_and_takes_it_back(school: School) -> None:
    publish(school, "pulse_mentor")
    anna = school.enrol(ANNA, Role.MENTOR)
    start(school)
    one = recipient(school, anna.person_id).id

    release_recipient(school.session, one, by=school.curator, now=NOW)
    assert open_surveys(school.session, anna.person_id, now=NOW) == ()
    assert send(school, NOW) == []
    ask_recipient_again(school.session, one, by=school.curator, now=NOW)
    assert len(open_surveys(school.session, anna.person_id, now=NOW)) == 1
    answer(school, one, now=NOW)
    with pytest.raises(OutOfDate):
        release_recipient(school.session, one, by=school.curator, now=NOW)


def test_windows_are_real_and_only_a_curator_starts_campaigns(school: School) -> None:
    publish(school, "pulse_mentor")
    anna = school.enrol(ANNA, Role.MENTOR)

    with pytest.raises(ValueWrong):
        start(school, closes_at=NOW)
    with pytest.raises(TimeInPast):
        start(school, opens_at=NOW - days(3), closes_at=NOW - days(1))
    with pytest.raises(NotAllowed):
        start(school, by=Actor.person(anna.person_id))


def test_people_and_accounts_of_another_school_cannot_be_named(school: School, session: Session) -> None:
    publish(school, "pulse_mentor")
    own = school.organisation.id
    other = open_school(session, "Лицей «Вымпел»", "orlova")
    stranger = other.enrol(IGOR, Role.MENTOR)
    set_organisation(session, own)

    with pytest.raises(NotFound):
        start(school, audience=AudienceFilter(Audience.MENTORS, people=(stranger.person_id,)))
    with pytest.raises(NotFound):
        start(school, present=(stranger.person_id,))
    with pytest.raises(NotFound):
        start(school, tell=(other.account.id,))


def test_only_those_present_are_asked_for_preferences(school: School) -> None:
    publish(school, "preferences_mentee", role="mentee", use="preferences")
    timur, mila = school.enrol(TIMUR, Role.MENTEE), school.enrol(MILA, Role.MENTEE)
    anna = school.enrol(ANNA, Role.MENTOR)
    present = (timur.person_id, anna.person_id)

    campaign_id = start(school, "preferences_mentee", AudienceFilter(Audience.MENTEES, people=present), present=present)

    assert recipients(school, campaign_id) == {timur.person_id: RecipientState.WAITING}
    assert school.session.get_one(Campaign, campaign_id).present == list(present)
    assert mila.person_id not in school.told(NoticeKind.PERSON_SURVEY_ASKED)


def _guardianship(guardian_id: int, minor_id: int) -> Any:
    return Guardianship(guardian_id=guardian_id, minor_id=minor_id, created_at=NOW)
