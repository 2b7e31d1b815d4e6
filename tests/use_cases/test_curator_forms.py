"""The curator's own questionnaires on one page of the panel."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import RecipientState
from mentoring.rules.errors import NotAllowed, NotFound
from mentoring.rules.people import Door, PersonKind
from mentoring.rules.questionnaire import ResponseState
from mentoring.use_cases import curator_forms
from mentoring.use_cases.accounts import account_by_id
from mentoring.use_cases.chats import curator_person_ids
from mentoring.use_cases.curator_forms import CuratorForm, FormSaved, curator_form, save_curator_form
from mentoring.use_cases.curator_people import person_of_account
from mentoring.use_cases.invitations import curator_link
from mentoring.use_cases.questionnaires import reopen_response
from storage.models.account import CuratorAccount
from storage.models.person import Person
from storage.models.questionnaire import Response
from storage.queries.curator_forms import curator_forms as listed
from tests.use_cases.campaigns import asked, campaign
from tests.use_cases.gymnasium import NOW, Gymnasium, open_gymnasium
from tests.use_cases.school import School

GRID = "programme_grid"
MARKS = {
    "goals": "2",
    "principles": "2",
    "modern": "1",
    "climate": "2",
    "logic": "1",
    "people_pleased": "2",
    "partners_pleased": "0",
    "activity": "1",
    "applies": "2",
}
LATER = NOW + timedelta(days=200)


@pytest.fixture
def gymnasium(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def seen(gymnasium: Gymnasium, key: str = GRID) -> CuratorForm:
    return curator_form(gymnasium.session, key, account_id=gymnasium.curator_id, now=NOW)


def saved(gymnasium: Gymnasium, answers: dict[str, Any], *, send: bool = False, key: str = GRID) -> FormSaved:
    return save_curator_form(gymnasium.session, key, answers, send=send, by=gymnasium.curator, now=NOW)


def test_half_a_grid_is_kept_as_a_draft(gymnasium: Gymnasium) -> None:
    done = saved(gymnasium, {"goals": "2", "modern": "0"})

    assert (done.refusals, done.sent) == ({}, False)
    assert seen(gymnasium).answers == {"goals": ["2"], "modern": ["0"]}
    assert seen(gymnasium).begun


def test_what_is_wrong_is_told_and_the_rest_is_kept(gymnasium: Gymnasium) -> None:
    done = saved(gymnasium, {"goals": "5", "modern": "1"})

    assert set(done.refusals) == {"goals"}
    assert seen(gymnasium).answers == {"modern": ["1"]}


def test_nothing_is_sent_while_an_answer_is_missing(gymnasium: Gymnasium) -> None:
    done = saved(gymnasium, {**MARKS, "logic": ""}, send=True)

    assert set(done.refusals) == {"logic"}
    assert not done.sent
    assert len(seen(gymnasium).answers) == 8


def test_a_sent_grid_is_the_answer_of_the_curators_person_and_the_next_is_a_new_one(gymnasium: Gymnasium) -> None:
    first = saved(gymnasium, MARKS, send=True)

    response = gymnasium.session.get_one(Response, first.response_id)
    assert (response.state, response.door, response.enrolment_id) == (ResponseState.SUBMITTED, Door.PANEL, None)
    person = gymnasium.session.get_one(Person, response.person_id)
    assert (person.kind, person.name.full) == (PersonKind.CURATOR, "Зимина Ольга Викторовна")
    assert not seen(gymnasium).begun
    second = saved(gymnasium, MARKS, send=True)
    assert second.response_id != first.response_id
    assert [one.who for one in listed(gymnasium.session, gymnasium.curator_id).sent] == ["Зимина Ольга Викторовна"] * 2


def test_a_sent_grid_can_be_corrected(gymnasium: Gymnasium) -> None:
    first = saved(gymnasium, MARKS, send=True)

    reopen_response(gymnasium.session, first.response_id, by=gymnasium.curator, now=NOW)
    assert seen(gymnasium).answers["goals"] == ["2"]
    again = saved(gymnasium, {**MARKS, "goals": "1"}, send=True)

    assert again.response_id == first.response_id


def test_a_campaign_among_curators_is_answered_here(gymnasium: Gymnasium) -> None:
    account = gymnasium.session.get_one(CuratorAccount, gymnasium.curator_id)
    person = person_of_account(gymnasium.session, account.id, now=NOW)
    row = campaign(_school(gymnasium), GRID, audience={"audience": "curators"})
    recipient = asked(_school(gymnasium), row, person.id)
    assert seen(gymnasium).campaign_title == "Опрос"
    lines = listed(gymnasium.session, account.id).lines
    assert next(line for line in lines if line.key == GRID).closes_at == row.closes_at

    done = saved(gymnasium, MARKS, send=True)

    assert recipient.state is RecipientState.ANSWERED
    assert gymnasium.session.get_one(Response, done.response_id).campaign_id == row.id
    assert seen(gymnasium).campaign_title == ""


def test_the_swot_begins_with_what_people_said_and_is_the_curators_from_then_on(
    gymnasium: Gymnasium, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curator_forms, "swot_draft", lambda *_: {"strengths": "Комфорт 9,1 (12 ответов)", "gap": ""})
    fresh = seen(gymnasium, "swot")
    assert fresh.drafted
    assert fresh.answers == {"strengths": ["Комфорт 9,1 (12 ответов)"]}

    saved(gymnasium, {"strengths": "Своё"}, key="swot")

    assert not seen(gymnasium, "swot").drafted
    assert seen(gymnasium, "swot").answers == {"strengths": ["Своё"]}


def test_a_swot_without_answers_of_people_is_empty(gymnasium: Gymnasium) -> None:
    assert seen(gymnasium, "swot").answers == {}
    assert not seen(gymnasium, "swot").drafted


def test_both_questionnaires_of_the_curator_are_listed(gymnasium: Gymnasium) -> None:
    assert {line.key for line in listed(gymnasium.session, gymnasium.curator_id).lines} == {GRID, "swot"}


def test_other_questionnaires_and_other_people_have_no_place_here(gymnasium: Gymnasium) -> None:
    with pytest.raises(NotFound):
        seen(gymnasium, "mentor_entry")
    with pytest.raises(NotFound):
        saved(gymnasium, {}, key="mentor_entry")
    with pytest.raises(NotAllowed):
        save_curator_form(gymnasium.session, GRID, MARKS, send=True, by=gymnasium.head, now=NOW)


def test_a_curator_who_has_answered_here_has_no_chat_by_that(gymnasium: Gymnasium) -> None:
    saved(gymnasium, MARKS, send=True)

    card = account_by_id(gymnasium.session, gymnasium.curator_id)
    assert card is not None
    assert not card.telegram_linked
    assert curator_person_ids(gymnasium.session) == ()
    assert gymnasium.session.scalar(select(CuratorAccount.person_id).where(CuratorAccount.id == gymnasium.curator_id))


def test_a_chat_linked_later_belongs_to_the_person_who_answered_here(gymnasium: Gymnasium) -> None:
    done = saved(gymnasium, MARKS, send=True)
    link = curator_link(gymnasium.session, gymnasium.curator_id, by=gymnasium.curator, now=NOW)

    came = gymnasium.opens(link.token, "777")

    assert came.person_id == gymnasium.session.get_one(Response, done.response_id).person_id
    assert curator_person_ids(gymnasium.session) == (came.person_id,)


def _school(gymnasium: Gymnasium) -> School:
    from storage.models.organisation import Organisation, Programme

    session = gymnasium.session
    account = session.get_one(CuratorAccount, gymnasium.curator_id)
    organisation = session.get_one(Organisation, gymnasium.organisation_id)
    programme = session.get_one(Programme, gymnasium.programme_id)
    return School(session, organisation, programme, account, gymnasium.curator)
