"""The bot's process inside a test: everything real but the timer, which the test itself turns.

with running_bot(sandbox, database_url) as bot:
    mila.start(token)
    sandbox.clock.forward(days=1)
    bot.tick()      # plans the reminders and sends what is due
"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any
from unittest.mock import patch

from pydantic import SecretStr

from bot.conversation import Conversation
from bot.health import save_profile
from bot.pace import ChatPace
from bot.polling import meet_telegram, poll
from config.clock import Clock, clock_for
from config.settings import Settings
from scheduler.jobs import deliver_notices, plan_reminders
from scheduler.runtime import Runtime, assemble
from tests.chat import BackgroundLoop, Sandbox


class AtOnce(ChatPace):
    """Nobody's chat waits a second between two notices; that real ones do is shown by the tests of the pace itself."""

    async def wait(self, chat_id: int | str, *, notice: bool) -> None:
        return


class SettableClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class RunningBot:
    def __init__(self, sandbox: Sandbox, database_url: str, clock: Clock, conversation: Conversation | None) -> None:
        self._sandbox = sandbox
        self._background = BackgroundLoop()
        self._polling: Future[None] | None = None
        settings = settings_for(sandbox, database_url)
        self.runtime: Runtime = self._background.run(_assemble(settings, clock, conversation))

    def start(self) -> None:
        self._background.run(self._meet())
        self._polling = self._background.spawn(poll(self.runtime.bot, self.runtime.inbox, self.runtime.contact.made))
        self._sandbox.bots.append(self.busy)

    def tick(self) -> None:
        """Plan the reminders, then send everything that is due by the clock."""
        self._background.run(plan_reminders(self.runtime.works))
        self.deliver()

    def deliver(self) -> None:
        self._background.run(deliver_notices(self.runtime.works), timeout=120)

    def rest(self) -> None:
        """Waits until every update that was taken in is answered and marked done."""
        self._background.run(self.runtime.inbox.rest())

    def busy(self) -> bool:
        return self.runtime.inbox.busy

    def run(self, work: Any) -> Any:
        """Runs a coroutine in the bot's own loop."""
        return self._background.run(work)

    def stop(self) -> None:
        self._sandbox.bots = [each for each in self._sandbox.bots if each != self.busy]
        if self._polling:
            self._polling.cancel()
        self._background.run(self._close())
        self._background.stop()

    async def _meet(self) -> None:
        runtime = self.runtime
        me = await meet_telegram(runtime.bot)
        prefix = runtime.settings.link_prefix
        await runtime.database.write(save_profile, runtime.bot.id, me.username or "", prefix, now=runtime.clock())
        await runtime.inbox.resume()

    async def _close(self) -> None:
        with suppress(asyncio.CancelledError):
            await self.runtime.inbox.stop()
        await self.runtime.close()


@contextmanager
def running_bot(
    sandbox: Sandbox, database_url: str, clock: Clock | None = None, conversation: Conversation | None = None
) -> Iterator[RunningBot]:
    """Without a clock: the sandbox's own, which its ``clock.forward`` moves. The tables must be there."""
    bot = RunningBot(sandbox, database_url, clock or clock_for(sandbox.clock.file), conversation)
    try:
        bot.start()
        yield bot
    finally:
        bot.stop()


def settings_for(sandbox: Sandbox, database_url: str, **more: Any) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=SecretStr(sandbox.token),
        telegram_api_url=sandbox.api_url,
        link_prefix=sandbox.deep_link(""),
        database_url=database_url,
        **more,
    )


async def _assemble(settings: Settings, clock: Clock, conversation: Conversation | None) -> Runtime:
    with patch("bot.sender.ChatPace", AtOnce):
        return assemble(settings, clock, conversation)
