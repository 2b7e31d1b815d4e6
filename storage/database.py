"""Engines, and the only bridge from the event loop to the use-cases."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

from storage import kept as kept
from storage import scope as scope
from storage import tables as tables

P = ParamSpec("P")
T = TypeVar("T")

QUIET: dict[str, Any] = {"hide_parameters": True}  # errors are logged; what people wrote must not be in them
PRAGMAS = (
    "journal_mode=WAL",
    "busy_timeout=30000",  # SQLite keeps no queue: on a busy machine others may overtake a writer again and again
    "foreign_keys=ON",
    "synchronous=NORMAL",
    "secure_delete=ON",  # what was erased, or parted from a name, leaves no bytes in the file
)


class Database:
    """Runs a synchronous use-case inside an asynchronous transaction: `AsyncSession.run_sync`.

    Writes begin IMMEDIATE on a pool of one (a queue in the process instead of «database is locked»); reads have
    an engine of their own, so that they never wait for a writer.
    """

    def __init__(self, url: str | URL) -> None:
        self._writing, self._reading = _async_engines(make_url(url))
        self._writers = async_sessionmaker(self._writing, expire_on_commit=False)
        self._readers = async_sessionmaker(self._reading, expire_on_commit=False)

    async def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        async with self._readers() as session:
            return await session.run_sync(query, *args, **kwargs)

    async def write(self, use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        async with self._writers.begin() as session:
            return await session.run_sync(use_case, *args, **kwargs)

    def writing_session(self) -> AsyncSession:
        return self._writers()

    async def close(self) -> None:
        await self._writing.dispose()
        await self._reading.dispose()


class SyncDatabase:
    """The same two engines for the panel and the command line."""

    def __init__(self, url: str | URL) -> None:
        parsed = sync_url(make_url(url))
        self.writing = _tuned(create_engine(parsed, **_writer_pool(parsed), **QUIET), "IMMEDIATE")
        self.reading = _tuned(create_engine(parsed, **_reader_pool(parsed), **QUIET), "DEFERRED")
        self.writers = sessionmaker(self.writing, expire_on_commit=False)
        self.readers = sessionmaker(self.reading, expire_on_commit=False)

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self.readers() as session:
            return query(session, *args, **kwargs)

    def write(self, use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self.writers.begin() as session:
            return use_case(session, *args, **kwargs)

    def close(self) -> None:
        self.writing.dispose()
        self.reading.dispose()


def sync_url(url: URL) -> URL:
    """``sqlite:///…`` or ``postgresql+psycopg://…`` whatever form the setting has."""
    return url.set(drivername="sqlite" if _is_sqlite(url) else "postgresql+psycopg")


def _async_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    asynchronous = url.set(drivername="sqlite+aiosqlite" if _is_sqlite(url) else "postgresql+psycopg")
    writing = create_async_engine(asynchronous, **_writer_pool(url), **QUIET)
    reading = create_async_engine(asynchronous, **_reader_pool(url), **QUIET)
    _tuned(writing.sync_engine, "IMMEDIATE")
    _tuned(reading.sync_engine, "DEFERRED")
    return writing, reading


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _writer_pool(url: URL) -> dict[str, Any]:
    if _is_sqlite(url):
        return {"pool_size": 1, "max_overflow": 0, "pool_timeout": 60}
    return {"pool_pre_ping": True}


def _reader_pool(url: URL) -> dict[str, Any]:
    """An hour is how long a reader may work with old statistics."""
    return {"pool_recycle": 3600} if _is_sqlite(url) else {"pool_pre_ping": True}


def _tuned(engine: Engine, begin: str) -> Engine:
    if engine.dialect.name != "sqlite":
        return engine

    @event.listens_for(engine, "connect")
    def _connect(dbapi: Any, _: Any) -> None:
        dbapi.isolation_level = None  # the driver's own BEGIN is deferred and loses updates
        cursor = dbapi.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")

    return engine
