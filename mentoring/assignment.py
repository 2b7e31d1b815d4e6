"""The best assignment of mentees to mentors' places.

As many mentees as possible first, then the best total, then the fairest: the worst served is as well served as can be
without the total becoming worse. What is left is decided by ids, so the same people always give the same answer.

SciPy answers the first two. It says nothing about other answers that are as good, so prices of the mentors are reckoned
from its answer (they are the dual variables of the assignment): every best answer goes along the edges that the prices
leave without loss, and those are few.

SciPy must not enter the panel's process: it imports this module freely and calls `assign_apart`.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mentoring.rules.errors import CalculationFailed

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

Pairing = tuple[int, int]
"""(mentor, mentee)."""

HOUSE = Path(__file__).parent.parent


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


@dataclass(frozen=True, slots=True)
class NextBest:
    """Whom else one could have, the best first."""

    mentors: Mapping[int, tuple[int, ...]]  # by mentee
    mentees: Mapping[int, tuple[int, ...]]  # by mentor


def assign(problem: Problem) -> Assignment:
    placed = {mentee: mentor for mentor, mentee in problem.locked} | _placed(_Pool.of(problem))
    scores = [problem.scores.get((mentor, mentee), 0) for mentee, mentor in placed.items()]
    return Assignment(dict(sorted(placed.items())), sum(scores), min(scores, default=None))


def assign_apart(problem: Problem, timeout: float = 30.0) -> Assignment:
    """The same in a process of its own. ``timeout``: seconds. Raises CalculationFailed."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mentoring.assignment"],
            input=_written(problem),
            capture_output=True,
            timeout=timeout,
            check=True,
            cwd=HOUSE,
        )
    except (subprocess.SubprocessError, OSError) as failure:
        raise CalculationFailed(type(failure).__name__) from failure
    answer = json.loads(done.stdout)
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


def next_best(problem: Problem, assignment: Assignment, most: int = 3) -> NextBest:
    """Beside those whom they have."""
    by_mentee: dict[int, list[Pairing]] = defaultdict(list)
    by_mentor: dict[int, list[Pairing]] = defaultdict(list)
    for (mentor, mentee), score in problem.scores.items():
        if assignment.placed.get(mentee) != mentor:
            by_mentee[mentee].append((-score, mentor))
            by_mentor[mentor].append((-score, mentee))
    return NextBest(_first(by_mentee, most), _first(by_mentor, most))


def digest(problem: Problem) -> str:
    """Changes with the people, the places, the scores and what is held together."""
    return sha256(_written(problem)).hexdigest()


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


def _first(choices: Mapping[int, list[Pairing]], most: int) -> dict[int, tuple[int, ...]]:
    return {one: tuple(other for _, other in sorted(theirs)[:most]) for one, theirs in choices.items()}


def _written(problem: Problem) -> bytes:
    scores = sorted((mentor, mentee, score) for (mentor, mentee), score in problem.scores.items())
    told = [sorted(problem.mentors), sorted(problem.mentees), scores, sorted(problem.locked)]
    return json.dumps(told, separators=(",", ":")).encode()


def _read(written: bytes) -> Problem:
    mentors, mentees, scores, locked = json.loads(written)
    return Problem(
        tuple((mentor, places) for mentor, places in mentors),
        tuple(mentees),
        {(mentor, mentee): score for mentor, mentee, score in scores},
        frozenset((mentor, mentee) for mentor, mentee in locked),
    )


@dataclass(frozen=True, slots=True)
class _Pool:
    """The problem without the locked ones, as arrays. An edge is (mentee, mentor) by their numbers, in order."""

    mentors: "Numbers"  # ids
    places: "Numbers"
    mentees: "Numbers"  # ids
    rows: "Numbers"
    columns: "Numbers"
    worth: "Numbers"  # the score and the bonus for placing anybody at all
    bonus: int

    @classmethod
    def of(cls, problem: Problem) -> "_Pool":
        import numpy as np

        left = dict(sorted(problem.mentors))
        for mentor, _ in problem.locked:
            left[mentor] -= 1
        held = {mentee for _, mentee in problem.locked}
        mentors = np.array([one for one, places in left.items() if places > 0], np.int64)
        places = np.array([places for places in left.values() if places > 0], np.int64)
        mentees = np.array(sorted(one for one in problem.mentees if one not in held), np.int64)
        size = len(problem.scores)
        pairs = np.fromiter(chain.from_iterable(problem.scores), np.int64, 2 * size)
        columns, known = _numbers(mentors, pairs[::2])
        rows, wanted = _numbers(mentees, pairs[1::2])
        kept = np.flatnonzero(known & wanted)
        order = kept[np.argsort(rows[kept] * len(mentors) + columns[kept], kind="stable")]
        bonus = _BEST * len(mentees) + 1
        worth = np.fromiter(problem.scores.values(), np.int64, size)[order] + bonus
        return cls(mentors, places, mentees, rows[order], columns[order], worth, bonus)


def _numbers(ids: "Numbers", asked: "Numbers") -> tuple["Numbers", "np.ndarray[Any, np.dtype[np.bool_]]"]:
    """Places of the asked in the sorted ``ids``, and whether they are there at all."""
    import numpy as np

    if not len(ids):
        return np.zeros(len(asked), np.int64), np.zeros(len(asked), np.bool_)
    numbers = np.minimum(np.searchsorted(ids, asked), len(ids) - 1)
    return numbers, ids[numbers] == asked


