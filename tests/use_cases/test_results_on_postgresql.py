"""The same figures from the other database, where SQL is stricter about JSON and about grouping."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mentoring.use_cases.answers_behind import answers_behind
from mentoring.use_cases.before_after import compare_survey, survey_named
from mentoring.use_cases.changes_behind import changes_behind
from mentoring.use_cases.questionnaire_results import ResultFilter, questionnaire_results
from mentoring.use_cases.results_list import results_list
from mentoring.use_cases.results_sheet import results_sheet
from mentoring.use_cases.survey_list import survey_list
from storage.database import SyncDatabase
from storage.queries.comparable import campaigns_of, grades_of
from storage.scope import set_organisation
from storage.tables import Base
from tests.bench.answered import STEM, fill_surveys
from tests.conftest import NOW
from tests.use_cases.gymnasium import open_gymnasium

AFTER = f"{STEM}_after"
PLACES = ResultFilter(form="pupil_pupil", role="mentee", since=NOW.replace(month=10), until=NOW, place="1")
BY_PAIR = ResultFilter(form="teacher_pupil", role="mentor")


@pytest.fixture
def both(postgres_url: str, store: SyncDatabase, tmp_path: Path) -> Iterator[tuple[SyncDatabase, SyncDatabase]]:
    server = SyncDatabase(postgres_url)
    Base.metadata.create_all(server.writing)
    for database in (server, store):
        database.write(open_gymnasium)
        fill_surveys(database, 33)
    yield server, store
    server.close()


READINGS: tuple[Callable[[Session], Any], ...] = (
    lambda session: questionnaire_results(session, AFTER),
    lambda session: questionnaire_results(session, AFTER, PLACES),
    lambda session: questionnaire_results(session, AFTER, BY_PAIR),
    lambda session: answers_behind(session, AFTER, "c1", value="often", size=200).total,
    lambda session: answers_behind(session, AFTER, "y0", value="no", size=200).rows,
    lambda session: answers_behind(session, AFTER, "s0", value="7").rows,
    lambda session: answers_behind(session, AFTER, "t0", text="ФИЗИКЕ").rows,
    lambda session: compare_survey(session, survey_named(session, STEM)).items,
    lambda session: changes_behind(session, survey_named(session, STEM), "p0", direction="grew").rows,
    lambda session: list(results_sheet(session, AFTER, PLACES).rows),
    lambda session: [(one.key, one.n, one.last_at) for one in results_list(session)],
    lambda session: survey_list(session),
    lambda session: (grades_of(session, 1), campaigns_of(session, 1)),
)


@pytest.mark.postgres
def test_both_databases_give_the_same_figures(both: tuple[SyncDatabase, SyncDatabase]) -> None:
    for number, reading in enumerate(READINGS):
        found = []
        for database in both:
            with database.readers() as session:
                set_organisation(session, 1)
                found.append(reading(session))
        assert found[0] == found[1], number
