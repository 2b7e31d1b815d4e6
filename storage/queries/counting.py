"""How many, as far as anybody reads it."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

MANY = 10_000
"""Nobody turns two hundred pages of a list."""
MANY_FOUND = 1_000
"""A word that finds more is too short."""


class MoreThan(int):
    """That many were counted, and there are more."""


def count_up_to(session: Session, found: Select[Any], most: int = MANY) -> int:
    """Rows of ``found``: exact up to ``most``, then `MoreThan` of it, without reading on."""
    return read_as(session.scalar(counted_up_to(found, most)) or 0, most)


def counted_up_to(found: Select[Any], most: int) -> Select[int]:
    return select(func.count()).select_from(found.order_by(None).limit(most + 1).subquery())


def read_as(number: int, most: int) -> int:
    return number if number <= most else MoreThan(most)
