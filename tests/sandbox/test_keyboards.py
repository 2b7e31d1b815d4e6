"""Keyboards. Sources: Bot API #inlinekeyboardbutton, #replykeyboardmarkup; TDLib ``ReplyMarkup.cpp``."""

from typing import Any

import pytest

from tests.chat import Persona
from tests.sandbox.api import Api, refused

YES = {"text": "Да", "callback_data": "yes"}


def ask(api: Api, mila: Persona, *rows: list[dict[str, Any]]) -> None:
    api.call("sendMessage", chat_id=mila.id, text="Готовы?", reply_markup={"inline_keyboard": rows})


@pytest.mark.parametrize(
    ("button", "fault"),
    [
        ({"text": "Да"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (
            YES | {"callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"callback_data": "yes"}, "can't parse inline keyboard button: Can't find field \"text\""),
        (YES | {"text": 5}, 'can\'t parse inline keyboard button: Field "text" must be of type String'),
        (YES | {"style": "golden"}, "can't parse inline keyboard button: invalid button style specified"),
        ({"text": "Сайт", "url": ""}, "BUTTON_URL_INVALID"),
        ({"text": "Сайт", "url": "mayak"}, "inline keyboard button URL 'mayak' is invalid: Wrong HTTP URL"),
        (
            {"text": "Сайт", "url": "http://localhost:8080/"},
            "inline keyboard button URL 'http://localhost:8080/' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "Сайт", "url": "ftp://mayak.ru"},
            "inline keyboard button URL 'ftp://mayak.ru' is invalid: Unsupported URL protocol",
        ),
        ({"text": "Код", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
    ],
)
def test_a_wrong_button_is_refused(api: Api, mila: Persona, button: dict[str, Any], fault: str) -> None:
    with refused(400, f"Bad Request: {fault}"):
        ask(api, mila, [button])


def test_good_buttons_of_each_kind_arrive(api: Api, mila: Persona) -> None:
    link = {"text": "Сайт", "url": "http://127.0.0.1:8080/consent"}
    ask(api, mila, [YES, link], [{"text": "Код", "copy_text": {"text": "7Б"}}], [])
    assert mila.last.buttons == ["Да", "Сайт", "Код"]
    assert [mila.press(label) for label in ("Сайт", "Код")] == ["http://127.0.0.1:8080/consent", "7Б"]


def test_a_keyboard_too_long_is_refused(api: Api, mila: Persona) -> None:
    ask(api, mila, *[[YES]] * 100)
    with refused(400, "Bad Request: reply markup is too long"):
        ask(api, mila, *[[YES]] * 101)


def test_a_reply_keyboard_stands_until_it_is_removed(api: Api, mila: Persona) -> None:
    keyboard = {"keyboard": [[{"text": "Поделиться номером", "request_contact": True}, "Не сейчас"]]}
    api.call("sendMessage", chat_id=mila.id, text="Ваш номер?", reply_markup=keyboard)
    api.call("sendMessage", chat_id=mila.id, text="Он нужен куратору")
    assert mila.buttons == ["Поделиться номером", "Не сейчас"]
    api.call("sendMessage", chat_id=mila.id, text="Спасибо", reply_markup={"remove_keyboard": True})
    assert mila.buttons == []


def test_sharing_a_contact_sends_the_persons_own_number(api: Api, mila: Persona) -> None:
    """Bot API #keyboardbutton ``request_contact``; Contact.user_id is the sender's own."""
    keyboard = {"keyboard": [[{"text": "Поделиться номером", "request_contact": True}]]}
    api.call("sendMessage", chat_id=mila.id, text="Ваш номер?", reply_markup=keyboard)
    mila.press("Поделиться")
    contact = api.updates()[-1]["message"]["contact"]
    assert contact == {
        "phone_number": "79000000001",
        "first_name": "Мила",
        "last_name": "Крылова",
        "user_id": mila.id,
    }


def test_a_forced_reply_is_answered_as_a_reply(api: Api, mila: Persona) -> None:
    """Bot API #forcereply."""
    asked = api.call("sendMessage", chat_id=mila.id, text="Имя?", reply_markup={"force_reply": True})
    mila.say("Мила")
    assert api.updates()[-1]["message"]["reply_to_message"]["message_id"] == asked["message_id"]


def test_the_newest_button_of_a_label_is_pressed(api: Api, mila: Persona) -> None:
    ask(api, mila, [YES | {"callback_data": "old"}])
    api.call("sendMessage", chat_id=mila.id, text="Ваш номер?", reply_markup={"keyboard": [["Да"]]})
    assert mila.press("Да") == "Да"
    ask(api, mila, [YES | {"callback_data": "new"}])
    assert mila.press("Да") == "new"
    with pytest.raises(AssertionError, match="sees no button with 'Нет'"):
        mila.press("Нет", timeout=0.1)
