"""Messages from the bot."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.keyboards import checked_markup
from bot.sandbox.messages import Body, Message
from bot.sandbox.methods.content import (
    caption_content,
    document_content,
    photo_content,
    reply_content,
    text_content,
    without,
)
from bot.sandbox.people import Person
from bot.sandbox.refusals import bad_request
from bot.sandbox.schema import Args
from bot.sandbox.telegram import Telegram

_ENVELOPE = ["message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message", "media_group_id"]
_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def send_message(telegram: Telegram, args: Args) -> Body:
    return _send(telegram, args, text_content(args))


def send_document(telegram: Telegram, args: Args) -> Body:
    return _send(telegram, args, document_content(telegram, args["document"]) | caption_content(args))


def send_photo(telegram: Telegram, args: Args) -> Body:
    return _send(telegram, args, photo_content(telegram, args["photo"]) | caption_content(args))


def send_media_group(telegram: Telegram, args: Args) -> list[Body]:
    """An album of photos or of documents; a mix of the two is refused, other media the sandbox does not know."""
    media = args["media"]
    if not 2 <= len(media) <= 10:
        raise bad_request("media group must include 2-10 items")
    kinds = {item["type"] for item in media}
    if kinds not in ({"photo"}, {"document"}):
        raise bad_request("document can't be mixed with other media types")
    person = telegram.person_to_write(args["chat_id"])
    contents = [_album_item(telegram, item) for item in media]
    telegram.limits.spend(person.id, len(media))
    album = {"media_group_id": str(telegram.store.next_number("album", 13_000_000_000_001))}
    reply = reply_content(telegram, person.id, args)
    return [telegram.post(person, album | reply | content) for content in contents]


def copy_message(telegram: Telegram, args: Args) -> Body:
    """The content again, with its caption changed if asked, and nothing about where it came from."""
    content = without(_source(telegram, args, "copy").body, _ENVELOPE)
    if "caption" in args and "text" not in content:
        content = without(content, ["caption", "caption_entities"]) | caption_content(args)
    return {"message_id": _send(telegram, args, content)["message_id"]}


def forward_message(telegram: Telegram, args: Args) -> Body:
    source = _source(telegram, args, "forward").body
    origin = {"type": "user", "sender_user": source["from"], "date": source["date"]}
    return _send(telegram, args, without(source, _ENVELOPE) | {"forward_origin": origin})


def send_chat_action(telegram: Telegram, args: Args) -> bool:
    if args["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    person = telegram.person_to_write(args["chat_id"])
    telegram.changes.tell({"kind": "typing", "key": person.key})
    return True


def _send(telegram: Telegram, args: Args, content: Body) -> Body:
    keyboard = checked_markup(args.get("reply_markup"))
    person: Person = telegram.person_to_write(args["chat_id"])
    reply = reply_content(telegram, person.id, args)
    telegram.limits.spend(person.id)
    return telegram.post(person, reply | content, keyboard)


def _album_item(telegram: Telegram, item: Args) -> Body:
    content = document_content if item["type"] == "document" else photo_content
    return content(telegram, item["media"]) | caption_content(item)


def _source(telegram: Telegram, args: Args, act: str) -> Message:
    chat = telegram.person_known(args["from_chat_id"])
    message = telegram.shown_message(chat.id, args["message_id"])
    if not message:
        raise bad_request(f"message to {act} not found")
    return message


METHODS: dict[str, Callable[[Telegram, Args], Any]] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
    "sendChatAction": send_chat_action,
}
