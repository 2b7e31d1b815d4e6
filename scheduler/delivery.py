"""Notices on their way: claimed, drawn, sent, and only then marked. A crash in between repeats what was in the air."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby

from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest
from sqlalchemy.orm import Session

from bot.inbox_rows import CHANNEL
from bot.screen import Screen, ScreenBot, send_screen
from bot.sender import Reach, as_notice, lost_reach
from config.clock import Clock
from mentoring.use_cases.chats import mark_unreachable
from mentoring.use_cases.notices import NoticeToSend, claim_notices, mark_failed, mark_retry, mark_sent
from scheduler.sole_sender import SoleSender
from storage.database import Database

log = logging.getLogger(__name__)

BATCH = 30  # about a second's worth, so that a stop does not leave long-leased claims behind
NEXT_CLAIM_AT = 10  # people still to be written to when the next batch is claimed: the line never runs empty
IN_THE_AIR = 5  # 30 a second at 150 ms each
LEASE = timedelta(minutes=2)
RETRY_AFTER = timedelta(seconds=30)


class Delivery:
    def __init__(
        self,
        database: Database,
        bot: ScreenBot,
        clock: Clock,
        *,
        render: Callable[[NoticeToSend], Screen],
        sole_sender: SoleSender,
    ) -> None:
        self._database, self._bot, self._clock = database, bot, clock
        self._render, self._sole_sender = render, sole_sender
        self._in_the_air = asyncio.Semaphore(IN_THE_AIR)
        self._stopping = False

    async def deliver_due(self) -> int:
        """Send all that is due now; gives how many notices were dealt with."""
        dealt_with = 0
        under_way: set[asyncio.Task[None]] = set()
        while notices := await self._claim():
            dealt_with += len(notices)
            under_way |= {asyncio.create_task(self._deliver_in_order(theirs)) for theirs in _by_person(notices)}
            while len(under_way) > NEXT_CLAIM_AT:
                _, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
        if under_way:
            await asyncio.wait(under_way)
        return dealt_with

    def stop(self) -> None:
        """Finish what is claimed, claim no more."""
        self._stopping = True

    async def _claim(self) -> tuple[NoticeToSend, ...]:
        if self._stopping or not await self._sole_sender.is_us():
            return ()
        return await self._database.write(claim_notices, limit=BATCH, now=self._clock(), lease=LEASE)

    async def _deliver_in_order(self, notices: Iterable[NoticeToSend]) -> None:
        for notice in notices:
            async with self._in_the_air:
                await self._deliver(notice)

    async def _deliver(self, notice: NoticeToSend) -> None:
        try:
            with as_notice():
                sent = await send_screen(self._bot, int(notice.external_id), self._render(notice))
        except Exception as failure:
            await self._note_failure(notice, failure)
        else:
            await self._database.write(mark_sent, notice.notice_id, sent.message_id, now=self._clock())

    async def _note_failure(self, notice: NoticeToSend, failure: Exception) -> None:
        now, outcome = self._clock(), type(failure).__name__
        reach = lost_reach(failure)
        if reach:
            await self._database.write(_unreachable, notice, reach, now=now)
        elif _may_pass(failure):
            await self._database.write(mark_retry, notice.notice_id, now + RETRY_AFTER, outcome)
        else:
            log.error("notice %s cannot be sent", notice.notice_id, exc_info=failure)
            await self._database.write(mark_failed, notice.notice_id, outcome, now=now)


def _unreachable(session: Session, notice: NoticeToSend, reach: Reach, *, now: datetime) -> None:
    mark_failed(session, notice.notice_id, reach, now=now)
    mark_unreachable(session, CHANNEL, notice.external_id, reach, now=now)


def _may_pass(failure: Exception) -> bool:
    """The network, Telegram's own trouble, its flood control: not what we have written."""
    return isinstance(failure, (TelegramAPIError, ClientDecodeError)) and not isinstance(failure, TelegramBadRequest)


def _by_person(notices: Iterable[NoticeToSend]) -> list[list[NoticeToSend]]:
    """In the order of the claim, each person's together: one person's notices never overtake each other."""
    ordered = sorted(notices, key=lambda notice: notice.external_id)
    return [list(theirs) for _, theirs in groupby(ordered, key=lambda notice: notice.external_id)]
