"""Pressed buttons and their answers. Sources: Bot API #callbackquery, #answercallbackquery."""

from typing import Any

import pytest

from tests.chat import Persona, Sandbox
from tests.sandbox.api import Api, refused

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
def question(api: Api, mila: Persona) -> int:
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}, {"text": "Нет", "callback_data": "no"}]]}
    asked: int = api.call("sendMessage", chat_id=mila.id, text="Готовы?", reply_markup=markup)["message_id"]
    return asked


def pressed(api: Api) -> dict[str, Any]:
    query: dict[str, Any] = api.updates()[-1]["callback_query"]
    return query


def test_a_press_carries_the_person_the_data_and_the_message(api: Api, mila: Persona, question: int) -> None:
    mila.press("Нет")
    query = pressed(api)
    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == ("no", mila.id, question)
    assert query["message"]["text"] == "Готовы?"


def test_a_callback_is_answered_once(api: Api, mila: Persona, question: int) -> None:
    mila.press("Да")
    assert len(mila.unanswered_callbacks()) == 1
    api.call("answerCallbackQuery", callback_query_id=pressed(api)["id"], text="Записали", show_alert=True)
    assert (mila.unanswered_callbacks(), mila.callback_answers()) == ([], ["Записали"])
    with refused(400, TOO_OLD):
        api.call("answerCallbackQuery", callback_query_id=pressed(api)["id"])


def test_an_answer_comes_within_fifteen_minutes(sandbox: Sandbox, api: Api, mila: Persona, question: int) -> None:
    mila.press("Да")
    query = pressed(api)
    sandbox.clock.forward(minutes=16)
    with refused(400, TOO_OLD):
        api.call("answerCallbackQuery", callback_query_id=query["id"])


def test_an_answer_has_200_characters(api: Api, mila: Persona, question: int) -> None:
    mila.press("Да")
    with refused(400, "Bad Request: MESSAGE_TOO_LONG"):
        api.call("answerCallbackQuery", callback_query_id=pressed(api)["id"], text="ж" * 201)
    api.call("answerCallbackQuery", callback_query_id=pressed(api)["id"], text="ж" * 200)


def test_a_button_of_a_deleted_message_comes_without_its_text(api: Api, mila: Persona, question: int) -> None:
    """Bot API #inaccessiblemessage: only chat and id, date 0."""
    api.call("deleteMessage", chat_id=mila.id, message_id=question)
    mila.press_data(question, "yes")
    assert pressed(api)["message"] == {
        "message_id": question,
        "date": 0,
        "chat": {"id": mila.id, "first_name": "Мила", "last_name": "Крылова", "type": "private"},
    }


def test_a_button_that_was_edited_away_can_still_be_pressed(api: Api, mila: Persona, question: int) -> None:
    api.call("editMessageText", chat_id=mila.id, message_id=question, text="Записали")
    mila.press_data(question, "yes")
    assert pressed(api)["data"] == "yes"
