"""Pressed buttons, and what the bot answered to each."""

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.clock import ProductClock
from bot.sandbox.refusals import TOO_OLD, bad_request
from bot.sandbox.store import Row, Store, to_json

ANSWERABLE_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class Callback:
    id: str
    chat_id: int
    message_id: int
    data: str
    pressed_at: int
    answered: bool
    answer: dict[str, Any]


class Callbacks:
    def __init__(self, store: Store, clock: ProductClock) -> None:
        self._store = store
        self._clock = clock

    def press(self, chat_id: int, message_id: int, data: str) -> str:
        callback_id = str(self._store.next_number("callback", 4_000_000_000_000_001))
        sql = "insert into callback (id, chat_id, message_id, data, pressed_at) values (?, ?, ?, ?, ?)"
        self._store.execute(sql, callback_id, chat_id, message_id, data, self._clock.now())
        return callback_id

    def answer(self, callback_id: str, answer: dict[str, Any]) -> int:
        """Takes the only answer in time; returns whose button it was."""
        row = self._store.row("select * from callback where id = ? and not answered", callback_id)
        if not row or self._clock.now() - row["pressed_at"] > ANSWERABLE_SECONDS:
            raise bad_request(TOO_OLD)
        self._store.execute("update callback set answered = 1, answer = ? where id = ?", to_json(answer), callback_id)
        return int(row["chat_id"])

    def all(self, chat_id: int | None = None) -> list[Callback]:
        sql = "select * from callback where ? is null or chat_id = ? order by id"
        return [_callback(row) for row in self._store.rows(sql, chat_id, chat_id)]

    def unanswered(self, chat_id: int | None = None) -> list[Callback]:
        return [callback for callback in self.all(chat_id) if not callback.answered]


def _callback(row: Row) -> Callback:
    return Callback(
        id=row["id"],
        chat_id=row["chat_id"],
        message_id=row["message_id"],
        data=row["data"],
        pressed_at=row["pressed_at"],
        answered=bool(row["answered"]),
        answer=json.loads(row["answer"]),
    )
