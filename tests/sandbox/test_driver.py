"""The tests' own driver: it waits for what it should, and says what it saw when it waited in vain."""

import threading
import time

import pytest

from tests.background import PATIENCE
from tests.chat import CannotAct, Persona, Sandbox
from tests.sandbox.api import Api


def later(seconds: float, work: object) -> None:
    assert callable(work)
    threading.Timer(seconds, work).start()


def test_it_waits_for_a_message_and_ends_at_once_when_it_comes(api: Api, mila: Persona) -> None:
    later(0.1, lambda: api.call("sendMessage", chat_id=mila.id, text="Вопрос 1 из 12"))
    began = time.monotonic()
    assert mila.wait_for("Вопрос 1").text == "Вопрос 1 из 12"
    assert time.monotonic() - began < PATIENCE / 2


def test_what_came_before_the_persons_own_act_does_not_count(api: Api, mila: Persona) -> None:
    sent = api.call("sendMessage", chat_id=mila.id, text="Вопрос 1")
    mila.say("Ответ")
    with pytest.raises(AssertionError, match="in vain") as caught:
        mila.wait_for("Вопрос 1", timeout=0.1)
    assert "Ответ" in str(caught.value)
    api.call("editMessageText", chat_id=mila.id, message_id=sent["message_id"], text="Вопрос 1, снова")
    mila.wait_for("Вопрос 1")


def test_rest_means_that_all_is_confirmed_and_nothing_runs(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    mila.say("Ответ")
    with pytest.raises(AssertionError, match="1 updates are not confirmed"):
        sandbox.wait_quiet(timeout=0.3)

    def handle() -> None:
        api.updates(offset=api.updates()[-1]["update_id"] + 1)
        time.sleep(0.3)
        api.call("sendMessage", chat_id=mila.id, text="Записали")

    later(0, handle)
    assert mila.wait_quiet() == "Записали"


def test_a_bot_that_says_nothing_is_at_rest_after_a_while(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    mila.block()
    api.updates(offset=api.updates()[-1]["update_id"] + 1)
    sandbox.wait_quiet(grace=0.2)


def test_refused_calls_are_kept_for_the_tests_to_see(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    with pytest.raises(Exception, match="chat not found"):
        api.call("sendMessage", chat_id=5, text="Да")
    assert [(call.method, call.code) for call in sandbox.refused_calls()] == [("sendMessage", 400)]


def test_what_telegrams_app_forbids_is_forbidden(mila: Persona) -> None:
    mila.block()
    for act in (mila.block, mila.send_photo, lambda: mila.say("Да")):
        with pytest.raises(CannotAct):
            act()
