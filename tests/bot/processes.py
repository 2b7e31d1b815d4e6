"""The bot's process with the small conversation, to be killed and stopped by tests of what a crash leaves.

Loading the libraries takes seconds, so it is done once: ``python -m tests.bot.processes`` has them in memory and forks
a bot whenever it is asked to on its standard input.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from tests.background import PATIENCE
from tests.chat import Sandbox

ROOT = Path(__file__).resolve().parents[2]


class WarmStart:
    """The process that forks bots."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bot.processes"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, sandbox: Sandbox, database_url: str, log: Path, **environment: str) -> "BotProcess":
        known = {
            "BOT_TOKEN": sandbox.token,
            "TELEGRAM_API_URL": sandbox.api_url,
            "DATABASE_URL": database_url,
            "ENV_FILE": os.devnull,
        }
        return BotProcess(self, self.ask(environment=known | environment, log=str(log)), log)

    def ask(self, **request: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


class BotProcess:
    def __init__(self, warm: WarmStart, pid: int, log: Path) -> None:
        self._warm, self._pid, self._log = warm, pid, log
        self._ended: int | None = None

    def __enter__(self) -> "BotProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """No goodbye: the process has no moment to save anything."""
        if self._ended is None:
            os.kill(self._pid, signal.SIGKILL)
            self.wait()

    def terminate(self, patience: float = PATIENCE) -> int:
        os.kill(self._pid, signal.SIGTERM)
        return self.wait(patience)

    def wait(self, patience: float = PATIENCE) -> int:
        """Its exit code."""
        deadline = time.monotonic() + patience
        while self._ended is None:
            assert time.monotonic() < deadline, f"the bot did not end in {patience} s"
            self._ended = self._warm.ask(ended=self._pid)
            time.sleep(0.02)
        return self._ended

    @property
    def complaints(self) -> str:
        return self._log.read_text() if self._log.exists() else ""


def serve() -> None:
    """One request a line: start a bot and say its pid, or say how one ended (null: it has not)."""
    import scheduler.app
    import tests.bot.smalltalk

    del scheduler, tests
    for line in sys.stdin:
        request = json.loads(line)
        answer = _ended(request["ended"]) if "ended" in request else _forked(**request)
        print(json.dumps(answer), flush=True)


def _forked(environment: dict[str, str], log: str) -> int:
    return os.fork() or _be_the_bot(environment, log)


def _ended(pid: int) -> int | None:
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _be_the_bot(environment: dict[str, str], log: str) -> NoReturn:
    from config.logging import start_logging
    from config.settings import Settings
    from scheduler.app import run
    from tests.bot.smalltalk import smalltalk

    os.environ.update(environment)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(written, 2)
    settings = Settings(_env_file=None)
    start_logging(settings)
    os._exit(asyncio.run(run(settings, smalltalk())))


if __name__ == "__main__":
    serve()
