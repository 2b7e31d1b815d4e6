"""An old button shows what it was about as it stands now, which is better than a sentence and the menu."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, TelegramObject

from bot.screen import Screen, show
from bot.screens import meetings, pairs
from mentoring.rules.errors import OutOfDate
from mentoring.use_cases.meetings import meeting_card
from mentoring.use_cases.pairs import proposal_for

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class MeetingInstead(BaseMiddleware):
    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except OutOfDate as refusal:
            meeting_id = getattr(data["callback_data"], "meeting_id", None)
            if meeting_id is None:
                raise
            await _show(event, await _meeting(meeting_id, data, refusal))


class ProposalInstead(BaseMiddleware):
    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except OutOfDate:
            database, visitor = data["database"], data["visitor"]
            seen = await database.read(proposal_for, data["callback_data"].pair_id, visitor.person_id)
            await _show(event, pairs.proposal(seen, visitor.time_zone))


async def _meeting(meeting_id: int, data: dict[str, Any], refusal: OutOfDate) -> Screen:
    visitor = data["visitor"]
    card = await data["database"].read(meeting_card, meeting_id, visitor.person_id, now=data["clock"]())
    return meetings.out_of_date(card, visitor.time_zone, refusal)


async def _show(event: TelegramObject, screen: Screen) -> None:
    assert isinstance(event, CallbackQuery)
    await show(event, screen)
