"""What a person is told when the rules refuse, and how a tap is answered whatever happened."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message, TelegramObject, Update

from bot.conversation import Conversation
from bot.database import AlreadyApplied
from bot.screen import Screen, ScreenBot, show
from bot.sender import lost_reach
from mentoring.rules.errors import MentoringError

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Refusals(BaseMiddleware):
    """A refusal of the rules becomes a sentence over the screen where the person stands; other failures go on up."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        try:
            return await self._handled(handler, event, data)
        except TelegramAPIError as failure:
            if lost_reach(failure) is None:
                raise
        finally:
            await _answer_tap(event, data["bot"])

    async def _handled(self, handler: Handler, update: Update, data: dict[str, Any]) -> Any:
        try:
            if data["in_hand"].applied:
                raise AlreadyApplied
            return await handler(update, data)
        except AlreadyApplied:
            return await self._show_where_they_stand(update, data)
        except MentoringError as refusal:
            return await self._show_where_they_stand(update, data, self._conversation.explain(refusal))

    async def _show_where_they_stand(self, update: Update, data: dict[str, Any], sentence: str = "") -> None:
        screen = await self._conversation.current_screen(data["database"], data["visitor"], data["clock"])
        await show(event_in(update), under(sentence, screen))


def under(sentence: str, screen: Screen) -> Screen:
    """The screen with a sentence above it."""
    return replace(screen, text=f"{sentence}\n\n{screen.text}", before=()) if sentence else screen


def event_in(update: Update) -> Message | CallbackQuery:
    event = update.callback_query or update.message or update.edited_message
    assert event, "only messages and taps are taken"
    return event


async def _answer_tap(update: Update, bot: ScreenBot) -> None:
    """The little clock on a button stops, whatever happened."""
    tap = update.callback_query
    if tap and not bot.was_answered(tap.id):
        with suppress(TelegramAPIError):
            await bot.answer_callback_query(tap.id)
