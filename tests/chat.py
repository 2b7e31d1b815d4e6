"""Talks to the bot as people do: the sandbox in a thread, and a driver for each person's chat.

    with Sandbox(cast=CAST) as sandbox:
        start_the_bot(sandbox.api_url, sandbox.token)
        mila = sandbox.newcomer("Мила")
        mila.start("invitation-token")
        mila.press("Даю согласие")
        mila.wait_for("Вопрос 1")

All calls block and may come from any thread. A test whose bot runs in the test's own event loop must call the waiting
ones (``wait_for``, ``wait_quiet``, ``press``) through ``asyncio.to_thread``, or start its bot in a ``BackgroundLoop``.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.sandbox import acts
from bot.sandbox.acts import CannotAct
from bot.sandbox.callbacks import Callback
from bot.sandbox.chats import chat_view, message_view
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.links import start_payload
from bot.sandbox.people import Person as SandboxPerson
from bot.sandbox.server import RunningServer, start_server
from bot.sandbox.telegram import Call, Options, Telegram
from tests.background import PATIENCE, BackgroundLoop, wait_until
from tests.chat_views import Button, Message, buttons_of, message_of, standing_buttons

T = TypeVar("T")

SILENCE = 0.15
GRACE = 1.0

__all__ = ["BackgroundLoop", "Button", "CannotAct", "Clock", "Message", "Persona", "Sandbox", "wait_until"]


class Clock:
    """The product's clock; ``file`` is what ``config.clock.clock_for`` reads."""

    def __init__(self, sandbox: "Sandbox", file: Path | None) -> None:
        self._sandbox = sandbox
        self.file = file

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self._sandbox.ask(lambda telegram: telegram.clock.now()), UTC)

    def forward(self, **span: float) -> datetime:
        """``forward(days=1, hours=2)``; returns the new time."""
        seconds = int(timedelta(**span).total_seconds())
        self._sandbox.ask(lambda telegram: telegram.clock.forward(seconds))
        return self.now

    def move_to(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError("an aware moment is needed")
        self._sandbox.ask(lambda telegram: telegram.clock.move_to(int(moment.timestamp())))
        return self.now


class Sandbox:
    """Telegram on this machine, on a free port; flood limits are off, as a test types faster than people do."""

    def __init__(
        self,
        *,
        cast: Path | None = None,
        state_file: Path | None = None,
        clock_file: Path | None = None,
        token: str = "42:SANDBOX",
        flood_limits: bool = False,
        port: int = 0,
    ) -> None:
        self.token = token
        self.clock = Clock(self, clock_file)
        self.bots: list[Callable[[], bool]] = []  # those of this process: whether they are busy
        self._background = BackgroundLoop()
        options = Options(
            token=token, state_file=state_file, clock_file=clock_file, cast_file=cast, flood_limits=flood_limits
        )
        self._server: RunningServer = self._background.run(start_server(options, port=port))
        self.port = self._server.port
        self.api_url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self._background.run(self._server.stop())
        self._background.stop()

    def persona(self, key: str) -> "Persona":
        """Somebody of the cast, by key."""
        person = self.ask(lambda telegram: telegram.people.by_key(key))
        if not person:
            known = ", ".join(each.key for each in self.ask(lambda telegram: telegram.people.all()))
            raise AssertionError(f"nobody is called {key!r} here, only: {known or 'nobody at all'}")
        return Persona(self, person)

    def newcomer(self, first_name: str, last_name: str | None = None, username: str | None = None) -> "Persona":
        return Persona(self, self.ask(lambda telegram: telegram.people.add_newcomer(first_name, last_name, username)))

    def deep_link(self, payload: str) -> str:
        return f"{self.api_url}/?start={payload}"

    def wait_quiet(self, timeout: float = PATIENCE, *, silence: float = SILENCE, grace: float = GRACE) -> None:
        """Until the bot has confirmed and handled everything, and made no call for ``silence`` seconds.

        Bots of this process are asked themselves: nothing more comes of them, and on a busy machine they may think
        longer than any silence.
        """
        if not (self._bots_in_time(timeout) if self.bots else self._silent_in_time(silence, grace, timeout)):
            raise AssertionError(f"the bot did not come to rest in {timeout} s: {self._unrest()}")

    def _silent_in_time(self, silence: float, grace: float, timeout: float) -> bool:
        return self._background.run(self._server.telegram.quiet(silence, grace, timeout), timeout + 5)

    def _bots_in_time(self, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        while not self._bots_rest():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        return True

    def _bots_rest(self) -> bool:
        """In this order: who has confirmed an update is busy with it, and makes no call once it is done."""
        confirmed = not self.ask(lambda telegram: telegram.updates.count())
        return (
            confirmed
            and not any(busy() for busy in self.bots)
            and not self.ask(lambda telegram: telegram.activity.running)
        )

    def fault(self, method: str, kind: Kind, **values: Any) -> None:
        """The next ``times`` calls of the method fail: flood (429), error (code), drop, cut, slow (seconds)."""
        rule = Fault(method, kind, **values)
        self.ask(lambda telegram: telegram.faults.add(rule))

    def clear_faults(self) -> None:
        self.ask(lambda telegram: telegram.faults.clear())

    def calls(self, method: str | None = None) -> list[Call]:
        """What the bot has asked, oldest first, without getUpdates."""
        made = self.ask(lambda telegram: list(telegram.activity.calls))
        return [call for call in made if method in (None, call.method)]

    def refused_calls(self) -> list[Call]:
        """Calls that Telegram refused: each is a mistake of the bot, unless the test provoked it."""
        return [call for call in self.calls() if call.code >= 400]

    def unanswered_callbacks(self) -> list[Callback]:
        return self.ask(lambda telegram: telegram.callbacks.unanswered())

    def pending(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return self.ask(lambda telegram: telegram.updates.count())

    def ask(self, question: Callable[[Telegram], T]) -> T:
        """Runs the question in the sandbox's own thread, in one transaction."""
        return self._background.run(self._asked(question))

    def until(self, holds: Callable[[], bool], timeout: float) -> bool:
        """Whether it came true in time; ``holds`` runs in the sandbox's thread."""
        return self._background.run(self._server.telegram.changes.until(holds, timeout), timeout + 5)

    @property
    def telegram(self) -> Telegram:
        """Only to be touched inside ``ask`` and ``until``."""
        return self._server.telegram

    async def _asked(self, question: Callable[[Telegram], T]) -> T:
        with self._server.telegram.store.transaction():
            return question(self._server.telegram)

    def _unrest(self) -> str:
        running = [call.method for call in self.calls() if not call.code]
        return f"{self.pending()} updates are not confirmed, unfinished calls: {running or 'none'}"


class Persona:
    """One person in front of the bot's chat."""

    def __init__(self, sandbox: Sandbox, person: SandboxPerson) -> None:
        self._sandbox = sandbox
        self._person = person
        self.id = person.id
        self.key = person.key

    def __repr__(self) -> str:
        return f"<{self._person.full_name} {self.id}>"

    # Acts

    def start(self, payload: str = "") -> int:
        """Opens the bot by a deep link with this payload, or plainly; returns the message's id."""
        return self._sent(lambda telegram, me: acts.open_link(telegram, me, payload))

    def open(self, link: str) -> int:
        """Opens a deep link as the bot or the panel shows it."""
        payload = start_payload(link)
        assert payload is not None, f"{link} is no deep link"
        return self.start(payload)

    def say(self, text: str, reply_to: int | None = None) -> int:
        return self._sent(lambda telegram, me: acts.say(telegram, me, text, reply_to)[-1])

    def press(self, label: str, timeout: float = PATIENCE) -> str:
        """Presses the newest button whose label contains the text, waiting for it if need be.

        Returns what the button carries: callback data, the address of a link, the text to copy; for a button under the
        chat, the text that was sent.
        """
        found = self._await(lambda: self._find(label), timeout)
        if not found:
            raise AssertionError(f"{self} sees no button with {label!r}\n{self.dump()}")
        message_id, button = found
        if button.kind == "callback":
            self.press_data(message_id, button.value)
        elif button.kind == "contact":
            self.share_contact()
        elif button.kind == "keyboard":
            self.say(button.text)
        return button.value or button.text

    def press_data(self, message_id: int, data: str) -> str:
        """Presses a button that may be gone by now; returns the callback query's id."""
        return self._act(lambda telegram, me: acts.press(telegram, me, message_id, data))

    def share_contact(self, phone: str = "") -> int:
        return self._sent(lambda telegram, me: acts.share_contact(telegram, me, phone))

    def send_photo(self, data: bytes = acts.CANNED_PICTURE, caption: str = "") -> int:
        return self._sent(lambda telegram, me: acts.send_photo(telegram, me, data, caption))

    def send_document(self, data: bytes, name: str, mime: str = "application/octet-stream", caption: str = "") -> int:
        return self._sent(lambda telegram, me: acts.send_document(telegram, me, name, mime, data, caption))

    def send_voice(self, seconds: int = 4) -> int:
        return self._sent(lambda telegram, me: acts.send_voice(telegram, me, seconds))

    def send_sticker(self, emoji: str = "👍") -> int:
        return self._sent(lambda telegram, me: acts.send_sticker(telegram, me, emoji))

    def edit_last(self, text: str) -> int:
        return self._sent(lambda telegram, me: acts.edit_message(telegram, me, text))

    def block(self) -> None:
        self._act(acts.block)

    def unblock(self) -> None:
        self._act(acts.unblock)

    # What is seen

    @property
    def chat(self) -> list[Message]:
        return [message_of(view) for view in self._view()["messages"]]

    @property
    def last(self) -> Message:
        """The newest message of the bot."""
        newest = self._sandbox.ask(lambda _: self._newest())
        assert newest, f"the bot has not written to {self}"
        return newest

    @property
    def screen(self) -> str:
        """The text of the bot's newest message; empty before the first."""
        newest = self._sandbox.ask(lambda _: self._newest())
        return newest.text if newest else ""

    @property
    def buttons(self) -> list[str]:
        """The labels under the bot's newest message, then those under the chat."""
        written = [message for message in self.chat if message.from_bot]
        return (written[-1].buttons if written else []) + [button.text for button in self._keyboard()]

    def download(self, message: Message) -> bytes:
        assert message.file, f"no file in {message}"
        file_id = message.file["id"]
        file = self._sandbox.ask(lambda telegram: telegram.files.find(file_id))
        assert file
        return file.data

    def unanswered_callbacks(self) -> list[Callback]:
        return self._sandbox.ask(lambda telegram: telegram.callbacks.unanswered(self.id))

    def callback_answers(self) -> list[str]:
        """The pop-up texts that the bot answered with, empty ones included, oldest first."""
        answered = self._sandbox.ask(lambda telegram: telegram.callbacks.all(self.id))
        return [callback.answer["text"] for callback in answered if callback.answered]

    def dump(self) -> str:
        """The chat in words, for a failed test's message."""
        lines = [f"--- chat of {self} ---"]
        for message in self.chat[-12:]:
            lines.append(f"[{message.id}] {'бот' if message.from_bot else 'я'}: {message.text or message.file or '…'}")
            lines.extend("      " + " ".join(f"[{button.text}]" for button in row) for row in message.rows)
        lines.append("под чатом: " + " ".join(f"[{button.text}]" for button in self._keyboard()))
        return "\n".join(lines)

    # Waiting

    def wait_for(self, text: str, timeout: float = PATIENCE) -> Message:
        """A message of the bot with this text in it, sent or edited since this person's last own act."""
        found = self._await(lambda: self._fresh(text), timeout)
        if not found:
            raise AssertionError(f"{self} waited {timeout} s for {text!r} in vain\n{self.dump()}")
        return found

    def wait_for_news(self, since: Message, timeout: float = PATIENCE) -> Message:
        """The newest message of the bot, once it is another one than ``since`` or says something else."""
        found = self._await(lambda: self._newest_but(since), timeout)
        if not found:
            raise AssertionError(f"nothing happened in {self}'s chat for {timeout} s\n{self.dump()}")
        return found

    def wait_quiet(self, timeout: float = PATIENCE) -> str:
        """Waits until the bot is at rest; returns the screen."""
        self._sandbox.wait_quiet(timeout)
        return self.screen

    def _newest_but(self, old: Message) -> Message | None:
        newest = self._newest()
        return None if newest is None or _look(newest) == _look(old) else newest

    def _newest(self) -> Message | None:
        telegram = self._sandbox.telegram
        found = telegram.messages.newest_of_bot(self.id)
        return message_of(message_view(telegram, found)) if found else None

    def _fresh(self, text: str) -> Message | None:
        telegram = self._sandbox.telegram
        changed = telegram.messages.changed_after(self.id, self._now().acted)
        views = (message_view(telegram, message) for message in reversed(changed) if message.from_bot)
        return next((message_of(view) for view in views if text in view["text"]), None)

    def _find(self, label: str) -> tuple[int, Button] | None:
        """Newest message first; a keyboard under the chat is as new as the message that brought it."""
        telegram, standing_seen = self._sandbox.telegram, False
        for message in reversed(telegram.messages.of_chat(self.id)):
            buttons = buttons_of(message.body.get("reply_markup") and message_view(telegram, message))
            if message.keyboard and not standing_seen:
                standing_seen, buttons = True, standing_buttons(message.keyboard)
            for button in buttons:
                if label in button.text:
                    return message.message_id, button
        return None

    def _now(self) -> SandboxPerson:
        return self._sandbox.telegram.people.by_id(self.id) or self._person

    def _await(self, look: Callable[[], T | None], timeout: float) -> T | None:
        seen: list[T] = []

        def holds() -> bool:
            found = look()
            seen.extend([] if found is None else [found])
            return found is not None

        self._sandbox.until(holds, timeout)
        return seen[-1] if seen else None

    def _view(self) -> dict[str, Any]:
        return self._sandbox.ask(lambda _: self._view_inside())

    def _view_inside(self) -> dict[str, Any]:
        return chat_view(self._sandbox.telegram, self._now())

    def _keyboard(self) -> list[Button]:
        return standing_buttons(self._view()["keyboard"])

    def _sent(self, act: Callable[[Telegram, SandboxPerson], dict[str, Any]]) -> int:
        return int(self._act(act)["message_id"])

    def _act(self, act: Callable[[Telegram, SandboxPerson], T]) -> T:
        return self._sandbox.ask(lambda telegram: act(telegram, self._now()))


def _look(message: Message) -> tuple[int, str, list[str]]:
    return message.id, message.text, message.buttons
