"""The end of a panel: no more connections, an answer to every page that was asked for, and only then closed doors.

waitress' own `close` shuts at once what its threads wake its loop with: a page that is ready a moment later writes to a
descriptor that is closed, or is another file's by then. Here all is done in waitress' loop, in the order of the above.
"""

import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import chain

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, MultiSocketServer

STEP = 0.05  # seconds between two looks at what is still in work


def finish(server: BaseWSGIServer | MultiSocketServer, loop: threading.Thread, seconds: float) -> None:
    """Blocks until all is answered, ``seconds`` at most. ``loop``: the thread in which the server runs."""
    deadline = time.monotonic() + seconds
    doors = [one for one in _map_of(server).values() if isinstance(one, BaseWSGIServer)]
    for door in doors:
        _in_loop(door, partial(wasyncore.dispatcher.close, door))
    while loop.is_alive() and any(door.active_channels for door in doors) and time.monotonic() < deadline:
        _in_loop(doors[0], lambda: _release(doors))
        time.sleep(STEP)
    server.task_dispatcher.shutdown(timeout=max(1.0, deadline - time.monotonic()))
    if not server.task_dispatcher.threads:
        _in_loop(doors[0], lambda: [door.trigger.close() for door in doors])
        loop.join(timeout=1)


def _map_of(server: BaseWSGIServer | MultiSocketServer) -> dict[int, object]:
    """All sockets of the loop; «localhost» may be two addresses, and then two servers share them."""
    found: dict[int, object] = server.map if isinstance(server, MultiSocketServer) else server._map
    return found


def _in_loop(door: BaseWSGIServer, act: Callable[[], object]) -> None:
    door.trigger.pull_trigger(act)


def _release(doors: list[BaseWSGIServer]) -> None:
    """Connections that wait for nothing are closed as soon as what they were sent has left."""
    for channel in chain.from_iterable(list(door.active_channels.values()) for door in doors):
        if _rests(channel):
            channel.close_when_flushed = True


def _rests(channel: HTTPChannel) -> bool:
    return not channel.requests and channel.request is None
