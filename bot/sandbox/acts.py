"""What a person does in the chat; each act is saved and becomes an update for the bot, in one transaction."""

import time
from pathlib import Path
from typing import Any

from bot.sandbox.entities import with_found
from bot.sandbox.files import StoredFile, picture_size
from bot.sandbox.keyboards import callback_buttons
from bot.sandbox.links import is_payload
from bot.sandbox.markup import utf16_length
from bot.sandbox.messages import Body, Message
from bot.sandbox.methods.content import TEXT_LIMIT, without
from bot.sandbox.people import Person
from bot.sandbox.telegram import Telegram

CANNED_PICTURE = Path(__file__).with_name("static").joinpath("sample.png").read_bytes()


class CannotAct(Exception):
    """Telegram's own app would not let the person do this; the reason is in Russian, for the page."""


def open_link(telegram: Telegram, person: Person, payload: str = "") -> Body:
    """Opens the bot by a deep link (or plainly) and taps «Запустить»."""
    if not is_payload(payload):
        raise CannotAct("В ссылке после start= может быть до 64 знаков: латинские буквы, цифры, «_» и «-»")
    with telegram.store.transaction():
        if person.blocked:
            unblock(telegram, person)
        return _send(telegram, person, {"text": f"/start {payload}".strip()})


def say(telegram: Telegram, person: Person, text: str, reply_to: int | None = None) -> list[Body]:
    """Sends the text; like Telegram's apps, cuts what is longer than 4096 into several messages."""
    pieces = _pieces(text.strip())
    if not pieces:
        raise CannotAct("Пустое сообщение не отправляется")
    with telegram.store.transaction():
        return [_send(telegram, person, {"text": piece}, reply_to) for piece in pieces]


def share_contact(telegram: Telegram, person: Person, phone: str = "") -> Body:
    contact = {"phone_number": phone or person.phone, "first_name": person.first_name, "user_id": person.id}
    return _send(telegram, person, {"contact": contact | ({"last_name": person.last_name} if person.last_name else {})})


def send_document(telegram: Telegram, person: Person, name: str, mime: str, data: bytes, caption: str = "") -> Body:
    with telegram.store.transaction():
        file = _keep(telegram, "document", name, mime, data)
        document = file.described() | {"file_name": file.name, "mime_type": mime or "application/octet-stream"}
        return _send(telegram, person, {"document": document} | _caption(caption))


def send_photo(telegram: Telegram, person: Person, data: bytes = CANNED_PICTURE, caption: str = "") -> Body:
    size = picture_size(data)
    if not size:
        raise CannotAct("Это не картинка: отправьте файлом")
    with telegram.store.transaction():
        file = _keep(telegram, "photo", "photo.jpg", "image/jpeg", data, {"width": size[0], "height": size[1]})
        return _send(telegram, person, {"photo": [file.described() | file.facts]} | _caption(caption))


def send_voice(telegram: Telegram, person: Person, seconds: int = 4) -> Body:
    with telegram.store.transaction():
        file = _keep(telegram, "voice", "voice.ogg", "audio/ogg", b"OggS" + bytes(60))
        return _send(telegram, person, {"voice": file.described() | {"duration": seconds, "mime_type": file.mime}})


def send_sticker(telegram: Telegram, person: Person, emoji: str = "👍") -> Body:
    with telegram.store.transaction():
        file = _keep(telegram, "sticker", "sticker.webp", "image/webp", b"RIFF0000WEBP")
        look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": emoji}
        return _send(telegram, person, {"sticker": file.described() | look})


def edit_message(telegram: Telegram, person: Person, text: str, message_id: int | None = None) -> Body:
    """Rewrites the person's own message, the last one if none is named."""
    message = _own_text(telegram, person, message_id)
    text = text.strip()
    entities = with_found(text, [])
    fresh = {"text": text, "edit_date": telegram.clock.now()} | ({"entities": entities} if entities else {})
    body = without(message.body, ["entities"]) | fresh
    with telegram.store.transaction():
        telegram.messages.replace(message, body)
        _queue(telegram, person, "edited_message", body)
    return body


