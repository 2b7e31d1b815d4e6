"""Answers in a campaign: begun from its asking, sent, and corrected."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.errors import ConsentsMissing, NotFound, OutOfDate
from mentoring.rules.people import Actor, AgeGroup, Door, PersonKind, Role
from mentoring.rules.questionnaire import ResponseState, ScreenKind, Typed
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.questionnaires import answer_question, current_step, reopen_response, start_response
from mentoring.use_cases.responses import submit_response
from storage.queries.responses import ResponseFilters, responses_page
from tests.use_cases.campaigns import ANSWERS, LATER, asked, by, campaign, one, sent, surveyed
from tests.use_cases.forms import filled_in, published
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, TIMUR, VERA, School, open_school

CURATOR = ("Зимина", "Ольга", "Викторовна", PersonKind.CURATOR, AgeGroup.ADULT, "завуч")
PARTNER = ("Громов", "Пётр", "Ильич", PersonKind.PARTNER, AgeGroup.ADULT, "завод «Прибор»")


@pytest.fixture
def school(session: Session) -> School:
    school = open_school(session)
    published(school)
    return school


def test_an_answer_under_a_name_is_a_response_of_the_campaign(school: School) -> None:
    recipient = one(school)

    submitted = sent(school, recipient)

    assert (submitted.campaign_id, submitted.enrolment_id, submitted.anonymous) == (
        recipient.campaign_id,
        recipient.enrolment_id,
        False,
    )
    assert (recipient.state, recipient.answered_at) == (RecipientState.ANSWERED, LATER)
    assert recipient.response_id == submitted.response_id
    with pytest.raises(OutOfDate) as over:
        surveyed(school, recipient)
    assert (over.value.noun, over.value.state) == ("survey", "answered")


def test_a_survey_left_in_the_middle_is_gone_on_with(school: School) -> None:
    recipient = one(school)
    screen = surveyed(school, recipient)
    assert (screen.campaign_id, screen.anonymous, screen.enrolment_id) == (
        recipient.campaign_id,
        False,
        recipient.enrolment_id,
    )
    answer_question(school.session, screen.response_id, "name", Typed("Тимур"), by=by(recipient), now=NOW)

    again = surveyed(school, recipient)

    assert again.response_id == screen.response_id == recipient.response_id
    assert again.number == 2


def test_each_campaign_has_its_own_answers_to_the_same_questionnaire(school: School) -> None:
    first = one(school)
    second = asked(school, campaign(school), first.person_id, enrolment_id=first.enrolment_id or 0)
    sent(school, first)

    screen = surveyed(school, second)

    assert screen.kind is ScreenKind.QUESTION
    assert screen.response_id != first.response_id


def test_a_pair_is_the_subject_and_only_its_members_speak_of_it(school: School) -> None:
    anna, timur = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.paired(anna, timur)
    open_one = campaign(school)

    recipient = asked(school, open_one, timur.person_id, pair_id=pair_id, enrolment_id=timur.id)
    submitted = sent(school, recipient)
    assert (submitted.pair_id, submitted.enrolment_id) == (pair_id, None)
    assert (recipient.state, recipient.response_id) == (RecipientState.ANSWERED, submitted.response_id)

    darya = school.enrol(DARYA, Role.MENTEE)
    with pytest.raises(NotFound):
        surveyed(school, asked(school, open_one, darya.person_id, pair_id=pair_id))


@pytest.mark.parametrize("state", [CampaignState.PLANNED, CampaignState.CLOSED, CampaignState.CANCELLED])
def test_only_an_open_campaign_is_answered(school: School, state: CampaignState) -> None:
    recipient = one(school, state=state)

    with pytest.raises(OutOfDate) as refusal:
        surveyed(school, recipient)

    assert (refusal.value.noun, refusal.value.state) == ("campaign", state)
    assert recipient.response_id is None


def test_nobody_who_was_released_is_asked_or_may_send(school: School) -> None:
    recipient = one(school)
    screen = filled_in(school, surveyed(school, recipient), recipient.person_id, **ANSWERS)
    recipient.state = RecipientState.RELEASED

    for act in (
        lambda: surveyed(school, recipient),
        lambda: submit_response(school.session, screen.response_id, by=by(recipient), now=NOW),
    ):
        with pytest.raises(OutOfDate) as refusal:
            act()
        assert (refusal.value.noun, refusal.value.state) == ("survey", "released")


def test_another_persons_survey_looks_like_none(school: School) -> None:
    recipient, darya = one(school), school.enrol(DARYA, Role.MENTEE)

    with pytest.raises(NotFound):
        begin_survey(school.session, recipient.id, by=Actor.person(darya.person_id), now=NOW)


def test_a_campaign_that_closes_in_the_middle_keeps_the_draft_until_it_is_extended(school: School) -> None:
    recipient = one(school)
    screen = surveyed(school, recipient)
    recipient.campaign.state = CampaignState.CLOSED
    screen = filled_in(school, screen, recipient.person_id, **ANSWERS)

    with pytest.raises(OutOfDate) as refusal:
        submit_response(school.session, screen.response_id, by=by(recipient), now=NOW)
    assert (refusal.value.noun, refusal.value.state) == ("campaign", "closed")
    assert current_step(school.session, screen.response_id, person_id=recipient.person_id) == screen

    recipient.campaign.state = CampaignState.OPEN
    assert submit_response(school.session, screen.response_id, by=by(recipient), now=NOW).already is False


def test_a_curator_enters_paper_after_the_end(school: School) -> None:
    recipient = one(school, state=CampaignState.CLOSED)
    curator = Actor.curator(school.account.id, Door.PAPER)
    screen = begin_survey(school.session, recipient.id, by=curator, now=NOW)
    for key, value in ANSWERS.items():
        raw = Typed(value)
        answer_question(school.session, screen.response_id, key, raw, by=curator, now=NOW)
    answer_question(school.session, screen.response_id, "note", Typed("-"), by=curator, now=NOW)

    submit_response(school.session, screen.response_id, by=curator, now=NOW)

    assert recipient.state is RecipientState.ANSWERED


def test_an_answer_that_was_returned_is_corrected_after_the_end(school: School) -> None:
    recipient = one(school)
    response_id = sent(school, recipient).response_id
    reopen_response(school.session, response_id, by=school.curator, now=LATER)
    recipient.campaign.state = CampaignState.CLOSED

    assert surveyed(school, recipient).state is ResponseState.RETURNED
    again = submit_response(school.session, response_id, by=by(recipient), now=LATER + timedelta(days=1))

    assert again.resubmitted
    assert recipient.answered_at == LATER


def test_help_asked_for_in_a_pulse_reaches_the_curator_until_a_later_answer_takes_it_back(school: School) -> None:
    timur = school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.paired(school.enrol(ANNA, Role.MENTOR), timur)
    asks = school.response(timur.person_id, "pulse_mentee", {"need_help": True}, pair_id=pair_id)

    def asking() -> list[int]:
        return [row.response_id for row in responses_page(school.session, ResponseFilters(need="help")).rows]

    assert asking() == [asks.id]
    school.response(timur.person_id, "survey_after", {"glad": True}, at=LATER, pair_id=pair_id)
    assert asking() == [asks.id]
    school.response(timur.person_id, "pulse_mentee", {"need_help": False}, at=LATER, pair_id=pair_id)
    assert asking() == []


def test_a_parent_answers_while_the_consent_for_the_child_stands(school: School) -> None:
    mila = school.enrol(MILA, Role.MENTEE, consents=False)
    vera = school.guardian(mila.person)
    recipient = asked(school, campaign(school), vera.id, enrolment_id=mila.id)

    with pytest.raises(ConsentsMissing) as missing:
        surveyed(school, recipient)
    assert [(one.person_id, one.giver) for one in missing.value.missing] == [(mila.person_id, "guardian")]

    school.consent(mila.person)
    assert surveyed(school, recipient).enrolment_id == mila.id


def test_a_parent_does_not_speak_about_somebody_elses_child(school: School) -> None:
    mila, vera = school.enrol(MILA, Role.MENTEE), school.person(VERA)

    with pytest.raises(NotFound):
        surveyed(school, asked(school, campaign(school), vera.id, enrolment_id=mila.id))


def test_a_partner_needs_the_consent_of_an_adult_and_a_curator_none(school: School) -> None:
    open_one, partner = campaign(school), school.person(PARTNER)

    with pytest.raises(ConsentsMissing):
        surveyed(school, asked(school, open_one, partner.id))
    school.consent(partner)
    begun = surveyed(school, asked(school, campaign(school), partner.id))
    assert begun.kind is ScreenKind.QUESTION

    curator = school.person(CURATOR)
    screen = start_response(school.session, "club", person_id=curator.id, by=school.curator, now=NOW)
    assert screen.kind is ScreenKind.QUESTION
