"""Flood limits (Bot FAQ: about 30 a second for all, about one a second for a chat) and faults by rule."""

import http.client
import time

import pytest

from bot.sandbox.limits import CHAT_BURST, FloodLimits
from bot.sandbox.refusals import Refusal
from bot.sandbox.telegram import Telegram
from tests.chat import Persona, Sandbox
from tests.sandbox.api import Api, Refused, refused


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_31st_message_of_a_second_waits() -> None:
    clock = Seconds()
    limits = FloodLimits(monotonic=clock)
    for chat in range(30):
        limits.spend(chat)
    with pytest.raises(Refusal) as caught:
        limits.spend(99)
    assert (caught.value.code, caught.value.retry_after) == (429, 1)
    clock.now += 1
    limits.spend(99)


def test_one_chat_takes_a_burst_then_one_a_second() -> None:
    clock = Seconds()
    limits = FloodLimits(monotonic=clock)
    for _ in range(CHAT_BURST):
        limits.spend(1)
    with pytest.raises(Refusal):
        limits.spend(1)
    limits.spend(2)
    clock.now += 1
    limits.spend(1)
    with pytest.raises(Refusal):
        limits.spend(1)


def test_an_album_counts_each_of_its_messages() -> None:
    limits = FloodLimits(monotonic=Seconds())
    limits.spend(1, 15)
    with pytest.raises(Refusal) as caught:
        limits.spend(1, 10)
    assert caught.value.retry_after == 5


def spend_a_second(telegram: Telegram) -> None:
    for chat in range(30):
        telegram.limits.spend(chat)


def test_the_server_refuses_a_flood() -> None:
    with Sandbox(flood_limits=True) as sandbox:
        mila = sandbox.newcomer("Мила")
        mila.start()
        sandbox.ask(spend_a_second)
        with pytest.raises(Refused) as caught:
            Api(sandbox.api_url).call("sendMessage", chat_id=mila.id, text="Встреча завтра")
    assert caught.value.code == 429
    assert caught.value.parameters["retry_after"] == 1


def test_a_server_error_is_given_as_many_times_as_asked(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    sandbox.fault("sendMessage", "error", times=2, code=502, description="Bad Gateway")
    for _ in range(2):
        with refused(502, "Bad Gateway"):
            api.call("sendMessage", chat_id=mila.id, text="Раз")
    api.call("sendMessage", chat_id=mila.id, text="Раз")
    assert [message.text for message in mila.chat if message.from_bot] == ["Раз"]


def test_a_dropped_answer_leaves_the_work_done(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    sandbox.fault("sendMessage", "drop")
    with pytest.raises((OSError, http.client.HTTPException)):
        api.call("sendMessage", chat_id=mila.id, text="Раз")
    assert mila.screen == "Раз"


def test_a_cut_connection_leaves_nothing_done(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    sandbox.fault("sendMessage", "cut")
    with pytest.raises((OSError, http.client.HTTPException)):
        api.call("sendMessage", chat_id=mila.id, text="Раз")
    assert mila.screen == ""


def test_a_slow_answer_is_slow(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    sandbox.fault("*", "slow", seconds=0.3)
    began = time.monotonic()
    api.call("sendMessage", chat_id=mila.id, text="Раз")
    assert time.monotonic() - began >= 0.3


def test_a_fault_may_be_meant_for_one_chat(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    timur = sandbox.newcomer("Тимур")
    timur.start()
    sandbox.fault("sendMessage", "error", times=9, chat_id=timur.id)
    api.call("sendMessage", chat_id=mila.id, text="Раз")
    with refused(500, "Internal Server Error"):
        api.call("sendMessage", chat_id=timur.id, text="Раз")
    sandbox.clear_faults()
    api.call("sendMessage", chat_id=timur.id, text="Раз")
