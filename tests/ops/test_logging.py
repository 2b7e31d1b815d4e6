"""The journal: one line an event, no token, nothing that people wrote."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from config.logging import HIDDEN, JsonLine, TextLine

TOKEN = "7654321098:AAHcanary-canary_canary-canary-canar"
OWN = "42:SANDBOX"
ROOT = Path(__file__).parents[2]


def line_of(text: str, *args: object, error: BaseException | None = None, **how: object) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("bot.inbox", logging.ERROR, __file__, 1, text, args, info)
    return TextLine(OWN, **how).format(record)  # type: ignore[arg-type]


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:
        return caught


@pytest.mark.parametrize("token", [TOKEN, OWN])
def test_no_token_reaches_the_journal(token: str) -> None:
    address = f"https://api.telegram.org/bot{token}/getMe"

    assert token not in line_of("asking %s", address)
    assert token not in line_of("failed", error=raised(ConnectionError(address)))
    assert HIDDEN in line_of("failed", error=raised(ConnectionError(address)))


def test_a_token_behind_another_error_is_hidden_too() -> None:
    try:
        raise RuntimeError from raised(OSError(f"no way to /bot{TOKEN}/"))
    except RuntimeError as error:
        line = line_of("failed", error=error)

    assert TOKEN not in line
    assert "because of OSError" in line


def test_an_errors_own_words_stay_out_unless_they_can_only_name_code() -> None:
    assert "Лебедева" not in line_of("failed", error=raised(ValueError("Лебедева is no number")))
    assert "'NoneType' has no attribute 'x'" in line_of(
        "f", error=raised(AttributeError("'NoneType' has no attribute 'x'"))
    )


def test_debugging_shows_the_words() -> None:
    assert "Лебедева" in line_of("failed", error=raised(ValueError("Лебедева")), wordy=True)


def test_an_event_is_one_line_that_says_where() -> None:
    line = line_of("first\nsecond", error=raised(ValueError("x")))

    assert "\n" not in line
    assert "ops/test_logging.py:" in line


def test_a_json_line_is_json_without_the_token() -> None:
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, 'said "%s"\n', (TOKEN,), None)
    line = JsonLine().format(record)

    assert json.loads(line)["event"] == f'said "{HIDDEN}"'
    assert set(json.loads(line)) == {"at", "level", "logger", "event"}


def test_an_uncaught_error_is_told_in_one_line(environment: dict[str, str]) -> None:
    code = f"""
from config.logging import start_logging
from config.settings import load_settings
start_logging(load_settings())
raise ValueError("Лебедева {TOKEN}")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "CRITICAL product stopped by an error ValueError at" in done.stderr
    assert "canary" not in done.stderr
    assert "Лебедева" not in done.stderr


def test_a_job_that_needs_more_than_its_second_fills_no_journal(environment: dict[str, str]) -> None:
    code = """
import asyncio
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from config.logging import start_logging
from config.settings import load_settings

async def work():
    began.set()
    await over.wait()

async def main():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(work, "interval", seconds=0.05)
    scheduler.start()
    await began.wait()
    await asyncio.sleep(0.5)
    scheduler.remove_all_jobs()
    over.set()
    await asyncio.sleep(0.1)

start_logging(load_settings())
began, over = asyncio.Event(), asyncio.Event()
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
