"""What a database says about itself: facts for `doctor` and `healthcheck`, judged by nobody here."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import Session

from mentoring.rules.reminders import NoticeState
from storage.models.notice import BotProfile, Heartbeat, InboxUpdate, Notice
from storage.models.organisation import Organisation

MENDED = (3, 51, 3)  # earlier versions can, very rarely, lose a write when the log is reset


@dataclass(frozen=True, slots=True)
class Condition:
    revision: str | None  # None: no tables yet
    quick_check: str  # "ok", or what is broken
    journal_mode: str  # of SQLite; empty elsewhere
    server_version: str


@dataclass(frozen=True, slots=True)
class Life:
    """Ages are None when there is nothing to be old."""

    organisations: int
    bot_seen: timedelta | None
    oldest_due_notice: timedelta | None
    oldest_unread_update: timedelta | None
    sandbox_was_here: bool


def condition(session: Session) -> Condition:
    if session.get_bind().dialect.name == "sqlite":
        return Condition(
            _revision(session),
            str(session.scalar(text("PRAGMA quick_check"))),
            str(session.scalar(text("PRAGMA journal_mode"))),
            sqlite3.sqlite_version,
        )
    return Condition(_revision(session), "ok", "", str(session.scalar(text("SHOW server_version"))))


def life(session: Session, *, now: datetime) -> Life:
    """Unfenced: counts and ages over all organisations, no names."""
    bot = session.get(Heartbeat, "bot")
    due = select(func.min(Notice.due_at)).where(
        Notice.state.in_([NoticeState.WAITING, NoticeState.CLAIMED]), Notice.due_at <= now
    )
    unread = select(func.min(InboxUpdate.received_at)).where(InboxUpdate.done_at.is_(None))
    return Life(
        organisations=session.scalar(select(func.count(Organisation.id))) or 0,
        bot_seen=now - bot.at if bot else None,
        oldest_due_notice=_age(session.scalar(due), now),
        oldest_unread_update=_age(session.scalar(unread), now),
        sandbox_was_here=session.get(BotProfile, 42) is not None,
    )


def can_lose_a_write(sqlite_version: str) -> bool:
    return tuple(int(part) for part in sqlite_version.split(".")) < MENDED


def _revision(session: Session) -> str | None:
    if not inspect(session.connection()).has_table("alembic_version"):
        return None
    revision: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _age(moment: datetime | None, now: datetime) -> timedelta | None:
    return now - moment if moment else None