def press(telegram: Telegram, person: Person, message_id: int, data: str) -> str:
    """Presses a button under any message that was ever in the chat, deleted and edited ones too; returns the query id.

    A phone may still show a keyboard that is gone on the server, so the data need not stand there any more.
    """
    message = telegram.messages.find(person.id, message_id)
    if not message or not message.from_bot:
        raise CannotAct("Такого сообщения в этом чате нет")
    _check_able(person)
    with telegram.store.transaction():
        callback_id = telegram.callbacks.press(person.id, message_id, data)
        query = {"id": callback_id, "from": person.as_user(), "chat_instance": str(person.id * 31 + 7), "data": data}
        _queue(telegram, person, "callback_query", query | {"message": _message_under(message)})
    return callback_id


def block(telegram: Telegram, person: Person) -> None:
    if person.blocked or not person.started:
        raise CannotAct("Бот уже заблокирован" if person.blocked else "С ботом ещё не начали разговор")
    _change_membership(telegram, person, blocked=True)


def unblock(telegram: Telegram, person: Person) -> None:
    if not person.blocked:
        raise CannotAct("Бот не заблокирован")
    _change_membership(telegram, person, blocked=False)


def button_data(message: Message) -> list[str]:
    buttons = callback_buttons(message.body.get("reply_markup"))
    return [button["callback_data"] for button in buttons if "callback_data" in button]


def _send(telegram: Telegram, person: Person, content: Body, reply_to: int | None = None) -> Body:
    person = telegram.people.by_id(person.id) or person
    _check_able(person)
    with telegram.store.transaction():
        telegram.people.change(person, started=True)
        body = telegram.envelope(person, person.as_user()) | _reply(telegram, person, reply_to) | content
        if entities := with_found(content.get("text", ""), []):
            body["entities"] = entities
        telegram.messages.add(body, from_bot=False)
        _queue(telegram, person, "message", body)
    return body


def _check_able(person: Person) -> None:
    if person.blocked:
        raise CannotAct("Бот заблокирован: сначала разблокируйте его")


def _queue(telegram: Telegram, person: Person, kind: str, content: dict[str, Any]) -> None:
    telegram.people.change(person, acted=telegram.messages.next_change())
    telegram.updates.add(kind, person.id, content)
    telegram.activity.acted_at = time.monotonic()
    telegram.show(person)


def _reply(telegram: Telegram, person: Person, reply_to: int | None) -> Body:
    """A forced reply answers the bot's last message by itself, as Telegram's apps do."""
    keyboard = telegram.messages.keyboard_of(person.id)
    if reply_to is None and keyboard and "force_reply" in keyboard:
        own = [message for message in telegram.messages.of_chat(person.id) if message.keyboard == keyboard]
        reply_to = own[-1].message_id if own else None
    message = telegram.shown_message(person.id, reply_to) if reply_to is not None else None
    return {"reply_to_message": without(message.body, ["reply_to_message"])} if message else {}


def _keep(
    telegram: Telegram, kind: str, name: str, mime: str, data: bytes, facts: dict[str, Any] | None = None
) -> StoredFile:
    if not data:
        raise CannotAct("Пустой файл не отправляется")
    return telegram.files.keep(kind, name, mime, data, facts)


def _caption(text: str) -> Body:
    return {"caption": text} if text else {}


def _own_text(telegram: Telegram, person: Person, message_id: int | None) -> Message:
    own = [m for m in telegram.messages.of_chat(person.id) if not m.from_bot and "text" in m.body]
    wanted = [message for message in own if message_id in (None, message.message_id)]
    if not wanted:
        raise CannotAct("Нет своего сообщения, которое можно изменить")
    return wanted[-1]


def _message_under(message: Message) -> Body:
    if message.deleted:
        return {"message_id": message.message_id, "chat": message.body["chat"], "date": 0}
    return message.body


def _change_membership(telegram: Telegram, person: Person, *, blocked: bool) -> None:
    with telegram.store.transaction():
        telegram.people.change(person, blocked=blocked)
        gone = {"status": "kicked", "user": telegram.bot_user(), "until_date": 0}
        here = {"status": "member", "user": telegram.bot_user()}
        old, new = (here, gone) if blocked else (gone, here)
        parties = {"chat": person.as_chat(), "from": person.as_user(), "date": telegram.clock.now()}
        _queue(telegram, person, "my_chat_member", parties | {"old_chat_member": old, "new_chat_member": new})


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    while text:
        size = TEXT_LIMIT
        while utf16_length(text[:size]) > TEXT_LIMIT:
            size -= utf16_length(text[:size]) - TEXT_LIMIT
        pieces.append(text[:size])
        text = text[size:].strip()
    return pieces
