"""What a run of the matching came to, and how two runs differ."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

NAME_LIMIT = 120
BLOCKING_KEPT = 40
"""Of two who would rather have each other, as many are kept with a draft: more nobody reads."""

Placed = Mapping[int, int]
"""Mentee's enrolment -> mentor's enrolment."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Totals of the last run. ``blocking``: (mentor, mentee) enrolments who would rather have each other.

    ``shares``: by criterion, how much the placed have in common, in per cent; unlike scores they can be compared
    between runs with other weights. ``considered``: everybody whom the run knew, so that a later look can say who has
    come and who has gone.
    """

    mentors: int = 0
    places: int = 0
    mentees: int = 0
    placed: int = 0
    total: int = 0
    worst: int = 0
    shares: Mapping[str, int] = field(default_factory=dict)
    blocking: tuple[tuple[int, int], ...] = ()
    blocking_count: int = 0
    considered: tuple[int, ...] = ()

    @property
    def average(self) -> int:
        return round(self.total / self.placed) if self.placed else 0

    @property
    def unplaced(self) -> int:
        return self.mentees - self.placed

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Outcome":
        """Of a draft that has not been run yet: all zeros."""
        pairs = tuple((mentor, mentee) for mentor, mentee in stored.get("blocking", ()))
        return cls(**{**stored, "blocking": pairs, "considered": tuple(stored.get("considered", ()))})

    def to_stored(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Move:
    """Where a mentee goes in one run and in the other; None is nobody."""

    mentee_id: int
    before: int | None
    after: int | None


def moves(before: Placed, after: Placed) -> tuple[Move, ...]:
    """Those who go elsewhere, by enrolment id."""
    everybody = sorted({*before, *after})
    found = (Move(mentee, before.get(mentee), after.get(mentee)) for mentee in everybody)
    return tuple(move for move in found if move.before != move.after)
