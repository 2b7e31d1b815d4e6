"""The best places by SciPy, the fairest of them by prices.

SciPy finds the most and the best. It says nothing about other answers that are as good, so prices of the mentors are
reckoned from its answer (they are the dual variables of the assignment): every best answer goes along the edges that
the prices leave without loss, and those are few. The same prices tell whether edges that were left out at first, to
be fast, could have made it better.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


def best_places(
    places: Mapping[int, int], mentees: Iterable[int], scores: Mapping[tuple[int, int], int]
) -> dict[int, int]:
    """Mentee -> mentor. ``places`` by mentor, ``scores`` by (mentor, mentee), those of other people too."""
    pool = Pool.of(places, mentees, scores)
    if not len(pool.worth):
        return {}
    best = _fairest(pool, *_optimal(pool))
    mine, theirs = pool.mentees[pool.rows[best]], pool.mentors[pool.columns[best]]
    return dict(zip(mine.tolist(), theirs.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Pool:
    """People and places as arrays. An edge is (mentee, mentor) by their numbers, in order."""

    mentors: Numbers  # ids
    places: Numbers
    mentees: Numbers  # ids
    rows: Numbers
    columns: Numbers
    worth: Numbers  # the score and the bonus for placing anybody at all
    bonus: int

    @classmethod
    def of(cls, places: Mapping[int, int], people: Iterable[int], scores: Mapping[tuple[int, int], int]) -> "Pool":
        left = {mentor: places[mentor] for mentor in sorted(places) if places[mentor] > 0}
        mentors, free = np.array(list(left), np.int64), np.array(list(left.values()), np.int64)
        mentees = np.array(sorted(people), np.int64)
        size = len(scores)
        pairs = np.fromiter(chain.from_iterable(scores), np.int64, 2 * size)
        columns, known = _numbers(mentors, pairs[::2])
        rows, wanted = _numbers(mentees, pairs[1::2])
        kept = np.flatnonzero(known & wanted)
        order = kept[np.argsort(rows[kept] * len(mentors) + columns[kept], kind="stable")]
        bonus = _BEST * len(mentees) + 1
        worth = np.fromiter(scores.values(), np.int64, size)[order] + bonus
        return cls(mentors, free, mentees, rows[order], columns[order], worth, bonus)


@dataclass(frozen=True, slots=True)
class Prices:
    """``places``: what a place with each mentor costs; ``gains``: what each mentee has over the price they pay."""

    places: Numbers
    gains: Numbers

    def losses(self, pool: Pool) -> Numbers:
        """Of each edge: how much worse than now it would be for its mentee, at these prices."""
        return self.gains[pool.rows] + self.places[pool.columns] - pool.worth


def _numbers(ids: Numbers, asked: Numbers) -> tuple[Numbers, Flags]:
    """Places of the asked in the sorted ``ids``, and whether they are there at all."""
    if not len(ids):
        return np.zeros(len(asked), np.int64), np.zeros(len(asked), np.bool_)
    numbers = np.minimum(np.searchsorted(ids, asked), len(ids) - 1)
    return numbers, ids[numbers] == asked


def _optimal(pool: Pool) -> tuple[Numbers, Prices]:
    """Edges of a best answer, and its prices. Begins with the edges that are dearest to each mentee, and adds those for
    which, at the prices that came out, somebody would move; when there are none, nothing else could be better."""
    asked = _dearest(pool)
    while True:
        best = _best(pool, asked)
        prices = _prices(pool, asked, best)
        missed = np.flatnonzero(prices.losses(pool) < 0)
        if not len(missed):
            return best, prices
        asked = np.union1d(asked, missed)


def _dearest(pool: Pool) -> Numbers:
    """About a dozen edges of each mentee: those whose score is not far from the mentee's highest."""
    begins = np.flatnonzero(np.diff(pool.rows, prepend=-1))
    lengths = np.diff(begins, append=len(pool.rows))
    behind = np.repeat(np.maximum.reduceat(pool.worth, begins), lengths) - pool.worth
    enough = min(_FEW * len(begins), len(behind) - 1)
    return np.flatnonzero(behind <= np.partition(behind, enough)[enough])


def _best(pool: Pool, numbers: Numbers) -> Numbers:
    """Edges of a best answer among those. Each place is a column; each mentee has one more, worth nothing: to stay
    without."""
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


def _edges(pool: Pool, rows: Numbers, columns: Numbers) -> Numbers:
    """Numbers of the edges that join the rows with the columns."""
    width = len(pool.mentors)
    found: Numbers = np.searchsorted(pool.rows * width + pool.columns, rows * width + columns)
    return found


def _fairest(pool: Pool, best: Numbers, prices: Prices) -> Numbers:
    """Among the best answers, one with the highest lowest score: halving between what it is and what it could be.

    Every best answer goes along the edges without loss, and whoever has a gain has a mentor in each of them.
    """
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


def _prices(pool: Pool, among: Numbers, best: Numbers) -> Prices:
    """The least prices at which nobody would move along the edges ``among``.

    Longest paths by rounds, each over all edges; there are no circles with a gain, as the answer is the best.
    """
    ordered = among[np.argsort(pool.columns[among], kind="stable")]
    rows, worth = pool.rows[ordered], pool.worth[ordered]
    asked, begins = np.unique(pool.columns[ordered], return_index=True)
    places, gains = np.zeros(len(pool.mentors), np.int64), np.zeros(len(pool.mentees), np.int64)
    mine, theirs, had = pool.rows[best], pool.columns[best], pool.worth[best]
    while True:
        gains[mine] = had - places[theirs]
        offers = np.maximum(np.maximum.reduceat(worth - gains[rows], begins), 0)
        if np.array_equal(offers, places[asked]):
            return Prices(places, gains)
        places[asked] = np.maximum(offers, places[asked])


_FEW = 12
_BEST = 100
_NOBODY = 1 << 60
