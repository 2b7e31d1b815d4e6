"""A fresh database file for each test, and a clock that stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from storage.database import SyncDatabase
from storage.tables import Base

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # Monday noon in Moscow


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def store(database_url: str) -> Iterator[SyncDatabase]:
    database = SyncDatabase(database_url)
    Base.metadata.create_all(database.writing)
    yield database
    database.close()


@pytest.fixture
def session(store: SyncDatabase) -> Iterator[Session]:
    with store.writers() as opened:
        yield opened
