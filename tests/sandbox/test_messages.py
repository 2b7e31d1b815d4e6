"""Sending, changing and deleting. Sources: Bot API "Available methods"; ``Client.cpp`` ``fail_query_with_error``."""

import json

import pytest

from tests.chat import Persona, Sandbox
from tests.sandbox.api import Api, refused

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x03\x08\x06\x00\x00\x00" + b"\x00" * 20


def send(api: Api, mila: Persona, text: str = "Вопрос 1", **arguments: object) -> int:
    sent: int = api.call("sendMessage", chat_id=mila.id, text=text, **arguments)["message_id"]
    return sent


def test_json_form_and_multipart_mean_the_same(api: Api, mila: Persona) -> None:
    """Bot API "Making requests"."""
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    told = {"chat_id": str(mila.id), "text": "Готовы?", "reply_markup": json.dumps(markup), "protect_content": "true"}
    api.call("sendMessage", chat_id=mila.id, text="Готовы?", reply_markup=markup, protect_content=True)
    api.form("sendMessage", **told)
    api.upload("sendMessage", {}, **told)
    api.upload("SENDmessage", {}, **told)
    shown = [(message.text, message.buttons) for message in mila.chat if message.from_bot]
    assert shown == [("Готовы?", ["Да"])] * 4


def test_an_unknown_method_is_not_found(api: Api) -> None:
    with refused(404, "Not Found"):
        api.call("sendMesage", chat_id=1)


def test_a_wrong_token_is_unauthorized(sandbox: Sandbox) -> None:
    with refused(401, "Unauthorized"):
        Api(sandbox.api_url, "43:OTHER").call("getMe")


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ({"text": "Да"}, "chat_id is empty"),
        ({"chat_id": 1, "text": 5.5}, 'parameter "text" must be of type String'),
        (
            {"chat_id": 1, "text": "Да", "protect_content": "perhaps"},
            'parameter "protect_content" must be of type Boolean',
        ),
        ({"chat_id": 1, "text": "Да", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"chat_id": 1, "text": "Да", "reply_markup": [1]}, "object expected as reply markup"),
    ],
)
def test_arguments_of_a_wrong_type_are_refused(api: Api, arguments: dict[str, object], fault: str) -> None:
    with refused(400, f"Bad Request: {fault}"):
        api.call("sendMessage", **arguments)


def test_what_telegram_would_silently_ignore_is_refused_here(api: Api, mila: Persona) -> None:
    """Stricter than Telegram on purpose: an unknown argument or field is always a mistake of ours."""
    with refused(400, 'Bad Request: parameter "texts" of sendMessage is unknown'):
        api.call("sendMessage", chat_id=mila.id, text="Да", texts="Нет")
    with refused(400, 'Bad Request: can\'t parse inline keyboard button: Field "data" is unknown'):
        send(api, mila, reply_markup={"inline_keyboard": [[{"text": "Да", "data": "yes"}]]})


def test_length_is_counted_in_utf16_units_after_parsing(api: Api, mila: Persona) -> None:
    """Bot API #messageentity: offsets and lengths in UTF-16 code units."""
    send(api, mila, "😀" * 2048)
    with refused(400, "Bad Request: message is too long"):
        send(api, mila, "😀" * 2048 + "!")


def test_a_caption_has_1024_characters(api: Api, mila: Persona) -> None:
    """Bot API #senddocument."""
    file = {"document": ("приказ.txt", b"text")}
    api.upload("sendDocument", file, chat_id=str(mila.id), caption="<i>" + "ж" * 1024 + "</i>", parse_mode="HTML")
    with refused(400, "Bad Request: message caption is too long"):
        api.upload("sendDocument", file, chat_id=str(mila.id), caption="ж" * 1025)


def test_text_and_entities_come_back_plain(api: Api, mila: Persona) -> None:
    sent = api.call("sendMessage", chat_id=mila.id, text="Ваш наставник <b>Анна</b>", parse_mode="HTML")
    assert sent["text"] == "Ваш наставник Анна"
    assert sent["entities"] == [{"type": "bold", "offset": 14, "length": 4}]
    assert sent["chat"] == {"id": mila.id, "first_name": "Мила", "last_name": "Крылова", "type": "private"}
    assert sent["from"]["is_bot"]


def test_an_edit_shows_the_new_text_and_drops_the_keyboard(api: Api, mila: Persona) -> None:
    """Bot API #editmessagetext: a keyboard that is not given again is gone."""
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    number = send(api, mila, "Готовы?", reply_markup=markup)
    api.call("editMessageText", chat_id=mila.id, message_id=number, text="Записали")
    assert (mila.screen, mila.last.buttons, mila.last.edits) == ("Записали", [], 1)
    api.call("editMessageReplyMarkup", chat_id=mila.id, message_id=number, reply_markup=markup)
    assert mila.last.buttons == ["Да"]


