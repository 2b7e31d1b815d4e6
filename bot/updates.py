"""Updates as they came: kept in the inbox word for word, read by aiogram only when they are handled."""

from typing import Any

from aiogram.methods.base import TelegramMethod

Body = dict[str, Any]

TAKEN = ("message", "edited_message", "callback_query", "my_chat_member")


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """``getUpdates`` without building hundreds of models that the inbox would take apart again."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


def person_in(body: Body) -> int:
    """The id of the person who caused the update; 0 if nobody did. Updates of one person are handled in order."""
    for kind in TAKEN:
        if kind in body:
            return int(body[kind].get("from", {}).get("id", 0))
    return 0
