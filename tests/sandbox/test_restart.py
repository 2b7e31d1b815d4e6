"""The server as a process: started by its command, stopped by a signal, killed at any moment."""

import json
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.background import PATIENCE
from tests.chat import Sandbox
from tests.sandbox.api import Api

CAST = """
[[person]]
key = "mila"
telegram_id = 1001
first_name = "Мила"
last_name = "Крылова"
started = false
about = "7 «Б», стесняется"

[[person]]
key = "zimina"
telegram_id = 1002
first_name = "Ольга Викторовна"
username = "zimina"
started = true
about = "Куратор"
"""


class Process:
    def __init__(self, folder: Path) -> None:
        cast = folder / "cast.toml"
        cast.write_text(CAST, "utf-8")
        files = ["--state-file", folder / "sandbox.db", "--clock-file", folder / "clock", "--cast", cast]
        command = [sys.executable, "-m", "bot.sandbox", "--port", "0", *map(str, files)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        assert self.process.stdout
        self.url = self.process.stdout.readline().split()[-1].rstrip("/")
        self.api = Api(self.url)

    def act(self, key: str, act: str, **arguments: Any) -> Any:
        return self.post(f"/sandbox/people/{key}/{act}", arguments)["done"]

    def post(self, path: str, arguments: dict[str, Any]) -> Any:
        body = json.dumps(arguments).encode()
        request = urllib.request.Request(self.url + path, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return json.load(response)

    def chat(self, key: str) -> list[str]:
        with urllib.request.urlopen(f"{self.url}/sandbox/people/{key}/chat", timeout=PATIENCE) as response:
            return [message["text"] for message in json.load(response)["messages"]]

    def end(self, sign: int) -> int:
        self.process.send_signal(sign)
        return self.process.wait(PATIENCE)


def test_kill_9_loses_nothing_that_was_accepted(tmp_path: Path) -> None:
    first = Process(tmp_path)
    first.act("mila", "start", payload="7B")
    first.api.call("sendMessage", chat_id=1001, text="Вопрос 1")
    first.act("mila", "text", text="Ответ")
    first.api.updates(offset=first.api.updates()[0]["update_id"] + 1)
    first.act("zimina", "block")
    first.end(signal.SIGKILL)

    second = Process(tmp_path)
    assert second.chat("mila") == ["/start 7B", "Вопрос 1", "Ответ"]
    kinds = [sorted(set(update) - {"update_id"})[0] for update in second.api.updates()]
    assert kinds == ["message", "my_chat_member"]
    assert second.act("zimina", "unblock") is None
    sent = second.api.call("sendMessage", chat_id=1001, text="Вопрос 2")
    assert sent["message_id"] == 4
    assert second.end(signal.SIGTERM) == 0


def test_it_stops_at_once_though_a_poll_and_a_page_wait(tmp_path: Path) -> None:
    running = Process(tmp_path)
    page = urllib.request.urlopen(f"{running.url}/sandbox/events", timeout=PATIENCE)
    began = time.monotonic()
    assert running.end(signal.SIGTERM) == 0
    assert time.monotonic() - began < PATIENCE / 4
    page.close()


def test_the_cast_is_there_and_who_has_started_can_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "cast.toml").write_text(CAST, "utf-8")
    with Sandbox(cast=tmp_path / "cast.toml") as sandbox:
        api = Api(sandbox.api_url)
        api.call("sendMessage", chat_id=1002, text="Новых анкет: 3")
        assert sandbox.persona("zimina").screen == "Новых анкет: 3"
        with pytest.raises(AssertionError, match="nobody is called 'petrov' here, only: mila, zimina"):
            sandbox.persona("petrov")


def test_no_cast_means_an_empty_room(tmp_path: Path) -> None:
    with Sandbox(cast=tmp_path / "nothing.toml") as sandbox:
        assert sandbox.newcomer("Мила").key == "new1"


def test_it_starts_without_aiogram() -> None:
    seen = "import sys, bot.sandbox.__main__; sys.exit('aiogram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", seen], check=False).returncode == 0
