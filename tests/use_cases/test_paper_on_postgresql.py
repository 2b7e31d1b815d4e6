"""Paper, partners and the curator's own questionnaires on the other database, where SQL is stricter."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.people import Actor, Door, Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.use_cases.curator_forms import save_curator_form
from mentoring.use_cases.paper import enter_paper
from mentoring.use_cases.paper_codes import PaperSubject, find_code, issue_codes, subject_of_code
from mentoring.use_cases.paper_definitions import published_definition
from mentoring.use_cases.partners import add_partner
from mentoring.use_cases.questionnaire_versions import latest_version
from storage.database import SyncDatabase
from storage.models.questionnaire import Response
from storage.queries.curator_forms import curator_forms
from storage.queries.partners import partners_list
from storage.queries.people_list import PeopleFilter, people_page
from storage.queries.questionnaires import published_questionnaires
from storage.tables import Base
from tests.use_cases.gymnasium import NOW, Gymnasium, open_gymnasium
from tests.use_cases.test_curator_forms import GRID, MARKS


@pytest.fixture
def session(postgres_url: str) -> Iterator[Session]:
    database = SyncDatabase(postgres_url)
    Base.metadata.create_all(database.writing)
    with database.writers.begin() as opened:
        yield opened
    database.close()


@pytest.fixture
def gymnasium(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def test_partners_and_blanks_are_listed(gymnasium: Gymnasium) -> None:
    session, by = gymnasium.session, gymnasium.curator
    add_partner(session, last_name="Ветров", first_name="Игорь", partner="Завод «Прибор»", by=by, now=NOW)

    assert [row.partner for row in partners_list(session)] == ["Завод «Прибор»"]
    assert people_page(session, PeopleFilter(), offset=0, limit=50).total == 0
    listed = {one.key: (one.role, one.use) for one in published_questionnaires(session)}
    assert listed[GRID] == ("curator", "grid")


def test_a_sheet_is_typed_in_by_its_code(gymnasium: Gymnasium) -> None:
    session = gymnasium.session
    anna = gymnasium.adult(Role.MENTOR, "901")
    version = latest_version(session, "mentor_training_needs")
    training = published_definition(session, "mentor_training_needs")
    (code,) = issue_codes(session, [PaperSubject(anna.person_id, version.id)], now=NOW)

    answers = dict.fromkeys([one.key for one in training.questions], "1")
    paper = Actor.curator(gymnasium.curator_id, Door.PAPER)
    entered = enter_paper(session, subject_of_code(session, find_code(session, code)), answers, by=paper, now=NOW)

    assert session.get_one(Response, entered.response_id).door is Door.PAPER


def test_the_grid_is_sent_and_listed(gymnasium: Gymnasium) -> None:
    done = save_curator_form(gymnasium.session, GRID, MARKS, send=True, by=gymnasium.curator, now=NOW)

    assert gymnasium.session.get_one(Response, done.response_id).state is ResponseState.SUBMITTED
    found = curator_forms(gymnasium.session, gymnasium.curator_id)
    assert [one.own for one in found.sent] == [True]
    assert {line.key for line in found.lines} == {GRID, "swot"}
