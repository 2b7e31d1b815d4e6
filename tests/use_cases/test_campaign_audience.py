"""Campaigns: whom they ask, and whom they ask no more."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import Audience, AudienceFilter, CampaignState, RecipientState
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import ValueWrong
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import PersonKind, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.campaign_surveys import open_surveys
from mentoring.use_cases.campaigns import audience_count
from mentoring.use_cases.pairs import confirm_pair, end_pair
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.person import Guardianship
from storage.models.questionnaire import Questionnaire
from tests.use_cases.running_campaigns import (
    MENTEES,
    MENTORS,
    answer,
    follow,
    recipient,
    recipients,
    send,
    start,
    state,
    tick,
)
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, days, open_school
from tests.use_cases.survey_school import publish


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


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


def test_a_questionnaire_put_away_is_not_asked(school: School) -> None:
    publish(school, "pulse_mentor")
    school.enrol(ANNA, Role.MENTOR)
    campaign_id = start(school, opens_at=NOW + days(1))
    school.session.scalars(select(Questionnaire)).one().hidden_at = NOW

    assert tick(school, NOW + days(1)) == []
    assert state(school, campaign_id) is CampaignState.CANCELLED


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
