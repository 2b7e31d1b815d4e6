"""The ten odd requests that no published emulator refuses all of; texts as Telegram gives them."""

import pytest

from tests.chat import Persona, Sandbox
from tests.sandbox.api import Api, Refused, refused

BUTTON: dict[str, object] = {"text": "Дальше", "callback_data": "next"}


def keyboard(*buttons: dict[str, object]) -> dict[str, object]:
    return {"inline_keyboard": [list(buttons)]}


def test_callback_data_of_65_bytes_is_refused(api: Api, mila: Persona) -> None:
    """Bot API InlineKeyboardButton: 1–64 bytes."""
    api.call("sendMessage", chat_id=mila.id, text="Вопрос", reply_markup=keyboard(BUTTON | {"callback_data": "я" * 32}))
    with refused(400, "Bad Request: BUTTON_DATA_INVALID"):
        too_long = keyboard(BUTTON | {"callback_data": "я" * 32 + "1"})
        api.call("sendMessage", chat_id=mila.id, text="Вопрос", reply_markup=too_long)


def test_a_text_of_4097_characters_is_refused(api: Api, mila: Persona) -> None:
    """Bot API #sendmessage: 1–4096 characters after entities parsing."""
    api.call("sendMessage", chat_id=mila.id, text="<b>" + "ж" * 4096 + "</b>", parse_mode="HTML")
    with refused(400, "Bad Request: message is too long"):
        api.call("sendMessage", chat_id=mila.id, text="ж" * 4097)


def test_broken_html_is_refused(api: Api, mila: Persona) -> None:
    """TDLib ``MessageEntity.cpp``, ``parse_html``."""
    with refused(400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""):
        api.call("sendMessage", chat_id=mila.id, text="<b>Мила", parse_mode="HTML")


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "<b> </b>"])
def test_an_empty_text_is_refused(api: Api, mila: Persona, text: str) -> None:
    """``Client.cpp``, ``fail_query_with_error``: «message text is empty»."""
    with refused(400, "Bad Request: message text is empty"):
        api.call("sendMessage", chat_id=mila.id, text=text, parse_mode="HTML")


def test_an_edit_that_changes_nothing_is_refused(api: Api, mila: Persona) -> None:
    """``Client.cpp``, ``fail_query_with_error``: MESSAGE_NOT_MODIFIED."""
    sent = api.call("sendMessage", chat_id=mila.id, text="<b>Вопрос</b> 1", parse_mode="HTML")
    with refused(
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message",
    ):
        same = {"text": "<b>Вопрос</b> 1", "parse_mode": "HTML"}
        api.call("editMessageText", chat_id=mila.id, message_id=sent["message_id"], **same)
    api.call("editMessageText", chat_id=mila.id, message_id=sent["message_id"], text="Вопрос 1")


def test_an_edit_of_an_unknown_message_is_refused(api: Api, mila: Persona) -> None:
    with refused(400, "Bad Request: message to edit not found"):
        api.call("editMessageText", chat_id=mila.id, message_id=999, text="Вопрос")


def test_an_answer_to_an_unknown_callback_is_refused(api: Api) -> None:
    with refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"):
        api.call("answerCallbackQuery", callback_query_id="1")


def test_a_stranger_cannot_be_written_to(sandbox: Sandbox, api: Api) -> None:
    for chat_id in (123, sandbox.newcomer("Тимур").id, "@timur"):
        with refused(400, "Bad Request: chat not found"):
            api.call("sendMessage", chat_id=chat_id, text="Здравствуйте")


def test_whoever_blocked_the_bot_cannot_be_written_to(api: Api, mila: Persona) -> None:
    mila.block()
    with refused(403, "Forbidden: bot was blocked by the user"):
        api.call("sendMessage", chat_id=mila.id, text="Здравствуйте")


def test_a_flood_names_the_seconds_to_wait(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    sandbox.fault("sendMessage", "flood", seconds=7)
    with pytest.raises(Refused) as caught:
        api.call("sendMessage", chat_id=mila.id, text="Здравствуйте")
    assert (caught.value.code, caught.value.description) == (429, "Too Many Requests: retry after 7")
    assert caught.value.parameters == {"retry_after": 7}
