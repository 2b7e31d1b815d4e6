"""Measuring side by side: rounds of each kind in turn within one run, so that a busy machine is busy for all."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Work = Callable[[int], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds apiece, one value for each round."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)


async def in_turn(rounds: int, **works: Work) -> dict[str, Cost]:
    """Each work is given the round's number and gives how many things it did. A first round only warms up."""
    costs: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            began = time.perf_counter()
            done = await work(number)
            if number:
                costs[name].append((time.perf_counter() - began) / done * 1000)
    return {name: Cost(tuple(found)) for name, found in costs.items()}


def ratio(of: Cost, to: Cost) -> float:
    """The median of the rounds' own ratios: each round compares what ran in the same seconds."""
    return statistics.median(one / other for one, other in zip(of.rounds, to.rounds, strict=True))
