"""Telegram's queue of updates: kept until the bot confirms them or they expire, given by long polling.

Facts: Bot API "Getting updates"; ``Client.cpp`` of tdlib/telegram-bot-api (expiry 17053 ff., conflict 16225 ff.,
long poll 15700 ff.).
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.changes import Changes
from bot.sandbox.clock import ProductClock
from bot.sandbox.refusals import OTHER_POLLER, WEBHOOK_ACTIVE, conflict
from bot.sandbox.store import Row, Store, to_json

DAY = 24 * 60 * 60
LIFETIME = {"callback_query": 150}
FIRST_UPDATE_ID = 100_000_001
MAX_TIMEOUT = 50
MAX_ANSWER_BYTES = 4 * 1024 * 1024
CONFLICT_PAUSE = 3.0
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(frozen=True, slots=True)
class PendingUpdate:
    update_id: int
    chat_id: int
    body: dict[str, Any]


class UpdateQueue:
    def __init__(self, store: Store, clock: ProductClock, changes: Changes) -> None:
        self._store = store
        self._clock = clock
        self._changes = changes
        self._poll: asyncio.Event | None = None
        self._next_conflict = 0.0

    @property
    def polled(self) -> bool:
        """Whether a poller waits right now."""
        return self._poll is not None

    @property
    def webhook_url(self) -> str:
        return str((self._store.setting("webhook") or {}).get("url", ""))

    def add(self, kind: str, chat_id: int, content: dict[str, Any]) -> None:
        """Queues the update, unless the bot has said that it does not want its kind."""
        if not self._wanted(kind):
            return
        update_id = self._store.next_number("update", FIRST_UPDATE_ID)
        expires_at = self._clock.now() + LIFETIME.get(kind, DAY)
        body = to_json({"update_id": update_id, kind: content})
        self._store.execute(
            "insert into pending_update values (?, ?, ?, ?, ?)", update_id, kind, chat_id, expires_at, body
        )

    def pending(self, offset: int = 0, limit: int = 100) -> list[PendingUpdate]:
        """The oldest updates from ``offset`` on, as many as fit into one answer."""
        self._store.execute("delete from pending_update where expires_at <= ?", self._clock.now())
        sql = "select * from pending_update where update_id >= ? order by update_id limit ?"
        rows = self._store.rows(sql, offset, limit)
        return [_pending(row) for row in rows[: _fitting(rows)]]

    def count(self) -> int:
        self._store.execute("delete from pending_update where expires_at <= ?", self._clock.now())
        row = self._store.row("select count(*) as number from pending_update")
        return int(row["number"]) if row else 0

    def forget(self, update_id: int) -> None:
        self._store.execute("delete from pending_update where update_id = ?", update_id)

    def forget_all(self) -> None:
        self._store.execute("delete from pending_update")

    def allow(self, kinds: list[str] | None) -> None:
        """Nothing given keeps the earlier choice; an empty list means the usual kinds. Holds for later updates only."""
        if kinds is not None:
            self._store.keep_setting("allowed_updates", kinds)

    def allowed(self) -> list[str]:
        return list(self._store.setting("allowed_updates", []))

    async def poll(self, offset: int, limit: int, timeout: int) -> list[dict[str, Any]]:
        """What getUpdates gives: confirms everything below ``offset``, then waits until there is something."""
        if self.webhook_url:
            raise conflict(WEBHOOK_ACTIVE)
        self.end_poll()
        with self._store.transaction():
            offset = self._confirm(offset)
            updates = self.pending(offset, limit)
        self._changes.wake()
        if not updates and timeout > 0:
            updates = await self._wait(offset, limit, min(timeout, MAX_TIMEOUT))
        return [update.body for update in updates]

    def end_poll(self) -> None:
        """The poll that waits now gets its 409: another one has come, or a webhook."""
        if self._poll:
            self._poll.set()

    def _wanted(self, kind: str) -> bool:
        allowed = self.allowed()
        return kind in allowed if allowed else kind not in _NOT_BY_DEFAULT

    def _confirm(self, offset: int) -> int:
        if offset < 0:
            last = self._store.rows("select update_id from pending_update order by update_id desc limit ?", -offset)
            offset = last[-1]["update_id"] if last else 0
        self._store.execute("delete from pending_update where update_id < ?", offset)
        return offset

    async def _wait(self, offset: int, limit: int, timeout: float) -> list[PendingUpdate]:
        ended = self._poll = asyncio.Event()
        try:
            await self._changes.until(lambda: ended.is_set() or bool(self.pending(offset, 1)), timeout)
        finally:
            if self._poll is ended:
                self._poll = None
        if ended.is_set():
            await self._pause_conflicts()
            raise conflict(OTHER_POLLER)
        return self.pending(offset, limit)

    async def _pause_conflicts(self) -> None:
        now = asyncio.get_running_loop().time()
        if now < self._next_conflict:
            await asyncio.sleep(CONFLICT_PAUSE)
        self._next_conflict = asyncio.get_running_loop().time() + CONFLICT_PAUSE


def _fitting(rows: list[Row]) -> int:
    size = 0
    for number, row in enumerate(rows):
        size += len(row["body"])
        if size > MAX_ANSWER_BYTES and number:
            return number
    return len(rows)


def _pending(row: Row) -> PendingUpdate:
    return PendingUpdate(row["update_id"], row["chat_id"], json.loads(row["body"]))
