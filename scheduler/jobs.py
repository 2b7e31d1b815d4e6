"""What is done by the clock. Each job finds its work by asking the records, so that a restart forgets nothing."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.health import Contact, beat
from bot.inbox import Inbox
from bot.inbox_rows import prune
from config.clock import Clock
from mentoring.use_cases.birthdays import follow_birthdays as follow_all_birthdays
from mentoring.use_cases.campaigns import follow_campaign
from mentoring.use_cases.reminders import plan_reminders as plan_all
from mentoring.use_cases.silent_pairs import follow_last_days, follow_silence
from scheduler.delivery import Delivery
from storage.database import Database
from storage.queries.campaigns import campaigns_due, campaigns_open
from storage.statistics import refresh_statistics as refresh_all_statistics

log = logging.getLogger(__name__)

KEPT_UPDATES = timedelta(days=7)  # Telegram repeats an update for a day at most
ABANDONED_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Works:
    """What the jobs work with."""

    database: Database
    clock: Clock
    inbox: Inbox
    delivery: Delivery
    contact: Contact


async def deliver_notices(works: Works) -> None:
    await works.delivery.deliver_due()


async def plan_reminders(works: Works) -> None:
    await works.database.write(plan_all, now=works.clock())
    await works.database.write(beat, "reminders", now=works.clock())


async def follow_campaigns(works: Works) -> None:
    """Opens and closes them; each in a transaction of its own, so that one stone does not stop the others."""
    await _follow(works, await works.database.read(campaigns_due, works.clock()))


async def refresh_campaigns(works: Works) -> None:
    """Asks who has come to fit, releases who has left."""
    await _follow(works, await works.database.read(campaigns_open))


async def follow_birthdays(works: Works) -> None:
    await works.database.write(follow_all_birthdays, now=works.clock())


async def follow_pairs(works: Works) -> None:
    """Pairs that have not met for long, and pairs whose last day is over."""
    await works.database.write(follow_silence, now=works.clock())
    await works.database.write(follow_last_days, now=works.clock())


async def show_life(works: Works) -> None:
    """The delivery job shares this loop and these connections: if this runs, so can it."""
    if works.contact.fresh:
        await works.database.write(beat, "bot", now=works.clock())


async def adopt_abandoned(works: Works) -> None:
    """What a replica took in and never finished, because it died."""
    await works.inbox.resume(ABANDONED_AFTER)


async def prune_inbox(works: Works) -> None:
    await works.database.write(prune, before=works.clock() - KEPT_UPDATES)


async def refresh_statistics(works: Works) -> None:
    await works.database.write(refresh_all_statistics)


async def _follow(works: Works, campaign_ids: Iterable[int]) -> None:
    for campaign_id in campaign_ids:
        try:
            await works.database.write(follow_campaign, campaign_id, now=works.clock())
        except Exception as failure:
            log.error("campaign %s", campaign_id, exc_info=failure)
