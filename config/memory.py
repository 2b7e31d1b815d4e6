"""What has been freed goes back to the machine. Both calls are glibc's; with another library of C they do nothing."""

import ctypes
from contextlib import suppress

LARGE = 1024 * 1024  # bytes
MMAP_THRESHOLD = -3  # <malloc.h>


def part_with_large_blocks() -> None:
    """Left alone, glibc takes the first large block for a habit: each thread would keep 19 MiB after a sign-in."""
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Takes milliseconds. A paper is a tree of many small pieces, and glibc would keep the room that it took."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
