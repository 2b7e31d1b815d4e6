"""What the curator may tune in the matching: weights of the criteria, thresholds, and how strict a rule is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from mentoring.rules.errors import ValueWrong


class Criterion(StrEnum):
    """methodology.md §2.13; the format is ours."""

    REQUEST = "request"
    PREFERENCE = "preference"
    TIME = "time"
    AGE = "age"
    INTERESTS = "interests"
    FORMAT = "format"


class Strictness(StrEnum):
    HARD = "hard"  # otherwise the two are not put together
    SOFT = "soft"  # otherwise it speaks against them
    OFF = "off"


WEIGHTS: Mapping[Criterion, int] = {
    Criterion.REQUEST: 45,
    Criterion.PREFERENCE: 20,
    Criterion.TIME: 15,
    Criterion.AGE: 10,
    Criterion.INTERESTS: 10,
    Criterion.FORMAT: 0,
}
BEST = 100
"""The score of two whom everything speaks for."""
MOST_WEIGHT = 100
MOST_CLASSES = 10


@dataclass(frozen=True)
class Settings:
    """``least``: per cent of a criterion under which two are not put together; ``least_total``: the same of the score.

    ``class_distance``: by how many classes a pupil who mentors a pupil is ahead. ``forms``: of the programme, words of
    `mentoring.rules.forms.Form`; none means any. They are not kept with the rest.
    """

    weights: Mapping[Criterion, int] = field(default_factory=lambda: dict(WEIGHTS))
    least: Mapping[Criterion, int] = field(default_factory=dict)
    least_total: int = 30
    class_distance: int = 1
    wished_kind: Strictness = Strictness.SOFT
    subject: Strictness = Strictness.HARD
    forms: tuple[str, ...] = ()

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any], forms: tuple[str, ...] = ()) -> "Settings":
        """What is not stored is as at the beginning."""
        usual = cls()
        weights = stored.get("weights") or {}
        least = stored.get("least") or {}
        return cls(
            weights={one: int(weights.get(one, WEIGHTS[one])) for one in Criterion},
            least={one: int(least[one]) for one in Criterion if least.get(one)},
            least_total=int(stored.get("least_total", usual.least_total)),
            class_distance=int(stored.get("class_distance", usual.class_distance)),
            wished_kind=Strictness(stored.get("wished_kind", usual.wished_kind)),
            subject=Strictness(stored.get("subject", usual.subject)),
            forms=forms,
        )

    def to_stored(self) -> dict[str, Any]:
        return {
            "weights": {one.value: self.weights.get(one, 0) for one in Criterion},
            "least": {one.value: self.least[one] for one in Criterion if self.least.get(one)},
            "least_total": self.least_total,
            "class_distance": self.class_distance,
            "wished_kind": self.wished_kind.value,
            "subject": self.subject.value,
        }

    def checked(self) -> "Settings":
        """Raises ValueWrong with the name of the first field that cannot be used."""
        weights = [self.weights.get(one, 0) for one in Criterion]
        sound = {
            "weights": sum(weights) > 0 and all(0 <= weight <= MOST_WEIGHT for weight in weights),
            "least": all(0 <= least <= BEST for least in self.least.values()),
            "least_total": 0 <= self.least_total <= BEST,
            "class_distance": 0 <= self.class_distance <= MOST_CLASSES,
        }
        for name, holds in sound.items():
            if not holds:
                raise ValueWrong(name)
        return self

    @cached_property
    def most(self) -> Mapping[Criterion, int]:
        """Points that each criterion gives at best: whole numbers that make 100, whatever the weights add up to."""
        total = sum(self.weights.values()) or 1
        exact = {one: self.weights.get(one, 0) * BEST / total for one in Criterion}
        whole = {one: int(share) for one, share in exact.items()}
        lacking = BEST - sum(whole.values()) if any(whole.values()) else 0
        for one in sorted(exact, key=lambda one: whole[one] - exact[one])[:lacking]:
            whole[one] += 1
        return whole
