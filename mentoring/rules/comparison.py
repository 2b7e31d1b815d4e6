"""Before and after, for the same people: how much changed, for how many, and whether chance alone could do it.

Nothing is assumed of how marks are spread: they are whole numbers from 1 to 10, few, and often equal. So the test is
Wilcoxon's signed-rank, exact, and the effect size is the matched-pairs rank-biserial correlation that belongs to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import erfc, sqrt

from mentoring.rules.statistics import FEW

TESTED_FROM = 10
"""People whose answer changed; below it the test cannot tell anything and is not made."""

EXACT_UP_TO = 100
"""With more changed answers the normal approximation differs by less than a hundredth, and takes no time."""

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Comparison:
    """``effect``: from −1 (all fell) to 1 (all grew), None when nothing changed; ``p``: two-sided, None when untested.

    ``importance``: before, people said how much it matters, after, how it was: this is «ожидание против опыта», and
    `grew` means that more was got than hoped for.
    """

    n: int
    mean_before: float | None
    mean_after: float | None
    mean_difference: float | None
    grew: int
    same: int
    fell: int
    share_grew: float | None
    effect: float | None
    p: float | None
    importance: bool = False

    @property
    def few(self) -> bool:
        return self.n < FEW

    @property
    def tested(self) -> bool:
        return self.p is not None

    @property
    def significant(self) -> bool:
        return self.p is not None and self.p < SIGNIFICANT


def compare(pairs: Sequence[tuple[int, int]], *, importance: bool = False) -> Comparison:
    """``pairs``: one person's number before and after."""
    n = len(pairs)
    if not n:
        return Comparison(0, None, None, None, 0, 0, 0, None, None, None, importance)
    before, after = sum(first for first, _ in pairs) / n, sum(second for _, second in pairs) / n
    changes = [second - first for first, second in pairs if second != first]
    grew = sum(change > 0 for change in changes)
    return Comparison(
        n=n,
        mean_before=before,
        mean_after=after,
        mean_difference=sum(changes) / n,
        grew=grew,
        same=n - len(changes),
        fell=len(changes) - grew,
        share_grew=grew / n,
        effect=rank_biserial(changes),
        p=signed_rank_p(changes) if len(changes) >= TESTED_FROM else None,
        importance=importance,
    )


def rank_biserial(changes: Sequence[int]) -> float | None:
    """Matched pairs (Kerby 2014): ranks of the growths less those of the falls, as a share of all. No zeros in it."""
    ranks = _double_ranks(changes)
    grown = sum(rank for rank, change in zip(ranks, changes, strict=True) if change > 0)
    whole = sum(ranks)
    return (2 * grown - whole) / whole if whole else None


def signed_rank_p(changes: Sequence[int]) -> float:
    """Wilcoxon's test of changes without zeros, two-sided; equal sizes share their middle rank."""
    ranks = _double_ranks(changes)
    grown = sum(rank for rank, change in zip(ranks, changes, strict=True) if change > 0)
    return _exact_p(ranks, grown) if len(changes) <= EXACT_UP_TO else _normal_p(ranks, grown)


def _double_ranks(changes: Sequence[int]) -> list[int]:
    """Twice the rank of each change's size, so that a middle rank is a whole number too."""
    ranks, place = {}, 0
    for size, equal in groupby(sorted(abs(change) for change in changes)):
        many = len(list(equal))
        ranks[size] = 2 * place + many + 1
        place += many
    return [ranks[abs(change)] for change in changes]


def _exact_p(ranks: Sequence[int], grown: int) -> float:
    """Over all 2ⁿ ways to give the sizes their signs: how many are at least as far from the middle.

    The ways by their sum of ranks are the digits of one long number: giving a rank a plus moves it by that many
    digits. Whole numbers, so nothing is rounded.
    """
    width = len(ranks) // 8 + 1  # bytes of a digit: no sum can be reached in more than 2ⁿ ways
    ways = 1
    for rank in ranks:
        ways += ways << (rank * width * 8)
    digits = ways.to_bytes((sum(ranks) + 1) * width, "little")
    lower = min(grown, sum(ranks) - grown)
    tail = sum(int.from_bytes(digits[at : at + width], "little") for at in range(0, (lower + 1) * width, width))
    return min(1.0, tail / (1 << (len(ranks) - 1)))


def _normal_p(ranks: Sequence[int], grown: int) -> float:
    """The spread of a sum of ranks with random signs is exact for ties too: a quarter of their squares."""
    middle, spread = sum(ranks) / 2, sqrt(sum(rank * rank for rank in ranks)) / 2
    return erfc(abs(grown - middle) / spread / sqrt(2))