def test_only_the_bots_own_plain_messages_are_edited(api: Api, mila: Persona) -> None:
    """TDLib ``can_edit_message``: not the person's, not one sent with a reply keyboard."""
    theirs = mila.say("Здравствуйте")
    asked = send(api, mila, reply_markup={"keyboard": [[{"text": "Да"}]]})
    for number in (theirs, asked):
        with refused(400, "Bad Request: message can't be edited"):
            api.call("editMessageText", chat_id=mila.id, message_id=number, text="Иначе")


def test_text_and_caption_are_edited_each_by_its_own_method(api: Api, mila: Persona) -> None:
    file = api.upload("sendDocument", {"document": ("план.txt", b"text")}, chat_id=str(mila.id), caption="План")
    with refused(400, "Bad Request: there is no text in the message to edit"):
        api.call("editMessageText", chat_id=mila.id, message_id=file["message_id"], text="План 2")
    with refused(400, "Bad Request: there is no caption in the message to edit"):
        api.call("editMessageCaption", chat_id=mila.id, message_id=send(api, mila), caption="План 2")
    api.call("editMessageCaption", chat_id=mila.id, message_id=file["message_id"], caption="План 2")
    assert [message.text for message in mila.chat if message.file] == ["План 2"]


def test_an_edit_takes_an_inline_keyboard_only(api: Api, mila: Persona) -> None:
    """TDLib ``get_reply_markup``: «Inline keyboard expected»."""
    number = send(api, mila)
    with refused(400, "Bad Request: inline keyboard expected"):
        standing = {"keyboard": [[{"text": "Да"}]]}
        api.call("editMessageText", chat_id=mila.id, message_id=number, text="Да", reply_markup=standing)


def test_deleting_works_for_48_hours(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    """Bot API #deletemessage."""
    fresh, old = send(api, mila, "Одно"), send(api, mila, "Другое")
    assert api.call("deleteMessage", chat_id=mila.id, message_id=fresh) is True
    assert mila.screen == "Другое"
    with refused(400, "Bad Request: message to delete not found"):
        api.call("deleteMessage", chat_id=mila.id, message_id=fresh)
    sandbox.clock.forward(hours=49)
    with refused(400, "Bad Request: message can't be deleted for everyone"):
        api.call("deleteMessage", chat_id=mila.id, message_id=old)


def test_a_reply_quotes_a_message_that_exists(api: Api, mila: Persona) -> None:
    asked = mila.say("Когда встреча?")
    answer = api.call("sendMessage", chat_id=mila.id, text="Завтра", reply_parameters={"message_id": asked})
    assert answer["reply_to_message"]["text"] == "Когда встреча?"
    with refused(400, "Bad Request: message to be replied not found"):
        send(api, mila, reply_parameters={"message_id": 999})
    send(api, mila, reply_parameters={"message_id": 999, "allow_sending_without_reply": True})


def test_an_album_holds_two_to_ten_of_a_kind(api: Api, mila: Persona) -> None:
    """Bot API #sendmediagroup."""
    files = {"a": ("приказ.txt", b"1"), "b": ("план.txt", b"2")}
    items = [{"type": "document", "media": f"attach://{name}"} for name in files]
    sent = api.upload("sendMediaGroup", files, chat_id=str(mila.id), media=json.dumps(items))
    assert len({message["media_group_id"] for message in sent}) == 1
    assert [message.file["name"] for message in mila.chat if message.file] == ["приказ.txt", "план.txt"]
    with refused(400, "Bad Request: document can't be mixed with other media types"):
        mixed = [items[0], {"type": "photo", "media": "attach://b"}]
        api.upload("sendMediaGroup", files | {"b": ("a.png", PNG)}, chat_id=str(mila.id), media=json.dumps(mixed))
    assert len([message for message in mila.chat if message.file]) == 2


def test_copies_forget_and_forwards_remember_where_they_came_from(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    """Bot API #copymessage, #forwardmessage."""
    timur = sandbox.newcomer("Тимур")
    timur.start()
    said = mila.say("Пришлю завтра")
    api.call("copyMessage", chat_id=timur.id, from_chat_id=mila.id, message_id=said)
    forwarded = api.call("forwardMessage", chat_id=timur.id, from_chat_id=mila.id, message_id=said)
    assert [message.text for message in timur.chat if message.from_bot] == ["Пришлю завтра"] * 2
    assert forwarded["forward_origin"]["sender_user"]["id"] == mila.id


def test_a_pinned_message_is_seen_and_unpinned(api: Api, mila: Persona) -> None:
    number = send(api, mila, "Встреча завтра")
    api.call("pinChatMessage", chat_id=mila.id, message_id=number)
    assert mila.last.pinned
    api.call("unpinChatMessage", chat_id=mila.id)
    assert not mila.last.pinned
