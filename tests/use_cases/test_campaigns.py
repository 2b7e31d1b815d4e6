"""Campaigns: planned, opened, moved, closed, extended; and who may do so."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import Audience, AudienceFilter, CampaignState
from mentoring.rules.errors import NotAllowed, NotFound, OutOfDate, TimeInPast, ValueWrong
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import Picked
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.agenda import AgendaKind, agenda
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.campaign_surveys import open_surveys
from mentoring.use_cases.campaigns import (
    ask_recipient_again,
    cancel_campaign,
    change_campaign,
    close_campaign,
    extend_campaign,
    release_recipient,
)
from mentoring.use_cases.questionnaires import answer_question
from storage.scope import set_organisation
from tests.use_cases.running_campaigns import WEEK, answer, recipient, recipients, send, start, state, tick
from tests.use_cases.school import ANNA, DARYA, IGOR, NOW, School, days, open_school
from tests.use_cases.survey_school import publish


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


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
