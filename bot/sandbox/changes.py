"""Tells whoever waits that something has happened: a poll, the chat page, a test."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Event = dict[str, Any]


class Changes:
    def __init__(self) -> None:
        self._next = asyncio.Event()
        self._listeners: set[asyncio.Queue[Event]] = set()

    def tell(self, event: Event) -> None:
        for listener in self._listeners:
            listener.put_nowait(event)
        self.wake()

    def wake(self) -> None:
        """Wakes those who wait, with nothing to show on a page."""
        self._next.set()
        self._next = asyncio.Event()

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Event]]:
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    async def until(self, holds: Callable[[], bool], timeout: float) -> bool:
        """Whether ``holds`` came true in time; looks again at each change."""
        deadline = asyncio.get_running_loop().time() + timeout
        while not holds():
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await _in_time(self._next, left):
                return holds()
        return True


async def _in_time(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
