"""People and places as arrays, a best answer by SciPy, and its prices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Pool:
    """People and places as arrays. An edge is (mentee, mentor) by their numbers, in order."""

    mentors: Numbers  # ids
    places: Numbers
    mentees: Numbers  # ids
    rows: Numbers
    columns: Numbers
    worth: Numbers  # the score and the bonus for placing anybody at all

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
        worth = np.fromiter(scores.values(), np.int64, size)[order] + bonus_for(len(mentees))
        return cls(mentors, free, mentees, rows[order], columns[order], worth)


def bonus_for(mentees: int) -> int:
    """For placing one more: more than any scores of that many people can weigh against it."""
    return _BEST * mentees + 1


@dataclass(frozen=True, slots=True)
class Prices:
    """``places``: what a place with each mentor costs; ``gains``: what each mentee has over the price they pay."""

    places: Numbers
    gains: Numbers

    def losses(self, pool: Pool) -> Numbers:
        """Of each edge: how much worse than now it would be for its mentee, at these prices."""
        return self.gains[pool.rows] + self.places[pool.columns] - pool.worth


def best_answer(pool: Pool, numbers: Numbers) -> Numbers:
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
        (float(worth.max(initial=0) + 1) - value, where, np.concatenate([[0], after + np.arange(1, count + 1)])),
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


def prices_of(pool: Pool, among: Numbers, best: Numbers) -> Prices:
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


def _numbers(ids: Numbers, asked: Numbers) -> tuple[Numbers, Flags]:
    """Places of the asked in the sorted ``ids``, and whether they are there at all."""
    if not len(ids):
        return np.zeros(len(asked), np.int64), np.zeros(len(asked), np.bool_)
    numbers = np.minimum(np.searchsorted(ids, asked), len(ids) - 1)
    return numbers, ids[numbers] == asked


_BEST = 100
