"""The same drafts on the other database, and two curators in one of them at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from config.library import questionnaire_definitions
from mentoring.rules.people import Actor
from mentoring.use_cases.questionnaire_drafts import add_question, draft_view, move_question, open_draft, publish_draft
from mentoring.use_cases.questionnaire_files import questionnaire_file, take_file
from mentoring.use_cases.questionnaire_library import library, questionnaire_card
from mentoring.use_cases.questionnaire_versions import publish_questionnaire
from storage.database import SyncDatabase
from storage.migrate import migrate
from storage.scope import set_organisation
from tests.use_cases.school import NOW, School, open_school

pytestmark = pytest.mark.postgres
KEYS = ("survey_pupil_pupil_mentee_before", "survey_pupil_pupil_mentee_after")


@pytest.fixture
def server(postgres_url: str) -> Iterator[SyncDatabase]:
    migrate(postgres_url)
    database = SyncDatabase(postgres_url)
    yield database
    database.close()


def opened(server: SyncDatabase) -> tuple[int, Actor]:
    with server.writers.begin() as session:
        school: School = open_school(session)
        for key in KEYS:
            publish_questionnaire(session, questionnaire_definitions()[key], by=school.curator, now=NOW)
        return school.organisation.id, school.curator


def test_a_version_is_drafted_compared_and_published(server: SyncDatabase) -> None:
    organisation_id, by = opened(server)
    with server.writers.begin() as session:
        set_organisation(session, organisation_id)
        draft = open_draft(session, KEYS[1], by=by, now=NOW)
        assert len(draft.twin) > 5, "questions of the survey before, to compare with"
        add_question(session, KEYS[1], "text", "Что ещё?", by=by, now=NOW)
        assert publish_draft(session, KEYS[1], by=by, now=NOW).number == 2

    with server.writers.begin() as session:
        set_organisation(session, organisation_id)
        assert {row.key: row.number for row in library(session)} == {KEYS[0]: 1, KEYS[1]: 2}
        assert len(questionnaire_card(session, KEYS[1]).versions) == 2
        text = questionnaire_file(session, KEYS[1], number=1).text
        assert take_file(session, text.encode(), by=by, now=NOW) == KEYS[1]


def test_two_curators_in_one_draft_lose_nothing(server: SyncDatabase) -> None:
    organisation_id, by = opened(server)

    def write(number: int) -> None:
        with server.writers.begin() as session:
            set_organisation(session, organisation_id)
            open_draft(session, KEYS[0], by=by, now=NOW)
            _write(session, number, by)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))

    with server.readers() as session:
        set_organisation(session, organisation_id)
        texts = [one["text"] for one in draft_view(session, KEYS[0]).raw["question"]]
    assert {f"Вопрос от куратора {number}" for number in range(6)} <= set(texts)


def _write(session: Session, number: int, by: Actor) -> None:
    key = add_question(session, KEYS[0], "text", f"Вопрос от куратора {number}", by=by, now=NOW)
    move_question(session, KEYS[0], key, -1, by=by, now=NOW)
