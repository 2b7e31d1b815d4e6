"""Answers in a campaign: begun from its asking, sent under a name or parted from it for good."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.errors import ConsentsMissing, NotAllowed, NotFound, OutOfDate
from mentoring.rules.people import Actor, AgeGroup, Door, PersonKind, Role
from mentoring.rules.questionnaire import Picked, ResponseState, ScreenKind, Typed
from mentoring.use_cases.campaign_answers import begin_survey, keep_paper_sheet
from mentoring.use_cases.privacy import ask_erasure, erase_person, my_data
from mentoring.use_cases.questionnaires import answer_question, current_step, go_back, reopen_response, start_response
from mentoring.use_cases.responses import my_responses, response_view, submit_response
from storage.models.account import AuditEntry
from storage.models.campaign import AnonymousSheet, CampaignRecipient
from storage.models.questionnaire import Answer, Response, Submission
from storage.queries.responses import ResponseFilters, response_counts, responses_page
from tests.use_cases.campaigns import asked, campaign, sheets, surveyed
from tests.use_cases.forms import filled_in, published
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, TIMUR, VERA, School, open_school

CURATOR = ("Зимина", "Ольга", "Викторовна", PersonKind.CURATOR, AgeGroup.ADULT, "завуч")
PARTNER = ("Громов", "Пётр", "Ильич", PersonKind.PARTNER, AgeGroup.ADULT, "завод «Прибор»")
LATER = NOW + timedelta(hours=1)
ANSWERS: dict[str, Any] = {"name": "Тимур", "likes": "theatre", "role": "Гамлета", "stage": "yes"}


@pytest.fixture
def school(session: Session) -> School:
    school = open_school(session)
    published(school)
    return school


def one(school: School, **fields: Any) -> CampaignRecipient:
    """Timur, asked in a campaign of his own."""
    timur = school.enrol(TIMUR, Role.MENTEE)
    return asked(school, campaign(school, **fields), timur.person_id, enrolment_id=timur.id)


def by(recipient: CampaignRecipient) -> Actor:
    return Actor.person(recipient.person_id)


def sent(school: School, recipient: CampaignRecipient) -> Any:
    screen = filled_in(school, surveyed(school, recipient), recipient.person_id, **ANSWERS)
    return submit_response(school.session, screen.response_id, by=by(recipient), now=LATER)


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


def test_an_anonymous_answer_leaves_nothing_that_leads_to_the_person(school: School) -> None:
    recipient = one(school, anonymous=True)
    before = traces(school)
    person_id = recipient.person_id

    submitted = sent(school, recipient)

    assert submitted.anonymous
    assert sheets(school) == [{"name": "Тимур", "likes": "theatre", "role": "Гамлета", "stage": True, "note": None}]
    assert (recipient.state, recipient.response_id, recipient.answered_at) == (RecipientState.ANSWERED, None, None)
    for table in (Response, Answer, Submission):
        assert school.session.scalar(select(func.count(table.id))) == 0
    assert traces(school) == before
    assert set(inspect(AnonymousSheet).columns.keys()) == {
        "id",
        "organisation_id",
        "campaign_id",
        "version_id",
        "answers",
    }
    assert my_responses(school.session, person_id) == ()
    with pytest.raises(OutOfDate):
        surveyed(school, recipient)


def traces(school: School) -> dict[str, int]:
    """Rows of every table that names somebody, but for the draft's own."""
    school.session.flush()
    connection = school.session.connection()
    tables = inspect(connection).get_table_names()
    naming = [name for name in tables if name not in ("response", "answer", "submission", "anonymous_sheet")]
    return {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in naming}


def test_hidden_answers_do_not_come_to_an_anonymous_sheet(school: School) -> None:
    recipient = one(school, anonymous=True)
    screen = surveyed(school, recipient)
    person_id = recipient.person_id
    act: dict[str, Any] = {"by": by(recipient), "now": NOW}
    screen = filled_in(school, screen, person_id, name="Тимур", likes="robots", robots=["car"])
    for place in ("", "note", "robots"):
        go_back(school.session, screen.response_id, place, **act)
    screen = answer_question(school.session, screen.response_id, "likes", Picked("theatre"), **act)
    screen = filled_in(school, screen, person_id, role="Гамлета", stage="yes")

    submit_response(school.session, screen.response_id, **act)

    assert set(sheets(school)[0]) == {"name", "likes", "role", "stage", "note"}


