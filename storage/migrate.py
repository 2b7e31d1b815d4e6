"""The tables' history: where a database stands, and how it gets to where the code is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from storage.database import sync_url
from storage.tables import Base

MIGRATIONS = Path(__file__).with_name("migrations")
ONE_AT_A_TIME = 4_815_162_342  # any number, as long as every process asks PostgreSQL for the same one


class MigrationBroke(Exception):
    """Rows would point at rows that are not there; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Migrated:
    before: str | None  # None: the database was empty
    after: str | None


def migrate(url: str, revision: str = "head") -> Migrated:
    """Upgrade in one transaction: it ends at ``revision`` or stays where it was."""
    with connected(url) as connection:
        before = _standing(connection)
        command.upgrade(_config(connection), revision)
        _check_references(connection)
        return Migrated(before, _standing(connection))


def roll_back(url: str, revision: str) -> Migrated:
    with connected(url) as connection:
        before = _standing(connection)
        command.downgrade(_config(connection), revision)
        _check_references(connection)
        return Migrated(before, _standing(connection))


def standing(url: str) -> str | None:
    """The database's revision; None when it has no tables yet."""
    with connected(url) as connection:
        return _standing(connection)


def newest() -> str | None:
    return _scripts().get_current_head()


def revisions() -> tuple[str, ...]:
    """Oldest first."""
    return tuple(script.revision for script in reversed(list(_scripts().walk_revisions())))


def differences(url: str) -> list[Any]:
    """What the models have and the database has not, and the other way round."""
    with connected(url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, Base.metadata))


def draft(url: str, message: str) -> None:
    """Write the next migration from the models; a person reviews it."""
    with connected(url) as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=f"{len(revisions()) + 1:04}")


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A transaction in which tables may be rebuilt: with foreign keys on, SQLite would delete their children."""
    engine = create_engine(sync_url(make_url(url)), poolclass=NullPool, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        yield connection


def _prepare_sqlite(dbapi: Any, _: Any) -> None:
    dbapi.isolation_level = None
    for pragma in ("foreign_keys=OFF", "busy_timeout=10000"):
        dbapi.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise MigrationBroke


def _standing(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(None))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
