"""The pipe between `up` and its children: one byte says «begin», its end says «I am gone».

The children import for seconds while the database is being prepared, and none outlives a killed supervisor.
"""

import os
import signal
import sys
import threading

VARIABLE = "LIFELINE"  # the pipe's number in the child's environment
BEGIN = b"1"


def wait_for_the_word() -> None:
    """Returns when the work may begin; at once for a process started by hand."""
    number = os.environ.pop(VARIABLE, "")
    if not number:
        return
    pipe = int(number)
    if os.read(pipe, 1) != BEGIN:
        sys.exit(0)
    threading.Thread(target=_end_with_it, args=(pipe,), name="lifeline", daemon=True).start()


def _end_with_it(pipe: int) -> None:
    os.read(pipe, 1)
    os.kill(os.getpid(), signal.SIGTERM)
