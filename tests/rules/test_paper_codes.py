"""Codes of printed forms, copied by hand."""

import random

import pytest

from mentoring.rules.paper_codes import CODES, LENGTH, SIGNS, paper_code, read_paper_code, shown_code

SOME = [paper_code(number) for number in random.Random(7).sample(range(CODES), 300)]


def test_every_code_reads_back_however_it_is_typed() -> None:
    for code in SOME:
        for typed in (
            code,
            shown_code(code),
            shown_code(code).lower(),
            f" {code[:2]} {code[2:]} ",
            f"{code[0]}-{code[1:]}.",
        ):
            assert read_paper_code(typed) == code


LOOK_ALIKE = {
    **dict.fromkeys("Ооo", "0"),
    **dict(zip("ЗвBчБ1", "388467", strict=True)),
    **dict(zip("KpHyxcTmaё", "КРНУХСТМАЕ", strict=True)),
}


@pytest.mark.parametrize(("typed", "printed"), LOOK_ALIKE.items())
def test_a_sign_that_looks_alike_is_understood(typed: str, printed: str) -> None:
    code = next(one for one in SOME if printed in one)

    assert read_paper_code(shown_code(code).replace(printed, typed)) == code


def test_one_wrong_sign_is_always_refused() -> None:
    for code in SOME[:60]:
        for place in range(LENGTH):
            for sign in set(SIGNS) - {code[place]}:
                assert read_paper_code(code[:place] + sign + code[place + 1 :]) is None


def test_two_neighbours_that_changed_places_are_refused() -> None:
    for code in SOME:
        for place in range(LENGTH - 1):
            one, other = code[place : place + 2]
            if one != other:
                assert read_paper_code(code[:place] + other + one + code[place + 2 :]) is None


@pytest.mark.parametrize("typed", ["", "К7Р", "К7Р-4МДД", "Ж7Р-4МД", "спасибо", "№ 12", "К7Р-4М"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert read_paper_code(typed) is None


def test_no_two_signs_look_alike_and_all_codes_differ() -> None:
    assert not set(SIGNS) & set("ОЗБВЧ1ЖЬЪЫЩШЦИЙІ")
    assert len({paper_code(number) for number in range(5000)}) == 5000
    with pytest.raises(ValueError, match=str(CODES)):
        paper_code(CODES)
