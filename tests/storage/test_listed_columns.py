"""Columns that lists are sorted by are filled for the rows that were there before them."""

from sqlalchemy.orm import Session

from storage import migrate
from storage.database import SyncDatabase
from storage.models.meeting import Meeting
from storage.models.person import Person
from tests.recount import wrong_columns
from tests.use_cases.reported import play_autumn

BEFORE = "0004"


def test_an_older_database_learns_the_columns(database_url: str) -> None:
    migrate.migrate(database_url)
    _play(database_url)

    migrate.roll_back(database_url, BEFORE)
    migrate.migrate(database_url)

    database = SyncDatabase(database_url)
    assert database.read(wrong_columns) == {}
    assert database.read(_told) > 0, "an autumn with nothing in it would prove nothing"
    database.close()


def _play(url: str) -> None:
    database = SyncDatabase(url)
    with database.writers.begin() as session:
        play_autumn(session)
    database.close()


def _told(session: Session) -> int:
    return min(
        session.query(Meeting).filter(Meeting.expected > 0).count(),
        session.query(Person).filter(Person.taking_part).count(),
    )
