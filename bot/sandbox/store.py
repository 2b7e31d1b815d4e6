"""One SQLite file with everything that the sandbox remembers.

Each request and each act of a person is one transaction, committed before it is answered, so that ``kill -9`` loses
nothing that was accepted. ``synchronous=OFF`` guards against a killed process, not against a power cut.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = sqlite3.Row

_TABLES = """
create table if not exists setting (name text primary key, value text not null);
create table if not exists counter (name text primary key, value integer not null);
create table if not exists person (
    id integer primary key, key text not null unique, first_name text not null, last_name text, username text,
    phone text not null, about text not null, started integer not null, blocked integer not null default 0,
    acted integer not null default 0);
create table if not exists message (
    message_id integer primary key, chat_id integer not null, from_bot integer not null, body text not null,
    keyboard text, edits integer not null default 0, pinned integer not null default 0,
    deleted integer not null default 0, changed integer not null);
create index if not exists message_of_chat on message (chat_id, message_id);
create table if not exists pending_update (
    update_id integer primary key, kind text not null, chat_id integer not null, expires_at integer not null,
    body text not null);
create table if not exists callback (
    id text primary key, chat_id integer not null, message_id integer not null, data text not null,
    pressed_at integer not null, answered integer not null default 0, answer text not null default '{}');
create table if not exists file (
    file_id text primary key, unique_id text not null, kind text not null, name text not null, mime text not null,
    path text not null, facts text not null, data blob not null);
"""


class Store:
    def __init__(self, file: Path | None = None) -> None:
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(file or ":memory:", isolation_level=None, check_same_thread=False)
        self._connection.row_factory = Row
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = off")
        self._connection.executescript(_TABLES)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def execute(self, sql: str, *values: Any) -> int:
        """Runs a change; returns how many rows it touched."""
        return self._connection.execute(sql, values).rowcount

    def rows(self, sql: str, *values: Any) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> Row | None:
        found: Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def next_number(self, name: str, first: int = 1) -> int:
        """Counts up, never twice the same, across restarts."""
        sql = "insert into counter values (?, ?) on conflict (name) do update set value = value + 1 returning value"
        return int(self._connection.execute(sql, (name, first)).fetchone()[0])

    def setting(self, name: str, default: Any = None) -> Any:
        row = self.row("select value from setting where name = ?", name)
        return json.loads(row["value"]) if row else default

    def keep_setting(self, name: str, value: Any) -> None:
        self.execute("insert or replace into setting values (?, ?)", name, to_json(value))

    def close(self) -> None:
        self._connection.close()


def to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
