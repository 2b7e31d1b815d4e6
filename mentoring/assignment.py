"""The best assignment of mentees to mentors' places.

As many mentees as possible first, then the best total, then the fairest: the worst served is as well served as can be
without the total becoming worse, then the next worst served, and so on to the end. What is left is decided by ids, so
the same people always give the same answer.

`mentoring.assignment_solver` and its SciPy must not enter the panel's process, which calls `assign_apart`.
"""

import json
import subprocess
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import BoundedSemaphore

from mentoring.rules.errors import CalculationFailed

Pairing = tuple[int, int]
"""(mentor, mentee)."""

HOUSE = Path(__file__).parent.parent
AT_ONCE = 2
"""Processes of one panel: each takes a core, and with the pool of a whole town some 170 MiB."""
_seats = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Problem:
    """``mentors`` are (id, places). ``scores``: of those who may be together, and of the locked ones.

    ``locked`` stay together whatever the total; they must not be more than the places, nor name a mentee twice.
    """

    mentors: tuple[tuple[int, int], ...]
    mentees: tuple[int, ...]
    scores: Mapping[Pairing, int]
    locked: frozenset[Pairing] = frozenset()


@dataclass(frozen=True, slots=True)
class Assignment:
    """``placed``: mentee -> mentor. ``worst``: the lowest score of a placed mentee, None while nobody is placed."""

    placed: Mapping[int, int]
    total: int
    worst: int | None

    def of(self, mentor: int) -> tuple[int, ...]:
        return tuple(mentee for mentee, theirs in self.placed.items() if theirs == mentor)


def assign(problem: Problem) -> Assignment:
    from mentoring.assignment_solver import best_places

    held = {mentee: mentor for mentor, mentee in problem.locked}
    left = dict(problem.mentors)
    for mentor in held.values():
        left[mentor] -= 1
    placed = held | best_places(left, [one for one in problem.mentees if one not in held], problem.scores)
    scores = [problem.scores.get((mentor, mentee), 0) for mentee, mentor in placed.items()]
    return Assignment(dict(sorted(placed.items())), sum(scores), min(scores, default=None))


def assign_apart(problem: Problem, timeout: float = 30.0, patience: float = 10.0) -> Assignment:
    """The same in a process of its own, `AT_ONCE` of them at a time. ``timeout``: seconds for the answer; ``patience``:
    seconds to wait while others calculate. Raises CalculationFailed."""
    if not _seats.acquire(timeout=patience):
        raise CalculationFailed("busy")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mentoring.assignment"],
            input=_written(problem),
            capture_output=True,
            timeout=timeout,
            check=True,
            cwd=HOUSE,
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as failure:
        raise CalculationFailed(type(failure).__name__) from failure
    finally:
        _seats.release()
    return Assignment(dict(answer["placed"]), answer["total"], answer["worst"])


def blocking_pairs(problem: Problem, assignment: Assignment) -> tuple[Pairing, ...]:
    """Who would rather have each other: the mentee's score is higher than with their own mentor, and the mentor has a
    free place or a mentee with a lower score. Those who are held together are not counted; the highest scores first."""
    held = {mentee for _, mentee in problem.locked}
    served = {mentee: problem.scores.get((mentor, mentee), 0) for mentee, mentor in assignment.placed.items()}
    least = _least_welcome(problem, assignment, served, held)
    found = [
        (mentor, mentee)
        for (mentor, mentee), score in problem.scores.items()
        if mentee not in held and score > served.get(mentee, -1) and score > least.get(mentor, score)
    ]
    return tuple(sorted(found, key=lambda pair: (-problem.scores[pair], pair)))


def _least_welcome(
    problem: Problem, assignment: Assignment, served: Mapping[int, int], held: set[int]
) -> dict[int, int]:
    """The score that a newcomer must beat, by mentor: -1 where a place is free."""
    theirs: dict[int, list[int]] = defaultdict(list)
    taken: dict[int, int] = defaultdict(int)
    for mentee, mentor in assignment.placed.items():
        taken[mentor] += 1
        if mentee not in held:
            theirs[mentor].append(served[mentee])
    full = {mentor for mentor, places in problem.mentors if taken[mentor] >= places}
    return {mentor: min(theirs[mentor], default=_NOBODY) if mentor in full else -1 for mentor, _ in problem.mentors}


def _written(problem: Problem) -> bytes:
    """Whole numbers one after the other: the panel's other requests hardly notice the time that this takes."""
    scores = problem.scores
    parts = (
        chain.from_iterable(problem.mentors),
        problem.mentees,
        chain.from_iterable(scores),
        scores.values(),
        chain.from_iterable(problem.locked),
    )
    written = [array("q", part) for part in parts]
    return array("q", map(len, written)).tobytes() + b"".join(part.tobytes() for part in written)


def _read(written: bytes) -> Problem:
    numbers = array("q", written)
    parts, begins = [], _PARTS
    for length in numbers[:_PARTS]:
        parts.append(numbers[begins : begins + length].tolist())
        begins += length
    mentors, mentees, pairs, scores, locked = parts
    return Problem(
        tuple(_in_twos(mentors)),
        tuple(mentees),
        dict(zip(_in_twos(pairs), scores, strict=True)),
        frozenset(_in_twos(locked)),
    )


def _in_twos(numbers: list[int]) -> Iterator[Pairing]:
    return zip(numbers[::2], numbers[1::2], strict=True)


_PARTS = 5
_NOBODY = 1 << 60


if __name__ == "__main__":
    answer = assign(_read(sys.stdin.buffer.read()))
    json.dump(
        {"placed": list(answer.placed.items()), "total": answer.total, "worst": answer.worst},
        sys.stdout,
    )
