"""Finding people as they are typed."""

import pytest

from mentoring.rules.people import PersonName
from mentoring.rules.search import search_text, search_words

TEXT = search_text(PersonName("Королёв", "Семён", "Ильич"), place="7 „Б“", phone="+79123456789", username="Semyon_K")


@pytest.mark.parametrize(
    "query",
    [
        "королёв",
        "КОРОЛЕВ",
        "семен королев",
        "  ильич   семён ",
        "орол",
        "89123456789",
        "+7 (912) 345-67-89",
        "8 912 345 67 89",
        "912-345",
        "9123456789 королёв",
        "7б",
        "7 «Б»",
        "@semyon",
        "королёв, семён",
    ],
)
def test_a_person_is_found_however_they_are_typed(query: str) -> None:
    assert all(word in TEXT for word in search_words(query))


@pytest.mark.parametrize("query", ["королева", "89123456788", "8б", "семён петров"])
def test_another_person_is_not_found(query: str) -> None:
    assert not all(word in TEXT for word in search_words(query))


def test_an_empty_query_and_a_query_of_signs_ask_for_nothing() -> None:
    assert search_words("") == search_words(" «»%_ — ") == ()


def test_a_nameless_person_has_an_empty_text() -> None:
    assert search_text(PersonName()) == ""


def test_lists_sorted_by_the_text_are_sorted_by_name() -> None:
    assert TEXT.startswith("королев семен")


def test_a_foreign_phone_is_kept_as_it_is() -> None:
    assert "375291234567" in search_text(PersonName(), phone="+375291234567")
