"""The people who can talk to the bot: from the cast's file, and newcomers."""

import re
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from bot.sandbox.store import Row, Store

FIRST_NEWCOMER = 7_000_000_001


@dataclass(frozen=True, slots=True)
class Person:
    """``started``: the bot may write to them. ``acted``: number of the change after their last own act."""

    id: int
    key: str
    first_name: str
    last_name: str | None = None
    username: str | None = None
    phone: str = ""
    about: str = ""
    started: bool = False
    blocked: bool = False
    acted: int = 0

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name or ''}".strip()

    def as_user(self) -> dict[str, Any]:
        return _present(
            id=self.id,
            is_bot=False,
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
            language_code="ru",
        )

    def as_chat(self) -> dict[str, Any]:
        return _present(
            id=self.id, first_name=self.first_name, last_name=self.last_name, username=self.username, type="private"
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"name": self.full_name}


class People:
    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Person]:
        return [_person(row) for row in self._store.rows("select * from person order by rowid")]

    def by_id(self, person_id: int) -> Person | None:
        row = self._store.row("select * from person where id = ?", person_id)
        return _person(row) if row else None

    def by_key(self, key: str) -> Person | None:
        row = self._store.row("select * from person where key = ?", key)
        return _person(row) if row else None

    def add_newcomer(self, first_name: str, last_name: str | None = None, username: str | None = None) -> Person:
        person_id = self._store.next_number("newcomer", FIRST_NEWCOMER)
        key = f"new{person_id - FIRST_NEWCOMER + 1}"
        return self._add(Person(person_id, key, first_name, last_name, username, about="Новый человек"))

    def add_cast(self, file: Path | None) -> None:
        """Adds whoever of the cast is not here yet; people met before keep what has happened to them."""
        for person in read_cast(file):
            if not self.by_id(person.id):
                self._add(person)

    def change(self, person: Person, **values: Any) -> None:
        names = ", ".join(f"{name} = ?" for name in values)
        self._store.execute(f"update person set {names} where id = ?", *values.values(), person.id)

    def _add(self, person: Person) -> Person:
        row = asdict(person) | {"phone": person.phone or invented_phone(person.id)}
        marks = ", ".join("?" * len(row))
        self._store.execute(f"insert into person ({', '.join(row)}) values ({marks})", *row.values())
        return Person(**row)


def read_cast(file: Path | None) -> list[Person]:
    if not file or not file.exists():
        return []
    people = tomllib.loads(file.read_text("utf-8")).get("person", [])
    return [_cast_person(entry) for entry in people]


def invented_phone(person_id: int) -> str:
    """A number of a real shape that nobody has: 900 000-xx-xx."""
    return f"7900000{person_id % 10_000:04d}"


def _cast_person(entry: dict[str, Any]) -> Person:
    known = {field.name for field in fields(Person)}
    values = {name: value for name, value in entry.items() if name in known - {"id"} and value != ""}
    return Person(id=entry["telegram_id"], **values | {"key": re.sub(r"[^\w-]", "", entry["key"])})


def _person(row: Row) -> Person:
    values = dict(row)
    return Person(**values | {"started": bool(row["started"]), "blocked": bool(row["blocked"])})


def _present(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
