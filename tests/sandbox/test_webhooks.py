"""Webhooks. Sources: Bot API #setwebhook, #webhookinfo; ``WebhookActor.cpp`` 355–522, 615–630."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.chat import Persona, Sandbox, wait_until
from tests.sandbox.api import Api, refused


class Hook:
    """A bot behind a webhook: notes what comes, answers with the next of ``statuses``, then with 200.

    To what it is ``failing`` at it answers 500 each time.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.failing = ""
        self.answer: dict[str, Any] | None = None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def take(self, update: dict[str, Any], secret: str | None) -> int:
        self.texts.append(update["message"]["text"])
        self.secrets.append(secret)
        if update["message"]["text"] == self.failing:
            return 500
        return self.statuses.pop(0) if self.statuses else 200

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(hook.take(body, self.headers["X-Telegram-Bot-Api-Secret-Token"]))
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(hook.answer).encode() if hook.answer else b"")

            def log_message(self, *_: object) -> None: ...

        return Handler


@pytest.fixture
def hook() -> Iterator[Hook]:
    hook = Hook()
    yield hook
    hook.server.shutdown()
    hook.server.server_close()


def test_updates_come_with_the_secret_in_order(sandbox: Sandbox, api: Api, mila: Persona, hook: Hook) -> None:
    api.call("setWebhook", url=hook.url, secret_token="ser-net_7")
    for text in "абв":
        mila.say(text)
    wait_until(lambda: not sandbox.pending())
    assert hook.texts == ["а", "б", "в"]
    assert set(hook.secrets) == {"ser-net_7"}
    assert api.call("getWebhookInfo")["pending_update_count"] == 0


def test_what_waited_before_the_webhook_is_delivered_too(api: Api, mila: Persona, hook: Hook) -> None:
    mila.say("раньше")
    api.call("setWebhook", url=hook.url)
    wait_until(lambda: hook.texts == ["раньше"])


def test_pending_updates_are_dropped_when_asked(sandbox: Sandbox, api: Api, mila: Persona, hook: Hook) -> None:
    mila.say("раньше")
    api.call("setWebhook", url=hook.url, drop_pending_updates=True)
    mila.say("потом")
    wait_until(lambda: not sandbox.pending())
    assert hook.texts == ["потом"]


def test_a_failure_is_tried_again_and_holds_back_only_that_person(
    sandbox: Sandbox, api: Api, mila: Persona, hook: Hook
) -> None:
    hook.failing = "раз"
    api.call("setWebhook", url=hook.url)
    mila.say("раз")
    mila.say("два")
    wait_until(lambda: len(hook.texts) >= 2)
    timur = sandbox.newcomer("Тимур")
    timur.start()
    wait_until(lambda: "/start" in hook.texts)
    info = api.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    hook.failing = ""
    wait_until(lambda: not sandbox.pending())
    assert hook.texts[:2] == ["раз", "раз"]
    assert hook.texts[-2:] == ["раз", "два"]
    assert sorted(set(hook.texts)) == ["/start", "два", "раз"]
    assert hook.texts.count("/start") == hook.texts.count("два") == 1


def test_a_method_in_the_answer_is_done(api: Api, mila: Persona, hook: Hook) -> None:
    hook.answer = {"method": "sendMessage", "chat_id": mila.id, "text": "Здравствуйте"}
    api.call("setWebhook", url=hook.url)
    mila.say("раз")
    mila.wait_for("Здравствуйте")


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ({"url": "http://mayak.ru/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://mayak.ru", "secret_token": "с пробелом"}, "secret token contains unallowed characters"),
    ],
)
def test_a_wrong_webhook_is_refused(api: Api, arguments: dict[str, str], fault: str) -> None:
    with refused(400, f"Bad Request: {fault}"):
        api.call("setWebhook", **arguments)
    assert api.call("getWebhookInfo")["url"] == ""
