"""Updates are kept before they are confirmed, handled in each person's order, and marked once the person was answered.

A crash at any point loses nothing: what is not done is handled again at the next start. What had already changed the
records changes them no more, and the person is shown where they stand.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from aiogram.exceptions import TelegramRetryAfter
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.database import UpdateInHand
from bot.inbox_rows import Mark, Received, exchange, unfinished
from bot.screen import ScreenBot
from bot.sender import UNKNOWN_OUTCOME
from bot.updates import Body, person_in
from config.clock import Clock
from storage.database import Database

log = logging.getLogger(__name__)

TRIES = 3
RESTARTS = 5  # an update that has seen so many without an answer is probably their cause
RETRY_DELAYS = (0.5, 2.0)  # seconds, for one person's queue only
PARALLEL = 64
MOST_WAITING = 1_000
MOST_FROM_ONE = 50  # unanswered at once: a person cannot type so, a prankster's program can
MARKS_WAIT = 0.5  # seconds; sooner if a new batch is committed

OUTAGES = (*UNKNOWN_OUTCOME, TelegramRetryAfter, OperationalError, InterfaceError)
OUTAGE_DELAY = 5.0  # seconds

# What is noted of an update that was given up, beside the names of exceptions.
RESTARTED, PASSED_OVER = "restarted", "passed over"

Handle = Callable[[UpdateInHand, Body], Awaitable[None]]
GiveUp = Callable[[Body], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Waiting:
    in_hand: UpdateInHand
    body: Body
    tries: int = 0


class Inbox:
    """``handle`` answers one update; ``give_up`` tells the person kindly that it could not be done."""

    def __init__(self, database: Database, bot: ScreenBot, clock: Clock, *, handle: Handle, give_up: GiveUp) -> None:
        self._database, self._bot, self._clock = database, bot, clock
        self._handle, self._give_up = handle, give_up
        self._queues: dict[int, deque[Waiting]] = {}
        self._held: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(PARALLEL)
        self._room = asyncio.Event()
        self._room.set()
        self._gate = asyncio.Lock()
        self._arriving: list[Body] = []
        self._marks: list[Mark] = []
        self._flush: asyncio.Task[None] | None = None
        self._stopping = False

    async def take_in(self, bodies: Sequence[Body]) -> None:
        """Commit the updates, then let them be handled. When this returns they may be confirmed.

        Those who come while a commit runs share the next one.
        """
        self._arriving.extend(bodies)
        async with self._gate:
            await self._commit()

    async def resume(self, older_than: timedelta | None = None) -> int:
        """Go on with what an earlier run left; another replica's fresh updates are left to it by ``older_than``."""
        before = self._clock() - older_than if older_than else None
        left = await self._database.write(unfinished, self._bot.id, before=before, held=frozenset(self._held))
        for row in left:
            in_hand = UpdateInHand(self._bot.id, row.update_id, applied=row.applied)
            self._enqueue(Waiting(in_hand, row.body, tries=TRIES if row.restarts >= RESTARTS else 0))
        return len(left)

    async def room(self) -> None:
        """Waits while so much is unanswered that taking more would only fill the memory."""
        await self._room.wait()

    @property
    def busy(self) -> bool:
        """Whether somebody whose update was taken in is not answered yet."""
        return bool(self._tasks)

    async def rest(self) -> None:
        """Waits until everything taken in is answered and marked."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        await self._save()

    async def stop(self, patience: float = 15.0) -> None:
        """Finish the answers in hand, leave the rest to the next start, save the marks."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        for task in self._tasks:
            task.cancel()
        await self._save()

    async def _commit(self) -> None:
        arrived, self._arriving = self._arriving, []
        marks, self._marks = self._marks, []
        screens = self._bot.take_unsaved_screens()
        if not (arrived or marks or screens):
            return
        received = [Received(int(body["update_id"]), body) for body in arrived]
        try:
            fresh = await self._database.write(exchange, self._bot.id, received, marks, screens, now=self._clock())
        except BaseException:
            self._arriving, self._marks = arrived + self._arriving, marks + self._marks
            self._bot.save_screens_later(screens)
            raise
        self._held.difference_update(mark.update_id for mark in marks)
        self._watch_room()
        for row in received:
            if row.update_id in fresh:
                self._enqueue(Waiting(UpdateInHand(self._bot.id, row.update_id), row.body))

    def _enqueue(self, waiting: Waiting) -> None:
        if waiting.in_hand.update_id in self._held:
            return
        self._held.add(waiting.in_hand.update_id)
        person = person_in(waiting.body)
        queue = self._queues.get(person)
        if queue and len(queue) >= MOST_FROM_ONE:
            log.warning("update %s is passed over: too many from one person", waiting.in_hand.update_id)
            self._mark(Mark(waiting.in_hand.update_id, PASSED_OVER))
        elif queue is not None:
            queue.append(waiting)
        else:
            self._queues[person] = deque([waiting])
            self._start(self._serve(person))
        self._watch_room()

    async def _serve(self, person: int) -> None:
        queue = self._queues[person]
        while queue and not self._stopping:
            async with self._slots:
                await self._answer(queue[0])
            queue.popleft()
        del self._queues[person]

    async def _answer(self, waiting: Waiting) -> None:
        """Until it is done, or given up, or left to the next start by a stop in the middle of an outage."""
        error = RESTARTED
        while waiting.tries < TRIES:
            try:
                await self._handle(waiting.in_hand, waiting.body)
            except OUTAGES as outage:
                if self._stopping:
                    return
                waiting = await self._after_outage(waiting, outage)
            except Exception as failure:
                error = type(failure).__name__
                waiting = await self._after_failure(waiting, failure)
            else:
                self._mark(Mark(waiting.in_hand.update_id))
                return
        await self._say_sorry(waiting)
        self._mark(Mark(waiting.in_hand.update_id, error))

    async def _after_outage(self, waiting: Waiting, outage: Exception) -> Waiting:
        """Neither the update's fault nor the handler's: it waits as long as it takes."""
        log.warning("update %s waits for the end of %s", waiting.in_hand.update_id, type(outage).__name__)
        await asyncio.sleep(OUTAGE_DELAY)
        return self._once_more(waiting)

    async def _after_failure(self, waiting: Waiting, failure: Exception) -> Waiting:
        tries = waiting.tries + 1
        log.error("update %s, try %s", waiting.in_hand.update_id, tries, exc_info=failure)
        if tries < TRIES and not self._stopping:
            await asyncio.sleep(RETRY_DELAYS[tries - 1])
        return replace(self._once_more(waiting), tries=tries)

    def _once_more(self, waiting: Waiting) -> Waiting:
        before = waiting.in_hand
        applied = before.applied or before.written
        return replace(waiting, in_hand=UpdateInHand(before.bot_id, before.update_id, applied=applied))

    async def _say_sorry(self, waiting: Waiting) -> None:
        try:
            await self._give_up(waiting.body)
        except Exception as failure:
            log.error("update %s: not even an apology", waiting.in_hand.update_id, exc_info=failure)

    def _mark(self, mark: Mark) -> None:
        self._marks.append(mark)
        if self._flush is None or self._flush.done():
            self._flush = asyncio.create_task(self._save_soon())

    async def _save_soon(self) -> None:
        await asyncio.sleep(MARKS_WAIT)
        try:
            await self._save()
        except Exception as failure:  # the marks are kept, and go with the next batch
            log.warning("the inbox could not be marked", exc_info=failure)

    async def _save(self) -> None:
        async with self._gate:
            await self._commit()

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _watch_room(self) -> None:
        if len(self._held) < MOST_WAITING:
            self._room.set()
        else:
            self._room.clear()
