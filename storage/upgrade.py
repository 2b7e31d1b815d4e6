"""From the database that is there to the one the code needs, with a way back."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.backup import back_up, sqlite_file
from storage.migrate import migrate, newest, standing


@dataclass(frozen=True, slots=True)
class Upgraded:
    before: str | None  # None: the database was empty
    after: str | None
    copy: Path | None  # of what was there, when something was there and had to change


def upgrade(database_url: str, backups: Path, *, now: datetime) -> Upgraded:
    """A SQLite file that people have used is copied first; PostgreSQL has copies of its own."""
    file = sqlite_file(database_url)
    before = standing(database_url) if file is None or file.exists() else None
    if before == newest():
        return Upgraded(before, before, None)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    copy = back_up(database_url, backups, now=now).file if file and before else None
    return Upgraded(before, migrate(database_url).after, copy)
