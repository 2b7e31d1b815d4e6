"""A loop in which nobody waits: once all are asleep, it is the next one's hour at once.

What must take two seconds takes two of its seconds on any machine, however busy that is.
"""

import asyncio
import functools
import selectors
from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import bot.pace

A_MOMENT = 1e-6  # seconds that each turn of the loop takes: who is woken a hair too early sleeps again


class StillLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.now = 0.0
        super().__init__(_Sleepers(self))

    def time(self) -> float:
        return self.now


class _Sleepers(selectors.DefaultSelector):
    def __init__(self, loop: StillLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0 if timeout is not None else None)
        if timeout is not None:
            self._loop.now += (0 if found else timeout) + A_MOMENT
        return found


def in_still_time(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """The bot's pace goes by the loop's clock too."""

    @functools.wraps(test)
    def run() -> None:
        loop = StillLoop()
        clock = SimpleNamespace(monotonic=loop.time)
        with patch.object(bot.pace, "time", clock), asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(test())

    return run


def now() -> float:
    return asyncio.get_running_loop().time()
