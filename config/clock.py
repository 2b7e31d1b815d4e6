"""The product's clock: the machine's, or the machine's shifted by the sandbox."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


def shifted_clock(shift_file: Path) -> Clock:
    """A clock that adds the whole seconds found in ``shift_file`` (absent or unreadable: none).

    The file is read at each call, so that all processes see the sandbox move time at once.
    """

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=_shift_seconds(shift_file))

    return clock


def clock_for(shift_file: Path | None) -> Clock:
    return shifted_clock(shift_file) if shift_file else system_clock


def _shift_seconds(shift_file: Path) -> int:
    try:
        return int(shift_file.read_text())
    except (OSError, ValueError):
        return 0
