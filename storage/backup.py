"""Copies of the database: made while the product works, checked before they are trusted."""

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

KEPT = 14


class BackupRefused(Exception):
    """The words are one line in Russian: what stopped it and what to do."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    file: Path
    size: int  # bytes
    removed: tuple[Path, ...]  # older copies that made room


@dataclass(frozen=True, slots=True)
class Restored:
    file: Path
    kept_aside: Path | None  # the database that stood there before
    dry_run: bool


def back_up(database_url: str, folder: Path, *, now: datetime) -> BackedUp:
    """A dated copy in ``folder``; the newest fourteen stay."""
    folder.mkdir(parents=True, exist_ok=True)
    source = sqlite_file(database_url)
    target = folder / f"nastavnik-{now:%Y%m%d-%H%M%S}-{now.microsecond:06}.{'db' if source else 'dump'}"
    if source:
        _copy_sqlite(source, target)
    else:
        _dump_postgres(database_url, target)
    target.chmod(0o600)
    return BackedUp(target, target.stat().st_size, _make_room(folder, target.suffix))


def restore(copy: Path, database_url: str, *, dry_run: bool, now: datetime) -> Restored:
    """Put ``copy`` in the database's place. Nobody may be using the database: the caller makes sure."""
    target = sqlite_file(database_url)
    if target is None:
        raise BackupRefused(
            "Восстановление PostgreSQL делается его средствами: pg_restore --clean --if-exists --dbname=… файл.dump"
        )
    check_copy(copy)
    if dry_run:
        return Restored(copy, None, dry_run=True)
    aside = _set_aside(target, now)
    shutil.copyfile(copy, target)
    target.chmod(0o600)
    return Restored(copy, aside, dry_run=False)


def check_copy(copy: Path) -> None:
    if not copy.is_file():
        raise BackupRefused(f"Файла {copy} нет. Копии лежат в папке backups, посмотрите имена там.")
    if problem := _sqlite_problem(copy):
        raise BackupRefused(f"Файл {copy} не годится: {problem}. Возьмите другую копию.")


def sqlite_file(database_url: str) -> Path | None:
    url = make_url(database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def quick_check(file: Path) -> str:
    """``ok``, or what SQLite found broken."""
    with closing(_read_only(file)) as connection:
        return str(connection.execute("PRAGMA quick_check").fetchone()[0])


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        raise BackupRefused(f"Базы {source} ещё нет: копировать нечего. Она появится после первого make run.")
    with closing(sqlite3.connect(source, timeout=60)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    if (found := quick_check(target)) != "ok":
        target.unlink()
        raise BackupRefused(f"База повреждена ({found}), копия не сохранена. Запустите manage.py doctor.")


def _dump_postgres(database_url: str, target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise BackupRefused("Программы pg_dump нет. Поставьте пакет postgresql-client и повторите.")
    address = re.sub(r"^postgresql\+\w+://", "postgresql://", database_url)
    command = [program, "--format=custom", f"--file={target}", f"--dbname={address}"]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        target.unlink(missing_ok=True)
        raise BackupRefused("pg_dump не смог снять копию. Проверьте адрес базы в DATABASE_URL и версию pg_dump.")


def _make_room(folder: Path, suffix: str) -> tuple[Path, ...]:
    old = tuple(sorted(folder.glob(f"nastavnik-*{suffix}"))[:-KEPT])
    for file in old:
        file.unlink()
    return old


def _sqlite_problem(copy: Path) -> str | None:
    try:
        if (found := quick_check(copy)) != "ok":
            return f"он повреждён ({found})"
        with closing(_read_only(copy)) as connection:
            ours = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    except sqlite3.DatabaseError:
        return "это не база SQLite"
    return None if ours else "в нём нет таблиц «Наставника»"


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _set_aside(target: Path, now: datetime) -> Path | None:
    """The write-ahead log goes with its database: left behind, it would be played into the restored one."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        return None
    aside = target.with_name(f"{target.stem}-before-restore-{now:%Y%m%d-%H%M%S}{target.suffix}")
    for ending in ("-wal", "-shm", ""):
        part = target.with_name(target.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside
