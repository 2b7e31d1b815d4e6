"""How fast messages may leave: Telegram allows about 30 a second for all chats and about one a second for one chat.

A message is counted from the moment it is let go until a second after its answer came. Whatever the network does in
between, no second of Telegram's own clock then holds more than `MESSAGES` of them.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

SECOND = 1.0
MESSAGES = 29
NOTICES = 28  # one place is kept free for people who wait for an answer, and they go first for every other
CHAT_BURST = 18
FORGET_CHATS_OVER = 5_000


class Pace:
    """Lets answers go before notices, each in its order of arrival."""

    def __init__(self) -> None:
        self._answers: deque[asyncio.Future[None]] = deque()
        self._notices: deque[asyncio.Future[None]] = deque()
        self._in_flight = 0
        self._sent: deque[float] = deque()
        self._silent_until = 0.0
        self._alarm: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, *, notice: bool) -> AsyncIterator[None]:
        await self._wait(self._notices if notice else self._answers)
        try:
            yield
        finally:
            self._in_flight -= 1
            self._sent.append(time.monotonic())
            self._let_go()

    def pause(self, seconds: float) -> None:
        """Nothing leaves for so long: Telegram has asked for silence."""
        self._silent_until = max(self._silent_until, time.monotonic() + seconds)

    async def silence(self) -> None:
        while (left := self._silent_until - time.monotonic()) > 0:
            await asyncio.sleep(left)

    async def _wait(self, line: deque[asyncio.Future[None]]) -> None:
        place = asyncio.get_running_loop().create_future()
        line.append(place)
        self._let_go()
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():  # let go and cancelled in the same breath
                self._in_flight -= 1
            raise

    def _let_go(self) -> None:
        now = time.monotonic()
        while self._sent and self._sent[0] <= now - SECOND:
            self._sent.popleft()
        for line, limit in ((self._answers, MESSAGES), (self._notices, NOTICES)):
            self._let_go_from(line, limit, now)
        self._set_alarm(now)

    def _let_go_from(self, line: deque[asyncio.Future[None]], limit: int, now: float) -> None:
        while line and now >= self._silent_until and self._in_flight + len(self._sent) < limit:
            place = line.popleft()
            if not place.done():
                place.set_result(None)
                self._in_flight += 1

    def _set_alarm(self, now: float) -> None:
        """Look again when the pause ends or the oldest message leaves the second; finished requests look themselves."""
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        turning_points = [self._silent_until, *(moment + SECOND for moment in list(self._sent)[:1])]
        later = [moment for moment in turning_points if moment > now]
        if later and (self._answers or self._notices):
            self._alarm = asyncio.get_running_loop().call_later(min(later) - now, self._let_go)


class ChatPace:
    """How long a message to one chat has to wait: answers may come in a burst, notices one a second."""

    def __init__(self) -> None:
        self._chats: dict[int | str, tuple[float, float]] = {}

    async def wait(self, chat_id: int | str, *, notice: bool) -> None:
        delay = self._reserve(chat_id, 1 if notice else CHAT_BURST)
        if delay > 0:
            await asyncio.sleep(delay)

    def _reserve(self, chat_id: int | str, burst: int) -> float:
        """Seconds to wait. A chat is a bucket that refills by one a second; ``level`` is how many messages it holds."""
        now = time.monotonic()
        level, since = self._chats.get(chat_id, (0.0, now))
        level = max(0.0, level - (now - since)) + 1
        self._chats[chat_id] = (level, now)
        if len(self._chats) > FORGET_CHATS_OVER:
            self._forget_quiet(now)
        return level - burst

    def _forget_quiet(self, now: float) -> None:
        self._chats = {chat: (level, since) for chat, (level, since) in self._chats.items() if level > now - since}
