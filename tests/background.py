"""An event loop in a thread of its own, and waiting for facts that nobody announces."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 60.0  # seconds: what never happens fails late, but what happens late on a busy machine does not fail


class BackgroundLoop:
    """An event loop in a thread of its own; ``run`` waits for the result, ``spawn`` does not."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T], timeout: float | None = PATIENCE) -> T:
        return self.spawn(work).result(timeout)

    def spawn(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def stop(self) -> None:
        """Cancels what still runs and ends the thread."""
        self.run(_cancel_others())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


def wait_until(holds: Callable[[], bool], timeout: float = PATIENCE, *, step: float = 0.01) -> None:
    """For facts outside the sandbox, such as a row in the database."""
    deadline = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < deadline, f"waited {timeout} s in vain"
        time.sleep(step)


async def _cancel_others() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
