from collections import Counter
from statistics import mean, median

from hypothesis import given
from hypothesis import strategies as st

from mentoring.rules.statistics import FEW, HIDDEN, of_choices, of_numbers

NUMBERS = st.lists(st.integers(0, 10), min_size=1, max_size=200)


@given(NUMBERS)
def test_mean_and_median_are_those_of_the_answers_themselves(numbers: list[int]) -> None:
    found = of_numbers(range(1, 11), Counter(numbers))

    assert found.n == len(numbers)
    assert found.mean is not None
    assert abs(found.mean - mean(numbers)) < 1e-9
    assert found.median == median(numbers)


@given(NUMBERS)
def test_each_number_has_its_bar_and_its_share(numbers: list[int]) -> None:
    bars = of_numbers(range(11), Counter(numbers)).bars

    assert [bar.n for bar in bars] == [numbers.count(number) for number in range(11)]
    assert abs(sum(bar.share for bar in bars) - 1) < 1e-9


def test_several_choices_are_shares_of_people_and_add_up_to_more_than_all() -> None:
    found = of_choices([("a", "Роботы"), ("b", "Театр"), ("c", "Шахматы")], {"a": 3, "b": 4}, 4)

    assert [(bar.label, bar.n, bar.share) for bar in found.bars] == [
        ("Роботы", 3, 0.75),
        ("Театр", 4, 1.0),
        ("Шахматы", 0, 0),
    ]


def test_nobody_has_no_mean_and_no_shares() -> None:
    found = of_numbers(range(1, 3), {})

    assert (found.n, found.mean, found.median) == (0, None, None)
    assert [bar.share for bar in found.bars] == [0, 0]
    assert of_choices([("a", "Да")], {}, 0).bars[0].share == 0


def test_few_is_said_below_five_and_a_cut_is_hidden_below_three() -> None:
    assert (FEW, HIDDEN) == (5, 3)  # methodology.md §2.8, rule 2
    assert of_numbers([1], {1: 4}).few
    assert not of_numbers([1], {1: 5}).few
