"""`up` as people run it: the whole product in its own processes, on ports of its own."""

import json
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self, TypeAlias

import pytest

from tests.background import PATIENCE, wait_until

ROOT = Path(__file__).parents[2]
REAL_TOKEN = "123456:abcdefghijklmnopqrstuvwxyz0123456789"

pytestmark = pytest.mark.slow(20)


class Product:
    """A started `up`. ``facts`` is the JSON that it printed once everything was open."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.began = time.monotonic()
        self.log = log
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--json"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log.open("a"),
            text=True,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, log.read_text()
        self.facts: dict[str, Any] = json.loads(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()
        if self.process.stdout:
            self.process.stdout.close()

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        return self.process.wait(timeout=PATIENCE)

    def say(self, person: str, text: str) -> None:
        self.ask(f"/sandbox/people/{person}/text", {"text": text})

    def last_answer(self, person: str) -> str:
        messages = self.ask(f"/sandbox/people/{person}/chat")["messages"]
        return next((str(message["text"]) for message in reversed(messages) if message["from_bot"]), "")

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.facts["chat"] + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def children(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]


Up: TypeAlias = Callable[..., Product]


@pytest.fixture
def up(environment: dict[str, str], tmp_path: Path) -> Iterator[Up]:
    started: list[Product] = []

    def start(**more: str) -> Product:
        started.append(Product(environment | more, tmp_path / "up.log"))
        return started[-1]

    yield start
    for product in started:
        product.__exit__()


def test_without_a_token_one_command_gives_a_school_a_chat_and_a_panel_for_good(up: Up) -> None:
    """One story for three promises, since each start is dear: it works, a second start keeps all, a death shows."""
    with up() as first:
        first.say("newcomer_mentor", "/start")
        wait_until(lambda: first.last_answer("newcomer_mentor"))
        answered = first.last_answer("newcomer_mentor")
        assert "Сегодня" in page_after_sign_in(first.facts)
        assert first.stop(signal.SIGINT) == 0

    assert complaints(first.log) == []
    assert not answers(first.facts["panel"])
    assert not answers(first.facts["chat"])

    with up() as second:
        assert second.facts == first.facts
        assert second.last_answer("newcomer_mentor") == answered
        subprocess.run(["kill", "-9", str(second.children()[-1])], check=True)
        assert second.process.wait(timeout=PATIENCE) == 1

    assert "поэтому останавливаю всё" in second.log.read_text()
    assert not answers(second.facts["panel"])


def test_with_a_token_the_programme_is_empty_and_the_password_is_shown_once(up: Up) -> None:
    with fake_telegram() as address:
        real = {"BOT_TOKEN": REAL_TOKEN, "TELEGRAM_API_URL": address}
        with up(**real) as first:
            assert first.stop() == 0
        with up(**real) as second:
            assert second.stop() == 0

    assert set(first.facts) == {"panel", "login", "password"}
    assert first.facts["login"]
    assert first.facts["password"]
    assert second.facts["password"] is None
    assert REAL_TOKEN not in first.log.read_text()


def test_a_token_that_telegram_refuses_stops_the_start_in_words(environment: dict[str, str]) -> None:
    with fake_telegram() as address:
        wrong = environment | {"BOT_TOKEN": REAL_TOKEN + "x", "TELEGRAM_API_URL": address}
        done = subprocess.run(
            [sys.executable, "manage.py", "up"], cwd=ROOT, env=wrong, capture_output=True, text=True, timeout=PATIENCE
        )

    assert done.returncode == 2
    assert "Проверьте BOT_TOKEN" in done.stderr
    assert REAL_TOKEN not in done.stderr


def fake_telegram() -> Any:
    """The sandbox under a real-looking token: to the product it is Telegram."""
    from tests.chat import Sandbox

    sandbox = Sandbox(token=REAL_TOKEN)

    class Address:
        def __enter__(self) -> str:
            sandbox.__enter__()
            return sandbox.api_url

        def __exit__(self, *details: Any) -> None:
            sandbox.__exit__(*details)

    return Address()


def page_after_sign_in(facts: dict[str, Any]) -> str:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(facts["panel"], timeout=PATIENCE) as door:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', door.read().decode())
        assert token
        fields = {"csrf_token": token[1], "login": facts["login"], "password": facts["password"]}
        headers = {"Referer": door.url}
        request = urllib.request.Request(door.url, urllib.parse.urlencode(fields).encode(), headers)
    with browser.open(request, timeout=PATIENCE) as inside:
        return str(inside.read().decode())


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return str(answer.read().decode())


def answers(address: str) -> bool:
    try:
        page(address)
    except urllib.error.URLError:
        return False
    return True


def complaints(log: Path) -> list[str]:
    """All but news, and but the clock's remark that a busy machine let it skip a beat."""
    quiet = (" INFO ", '"INFO"', "maximum number of running instances")
    return [line for line in log.read_text().splitlines() if not any(word in line for word in quiet)]
