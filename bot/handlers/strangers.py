"""People whom nobody has invited yet: told how to get in, whatever they send or press."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.screen import show
from bot.screens import joining, menu, my_data
from mentoring.use_cases.chats import Visitor


def router() -> Router:
    found = Router(name="strangers")
    for observer in (found.message, found.edited_message, found.callback_query):
        observer.filter(is_stranger)
    found.message.register(on_help, Command("help"))
    found.message.register(on_privacy, Command("privacy"))
    found.message.register(on_anything)
    found.edited_message.register(on_anything)
    found.callback_query.register(on_anything)
    return found


async def is_stranger(event: TelegramObject, visitor: Visitor | None = None, **_: Any) -> bool:
    return visitor is None


async def on_help(message: Message) -> None:
    await show(message, menu.help_page(None))


async def on_privacy(message: Message) -> None:
    await show(message, my_data.privacy(None))


async def on_anything(event: Message | CallbackQuery) -> None:
    await show(event, joining.stranger())
