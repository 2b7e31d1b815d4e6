"""What a paper may print under a name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """``name`` is what stands in the template, «head.short»; ``what`` says in Russian what comes there. ``rows``: the
    fields of one line of a list, written as «{%tr for row in name %}» and «{{ row.field }}»."""

    name: str
    what: str
    rows: tuple["Field", ...] = ()
