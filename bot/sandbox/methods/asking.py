"""What the bot may ask: itself, people, files; and its answers to pressed buttons."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.files import MAX_DOWNLOAD
from bot.sandbox.messages import Body
from bot.sandbox.refusals import bad_request
from bot.sandbox.schema import Args
from bot.sandbox.telegram import Telegram

CALLBACK_ANSWER_LIMIT = 200
_GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels",
)  # fmt: skip
_ABILITIES = (
    "can_join_groups", "can_read_all_group_messages", "supports_guest_queries", "supports_inline_queries",
    "can_connect_to_business", "has_main_web_app", "has_topics_enabled", "allows_users_to_create_topics",
    "can_manage_bots", "supports_join_request_queries",
)  # fmt: skip


def get_me(telegram: Telegram, _: Args) -> Body:
    return telegram.bot_user() | dict.fromkeys(_ABILITIES, False)


def get_chat(telegram: Telegram, args: Args) -> Body:
    chat = telegram.person_known(args["chat_id"]).as_chat()
    return chat | {
        "accent_color_id": chat["id"] % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


def get_chat_member(telegram: Telegram, args: Args) -> Body:
    chat = telegram.person_known(args["chat_id"])
    if args["user_id"] == telegram.bot_id:
        return {"status": "kicked" if chat.blocked else "member", "user": telegram.bot_user()}
    if args["user_id"] != chat.id:
        raise bad_request("user not found")
    return {"status": "member", "user": chat.as_user()}


def get_file(telegram: Telegram, args: Args) -> Body:
    file = telegram.files.find(args["file_id"])
    if not file:
        raise bad_request("invalid file_id")
    if len(file.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return file.described() | {"file_path": file.path}


def answer_callback_query(telegram: Telegram, args: Args) -> bool:
    """Once, within 15 minutes, in 200 characters; links are for games, which the sandbox has not."""
    if len(args.get("text", "")) > CALLBACK_ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if args.get("url"):
        raise bad_request("URL_INVALID")
    answer = {"text": args.get("text", ""), "alert": bool(args.get("show_alert"))}
    chat_id = telegram.callbacks.answer(args["callback_query_id"], answer)
    if person := telegram.people.by_id(chat_id):
        telegram.changes.tell({"kind": "answer", "key": person.key} | answer)
    return True


METHODS: dict[str, Callable[[Telegram, Args], Any]] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getFile": get_file,
    "answerCallbackQuery": answer_callback_query,
}
