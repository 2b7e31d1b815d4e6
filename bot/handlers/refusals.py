"""An old button shows what it was about as it stands now, which is better than a sentence and the menu."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, TelegramObject

from bot.callbacks import SubmitResponse
from bot.screen import Screen, show
from bot.screens import meetings, proposals, surveys
from mentoring.rules.errors import NotFound, OutOfDate
from mentoring.use_cases.campaign_surveys import SurveyWaiting, open_surveys
from mentoring.use_cases.meetings import meeting_card
from mentoring.use_cases.pairs import proposal_for

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

OF_SURVEYS = ("campaign", "survey")  # nouns of `OutOfDate`


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
            await _show(event, proposals.proposal(seen, visitor.time_zone))


class SurveyInstead(BaseMiddleware):
    """A survey that is over says so, with the next one at hand."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except OutOfDate as refusal:
            if refusal.noun not in OF_SURVEYS:
                raise
            await _show(event, surveys.closed(refusal.state, await _waiting(data)))


class SentInstead(BaseMiddleware):
    """Answers that cannot be sent any more, or were sent and parted from the name, are spoken of plainly."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except OutOfDate as refusal:
            if refusal.noun not in OF_SURVEYS:
                raise
            await _show(event, surveys.closed_before_sent())
        except NotFound:
            if not isinstance(data["callback_data"], SubmitResponse):
                raise
            await _show(event, surveys.sent_already(await _waiting(data)))


async def _waiting(data: dict[str, Any]) -> tuple[SurveyWaiting, ...]:
    found: tuple[SurveyWaiting, ...] = await data["database"].read(
        open_surveys, data["visitor"].person_id, now=data["clock"]()
    )
    return found


async def _meeting(meeting_id: int, data: dict[str, Any], refusal: OutOfDate) -> Screen:
    visitor = data["visitor"]
    card = await data["database"].read(meeting_card, meeting_id, visitor.person_id, now=data["clock"]())
    return meetings.out_of_date(card, visitor.time_zone, refusal)


async def _show(event: TelegramObject, screen: Screen) -> None:
    assert isinstance(event, CallbackQuery)
    await show(event, screen)
