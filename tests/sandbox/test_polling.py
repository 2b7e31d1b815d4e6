"""getUpdates. Sources: Bot API "Getting updates"; ``Client.cpp`` 15700 ff., 16225 ff., 17053 ff."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from tests.background import PATIENCE
from tests.chat import Persona, Sandbox
from tests.sandbox.api import Api, Refused, refused

LONG = 40  # seconds


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def poll_in_thread(sandbox: Sandbox, api: Api, **arguments: Any) -> "Future[list[dict[str, Any]]]":
    """A poll that is certainly waiting when this returns."""
    pool = ThreadPoolExecutor(1)
    polling = pool.submit(api.updates, timeout=LONG, **arguments)
    while not sandbox.ask(lambda telegram: telegram.updates.polled):
        time.sleep(0.005)
    pool.shutdown(wait=False)
    return polling


def test_an_update_comes_again_until_a_higher_offset_confirms_it(api: Api, mila: Persona) -> None:
    mila.say("раз")
    mila.say("два")
    first, second = api.updates()
    assert texts(api.updates()) == ["раз", "два"]
    assert texts(api.updates(offset=first["update_id"])) == ["раз", "два"]
    assert texts(api.updates(offset=first["update_id"] + 1)) == ["два"]
    assert texts(api.updates()) == ["два"]
    assert api.updates(offset=second["update_id"] + 1) == []
    assert api.updates() == []


def test_numbers_grow_by_one(api: Api, mila: Persona) -> None:
    for text in "абв":
        mila.say(text)
    numbers = [update["update_id"] for update in api.updates()]
    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_a_limit_cuts_the_batch(api: Api, mila: Persona) -> None:
    for text in "абв":
        mila.say(text)
    assert texts(api.updates(limit=2)) == ["а", "б"]


def test_a_negative_offset_keeps_only_the_newest(api: Api, mila: Persona) -> None:
    for text in "абв":
        mila.say(text)
    assert texts(api.updates(offset=-1)) == ["в"]
    assert texts(api.updates()) == ["в"]


def test_a_long_poll_ends_with_the_first_update(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    polling = poll_in_thread(sandbox, api)
    began = time.monotonic()
    mila.say("раз")
    assert texts(polling.result(PATIENCE)) == ["раз"]
    assert time.monotonic() - began < LONG / 2


def test_a_long_poll_ends_empty_after_its_timeout(api: Api, mila: Persona) -> None:
    began = time.monotonic()
    assert api.updates(timeout=1) == []
    assert 0.9 < time.monotonic() - began < LONG


def test_the_second_poller_ends_the_first_with_409(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    first = poll_in_thread(sandbox, api)
    assert api.updates() == []
    error = first.exception(5)
    assert isinstance(error, Refused)
    assert (error.code, error.description) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def test_polling_is_refused_while_a_webhook_is_set(api: Api) -> None:
    api.call("setWebhook", url="https://mayak.ru/hook")
    with refused(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    ):
        api.updates()
    api.call("deleteWebhook")
    assert api.updates() == []


def test_only_the_kinds_that_were_asked_for_are_queued(api: Api, mila: Persona) -> None:
    """The choice holds for later updates and is remembered when nothing is given."""
    mila.say("раз")
    api.updates(allowed_updates=["edited_message"])
    mila.say("два")
    mila.edit_last("три")
    kinds = [set(update) - {"update_id"} for update in api.updates()]
    assert kinds == [{"message"}, {"edited_message"}]
    api.updates(allowed_updates=[])
    mila.say("четыре")
    assert len(api.updates()) == 3


def test_messages_wait_a_day_and_pressed_buttons_150_seconds(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    api.call("sendMessage", chat_id=mila.id, text="Готовы?", reply_markup=markup)
    mila.say("раз")
    mila.press("Да")
    sandbox.clock.forward(seconds=140)
    assert len(api.updates()) == 2
    sandbox.clock.forward(seconds=20)
    assert texts(api.updates()) == ["раз"]
    sandbox.clock.forward(hours=24)
    assert api.updates() == []


def test_blocking_and_unblocking_come_as_my_chat_member(api: Api, mila: Persona) -> None:
    """Bot API #chatmemberupdated."""
    mila.block()
    mila.unblock()
    changes = [update["my_chat_member"] for update in api.updates()]
    statuses = [(each["old_chat_member"]["status"], each["new_chat_member"]["status"]) for each in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


def test_a_deep_link_unblocks_and_starts(api: Api, mila: Persona) -> None:
    mila.block()
    mila.start("invitation-7B")
    last = api.updates()[-1]["message"]
    assert last["text"] == "/start invitation-7B"
    assert last["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


def test_a_poller_that_died_leaves_its_updates_for_the_next(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    mila.say("раз")
    sandbox.fault("getUpdates", "cut")
    with pytest.raises(OSError, match="closed"):
        api.updates()
    assert texts(api.updates()) == ["раз"]
