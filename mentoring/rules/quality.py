"""The curator's grid of nine marks (methodology.md §3.5) and the groups of the influence monitoring (§3.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OPTIMAL = "optimal"
    ACCEPTABLE = "acceptable"
    LOW = "low"


class Aspect(StrEnum):
    ORGANISATIONAL = "organisational"
    METHODICAL = "methodical"
    PERSONAL = "personal"


GRID_ITEMS = 9
BEST_MARK = 2


@dataclass(frozen=True, slots=True)
class AspectChange:
    """Means over all answers of a group, before and after; ``n`` pairs of answers."""

    n: int
    before: float
    after: float

    @property
    def difference(self) -> float:
        return self.after - self.before


def level_of(total: int) -> Level:
    """Of the sum of the nine marks."""
    if not 0 <= total <= GRID_ITEMS * BEST_MARK:
        raise ValueError(f"nine marks from 0 to {BEST_MARK} do not make {total}")
    if total >= 15:
        return Level.OPTIMAL
    return Level.ACCEPTABLE if total >= 9 else Level.LOW


def change_of(answers: Iterable[tuple[float, float]]) -> AspectChange | None:
    """``answers``: of one person to one item, before and after."""
    both = list(answers)
    if not both:
        return None
    before = sum(first for first, _ in both) / len(both)
    after = sum(second for _, second in both) / len(both)
    return AspectChange(len(both), before, after)
