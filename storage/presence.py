"""Who works with the data folder now: each process of the product holds a shared lock while it lives."""

import fcntl
from pathlib import Path
from typing import IO


def be_present(var_dir: Path) -> IO[str]:
    """Keep the result for as long as the process works; the system lets go of it even after kill -9."""
    file = _open(var_dir)
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def somebody_works(var_dir: Path) -> bool:
    with _open(var_dir) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _open(var_dir: Path) -> IO[str]:
    var_dir.mkdir(parents=True, exist_ok=True)
    return (var_dir / "working.lock").open("a")
