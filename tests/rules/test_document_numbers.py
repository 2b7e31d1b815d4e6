"""Numbers of orders: one is offered, and the same one written in two ways is the same."""

import pytest

from mentoring.rules.document_numbers import clean_number, next_free


@pytest.mark.parametrize(("typed", "number"), [(" № 47 ", "47"), ("№47-о", "47-о"), ("12 / 3", "12 / 3"), ("№", "")])
def test_a_number_is_one_however_it_is_typed(typed: str, number: str) -> None:
    assert clean_number(typed) == number


@pytest.mark.parametrize(
    ("used", "free"),
    [
        ([], "1"),
        (["1", "2", "9"], "10"),
        (["47-о"], "48-о"),
        (["12/3"], "13"),
        (["б/н"], "1"),
        (["3-о", "7"], "8"),
        (["100", "99-к"], "101"),
    ],
)
def test_the_next_number_follows_the_largest_and_its_manner(used: list[str], free: str) -> None:
    assert next_free(used) == free
