"""The inbox's own table: one short transaction takes in a batch and saves the marks of what was answered meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from bot.screen import Shown
from bot.updates import Body
from storage.models.notice import InboxUpdate
from storage.models.person import ChannelAccount

CHANNEL = "telegram"

inbox = cast(Table, InboxUpdate.__table__)
accounts = cast(Table, ChannelAccount.__table__)


@dataclass(frozen=True, slots=True)
class Received:
    update_id: int
    body: Body


@dataclass(frozen=True, slots=True)
class Mark:
    """An answered update; ``error`` names what made the bot give up."""

    update_id: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Unfinished:
    update_id: int
    body: Body
    applied: bool
    restarts: int


def exchange(
    session: Session,
    bot_id: int,
    received: Sequence[Received],
    marks: Sequence[Mark],
    screens: dict[int, Shown],
    *,
    now: datetime,
) -> frozenset[int]:
    """Ids of the updates that are new; one that was taken in before is passed over."""
    if marks:
        session.connection().execute(_DONE, [_done_row(bot_id, mark, now) for mark in marks])
    if screens:
        session.connection().execute(_SCREEN, [_screen_row(chat, shown) for chat, shown in screens.items()])
    if not received:
        return frozenset()
    rows = [_new_row(bot_id, each, now) for each in received]
    return frozenset(session.connection().execute(_insert_new(session), rows).scalars())


def mark_applied(session: Session, bot_id: int, update_id: int, *, now: datetime) -> bool:
    """Whether this transaction is the first to act on the update."""
    this = {"bot": bot_id, "id": update_id, "applied": now}
    return session.connection().execute(_APPLIED, this).rowcount == 1


def unfinished(
    session: Session, bot_id: int, *, before: datetime | None, held: frozenset[int]
) -> tuple[Unfinished, ...]:
    """What nobody has finished, oldest first. Each restart that finds it is counted: the update may be their cause."""
    left = [inbox.c.bot_id == bot_id, inbox.c.done_at.is_(None)]
    if before:
        left.append(inbox.c.received_at <= before)
    found = session.connection().execute(
        select(inbox.c.update_id, inbox.c.body, inbox.c.applied_at, inbox.c.tries)
        .where(*left)
        .order_by(inbox.c.received_at, inbox.c.update_id)
    )
    rows = [Unfinished(row.update_id, row.body, row.applied_at is not None, row.tries) for row in found]
    fresh = [row for row in rows if row.update_id not in held]
    if fresh:
        session.connection().execute(_TRIED, [{"bot": bot_id, "id": row.update_id} for row in fresh])
    return tuple(fresh)


def prune(session: Session, *, before: datetime) -> None:
    """Done rows are kept only so that a repeated update is recognised; Telegram repeats none after a day."""
    session.connection().execute(delete(inbox).where(inbox.c.done_at < before))


def _insert_new(session: Session) -> ReturningInsert[Any]:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(inbox).on_conflict_do_nothing().returning(inbox.c.update_id)


def _new_row(bot_id: int, received: Received, now: datetime) -> dict[str, Any]:
    return {"bot_id": bot_id, "update_id": received.update_id, "body": received.body, "received_at": now}


def _done_row(bot_id: int, mark: Mark, now: datetime) -> dict[str, Any]:
    return {"bot": bot_id, "id": mark.update_id, "done": now, "failed": mark.error}


def _screen_row(chat_id: int, shown: Shown) -> dict[str, Any]:
    return {"chat": str(chat_id), "live": shown.live, "step": shown.step}


_THIS = inbox.c.bot_id == bindparam("bot"), inbox.c.update_id == bindparam("id")
_APPLIED = update(inbox).where(*_THIS, inbox.c.applied_at.is_(None)).values(applied_at=bindparam("applied"))
# What people wrote is not kept here longer than it takes to answer.
_DONE = update(inbox).where(*_THIS).values(done_at=bindparam("done"), error=bindparam("failed"), body={})
_TRIED = update(inbox).where(*_THIS).values(tries=inbox.c.tries + 1)
_SCREEN = (
    update(accounts)
    .where(accounts.c.channel == CHANNEL, accounts.c.external_id == bindparam("chat"))
    .values(screen_message_id=bindparam("live"), step_message_id=bindparam("step"))
)
