"""What many answers to one question say together, counted from how often each was given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FEW = 5
"""Below so many answers a conclusion is a guess, and the reader is told so (methodology.md §2.8, rule 2)."""

HIDDEN = 3
"""A group below this is not cut out, so that nobody is recognised in it (the same rule)."""


@dataclass(frozen=True, slots=True)
class Bar:
    """``share``: of those who answered, from 0 to 1."""

    value: str
    label: str
    n: int
    share: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """``n`` people answered; where several may be chosen the bars add up to more. ``mean``, ``median``: of numbers."""

    n: int = 0
    bars: tuple[Bar, ...] = ()
    mean: float | None = None
    median: float | None = None

    @property
    def few(self) -> bool:
        return self.n < FEW


def of_choices(options: Iterable[tuple[str, str]], counts: Mapping[str, int], n: int) -> Distribution:
    """``options``: value and label, in the order in which they are shown."""
    return Distribution(n, _bars(options, counts, n))


def of_numbers(numbers: Iterable[int], counts: Mapping[int, int]) -> Distribution:
    """``numbers`` are those that get a bar; any other that was given counts in the mean and the median."""
    n = sum(counts.values())
    options = [(str(number), str(number)) for number in numbers]
    bars = _bars(options, {str(number): times for number, times in counts.items()}, n)
    return Distribution(n, bars, mean_of(counts), median_of(counts))


def mean_of(counts: Mapping[int, int]) -> float | None:
    n = sum(counts.values())
    return sum(number * times for number, times in counts.items()) / n if n else None


def median_of(counts: Mapping[int, int]) -> float | None:
    n = sum(counts.values())
    return (_at(counts, (n - 1) // 2) + _at(counts, n // 2)) / 2 if n else None


def _at(counts: Mapping[int, int], place: int) -> int:
    """Which number stands at ``place``, from 0, when all are put in order."""
    for number in sorted(counts):
        place -= counts[number]
        if place < 0:
            return number
    raise IndexError(place)


def _bars(options: Iterable[tuple[str, str]], counts: Mapping[str, int], n: int) -> tuple[Bar, ...]:
    return tuple(
        Bar(value, label, counts.get(value, 0), counts.get(value, 0) / n if n else 0) for value, label in options
    )
