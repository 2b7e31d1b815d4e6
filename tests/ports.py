"""Ports for processes that must be told theirs before they open it."""

import os
import random
import socket
from collections.abc import Iterator

FIRST, EACH, WORKERS = 20_000, 700, 16  # below 32768: from there on the system hands them out to every client


def free_port() -> int:
    """Free, given to nobody before, and in the share of this worker of the test run: nobody else takes it meanwhile."""
    return next(port for port in _ours if _is_free(port))


def _share() -> Iterator[int]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % WORKERS
    begin = random.SystemRandom().randrange(EACH)  # another run may be under way on this machine
    for count in range(EACH):
        yield FIRST + worker * EACH + (begin + count) % EACH


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


_ours = _share()
