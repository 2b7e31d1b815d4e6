"""The messages of all chats, in Bot API form, with what the chat page shows beside them."""

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.keyboards import Markup
from bot.sandbox.store import Row, Store, to_json

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """``body``: the Bot API's Message. ``keyboard``: a reply keyboard, its removal or a forced reply sent with it."""

    message_id: int
    chat_id: int
    from_bot: bool
    body: Body
    keyboard: Markup | None
    edits: int
    pinned: bool
    deleted: bool
    changed: int


class Messages:
    def __init__(self, store: Store) -> None:
        self._store = store

    def next_id(self) -> int:
        return self._store.next_number("message")

    def add(self, body: Body, *, from_bot: bool, keyboard: Markup | None = None) -> Body:
        self._store.execute(
            "insert into message (message_id, chat_id, from_bot, body, keyboard, changed) values (?, ?, ?, ?, ?, ?)",
            body["message_id"],
            body["chat"]["id"],
            from_bot,
            to_json(body),
            to_json(keyboard) if keyboard else None,
            self.next_change(),
        )
        return body

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """The message, deleted ones included."""
        sql = "select * from message where chat_id = ? and message_id = ?"
        row = self._store.row(sql, chat_id, message_id)
        return _message(row) if row else None

    def of_chat(self, chat_id: int, limit: int = 300) -> list[Message]:
        sql = "select * from message where chat_id = ? and not deleted order by message_id desc limit ?"
        return [_message(row) for row in reversed(self._store.rows(sql, chat_id, limit))]

    def changed_after(self, chat_id: int, change: int) -> list[Message]:
        """What was written or edited after the change, oldest message first."""
        sql = "select * from message where chat_id = ? and changed > ? and not deleted order by message_id"
        return [_message(row) for row in self._store.rows(sql, chat_id, change)]

    def newest_of_bot(self, chat_id: int) -> Message | None:
        sql = "select * from message where chat_id = ? and from_bot and not deleted order by message_id desc limit 1"
        return next((_message(row) for row in self._store.rows(sql, chat_id)), None)

    def replace(self, message: Message, body: Body, *, edits: int = 1) -> Body:
        self._store.execute(
            "update message set body = ?, edits = edits + ?, changed = ? where message_id = ?",
            to_json(body),
            edits,
            self.next_change(),
            message.message_id,
        )
        return body

    def delete(self, message: Message) -> None:
        sql = "update message set deleted = 1, changed = ? where message_id = ?"
        self._store.execute(sql, self.next_change(), message.message_id)

    def pin(self, message: Message, *, pinned: bool) -> None:
        self._store.execute("update message set pinned = ? where message_id = ?", pinned, message.message_id)

    def unpin_all(self, chat_id: int) -> None:
        self._store.execute("update message set pinned = 0 where chat_id = ?", chat_id)

    def keyboard_of(self, chat_id: int) -> Markup | None:
        """The reply keyboard that stands under the chat now; none after its removal."""
        sql = "select keyboard from message where chat_id = ? and keyboard is not null order by message_id desc limit 1"
        row = self._store.row(sql, chat_id)
        keyboard: Markup | None = json.loads(row["keyboard"]) if row else None
        return None if keyboard is None or "remove_keyboard" in keyboard else keyboard

    def next_change(self) -> int:
        return self._store.next_number("change")


def _message(row: Row) -> Message:
    return Message(
        message_id=row["message_id"],
        chat_id=row["chat_id"],
        from_bot=bool(row["from_bot"]),
        body=json.loads(row["body"]),
        keyboard=json.loads(row["keyboard"]) if row["keyboard"] else None,
        edits=row["edits"],
        pinned=bool(row["pinned"]),
        deleted=bool(row["deleted"]),
        changed=row["changed"],
    )
