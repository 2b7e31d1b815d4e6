"""How the processes load and clean up. The two calls of glibc do nothing where there is another library of C."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LARGE = 1024 * 1024  # bytes
MMAP_THRESHOLD = -3  # <malloc.h>


@contextmanager
def loading() -> Iterator[None]:
    """What is imported stays: to look for garbage among it takes a fifth of a start, and later a pause now and then."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def part_with_large_blocks() -> None:
    """Left alone, glibc takes the first large block for a habit: each thread would keep 19 MiB after a sign-in."""
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Takes milliseconds. A paper is a tree of many small pieces, and glibc would keep the room that it took."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