def _placed(pool: _Pool) -> dict[int, int]:
    if not len(pool.worth):
        return {}
    best = _fairest(pool, *_optimal(pool))
    mine, theirs = pool.mentees[pool.rows[best]], pool.mentors[pool.columns[best]]
    return dict(zip(mine.tolist(), theirs.tolist(), strict=True))


def _optimal(pool: _Pool) -> tuple["Numbers", "_Prices"]:
    """Edges of a best answer, and its prices. Begins with the edges that are dearest to each mentee, and adds those for
    which, at the prices that came out, somebody would move; when there are none, nothing else could be better."""
    import numpy as np

    asked = _dearest(pool)
    while True:
        best = _best(pool, asked)
        prices = _prices(pool, asked, best)
        missed = np.flatnonzero(prices.losses(pool) < 0)
        if not len(missed):
            return best, prices
        asked = np.union1d(asked, missed)


def _dearest(pool: _Pool) -> "Numbers":
    """About a dozen edges of each mentee: those whose score is not far from the mentee's highest."""
    import numpy as np

    begins = np.flatnonzero(np.diff(pool.rows, prepend=-1))
    lengths = np.diff(begins, append=len(pool.rows))
    behind = np.repeat(np.maximum.reduceat(pool.worth, begins), lengths) - pool.worth
    enough = min(_FEW * len(begins), len(behind) - 1)
    return np.flatnonzero(behind <= np.partition(behind, enough)[enough])


def _best(pool: _Pool, numbers: "Numbers") -> "Numbers":
    """Edges of a best answer among those. Each place is a column; each mentee has one more, worth nothing: to stay
    without."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    rows, columns, worth = pool.rows[numbers], pool.columns[numbers], pool.worth[numbers]
    begins = np.concatenate([[0], np.cumsum(pool.places)])
    copies = pool.places[columns]
    count = len(pool.mentees)
    ends = np.cumsum(copies)
    place = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - copies - begins[columns], copies)
    per_row = np.bincount(rows, weights=copies, minlength=count).astype(np.int64)
    after = np.cumsum(per_row)
    where = np.insert(place, after, begins[-1] + np.arange(count))
    value = np.insert(np.repeat(worth, copies), after, 0)
    matrix = csr_matrix(
        (float(_BEST + pool.bonus + 1) - value, where, np.concatenate([[0], after + np.arange(1, count + 1)])),
        shape=(count, int(begins[-1]) + count),
    )
    served, chosen = min_weight_full_bipartite_matching(matrix)
    real = chosen < begins[-1]
    theirs = np.searchsorted(begins, chosen[real], "right") - 1
    return _edges(pool, served[real], theirs)


def _edges(pool: _Pool, rows: "Numbers", columns: "Numbers") -> "Numbers":
    """Numbers of the edges that join the rows with the columns."""
    import numpy as np

    width = len(pool.mentors)
    found: Numbers = np.searchsorted(pool.rows * width + pool.columns, rows * width + columns)
    return found


def _fairest(pool: _Pool, best: "Numbers", prices: "_Prices") -> "Numbers":
    """Among the best answers, one with the highest lowest score: halving between what it is and what it could be.

    Every best answer goes along the edges without loss, and whoever has a gain has a mentor in each of them.
    """
    import numpy as np

    lossless = np.flatnonzero(prices.losses(pool) == 0)
    hopes = np.zeros(len(pool.mentees), np.int64)
    np.maximum.at(hopes, pool.rows[lossless], pool.worth[lossless])
    total, lowest = int(pool.worth[best].sum()), int(pool.worth[best].min())
    highest = hopes[prices.gains > 0].min(initial=_NOBODY)
    worths = np.unique(pool.worth[lossless])
    steps = worths[(worths > lowest) & (worths <= highest)]
    low, high = 0, len(steps)
    while low < high:
        middle = (low + high) // 2
        tried = _best(pool, lossless[pool.worth[lossless] >= steps[middle]])
        if int(pool.worth[tried].sum()) == total:
            best, low = tried, middle + 1
        else:
            high = middle
    return best


@dataclass(frozen=True, slots=True)
class _Prices:
    """``places``: what a place with each mentor costs; ``gains``: what each mentee has over the price they pay."""

    places: "Numbers"
    gains: "Numbers"

    def losses(self, pool: _Pool) -> "Numbers":
        """Of each edge: how much worse than now it would be for its mentee, at these prices."""
        return self.gains[pool.rows] + self.places[pool.columns] - pool.worth


def _prices(pool: _Pool, among: "Numbers", best: "Numbers") -> _Prices:
    """The least prices at which nobody would move along the edges ``among``.

    Longest paths by rounds, each over all edges; there are no circles with a gain, as the answer is the best.
    """
    import numpy as np

    ordered = among[np.argsort(pool.columns[among], kind="stable")]
    rows, worth = pool.rows[ordered], pool.worth[ordered]
    asked, begins = np.unique(pool.columns[ordered], return_index=True)
    places, gains = np.zeros(len(pool.mentors), np.int64), np.zeros(len(pool.mentees), np.int64)
    mine, theirs, had = pool.rows[best], pool.columns[best], pool.worth[best]
    while True:
        gains[mine] = had - places[theirs]
        offers = np.maximum(np.maximum.reduceat(worth - gains[rows], begins), 0)
        if np.array_equal(offers, places[asked]):
            return _Prices(places, gains)
        places[asked] = np.maximum(offers, places[asked])


_FEW = 12
_BEST = 100
_NOBODY = 1 << 60


if __name__ == "__main__":
    answer = assign(_read(sys.stdin.buffer.read()))
    json.dump(
        {"placed": list(answer.placed.items()), "total": answer.total, "worst": answer.worst},
        sys.stdout,
    )