def test_sheets_come_in_no_order(school: School) -> None:
    open_one = campaign(school, anonymous=True)
    for number in range(12):
        sketch = (f"Титов{number}", "Олег", "", PersonKind.TEACHER, AgeGroup.ADULT, "")
        person_id = school.enrol(sketch, Role.MENTEE).person_id
        recipient = asked(school, open_one, person_id)
        screen = filled_in(school, surveyed(school, recipient), person_id, **ANSWERS | {"name": f"{number:02}"})
        submit_response(school.session, screen.response_id, by=by(recipient), now=NOW)

    stored = school.session.connection().scalars(text("SELECT answers FROM anonymous_sheet")).all()

    assert [str(one) for one in stored] != sorted(str(one) for one in stored)


def test_a_curator_never_sees_an_anonymous_draft(school: School) -> None:
    recipient = one(school, anonymous=True)
    screen = surveyed(school, recipient)
    answer_question(school.session, screen.response_id, "name", Typed("Тимур"), by=by(recipient), now=NOW)
    session, response_id, curator = school.session, screen.response_id, school.curator

    for look in (
        lambda: response_view(session, response_id),
        lambda: reopen_response(session, response_id, by=curator, now=NOW),
        lambda: answer_question(session, response_id, "likes", Picked("robots"), by=curator, now=NOW),
        lambda: go_back(session, response_id, "likes", by=curator, now=NOW),
        lambda: submit_response(session, response_id, by=curator, now=NOW),
        lambda: begin_survey(session, recipient.id, by=curator, now=NOW),
    ):
        with pytest.raises(NotFound):
            look()
    assert responses_page(session, ResponseFilters()).rows == ()
    assert response_counts(session) == ()
    assert my_responses(session, recipient.person_id) == ()
    assert my_data(session, recipient.person_id)["Анкеты и отзывы"] == []


def test_a_curator_begins_no_anonymous_answer_for_anybody(school: School) -> None:
    recipient = one(school, anonymous=True)

    with pytest.raises(NotAllowed):
        begin_survey(school.session, recipient.id, by=school.curator, now=NOW)


def test_the_audit_does_not_tell_when_an_anonymous_answer_was_begun(school: School) -> None:
    recipient = one(school, anonymous=True)

    surveyed(school, recipient)

    assert school.session.scalars(select(AuditEntry).where(AuditEntry.object_kind == "response")).all() == []


def test_a_paper_sheet_without_a_name_takes_the_place_of_the_draft(school: School) -> None:
    recipient = one(school, anonymous=True)
    screen = surveyed(school, recipient)
    answer_question(school.session, screen.response_id, "name", Typed("Тимур"), by=by(recipient), now=NOW)
    version_id = school.session.get_one(Response, screen.response_id).version_id
    recipient.campaign.state = CampaignState.CLOSED

    keep_paper_sheet(school.session, recipient.id, version_id, {"likes": "robots"}, by=school.curator)

    assert sheets(school) == [{"likes": "robots"}]
    assert school.session.scalar(select(func.count(Response.id))) == 0
    assert (recipient.state, recipient.answered_at) == (RecipientState.ANSWERED, None)
    with pytest.raises(OutOfDate):
        keep_paper_sheet(school.session, recipient.id, version_id, {}, by=school.curator)


def test_a_paper_sheet_of_a_campaign_under_names_has_a_name(school: School) -> None:
    with pytest.raises(NotAllowed):
        keep_paper_sheet(school.session, one(school).id, 1, {}, by=school.curator)


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


def test_an_erased_persons_anonymous_draft_is_destroyed_whole(school: School) -> None:
    recipient = one(school, anonymous=True)
    screen = surveyed(school, recipient)
    answer_question(school.session, screen.response_id, "name", Typed("Тимур"), by=by(recipient), now=NOW)
    answer_question(school.session, screen.response_id, "likes", Picked("robots"), by=by(recipient), now=NOW)
    request = ask_erasure(school.session, recipient.person_id, by=by(recipient), now=NOW)

    erase_person(school.session, request.request_id, by=school.curator, now=LATER)

    assert school.session.scalar(select(func.count(Response.id))) == 0
    assert recipient.response_id is None


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
