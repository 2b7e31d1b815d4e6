"""Filters as chips: each is a link that keeps the others, so that a narrowed list can be sent by its address."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChipGroup:
    label: str
    chips: tuple[Chip, ...]


def chip_group(label: str, name: str, options: Iterable[tuple[str, str]]) -> ChipGroup:
    """``options``: value and label. A chosen chip leads back to the list without it."""
    chosen = request.args.get(name, "")
    chips = (Chip(said, here(**{name: None if value == chosen else value}), value == chosen) for value, said in options)
    return ChipGroup(label, tuple(chips))


def here(**changes: str | int | None) -> str:
    """This list's address with some words changed (None: taken away), from the first page again."""
    return request.path + asked_words(**{"page": None, **changes})


def asked_words(**changes: str | int | None) -> str:
    """«?role=mentor&page=2»: what stands in the address, for a link that shows the same rows.

    Never handed to `url_for`: there a visitor's «_scheme» or «endpoint» would mean something else.
    """
    words: dict[str, Any] = {**request.args.to_dict(), **changes}
    kept = {name: value for name, value in words.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def page_link() -> Callable[[int], str]:
    return lambda number: here(page=number)


def word(name: str, allowed: Sequence[str]) -> str:
    """A filter's value from the address, empty if it is none of the known ones."""
    value = request.args.get(name, "")
    return value if value in allowed else ""
