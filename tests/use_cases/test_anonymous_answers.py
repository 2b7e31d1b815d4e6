"""Answers without a name: what is kept of them, and what nobody can find out."""

from typing import Any

import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.errors import NotAllowed, NotFound, OutOfDate
from mentoring.rules.people import AgeGroup, PersonKind, Role
from mentoring.rules.questionnaire import Picked, Typed
from mentoring.use_cases.campaign_answers import begin_survey, keep_paper_sheet
from mentoring.use_cases.privacy import ask_erasure, erase_person, my_data
from mentoring.use_cases.questionnaires import answer_question, go_back, reopen_response
from mentoring.use_cases.responses import my_responses, response_view, submit_response
from storage.models.account import AuditEntry
from storage.models.campaign import AnonymousSheet
from storage.models.questionnaire import Answer, Response, Submission
from storage.queries.responses import ResponseFilters, response_counts, responses_page
from tests.use_cases.campaigns import ANSWERS, LATER, asked, by, campaign, one, sent, sheets, surveyed
from tests.use_cases.forms import filled_in, published
from tests.use_cases.school import NOW, School, open_school


@pytest.fixture
def school(session: Session) -> School:
    school = open_school(session)
    published(school)
    return school


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


def test_an_erased_persons_anonymous_draft_is_destroyed_whole(school: School) -> None:
    recipient = one(school, anonymous=True)
    screen = surveyed(school, recipient)
    answer_question(school.session, screen.response_id, "name", Typed("Тимур"), by=by(recipient), now=NOW)
    answer_question(school.session, screen.response_id, "likes", Picked("robots"), by=by(recipient), now=NOW)
    request = ask_erasure(school.session, recipient.person_id, by=by(recipient), now=NOW)

    erase_person(school.session, request.request_id, by=school.curator, now=LATER)

    assert school.session.scalar(select(func.count(Response.id))) == 0
    assert recipient.response_id is None
