"""Writers queue instead of failing, in one process and in several; nothing that was read is overwritten unseen."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from storage.database import Database, SyncDatabase
from storage.models.organisation import Municipality

ROOT = Path(__file__).parents[2]
KINDS, TIMES = ("chat", "panel", "panel"), 300

WRITER = """
import asyncio, sys
from sqlalchemy import text
from mentoring.rules.errors import NotFound
from storage.database import Database, SyncDatabase

url, kind, times = sys.argv[1], sys.argv[2], int(sys.argv[3])

def add_one(session):
    count = int(session.scalar(text("SELECT name FROM municipality")))  # read, then write what follows from it
    session.execute(text("UPDATE municipality SET name = :name"), {"name": str(count + 1)})

async def chat():
    database = Database(url)
    await asyncio.gather(*(database.write(add_one) for _ in range(times)))
    await database.close()

def panel():
    database = SyncDatabase(url)
    for _ in range(times):
        database.write(add_one)
    database.close()

asyncio.run(chat()) if kind == "chat" else panel()
"""


@pytest.mark.slow(5)
def test_three_processes_that_write_at_once_lose_nothing(store: SyncDatabase, database_url: str) -> None:
    store.write(_start_at_nought)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, database_url, kind, str(TIMES)], cwd=ROOT, stderr=subprocess.PIPE
        )
        for kind in KINDS
    ]
    complaints = [writer.communicate(timeout=120)[1].decode() for writer in writers]

    assert complaints == [""] * len(KINDS)
    assert store.read(_count) == len(KINDS) * TIMES


async def test_fifty_chats_that_write_at_once_lose_nothing(store: SyncDatabase, database_url: str) -> None:
    store.write(_start_at_nought)
    database = Database(database_url)
    await asyncio.gather(*(database.write(_add_one) for _ in range(50)))
    await database.close()

    assert store.read(_count) == 50


async def test_a_reader_does_not_wait_for_a_writer(store: SyncDatabase, database_url: str) -> None:
    store.write(_start_at_nought)
    database = Database(database_url)
    with store.writers.begin() as writing:
        writing.execute(text("UPDATE municipality SET name = '7'"))
        assert await asyncio.wait_for(database.read(_count), timeout=60) == 0  # the writer waits for us
    await database.close()


def test_a_failed_use_case_leaves_nothing_behind(store: SyncDatabase) -> None:
    def breaks(session: Session) -> None:
        session.add(Municipality(name="half"))
        session.flush()
        raise NotFound("pair")

    with pytest.raises(NotFound):
        store.write(breaks)

    assert store.read(lambda session: session.query(Municipality).count()) == 0


def test_a_row_cannot_point_at_nothing(store: SyncDatabase) -> None:
    with pytest.raises(IntegrityError):
        store.write(lambda session: session.execute(text("INSERT INTO programme (organisation_id) VALUES (99)")))


def test_a_database_error_does_not_repeat_what_was_written(store: SyncDatabase) -> None:
    secret = "Лебедева"
    with pytest.raises(IntegrityError) as caught:
        store.write(lambda session: session.add_all([Municipality(id=1, name=secret), Municipality(id=1, name=secret)]))

    assert secret not in str(caught.value)


def test_every_connection_keeps_the_log_and_the_references_on(store: SyncDatabase) -> None:
    for ask in (store.read, store.write):
        pragmas = ask(
            lambda session: [
                session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "secure_delete")
            ]
        )
        assert pragmas == ["wal", 1, 1]


@pytest.mark.postgres
async def test_the_same_code_serves_postgres(postgres_url: str) -> None:
    from storage.migrate import migrate

    migrate(postgres_url)
    panel, chat = SyncDatabase(postgres_url), Database(postgres_url)
    panel.write(_start_at_nought)
    await chat.write(_add_one)

    assert panel.read(_count) == await chat.read(_count) == 1
    panel.close()
    await chat.close()


def _start_at_nought(session: Session) -> None:
    session.add(Municipality(name="0"))


def _add_one(session: Session) -> None:
    session.execute(text("UPDATE municipality SET name = :name"), {"name": str(_count(session) + 1)})


def _count(session: Session) -> int:
    return int(session.scalar(text("SELECT name FROM municipality")) or 0)
