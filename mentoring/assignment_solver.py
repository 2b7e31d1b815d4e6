"""The best places: most mentees, then the best total, then the fairest.

SciPy finds the most and the best. Prices of the mentors are reckoned from its answer (they are the dual variables of
the assignment); they tell whether edges that were left out at first, to be fast, could have made it better, and along
which edges other answers go that are as good.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from mentoring.assignment_fairness import fairest
from mentoring.assignment_pool import Numbers, Pool, Prices, best_answer, prices_of


def best_places(
    places: Mapping[int, int], mentees: Iterable[int], scores: Mapping[tuple[int, int], int]
) -> dict[int, int]:
    """Mentee -> mentor. ``places`` by mentor, ``scores`` by (mentor, mentee), those of other people too."""
    pool = Pool.of(places, mentees, scores)
    if not len(pool.worth):
        return {}
    best = fairest(pool, *_optimal(pool))
    mine, theirs = pool.mentees[pool.rows[best]], pool.mentors[pool.columns[best]]
    return dict(zip(mine.tolist(), theirs.tolist(), strict=True))


def _optimal(pool: Pool) -> tuple[Numbers, Prices]:
    """Edges of a best answer, and its prices. Begins with the edges that are dearest to each mentee, and adds those for
    which, at the prices that came out, somebody would move; when there are none, nothing else could be better."""
    asked = _dearest(pool)
    while True:
        best = best_answer(pool, asked)
        prices = prices_of(pool, asked, best)
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


_FEW = 12
