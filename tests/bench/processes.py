"""The product's two processes as they are run: seconds to the first answered press, and memory."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

from tests.bench.pipeline import answer_questions
from tests.bench.school import LOGIN, PASSWORD, School
from tests.bench.telegram import TOKEN, Telegram

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds
MIB = 1024  # KiB
CURATORS = 4
PAGES = ("/", "/people/", "/people/export.xlsx", "/pairs/", "/waiting/", "/documents/", "/library/", "/results/")


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


def open_pages(port: int) -> None:
    """Curators sign in at once and look around."""
    address = f"http://127.0.0.1:{port}"
    _wait_for(f"{address}/sign-in")
    with ThreadPoolExecutor(CURATORS) as curators:
        list(curators.map(_look_around, [address] * CURATORS))


def _wait_for(page: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(page, timeout=10).read()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _look_around(address: str) -> None:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    form = browser.open(f"{address}/sign-in").read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
    assert token
    said = {"csrf_token": token[1], "login": LOGIN, "password": PASSWORD}
    assert "Сегодня" in browser.open(f"{address}/sign-in", urlencode(said).encode()).read().decode()
    for page in PAGES:
        browser.open(address + page).read()
