"""Posts in the cases of a paper, as far as they are known; by eye against a grammar."""

import pytest

from mentoring.rules.declension import Case, corrected, declined_post, is_known_post

TABLE = {
    "директор": ("директора", "директору", "директора", "директором", "директоре"),
    "заместитель директора": (
        "заместителя директора",
        "заместителю директора",
        "заместителя директора",
        "заместителем директора",
        "заместителе директора",
    ),
    "педагог-психолог": (
        "педагога-психолога",
        "педагогу-психологу",
        "педагога-психолога",
        "педагогом-психологом",
        "педагоге-психологе",
    ),
    "ученица 7 «Б» класса": (
        "ученицы 7 «Б» класса",
        "ученице 7 «Б» класса",
        "ученицу 7 «Б» класса",
        "ученицей 7 «Б» класса",
        "ученице 7 «Б» класса",
    ),
    "студентка, 2 курс": (
        "студентки, 2 курс",
        "студентке, 2 курс",
        "студентку, 2 курс",
        "студенткой, 2 курс",
        "студентке, 2 курс",
    ),
    "исполняющий обязанности директора": (
        "исполняющего обязанности директора",
        "исполняющему обязанности директора",
        "исполняющего обязанности директора",
        "исполняющим обязанности директора",
        "исполняющем обязанности директора",
    ),
    "социальный педагог": (
        "социального педагога",
        "социальному педагогу",
        "социального педагога",
        "социальным педагогом",
        "социальном педагоге",
    ),
}
KNOWN = [(post, case, form) for post, forms in TABLE.items() for case, form in zip(Case, forms, strict=True)]


@pytest.mark.parametrize(("post", "case", "form"), KNOWN)
def test_a_post_is_declined(post: str, case: Case, form: str) -> None:
    assert declined_post(post, case) == form


@pytest.mark.parametrize("post", ["флорист", "старший флорист", ""])
@pytest.mark.parametrize("case", Case)
def test_an_unknown_post_stays_as_it_was_written(post: str, case: Case) -> None:
    assert declined_post(post, case) == post


def test_a_standing_word_stays_and_the_post_behind_it_is_declined() -> None:
    assert declined_post("врио директор", Case.DATIVE) == "врио директору"


def test_only_an_unknown_post_is_to_be_checked() -> None:
    assert is_known_post("учитель физики")
    assert is_known_post("")
    assert not is_known_post("флорист")


def test_a_correction_is_words_and_nothing_else() -> None:
    assert corrected({"dative": " Ивановой Анне "}, Case.DATIVE) == "Ивановой Анне"
    assert corrected({"dative": None}, Case.DATIVE) == ""
    assert corrected({}, Case.GENITIVE) == ""
