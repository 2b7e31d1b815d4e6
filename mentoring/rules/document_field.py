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


@dataclass(frozen=True, slots=True)
class Choice:
    """What the curator may write into a draft, by the name of the field. Without it the builder's own words stand."""

    name: str
    label: str
    kind: ChoiceKind = ChoiceKind.TEXT
