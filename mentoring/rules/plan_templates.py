"""What a plan consists of in each form of mentoring, and what we suggest to begin with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """``title`` is the paper's, ``short`` the one that fits a button."""

    key: str
    title: str
    short: str


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of the explanatory note that stands beside the goals."""

    key: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``section`` is empty for a goal. ``topics`` are values of the mentee's request, ``models`` pieces of the name of
    a role model; one that has neither fits everybody."""

    section: str
    text: str
    topics: frozenset[str] = frozenset()
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """``months``: the least and the most that a plan may last."""

    key: str
    title: str
    short: str
    forms: tuple[str, ...]
    months: tuple[int, int]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    suggestions: tuple[Suggestion, ...]

    def lasts_well(self, starts_on: date, ends_on: date) -> bool:
        least, most = self.months
        return in_months(starts_on, least) <= ends_on <= in_months(starts_on, most)


MOST_SUGGESTED = 5


def template_of(written: Mapping[str, Any]) -> PlanTemplate:
    """From its TOML file; a KeyError tells of a slip in it."""
    least, most = written["months"]
    return PlanTemplate(
        key=written["key"],
        title=written["title"],
        short=written["short"],
        forms=tuple(written["forms"]),
        months=(least, most),
        sections=tuple(Section(**section) for section in written["section"]),
        notes=tuple(Note(**note) for note in written.get("note", ())),
        suggestions=tuple(_suggestion(one) for one in written["suggestion"]),
    )


def suggested(
    template: PlanTemplate, section: str, topics: Collection[str], role_model: str, taken: Iterable[str]
) -> tuple[str, ...]:
    """At most five: what was asked for first, then what the role model is about, then what suits everybody."""
    present = set(taken)
    fitting = [
        (place, one)
        for one in template.suggestions
        if one.section == section and (place := _fits(one, topics, role_model)) is not None
    ]
    found = [one.text for _, one in sorted(fitting, key=lambda pair: pair[0]) if one.text not in present]
    return tuple(found[:MOST_SUGGESTED])


def in_months(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _suggestion(written: Mapping[str, Any]) -> Suggestion:
    return Suggestion(
        section=written.get("section", ""),
        text=written["text"],
        topics=frozenset(written.get("topics", ())),
        models=tuple(written.get("models", ())),
    )


def _fits(one: Suggestion, topics: Collection[str], role_model: str) -> int | None:
    """How near it lies: 0 to the request, 1 to the role model, 2 to anybody; None: it is about something else."""
    if one.topics & set(topics):
        return 0
    if any(piece in role_model.casefold() for piece in one.models):
        return 1
    return None if one.topics or one.models else 2
