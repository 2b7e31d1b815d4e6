"""What a paper may print under a name, and what the curator enters for it."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Field:
    """``name`` is what stands in the template, «head.short»; ``what`` says in Russian what comes there. ``rows``: the
    fields of one line of a list, written as «{%tr for row in name %}» and «{{ row.field }}»."""

    name: str
    what: str
    rows: tuple["Field", ...] = ()


class ChoiceKind(StrEnum):
    LINE = "line"
    TEXT = "text"  # lines of words: a paragraph or a point each
    DATE = "date"
    YES = "yes"
    REPORT = "report"  # one of the signed reports


@dataclass(frozen=True, slots=True)
class Choice:
    """What the curator may write into a draft, by the name of the field. Without it the builder's own words stand."""

    name: str
    label: str
    kind: ChoiceKind = ChoiceKind.TEXT


PERSON_PARTS = {
    "full": "полностью: «Лебедева Анна Сергеевна»",
    "short": "«Лебедева А. С.»",
    "sign": "для подписи: «А. С. Лебедева»",
    "genitive": "кого: «Лебедевой Анны Сергеевны»",
    "dative": "кому: «Лебедевой Анне Сергеевне»",
    "accusative": "кого назначить: «Лебедеву Анну Сергеевну»",
    "instrumental": "кем: «Лебедевой Анной Сергеевной»",
    "prepositional": "о ком: «Лебедевой Анне Сергеевне»",
    "short_genitive": "«Лебедевой А. С.»",
    "short_dative": "на кого работает: «Лебедевой А. С.»",
    "short_accusative": "на кого возложить: «Лебедеву А. С.»",
    "short_instrumental": "«Лебедевой А. С.»",
    "post": "должность или класс: «учитель физики»",
    "post_sign": "должность перед подписью: «Учитель физики»",
    "post_genitive": "«учителя физики»",
    "post_dative": "«учителю физики»",
    "post_accusative": "«учителя физики»",
    "post_instrumental": "«учителем физики»",
    "acquainted": "«ознакомлена» или «ознакомлен»",
}
"""What stands after the dot of a person: «head.sign», «row.mentor.short»."""


def person(name: str, what: str) -> tuple[Field, ...]:
    """``name`` empty: the row itself is the person."""
    dot = f"{name}." if name else ""
    return tuple(Field(f"{dot}{part}", f"{what} {said}") for part, said in PERSON_PARTS.items())


def day(name: str, what: str) -> tuple[Field, ...]:
    return (Field(name, f"{what}: «25.11.2026»"), Field(f"{name}_words", f"{what}: «25 ноября 2026 г.»"))


def named(**fields: str) -> tuple[Field, ...]:
    return tuple(Field(name, what) for name, what in fields.items())


def lines(name: str, what: str) -> Field:
    """A list of sentences."""
    return Field(name, what, (Field("text", "Строка"),))


def texts(**fields: str) -> tuple[Field, ...]:
    return tuple(lines(name, what) for name, what in fields.items())
