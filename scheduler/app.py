"""The bot's process: the chat, the clock's jobs and the delivery of notices, started and stopped in order."""

import asyncio
import gc
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.conversation import Conversation
from bot.health import save_profile
from bot.polling import SecondPoller, TokenRefused, meet_telegram, patiently, poll
from bot.webhook import ask_for_webhook, serve_webhook
from config.clock import clock_for
from config.settings import Settings
from scheduler.jobs import (
    ABANDONED_AFTER,
    Works,
    adopt_abandoned,
    deliver_notices,
    follow_birthdays,
    follow_campaigns,
    follow_pairs,
    plan_reminders,
    prune_inbox,
    refresh_campaigns,
    refresh_statistics,
    show_life,
)
from scheduler.runtime import Runtime, assemble

log = logging.getLogger(__name__)

T = TypeVar("T")

WRONG_TOKEN, SECOND_PROCESS = 2, 3  # exit codes


@dataclass(frozen=True, slots=True)
class Job:
    work: Callable[[Works], Awaitable[None]]
    every: timedelta


JOBS = (
    Job(deliver_notices, every=timedelta(seconds=1)),
    Job(plan_reminders, every=timedelta(seconds=20)),
    Job(follow_campaigns, every=timedelta(seconds=20)),
    Job(refresh_campaigns, every=timedelta(minutes=5)),
    Job(follow_birthdays, every=timedelta(hours=1)),
    Job(follow_pairs, every=timedelta(minutes=15)),
    Job(show_life, every=timedelta(seconds=15)),
    Job(adopt_abandoned, every=timedelta(minutes=1)),
    Job(prune_inbox, every=timedelta(hours=1)),
    Job(refresh_statistics, every=timedelta(hours=1)),
)


async def run(settings: Settings, conversation: Conversation | None = None) -> int:
    """Works until SIGTERM or SIGINT; gives the exit code. ``conversation`` None: the product's own."""
    runtime = assemble(settings, clock_for(settings.clock_file), conversation)
    gc.collect()
    gc.freeze()  # a million objects of the libraries need no looking through while people wait
    stop = _stop_signal()
    try:
        await _work(runtime, stop)
    except TokenRefused:
        log.error("Telegram не принимает токен. Проверьте BOT_TOKEN: его выдаёт @BotFather командой /token.")
        return WRONG_TOKEN
    except SecondPoller:
        log.error("С этим токеном работает ещё один бот. Остановите его: двое будут отнимать сообщения друг у друга.")
        return SECOND_PROCESS
    finally:
        await runtime.close()
    return 0


async def _work(runtime: Runtime, stop: asyncio.Event) -> None:
    me = await _unless(stop, meet_telegram(runtime.bot))
    if me is None:
        return
    await runtime.database.write(
        save_profile, runtime.bot.id, me.username or "", runtime.settings.link_prefix, now=runtime.clock()
    )
    await runtime.introduce()
    await runtime.inbox.resume(_patience(runtime.settings))
    clockwork = Clockwork(runtime.works)
    clockwork.start()
    try:
        await _listen(runtime, stop)
    finally:
        await _wind_down(runtime, clockwork)


def _patience(settings: Settings) -> timedelta | None:
    """Behind a webhook other replicas may be busy with what is not done yet; a poller is alone."""
    return ABANDONED_AFTER if settings.webhook_url else None


async def _listen(runtime: Runtime, stop: asyncio.Event) -> None:
    settings = runtime.settings
    if not settings.webhook_url:
        await _unless(stop, _poll(runtime))
        return
    assert settings.webhook_secret, "the settings have seen to it"
    secret = settings.webhook_secret.get_secret_value()
    server = await serve_webhook(
        runtime.inbox,
        url=settings.webhook_url,
        secret=secret,
        host=settings.webhook_host,
        port=settings.webhook_port,
        in_contact=runtime.contact.made,
    )
    try:
        await _unless(stop, patiently(partial(ask_for_webhook, runtime.bot, settings.webhook_url, secret)))
        await stop.wait()
    finally:
        await server.cleanup()


async def _poll(runtime: Runtime) -> None:
    await patiently(runtime.bot.delete_webhook)  # or Telegram would answer every question with 409
    await poll(runtime.bot, runtime.inbox, runtime.contact.made)


async def _wind_down(runtime: Runtime, clockwork: "Clockwork") -> None:
    """Nothing new comes in by now: no job starts, the answers in hand go out, the notices in the air are marked."""
    clockwork.pause()
    runtime.delivery.stop()
    await runtime.inbox.stop()
    await clockwork.stop()


class Clockwork:
    """APScheduler as a clock only. It cancels running coroutines when it stops, so they are awaited here before."""

    def __init__(self, works: Works) -> None:
        self._works = works
        self._running: set[asyncio.Task[Any]] = set()
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(job_defaults=defaults)

    def start(self) -> None:
        """Every job once at once: what fell due while nobody worked has waited long enough."""
        for job in JOBS:
            every = IntervalTrigger(seconds=int(job.every.total_seconds()))
            self._scheduler.add_job(self._do, every, args=[job], id=job.work.__name__, next_run_time=datetime.now(UTC))
        self._scheduler.start()

    def pause(self) -> None:
        self._scheduler.pause()

    async def stop(self, patience: float = 15.0) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=patience)
        self._scheduler.shutdown(wait=False)

    async def _do(self, job: Job) -> None:
        task = asyncio.current_task()
        assert task
        self._running.add(task)
        try:
            await job.work(self._works)
        except Exception as failure:
            log.error("job %s", job.work.__name__, exc_info=failure)
        finally:
            self._running.discard(task)


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    return stop


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """The work's result, or None if it had to be stopped before."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if working.done():
        return working.result()
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    return None
