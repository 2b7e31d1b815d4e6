"""The product's clock: the machine's time plus a shift that only grows, kept in a small file that the product reads."""

import time
from pathlib import Path


class TimeRunsForward(Exception):
    """A move of the clock to a moment that has already been."""


class ProductClock:
    def __init__(self, shift_file: Path | None = None) -> None:
        self._file = shift_file
        self.shift = _read(shift_file)

    def now(self) -> int:
        """Unix seconds of the product's time."""
        return int(time.time()) + self.shift

    def forward(self, seconds: int) -> None:
        if seconds < 0:
            raise TimeRunsForward
        self.shift += seconds
        if self._file:
            _write(self._file, self.shift)

    def move_to(self, moment: int) -> None:
        self.forward(moment - self.now())


def _read(file: Path | None) -> int:
    try:
        return int(file.read_text()) if file else 0
    except (OSError, ValueError):
        return 0


def _write(file: Path, shift: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(file.name + ".new")
    fresh.write_text(str(shift))
    fresh.replace(file)
