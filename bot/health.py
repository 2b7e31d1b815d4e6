"""Signs of life, for `doctor` and the panel: who is at work, and how the bot is called."""

import time
from datetime import datetime

from sqlalchemy.orm import Session

from storage.models.notice import BotProfile, Heartbeat

FRESH = 90.0  # seconds; a long poll answers at least every 25


class Contact:
    """When Telegram was last heard from."""

    def __init__(self) -> None:
        self._heard = time.monotonic()

    def made(self) -> None:
        self._heard = time.monotonic()

    @property
    def fresh(self) -> bool:
        return time.monotonic() - self._heard < FRESH


def beat(session: Session, process: str, *, now: datetime) -> None:
    session.merge(Heartbeat(process=process, at=now))


def save_profile(session: Session, bot_id: int, username: str, link_prefix: str | None, *, now: datetime) -> None:
    """``link_prefix`` None: Telegram's own."""
    prefix = link_prefix or f"https://t.me/{username}?start="
    session.merge(BotProfile(bot_id=bot_id, username=username, link_prefix=prefix, seen_at=now))
