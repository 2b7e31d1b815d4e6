"""The fairest of the best answers: the worst served as well served as can be, then the next worst served, and so on.

Every best answer goes along the edges that the prices leave without loss. Of those, only the ones on a circle along
which people can change places are not decided yet; circles that do not touch are decided each by itself. There, as few
as can be are left with the lowest score, then with the next one: several scores at once, each weighing more than all
those above it together.
"""

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from mentoring.assignment_pool import Flags, Numbers, Pool, Prices, best_answer, bonus_for, prices_of


def fairest(pool: Pool, best: Numbers, prices: Prices) -> Numbers:
    """Edges of the fairest answer among those as good as ``best``."""
    taken, settled = np.zeros(len(pool.worth), np.bool_), np.zeros(len(pool.worth), np.bool_)
    taken[best] = True
    part, edges = pool, np.arange(len(pool.worth))
    while True:
        loose, circles = _on_circles(part, best, prices)
        edges, circles, ranks = _undecided(pool, edges[loose], circles, settled)
        if not len(edges):
            return np.flatnonzero(taken)
        part, settled[edges] = _harder_on_low(_part(pool, edges, taken), circles, ranks)
        best = best_answer(part, np.arange(len(edges)))
        prices = prices_of(part, np.arange(len(edges)), best)
        taken[edges] = False
        taken[edges[best]] = True


def _on_circles(pool: Pool, best: Numbers, prices: Prices) -> tuple[Numbers, Numbers]:
    """Edges that some best answers take and others do not, and the number of the circles that each lies on.

    Ways lead from a mentee to whom they could move, from a mentor to whom they could give away, and to and from the
    outside: those who may stay without a mentor, places that may stay free.
    """
    lossless = np.flatnonzero(prices.losses(pool) == 0)
    mentees, mentors = np.arange(len(pool.mentees)), len(pool.mentees) + np.arange(len(pool.mentors))
    outside = np.array([len(mentees) + len(mentors)])
    has, placed = np.zeros(len(pool.worth), np.bool_), np.zeros(len(mentees), np.bool_)
    has[best], placed[pool.rows[best]] = True, True
    could = lossless[~has[lossless]]
    used = np.bincount(pool.columns[best], minlength=len(mentors))
    ways = (
        (pool.rows[could], mentors[pool.columns[could]]),
        (mentors[pool.columns[best]], pool.rows[best]),
        (mentees[placed & (prices.gains == 0)], outside),
        (outside, mentees[~placed]),
        (mentors[used < pool.places], outside),
        (outside, mentors[(used > 0) & (prices.places == 0)]),
    )
    labels = _strongly_joined(ways, outside[0] + 1)
    loose = lossless[labels[pool.rows[lossless]] == labels[mentors[pool.columns[lossless]]]]
    return loose, labels[pool.rows[loose]]


def _strongly_joined(ways: Iterable[tuple[Numbers, Numbers]], size: int) -> Numbers:
    """For each point, the number of those that it can go to and come back from."""
    begins, ends = (np.concatenate(points) for points in zip(*(np.broadcast_arrays(*way) for way in ways), strict=True))
    graph = csr_matrix((np.ones(len(begins), np.int8), (begins, ends)), shape=(size, size))
    _, labels = connected_components(graph, directed=True, connection="strong")
    found: Numbers = labels.astype(np.int64)
    return found


def _undecided(pool: Pool, edges: Numbers, circles: Numbers, settled: Flags) -> tuple[Numbers, Numbers, Numbers]:
    """Without circles where at most two scores are not settled: how many there are and their sum leave no choice.

    The last are the ranks of the scores on their circles, the lowest is 0; of settled ones, `_SETTLED`.
    """
    ranks = np.full(len(edges), _SETTLED)
    new = np.flatnonzero(~settled[edges])
    width = int(pool.worth.max(initial=0)) + 1
    levels, which = np.unique(circles[new] * width + pool.worth[edges[new]], return_inverse=True)
    owners = levels // width
    ranks[new] = which - np.searchsorted(owners, owners)[which]
    counted = np.bincount(owners, minlength=int(circles.max(initial=0)) + 1)
    kept = counted[circles] > 2
    return edges[kept], circles[kept], ranks[kept]


def _part(pool: Pool, edges: Numbers, taken: Flags) -> Pool:
    """The pool of those edges alone: with the places that the other edges of the answer leave."""
    decided = taken.copy()
    decided[edges] = False
    left = pool.places - np.bincount(pool.columns[decided], minlength=len(pool.mentors))
    mentees, rows = np.unique(pool.rows[edges], return_inverse=True)
    mentors, columns = np.unique(pool.columns[edges], return_inverse=True)
    worth = pool.worth[edges] - bonus_for(len(pool.mentees)) + bonus_for(len(mentees))
    return Pool(pool.mentors[mentors], left[mentors], pool.mentees[mentees], rows, columns, worth)


def _harder_on_low(part: Pool, circles: Numbers, ranks: Numbers) -> tuple[Pool, Flags]:
    """The same with a loss for each of the lowest scores, and which edges have such a score now."""
    _, firsts = np.unique(part.rows, return_index=True)
    base = int(np.bincount(circles[firsts]).max()) + 1
    depth = int(ranks[ranks < _SETTLED].max())
    while depth > 1 and int(part.worth.max()) * base**depth > _EXACT:
        depth -= 1
    low = ranks < depth
    losses = np.zeros(len(ranks), np.int64)
    losses[low] = base ** (depth - 1 - ranks[low])
    worth = part.worth * base**depth - losses
    return Pool(part.mentors, part.places, part.mentees, part.rows, part.columns, worth), low | (ranks == _SETTLED)


_SETTLED = 1 << 40
_EXACT = 1 << 50  # the solver reckons in floating point
