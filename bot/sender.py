"""The one place through which every request to Telegram passes: pace, patience, and what a refusal means."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from enum import StrEnum
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    GetMe,
    GetUpdates,
    Response,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from pydantic import BaseModel

from bot.pace import ChatPace, Pace
from bot.updates import RawUpdates

log = logging.getLogger(__name__)

MESSAGES = (SendMessage, SendDocument, SendPhoto, SendMediaGroup)
PATIENT_BY_THEMSELVES = {GetMe.__api_method__, GetUpdates.__api_method__}
UNKNOWN_OUTCOME = (TelegramNetworkError, TelegramServerError, ClientDecodeError)
RETRY_DELAYS = (0.3, 1.0, 2.0, 4.0)  # seconds
FLOOD_WAITS = 20  # how often one request may be told to wait before its sender learns of it

EVERYDAY = (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageText,
    EditMessageReplyMarkup,
    SendMessage,
    SendDocument,
    RawUpdates,
)
# pydantic forgets a generic model that nobody holds, and building one again takes longer than the request itself.
HELD = [Response[method.__returning__] for method in EVERYDAY]  # type: ignore[name-defined]

_notice: ContextVar[bool] = ContextVar("notice", default=False)


class Reach(StrEnum):
    """What a failure says about the person: a word for ``chats.mark_unreachable``."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NO_CHAT = "no_chat"


def build_ahead() -> None:
    """The models of every press (`bot.lean_aiogram`), so that the first one waits for none."""
    models: list[type[BaseModel]] = [Message, Update, InlineKeyboardButton, InlineKeyboardMarkup, *EVERYDAY, *HELD]
    for model in models:
        model.model_rebuild()


@contextmanager
def as_notice() -> Iterator[None]:
    """Requests made inside give way to answers, and network failures are left to the caller to repeat."""
    token = _notice.set(True)
    try:
        yield
    finally:
        _notice.reset(token)


def lost_reach(error: Exception) -> Reach | None:
    """Why this person can no longer be written to, or None when the failure says nothing about them."""
    if isinstance(error, TelegramForbiddenError):
        return Reach.DEACTIVATED if "deactivated" in error.message else Reach.BLOCKED
    if isinstance(error, TelegramBadRequest) and "chat not found" in error.message:
        return Reach.NO_CHAT
    return None


class Sender(BaseRequestMiddleware):
    """Repeats what the network lost, with growing pauses; a message may then come twice, for Telegram has no key."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._chats = ChatPace()

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        if method.__api_method__ in PATIENT_BY_THEMSELVES:
            return await make_request(bot, method)
        failures = floods = 0
        while True:
            try:
                return await self._paced(make_request, bot, method)
            except TelegramRetryAfter as flood:
                floods = self._after_flood(flood, floods)
            except UNKNOWN_OUTCOME as failure:
                failures = await _after_failure(failure, failures)

    async def _paced(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        notice = _notice.get()
        chat_id: Any = getattr(method, "chat_id", None)
        is_message = isinstance(method, MESSAGES)
        if is_message and chat_id is not None:
            await self._chats.wait(chat_id, notice=notice)
        await self._pace.silence()
        async with self._pace.turn(notice=notice) if is_message else nullcontext():
            return await make_request(bot, method)

    def _after_flood(self, flood: TelegramRetryAfter, floods: int) -> int:
        if floods >= FLOOD_WAITS:
            raise flood
        log.warning("Telegram asks for silence for %s s", flood.retry_after)
        self._pace.pause(flood.retry_after)
        return floods + 1


async def _after_failure(failure: Exception, failures: int) -> int:
    if _notice.get() or failures >= len(RETRY_DELAYS):
        raise failure
    log.warning("%s, trying again", type(failure).__name__)
    await asyncio.sleep(RETRY_DELAYS[failures])
    return failures + 1
