"""Ages, names, and how people are called."""

from datetime import date

import pytest

from mentoring.rules.people import AgeGroup, PersonKind, PersonName, age_group_on, age_on, called, name_from_full

VERA = PersonName("Крылова", "Вера", "Андреевна")


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2009, 11, 23), date(2026, 11, 22), 16),
        (date(2009, 11, 23), date(2026, 11, 23), 17),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_a_person_is_a_year_older_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (date(2012, 11, 24), AgeGroup.UNDER_14),
        (date(2012, 11, 23), AgeGroup.FROM_14_TO_17),
        (date(2008, 11, 24), AgeGroup.FROM_14_TO_17),
        (date(2008, 11, 23), AgeGroup.ADULT),
    ],
)
def test_the_age_group_changes_on_the_fourteenth_and_the_eighteenth_birthday(born: date, group: AgeGroup) -> None:
    assert age_group_on(born, date(2026, 11, 23)) is group


@pytest.mark.parametrize("text", ["Крылова Вера Андреевна", "вера андреевна крылова", "  КРЫЛОВА  ВЕРА АНДРЕЕВНА "])
def test_a_full_name_is_read_in_either_order_and_any_case(text: str) -> None:
    assert name_from_full(text) == VERA


@pytest.mark.parametrize("text", ["Крылова Мила", "Мила Крылова"])
def test_of_two_words_the_surname_is_recognised(text: str) -> None:
    assert name_from_full(text) == PersonName("Крылова", "Мила")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ирина Соколова", PersonName("Соколова", "Ирина")),
        ("Соколова Ирина", PersonName("Соколова", "Ирина")),
        ("Ким Роман", PersonName("Ким", "Роман")),
        ("Вера Андреевна", PersonName("", "Вера", "Андреевна")),
        ("Мамедов Тимур Аслан оглы", PersonName("Мамедов", "Тимур", "Аслан оглы")),
        ("Петров-водкин кузьма сергеевич", PersonName("Петров-Водкин", "Кузьма", "Сергеевич")),
        ("мама", PersonName("", "Мама")),
        ("", PersonName()),
    ],
)
def test_unusual_names_are_read(text: str, name: PersonName) -> None:
    assert name_from_full(text) == name


def test_adults_are_called_by_name_and_patronymic_and_pupils_by_first_name() -> None:
    mila = PersonName("Крылова", "Мила", "Олеговна")
    assert called(VERA, PersonKind.PARENT, None) == "Вера Андреевна"
    assert called(mila, PersonKind.PUPIL, AgeGroup.UNDER_14) == "Мила"
    assert called(mila, None, AgeGroup.FROM_14_TO_17) == "Мила"
    assert called(PersonName(), None, None) == ""
