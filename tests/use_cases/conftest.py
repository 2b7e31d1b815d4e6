"""An autumn that is played once and copied for each test which reports it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.reporting import Facts, PeriodKind
from mentoring.use_cases.reports import begin_report, report_view
from storage.database import SyncDatabase
from storage.scope import set_organisation
from storage.tables import Base
from tests.recount import wrong_columns
from tests.use_cases.reported import END, Autumn, play_autumn


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Autumn]:
    file = tmp_path_factory.mktemp("autumn") / "played.db"
    database = SyncDatabase(f"sqlite:///{file}")
    Base.metadata.create_all(database.writing)
    with database.writers.begin() as session:
        autumn = play_autumn(session)
    database.close()
    whole = file.with_name("whole.db")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", [str(whole)])
    return whole, autumn


@pytest.fixture
def autumn(played: tuple[Path, Autumn], tmp_path: Path) -> Iterator[Autumn]:
    """The same autumn in a copy of the file, with a session of the test's own."""
    file, told = played
    copy = tmp_path / "autumn.db"
    copy.write_bytes(file.read_bytes())
    database = SyncDatabase(f"sqlite:///{copy}")
    with database.writers() as session:
        set_organisation(session, told.gymnasium.organisation_id)
        told.gymnasium.session = session
        yield told
    database.close()


@pytest.fixture
def report_id(autumn: Autumn) -> int:
    return begin_report(autumn.session, PeriodKind.MONTH, date(2026, 11, 10), by=autumn.curator, now=END).report_id


@pytest.fixture
def facts(autumn: Autumn, report_id: int) -> Facts:
    return report_view(autumn.session, report_id, now=END).facts


@pytest.fixture(autouse=True)
def columns_of_lists_hold(request: pytest.FixtureRequest) -> Iterator[None]:
    """After whatever use-cases a test has played: what lists are sorted and narrowed by equals a recount."""
    session: Session | None = request.getfixturevalue("session") if "session" in request.fixturenames else None
    yield
    if session is not None and session.is_active:
        assert wrong_columns(session) == {}
