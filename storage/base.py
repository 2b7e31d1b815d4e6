"""What every table shares: constraint names, aware times, enums kept by value, ownership by an organisation."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, String, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time; a naive one is refused, since its zone would be a guess."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """A rule's word, kept by value, so that renaming a member in code never rewrites data."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__(32)
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}


class Owned:
    """A row of one organisation: `storage.scope` adds it to every SELECT, UPDATE and DELETE of such rows."""

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)


class OwnedMany(Owned):
    """Of a table that grows with people. It has no index of the organisation alone: without fresh statistics the
    database takes it for a good one and reads the whole school. See ADR 24."""

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))


def part_of_index(name: str, columns: tuple[str, ...], where: str) -> Index:
    """An index of the few rows for which ``where`` holds: small, and not written for the others.

    SQLite takes it only for a query that says ``where`` in the same words, without a parameter.
    """
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
