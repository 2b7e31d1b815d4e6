import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import PermutationMethod, rankdata, wilcoxon

from mentoring.rules.comparison import (
    EXACT_UP_TO,
    TESTED_FROM,
    compare,
    rank_biserial,
    signed_rank_p,
)

MARKS = st.integers(1, 10)
CHANGES = st.integers(-9, 9).filter(bool)


def by_trying_all_signs(changes: list[int]) -> float:
    """The share of all ways to give the sizes their signs that are at least as far from the middle."""
    ranks = rankdata([abs(change) for change in changes])
    seen = sum(rank for rank, change in zip(ranks, changes, strict=True) if change > 0)
    middle = ranks.sum() / 2
    far = abs(seen - middle) - 1e-9
    ways = list(product((0, 1), repeat=len(ranks)))
    return sum(abs(sum(rank for rank, up in zip(ranks, way, strict=True) if up) - middle) >= far for way in ways) / len(
        ways
    )


@given(st.lists(CHANGES, min_size=1, max_size=8))
@settings(max_examples=30, deadline=None)
def test_p_is_what_trying_all_signs_gives(changes: list[int]) -> None:
    assert signed_rank_p(changes) == pytest.approx(by_trying_all_signs(changes))


@given(st.lists(CHANGES, min_size=10, max_size=11))
@settings(max_examples=5, deadline=None)
def test_p_is_that_of_scipy_with_equal_sizes(changes: list[int]) -> None:
    whole = wilcoxon(changes, method=PermutationMethod(n_resamples=2**12))

    assert signed_rank_p(changes) == pytest.approx(whole.pvalue)


@given(st.lists(st.integers(1, 10_000), min_size=10, max_size=50, unique=True), st.randoms())
@settings(max_examples=40, deadline=None)
def test_p_is_that_of_scipy_without_equal_sizes(sizes, random) -> None:  # type: ignore[no-untyped-def]
    changes = [size * random.choice((1, -1)) for size in sizes]

    assert signed_rank_p(changes) == pytest.approx(wilcoxon(changes, method="exact").pvalue)


@given(st.lists(CHANGES, min_size=EXACT_UP_TO + 1, max_size=300))
@settings(max_examples=25, deadline=None)
def test_many_answers_are_tested_as_scipy_does_by_the_normal_law(changes: list[int]) -> None:
    expected = wilcoxon(changes, method="approx", correction=False)

    assert signed_rank_p(changes) == pytest.approx(expected.pvalue, abs=1e-9)


def test_at_the_border_the_exact_and_the_approximate_p_differ_by_less_than_a_hundredth() -> None:
    changes = [(-1) ** (place % 3) * (place % 9 + 1) for place in range(EXACT_UP_TO)]

    assert signed_rank_p(changes) == pytest.approx(wilcoxon(changes, method="approx").pvalue, abs=0.01)


def test_the_largest_exact_test_takes_no_time() -> None:
    changes = [(-1) ** place * (place % 9 + 1) for place in range(EXACT_UP_TO)]
    started = time.perf_counter()
    signed_rank_p(changes)

    assert time.perf_counter() - started < 0.5


@given(st.lists(st.tuples(MARKS, MARKS), min_size=1, max_size=60))
@settings(deadline=None)
def test_everybody_grew_stayed_or_fell_and_the_means_differ_by_the_mean_difference(
    pairs: list[tuple[int, int]],
) -> None:
    found = compare(pairs)

    assert found.grew + found.same + found.fell == found.n == len(pairs)
    assert found.share_grew == found.grew / found.n
    assert found.mean_before is not None
    assert found.mean_after is not None
    assert found.mean_difference == pytest.approx(found.mean_after - found.mean_before)


@given(st.lists(st.tuples(MARKS, MARKS), max_size=60))
@settings(deadline=None)
def test_turning_before_and_after_round_turns_the_effect_and_leaves_p(pairs: list[tuple[int, int]]) -> None:
    there, back = compare(pairs), compare([(after, before) for before, after in pairs])

    assert there.p == back.p
    assert (there.grew, there.fell) == (back.fell, back.grew)
    if there.effect is not None and back.effect is not None:
        assert there.effect == pytest.approx(-back.effect)


def test_effect_is_one_when_all_grew_and_none_when_nothing_changed() -> None:
    assert rank_biserial([1, 2, 5]) == 1
    assert rank_biserial([-1, -2]) == -1
    assert rank_biserial([1, -1]) == 0
    assert rank_biserial([]) is None
    assert rank_biserial([-1, 2, 3]) == pytest.approx((5 - 1) / 6)  # ranks 1, 2, 3 by hand


def test_no_test_is_made_of_fewer_than_ten_changed_answers() -> None:
    still = [(5, 5)] * 50
    assert compare([(4, 6)] * (TESTED_FROM - 1) + still).p is None

    assert compare([(4, 6)] * TESTED_FROM + still).p == pytest.approx(2 / 2**TESTED_FROM)


def test_nobody_gives_nothing_to_say() -> None:
    found = compare([])

    assert (found.n, found.mean_before, found.share_grew, found.effect, found.p) == (0, None, None, None, None)
    assert found.few
    assert not found.significant
