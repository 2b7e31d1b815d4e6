"""Long polling: a batch is asked for, kept, and only then confirmed by asking for the next one."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiogram.exceptions import TelegramConflictError, TelegramNotFound, TelegramRetryAfter, TelegramUnauthorizedError
from aiogram.types import User

from bot.inbox import Inbox
from bot.screen import ScreenBot
from bot.updates import TAKEN, Body, RawUpdates

log = logging.getLogger(__name__)

T = TypeVar("T")

WAIT = 25  # seconds that Telegram may hold an empty answer back
REQUEST_TIMEOUT = WAIT + 15
PAUSES = (1, 2, 5, 10, 15)  # seconds between attempts while there is no connection
CONFLICTS = 12  # in a row, 5 s apart: after a restart the earlier process may still hang on for a while
REPORT_EVERY = 60.0  # seconds


class TokenRefused(Exception):
    """Telegram does not know the token."""


class SecondPoller(Exception):
    """Another process keeps asking for the same bot's updates."""


class Trouble:
    """Counts failures in a row, and says so in the log once a minute, not once a second."""

    def __init__(self) -> None:
        self.in_a_row = 0
        self._reported = 0.0

    async def after(self, failure: Exception) -> None:
        self.in_a_row += 1
        if time.monotonic() - self._reported > REPORT_EVERY:
            self._reported = time.monotonic()
            log.warning("no updates come in (%s), trying on", type(failure).__name__)
        if isinstance(failure, TelegramRetryAfter):
            await asyncio.sleep(failure.retry_after)
        else:
            await asyncio.sleep(PAUSES[min(self.in_a_row, len(PAUSES)) - 1])

    def over(self) -> None:
        if self._reported:
            log.info("updates come in again")
        self.in_a_row, self._reported = 0, 0.0


async def meet_telegram(bot: ScreenBot) -> User:
    return await patiently(bot.get_me)


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """What Telegram answers; waits for the network as long as it takes."""
    trouble = Trouble()
    while True:
        try:
            answer = await ask()
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise TokenRefused from None
        except Exception as failure:
            await trouble.after(failure)
        else:
            trouble.over()
            return answer


async def poll(bot: ScreenBot, inbox: Inbox, in_contact: Callable[[], None]) -> None:
    """Runs until cancelled. ``in_contact`` is called after each answer of Telegram."""
    trouble = Trouble()
    offset: int | None = None
    while True:
        await inbox.room()
        try:
            updates = await _ask(bot, offset)
            await asyncio.shield(inbox.take_in(updates))
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise TokenRefused from None
        except Exception as failure:
            _check_conflict(failure, trouble)
            await trouble.after(failure)
        else:
            trouble.over()
            in_contact()
            offset = updates[-1]["update_id"] + 1 if updates else offset


async def _ask(bot: ScreenBot, offset: int | None) -> list[Body]:
    question = RawUpdates(offset=offset, timeout=WAIT, allowed_updates=list(TAKEN))
    return await bot(question, request_timeout=REQUEST_TIMEOUT)  # type: ignore[no-any-return]


def _check_conflict(failure: Exception, trouble: Trouble) -> None:
    if isinstance(failure, TelegramConflictError) and trouble.in_a_row >= CONFLICTS:
        raise SecondPoller from None
