"""What the curator wrote into a draft, or else what is suggested."""

from collections.abc import Iterable, Mapping
from typing import Any

Lines = list[dict[str, str]]


def chosen_lines(said: Mapping[str, Any], name: str, suggested: Iterable[str] = ()) -> Lines:
    written = str(said.get(name) or "")
    return as_lines(written.splitlines() if written.strip() else suggested)


def chosen_line(said: Mapping[str, Any], name: str, suggested: str = "") -> str:
    return str(said.get(name) or "").strip() or suggested


def chosen_columns(said: Mapping[str, Any], name: str, *columns: str) -> Lines:
    """Lines of the kind «кому | что»."""
    return [_row(line, columns) for line in str(said.get(name) or "").splitlines() if line.strip()]


def as_lines(texts: Iterable[str]) -> Lines:
    return [{"text": text.strip()} for text in texts if text.strip()]


def _row(line: str, columns: tuple[str, ...]) -> dict[str, str]:
    parts = [part.strip() for part in line.split("|", len(columns) - 1)]
    return dict(zip(columns, [*parts, *[""] * len(columns)], strict=False))
