"""A partner's representative: a consent, then surveys and nothing else."""

import pytest

from mentoring.rules.campaigns import Audience
from mentoring.use_cases.partners import add_partner
from tests.bot.chatting import press, say, start
from tests.bot.maiak import Maiak
from tests.bot.test_surveys import answer_to_the_end, asked
from tests.chat import Persona


@pytest.fixture
def pavel(place: Maiak) -> Persona:
    """Павел Андреевич of the plant, who has just opened his link."""
    added = place.panel(
        add_partner, last_name="Лукин", first_name="Павел", patronymic="Андреевич", partner="завод «Прибор»"
    )
    persona = place.sandbox.newcomer("Павел")
    start(persona, added.link.token)
    return persona


def test_who_asks_and_how_often_is_said_before_the_consent(pavel: Persona) -> None:
    greeting, consent = [message for message in pavel.chat if message.from_bot]

    assert "Вас пригласили как партнёра" in greeting.text
    assert "Гимназия «Маяк»" in greeting.text
    assert {"Даю согласие", "Не даю"} <= set(consent.buttons)


def test_after_the_consent_a_survey_comes_and_is_answered(place: Maiak, pavel: Persona) -> None:
    press(pavel, "Даю согласие")
    menu = press(pavel, "Меню")
    assert "Павел Андреевич, вы помогаете программе наставничества" in menu
    assert pavel.buttons == ["Мои данные и согласия", "Написать куратору"]

    asked(place, "partner_survey", Audience.PARTNERS, "Опрос партнёров")
    press(pavel, "Ответить")
    answer_to_the_end(pavel)

    assert "Спасибо, ответы отправлены" in press(pavel, "Отправить")


def test_without_a_consent_nothing_is_asked_and_the_way_back_stands_open(place: Maiak, pavel: Persona) -> None:
    press(pavel, "Не даю")
    asked(place, "partner_survey", Audience.PARTNERS, "Опрос партнёров")
    say(pavel, "/menu")

    assert not any("Опрос партнёров" in message.text for message in pavel.chat)
    assert pavel.buttons == ["Всё-таки дать согласие", "Мои данные и согласия", "Написать куратору"]


def test_whoever_has_not_decided_finds_the_consent_in_the_menu(pavel: Persona) -> None:
    say(pavel, "/menu")

    assert "Прочитать и решить" in pavel.buttons
