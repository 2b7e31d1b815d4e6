"""The sandbox's Telegram: everything that stands behind both the Bot API and the people's chats."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.callbacks import Callbacks
from bot.sandbox.changes import Changes
from bot.sandbox.clock import ProductClock
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.limits import FloodLimits
from bot.sandbox.messages import Body, Message, Messages
from bot.sandbox.people import People, Person
from bot.sandbox.refusals import bad_request, forbidden
from bot.sandbox.store import Store
from bot.sandbox.update_queue import UpdateQueue


@dataclass(frozen=True, slots=True)
class Options:
    token: str = "42:SANDBOX"
    state_file: Path | None = None
    clock_file: Path | None = None
    cast_file: Path | None = None
    username: str = "nastavnik_sandbox_bot"
    zone: str = "Europe/Moscow"
    flood_limits: bool = True


@dataclass(slots=True)
class Call:
    """One request of the bot; ``code`` 0 while it runs, 200 when it was granted, else Telegram's code."""

    number: int
    method: str
    arguments: dict[str, Any]
    began: float
    code: int = 0
    description: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class Activity:
    """What the bot and the people are doing, for those who wait until all is done; times are monotonic."""

    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=20_000))
    running: int = 0
    answered_at: float = 0.0
    acted_at: float = 0.0
    numbers: int = 0


class Telegram:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.clock = ProductClock(options.clock_file)
        self.changes = Changes()
        self.store = Store(options.state_file)
        self.people = People(self.store)
        self.messages = Messages(self.store)
        self.callbacks = Callbacks(self.store, self.clock)
        self.files = Files(self.store)
        self.updates = UpdateQueue(self.store, self.clock, self.changes)
        self.limits = FloodLimits(enabled=options.flood_limits)
        self.faults = Faults()
        self.activity = Activity()
        with self.store.transaction():
            self.people.add_cast(options.cast_file)

    @property
    def bot_id(self) -> int:
        return int(self.options.token.partition(":")[0])

    @property
    def bot_name(self) -> str:
        return str(self.store.setting("name:") or "Наставник")

    def bot_user(self) -> dict[str, Any]:
        return {"id": self.bot_id, "is_bot": True, "first_name": self.bot_name, "username": self.options.username}

    def person_to_write(self, chat_id: int | str) -> Person:
        """Whom the bot may write to; refuses strangers and those who blocked it."""
        person = self.person_known(chat_id)
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        return person

    def person_known(self, chat_id: int | str) -> Person:
        person = self.people.by_id(chat_id) if isinstance(chat_id, int) else None
        if not person or not person.started:
            raise bad_request("chat not found")
        return person

    def post(self, person: Person, content: Body, keyboard: Body | None = None) -> Body:
        """Writes into the chat; an inline keyboard belongs to the message, any other stands under the chat."""
        body = self.envelope(person, self.bot_user()) | content
        inline = keyboard if keyboard and "inline_keyboard" in keyboard else None
        self.show(person)
        return self.messages.add(
            body | ({"reply_markup": inline} if inline else {}), from_bot=True, keyboard=None if inline else keyboard
        )

    def envelope(self, person: Person, sender: dict[str, Any]) -> Body:
        return {
            "message_id": self.messages.next_id(),
            "from": sender,
            "chat": person.as_chat(),
            "date": self.clock.now(),
        }

    def shown_message(self, chat_id: int, message_id: int) -> Message | None:
        message = self.messages.find(chat_id, message_id)
        return message if message and not message.deleted else None

    def show(self, person: Person) -> None:
        """The page draws this person's chat anew."""
        self.changes.tell({"kind": "chat", "key": person.key})

    def begin_call(self, method: str, arguments: dict[str, Any]) -> Call:
        self.activity.numbers += 1
        call = Call(self.activity.numbers, method, arguments, time.monotonic())
        if method != "getUpdates":
            self.activity.calls.append(call)
            self.activity.running += 1
        return call

    def end_call(self, call: Call, code: int, description: str = "") -> None:
        call.code, call.description, call.seconds = code, description, time.monotonic() - call.began
        if call.method != "getUpdates":
            self.activity.running -= 1
            self.activity.answered_at = time.monotonic()
            self.changes.wake()

    async def quiet(self, silence: float, grace: float, timeout: float) -> bool:
        """Whether the bot came to rest in time: nothing pending, nothing running, ``silence`` seconds without a call.

        After a person's act the bot gets up to ``grace`` seconds for its first call, so that slow thinking is no rest.
        """
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            left = self._unrest(silence, grace)
            if left <= 0:
                return True
            await asyncio.sleep(min(left, 0.05))
        return False

    def _unrest(self, silence: float, grace: float) -> float:
        """Seconds to rest if nothing more happens."""
        activity = self.activity
        if self.updates.count() or activity.running:
            return silence
        now = time.monotonic()
        if activity.acted_at > activity.answered_at and now - activity.acted_at < grace:
            return grace - (now - activity.acted_at)
        return max(activity.answered_at, activity.acted_at) + silence - now

    def close(self) -> None:
        self.updates.end_poll()
        self.store.close()
