"""The product's two processes as they are run: seconds to the first answered press, and memory."""

import asyncio
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.pipeline import answer_questions
from tests.bench.school import School
from tests.bench.telegram import TOKEN, Telegram

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds
MIB = 1024  # KiB


@dataclass(frozen=True, slots=True)
class Started:
    seconds_to_first_answer: float
    bot_mib: float
    panel_mib: float


async def start_both(telegram: Telegram, school: School, folder: Path, panel_port: int) -> Started:
    """The bot finds a press waiting for it; then both have done some work before their memory is read."""
    environment = {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'nastavnik.db'}",
        "PANEL_PORT": str(panel_port),
        "ENV_FILE": os.devnull,
    }
    waiting = asyncio.create_task(answer_questions(telegram, school.pupils[:1], 1))
    await asyncio.sleep(0)
    began = time.perf_counter()
    with started("bot", environment) as bot, started("panel", environment) as panel:
        await waiting
        seconds = time.perf_counter() - began
        await answer_questions(telegram, school.pupils[1:51], 10)
        await asyncio.to_thread(open_pages, panel_port)
        return Started(seconds, memory(bot.pid), memory(panel.pid))


@contextmanager
def started(name: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "manage.py", name], cwd=ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def memory(pid: int) -> float:
    """Resident MiB, shared libraries counted in full."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / MIB


def open_pages(port: int, times: int = 20) -> None:
    deadline = time.monotonic() + PATIENCE
    while times:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=10).read()
            times -= 1
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
