"""Mila's mother says yes in the chat's page, Mila answers, and the curator takes her in, all in a real browser."""

import pytest

from tests.conftest import NOW
from tests.journeys.browsing import Window, chromium
from tests.journeys.stage import LOGIN, PASSWORD, Stage, demo_stage, fill
from tests.journeys.test_season import MILA

MILAS_CHAT, VERAS_CHAT = "section.chat[data-key=mila]", "section.chat[data-key=vera]"


@pytest.mark.slow(20)
def test_a_mother_consents_and_the_curator_approves(database_url: str) -> None:
    with demo_stage(database_url, NOW) as (season, panel), chromium() as window:
        season.bot.tick()
        _sign_in(window, panel)
        _mother_consents(season, window)
        _mila_answers(season, window)
        _curator_approves(season, window, panel)
        _pictures(window, panel)

        season.sandbox.wait_quiet()
        assert not season.sandbox.unanswered_callbacks()
        assert not season.sandbox.refused_calls()


def _sign_in(window: Window, panel: str) -> None:
    window.open(panel)
    window.type(LOGIN, "[name=login]")
    window.type(PASSWORD, "[name=password]")
    window.press("Войти", "form")
    window.see("Крылова Мила")
    window.picture("today")


def _mother_consents(season: Stage, window: Window) -> None:
    mila = season.sandbox.persona("mila")
    mila.say("/start")
    mila.press("Сообщение для родителя")
    mila.wait_for("нужно согласие родителя")
    link = next(word for message in mila.chat for word in message.text.split() if "?start=" in word)

    window.open(f"{link}&as=vera&open=mila,vera")
    window.see("Мила", VERAS_CHAT)
    window.press("Даю согласие", VERAS_CHAT)
    window.see("Записали", VERAS_CHAT)
    window.say("Крылова Вера Андреевна", VERAS_CHAT)
    window.press("Мама", VERAS_CHAT)
    window.see("Спасибо, Вера Андреевна", VERAS_CHAT)
    season.later(hours=4)
    window.see("Родитель дал согласие", MILAS_CHAT)
    window.picture("chat")


def _mila_answers(season: Stage, window: Window) -> None:
    window.press("Заполнить анкету", MILAS_CHAT)
    mila = season.sandbox.persona("mila")
    fill(mila, MILA)
    window.see("Проверьте ответы", MILAS_CHAT)
    window.press("Отправить", f"{MILAS_CHAT} .from-bot")
    window.see("анкета отправлена", MILAS_CHAT)


def _curator_approves(season: Stage, window: Window, panel: str) -> None:
    window.open(f"{panel}/people/?status=submitted")
    window.press("Крылова Мила", "main")
    window.see("7 «Б»")
    window.picture("person", 1300)
    window.press("Прочитать анкету", "main")
    window.press("Одобрить", "main")
    window.see("участвует", "main")
    season.later(minutes=1)
    assert "наставник" in season.sandbox.persona("mila").screen


def _pictures(window: Window, panel: str) -> None:
    window.open(f"{panel}/matching/")
    window.press("Подобрать", "main form")
    window.see("С наставником", "main")
    window.picture("matching", 1300)
    window.open(f"{panel}/documents/")
    window.see("Приказ о закреплении пар", "main")
    window.picture("documents", 700)
    window.open(f"{panel}/pairs/")
    window.see("Лебедева")
    window.picture("pairs", 700)
    window.open(f"{panel}/results/")
    window.see("Лебедева")
    window.picture("results", 1000)
