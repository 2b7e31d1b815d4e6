"""The stub in its own process, and how the bench speaks with it."""

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

TOKEN = "42:BENCH"


@dataclass(frozen=True, slots=True)
class Played:
    """What the stub saw: how long it all took, and each press until its screen changed (seconds); ``typed``: each
    message until the next question came."""

    seconds: float
    latencies: list[float]
    typed: list[float]


class Telegram:
    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url, self._http = url, http

    async def play(self, first: dict[int, str], presses: int, pause: float = 0.0) -> Played:
        """Each chat presses its first button, then the first button of whatever it is shown, or types."""
        asked = {"first": first, "presses": presses, "pause": pause}
        async with self._http.post(f"{self.url}/play", json=asked) as answer:
            return Played(**await answer.json())

    async def take_sent(self) -> list[float]:
        async with self._http.post(f"{self.url}/sent") as answer:
            sent: list[float] = await answer.json()
            return sent


@asynccontextmanager
async def telegram() -> AsyncIterator[Telegram]:
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.stub"], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    port = int(process.stdout.readline())
    patient = aiohttp.ClientTimeout(total=300)
    try:
        async with aiohttp.ClientSession(timeout=patient) as http:
            yield Telegram(f"http://127.0.0.1:{port}", http)
    finally:
        process.kill()
        process.wait()
