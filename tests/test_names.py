"""Names and posts in all cases, and what somebody should look at."""

import logging

import pytest

from mentoring.names import date_facts, name_forms, person_facts, post_of
from mentoring.rules.declension import Case, declined_post
from mentoring.rules.people import PersonKind, PersonName

ANNA = PersonName("Лебедева", "Анна", "Сергеевна")


@pytest.mark.parametrize(
    ("name", "genitive", "dative", "instrumental"),
    [
        (ANNA, "Лебедевой Анны Сергеевны", "Лебедевой Анне Сергеевне", "Лебедевой Анной Сергеевной"),
        (PersonName("Громов", "Пётр"), "Громова Петра", "Громову Петру", "Громовым Петром"),
        (PersonName("Асланов", "Тимур"), "Асланова Тимура", "Асланову Тимуру", "Аслановым Тимуром"),
        (PersonName("Черных", "Ольга"), "Черных Ольги", "Черных Ольге", "Черных Ольгой"),
        (PersonName("Ким", "Саша"), "Кима Саши", "Киму Саше", "Кимом Сашой"),
    ],
)  # fmt: skip
def test_names_are_declined(name: PersonName, genitive: str, dative: str, instrumental: str) -> None:
    forms = name_forms(name).forms
    assert (forms[Case.GENITIVE], forms[Case.DATIVE], forms[Case.INSTRUMENTAL]) == (genitive, dative, instrumental)


def test_initials_follow_the_surname_and_stand_before_it_at_a_signature() -> None:
    facts = person_facts(ANNA, "учитель физики")
    assert facts["short"] == "Лебедева\u00a0А.\u00a0С."
    assert facts["sign"] == "А.\u00a0С.\u00a0Лебедева"
    assert facts["short_accusative"] == "Лебедеву\u00a0А.\u00a0С."
    assert (facts["post_dative"], facts["acquainted"]) == ("учителю физики", "ознакомлена")


def test_a_correction_comes_before_the_rules_until_the_name_changes() -> None:
    forms = {"full": ANNA.full, "dative": "Лебедеве Анне"}
    assert person_facts(ANNA, forms=forms)["dative"] == "Лебедеве Анне"
    assert name_forms(ANNA, forms).written == {Case.DATIVE}
    married = PersonName("Ветрова", "Анна", "Сергеевна")
    assert person_facts(married, forms=forms)["dative"] == "Ветровой Анне Сергеевне"


@pytest.mark.parametrize(
    ("name", "doubtful"),
    [
        (ANNA, False),
        (PersonName("Титов", "Олег"), False),
        (PersonName("Ким", "Саша"), True),  # he or she
        (PersonName("Smith", "John"), True),
        (PersonName("Живаго", "Юрий", "Андреевич"), False),
        (PersonName("", "Мила"), True),
        (PersonName("Крылова", "М."), True),
    ],
)
def test_what_looks_odd_is_for_a_person_to_check(name: PersonName, doubtful: bool) -> None:
    assert name_forms(name).doubtful is doubtful


def test_nobodys_name_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        person_facts(PersonName("Иванова", "Олег", ""))
    assert "Иванова" not in caplog.text


@pytest.mark.parametrize(
    ("post", "case", "declined"),
    [
        ("заместитель директора по учебной работе", Case.DATIVE, "заместителю директора по учебной работе"),
        ("педагог-психолог", Case.ACCUSATIVE, "педагога-психолога"),
        ("старший мастер", Case.INSTRUMENTAL, "старшим мастером"),
        ("заведующая библиотекой", Case.GENITIVE, "заведующей библиотекой"),
        ("и. о. директора", Case.DATIVE, "и. о. директора"),
        ("ученица 7 «Б»", Case.GENITIVE, "ученицы 7 «Б»"),
        ("обучающаяся 7 «Б» класса", Case.ACCUSATIVE, "обучающуюся 7 «Б» класса"),
        ("вольный художник", Case.DATIVE, "вольный художник"),
    ],
)
def test_posts_are_declined_as_far_as_they_are_known(post: str, case: Case, declined: str) -> None:
    assert declined_post(post, case) == declined


def test_a_pupils_class_is_a_post_in_papers() -> None:
    assert post_of(PersonKind.PUPIL, "7 «Б»", PersonName("Крылова", "Мила")) == "обучающаяся 7 «Б» класса"
    assert post_of(PersonKind.TEACHER, "учитель физики", ANNA) == "учитель физики"


def test_an_unknown_day_prints_nothing() -> None:
    assert date_facts("until", None) == {"until": "", "until_words": ""}
