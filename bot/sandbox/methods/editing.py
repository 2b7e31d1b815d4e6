"""Changing, deleting and pinning what stands in a chat."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.keyboards import checked_markup
from bot.sandbox.messages import Body, Message
from bot.sandbox.methods.content import caption_content, text_content, without
from bot.sandbox.refusals import NOT_MODIFIED, bad_request
from bot.sandbox.schema import Args
from bot.sandbox.telegram import Telegram

DELETE_SECONDS = 48 * 60 * 60
_FILES = ("document", "photo", "voice")


def edit_message_text(telegram: Telegram, args: Args) -> Body:
    content = text_content(args)
    message = _editable(telegram, args)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    kept = without(message.body, ["text", "entities", "link_preview_options", "reply_markup"])
    return _save(telegram, message, kept | content | _markup(args))


def edit_message_caption(telegram: Telegram, args: Args) -> Body:
    content = caption_content(args)
    message = _editable(telegram, args)
    if not any(name in message.body for name in _FILES):
        raise bad_request("there is no caption in the message to edit")
    kept = without(message.body, ["caption", "caption_entities", "reply_markup"])
    return _save(telegram, message, kept | content | _markup(args))


def edit_message_reply_markup(telegram: Telegram, args: Args) -> Body:
    markup = _markup(args)
    message = _editable(telegram, args)
    return _save(telegram, message, without(message.body, ["reply_markup"]) | markup)


def delete_message(telegram: Telegram, args: Args) -> bool:
    message = telegram.shown_message(telegram.person_known(args["chat_id"]).id, args["message_id"])
    if not message:
        raise bad_request("message to delete not found")
    if telegram.clock.now() - message.body["date"] > DELETE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    _delete(telegram, message)
    return True


def delete_messages(telegram: Telegram, args: Args) -> bool:
    """Those that cannot be found or deleted are skipped, as the Bot API says."""
    if not 1 <= len(args["message_ids"]) <= 100:
        raise bad_request("too many message identifiers specified")
    chat = telegram.person_known(args["chat_id"])
    for message in filter(None, (telegram.shown_message(chat.id, number) for number in args["message_ids"])):
        if telegram.clock.now() - message.body["date"] <= DELETE_SECONDS:
            _delete(telegram, message)
    return True


def pin_chat_message(telegram: Telegram, args: Args) -> bool:
    person = telegram.person_to_write(args["chat_id"])
    message = telegram.shown_message(person.id, args["message_id"])
    if not message:
        raise bad_request("message to pin not found")
    telegram.messages.pin(message, pinned=True)
    telegram.show(person)
    return True


def unpin_chat_message(telegram: Telegram, args: Args) -> bool:
    """The named message, or the newest pinned one."""
    person = telegram.person_known(args["chat_id"])
    pinned = [message for message in telegram.messages.of_chat(person.id) if message.pinned]
    wanted = [message for message in pinned if message.message_id == args.get("message_id", message.message_id)]
    if not wanted:
        raise bad_request("message to unpin not found")
    telegram.messages.pin(wanted[-1], pinned=False)
    telegram.show(person)
    return True


def unpin_all_chat_messages(telegram: Telegram, args: Args) -> bool:
    person = telegram.person_known(args["chat_id"])
    telegram.messages.unpin_all(person.id)
    telegram.show(person)
    return True


def _markup(args: Args) -> Body:
    markup = checked_markup(args.get("reply_markup"))
    return {"reply_markup": markup} if markup else {}


def _editable(telegram: Telegram, args: Args) -> Message:
    if "chat_id" not in args:
        raise bad_request("chat_id is empty")
    if "message_id" not in args:
        raise bad_request("message identifier is not specified")
    message = telegram.shown_message(telegram.person_to_write(args["chat_id"]).id, args["message_id"])
    if not message:
        raise bad_request("message to edit not found")
    if not message.from_bot or message.keyboard:
        raise bad_request("message can't be edited")
    return message


def _save(telegram: Telegram, message: Message, body: Body) -> Body:
    if without(body, ["edit_date"]) == without(message.body, ["edit_date"]):
        raise bad_request(NOT_MODIFIED)
    telegram.show(telegram.person_known(message.chat_id))
    return telegram.messages.replace(message, body | {"edit_date": telegram.clock.now()})


def _delete(telegram: Telegram, message: Message) -> None:
    telegram.messages.delete(message)
    telegram.show(telegram.person_known(message.chat_id))


METHODS: dict[str, Callable[[Telegram, Args], Any]] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
}
