"""Who is on the other side of the chat: found once, remembered for a minute, and fenced to their organisation."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import ChatMemberUpdated, TelegramObject, Update, User
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database import BotDatabase, UpdateInHand
from bot.inbox_rows import CHANNEL
from bot.screen import ScreenBot, Shown
from bot.sender import Reach
from bot.texts.runtime import PRIVATE_ONLY
from config.clock import Clock
from mentoring.use_cases.chats import Visitor, mark_reachable, mark_unreachable, visitor_of
from storage.database import Database
from storage.models.person import ChannelAccount

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

REMEMBERED = 10_000
REMEMBERED_FOR = 60.0  # seconds: the panel may change who somebody is


@dataclass(frozen=True, slots=True)
class Known:
    visitor: Visitor
    unreachable: bool
    shown: Shown
    looked_up: float


class People(BaseMiddleware):
    """Gives handlers ``visitor`` and their fenced ``database``. Groups and (un)blocking are dealt with right here."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._known: OrderedDict[int, Known] = OrderedDict()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        user, chat, bot = data.get("event_from_user"), data.get("event_chat"), data["bot"]
        if user is None or chat is None or chat.type != ChatType.PRIVATE:
            return await _decline_group(event, bot)
        if event.my_chat_member:
            return await self._note_reach(event.my_chat_member)
        in_hand: UpdateInHand = data["in_hand"]
        data |= await self._introduction(user, bot, in_hand)
        try:
            return await handler(event, data)
        finally:
            if in_hand.introduced:
                self._known.pop(user.id, None)

    async def _introduction(self, user: User, bot: ScreenBot, in_hand: UpdateInHand) -> dict[str, Any]:
        known = await self._find(user.id)
        if known is None:
            return {"visitor": None, "database": BotDatabase(self._database, self._clock, in_hand=in_hand)}
        bot.recall_screen(user.id, known.shown)
        visitor = known.visitor
        database = BotDatabase(
            self._database,
            self._clock,
            in_hand=in_hand,
            organisation_id=visitor.organisation_id,
            account_id=visitor.account_id,
        )
        return {"visitor": visitor, "database": database}

    async def _find(self, user_id: int) -> Known | None:
        known = self._known.get(user_id)
        if known and known.looked_up > time.monotonic() - REMEMBERED_FOR:
            return known
        known = await self._database.read(_look_up, str(user_id))
        if known is None:
            return None
        if known.unreachable:  # they write, so they can be reached again
            await self._database.write(mark_reachable, CHANNEL, str(user_id), now=self._clock())
        self._known[user_id] = known
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known

    async def _note_reach(self, change: ChatMemberUpdated) -> None:
        external_id, now = str(change.from_user.id), self._clock()
        self._known.pop(change.from_user.id, None)
        if change.new_chat_member.status == ChatMemberStatus.KICKED:
            await self._database.write(mark_unreachable, CHANNEL, external_id, Reach.BLOCKED, now=now)
        else:
            await self._database.write(mark_reachable, CHANNEL, external_id, now=now)


async def _decline_group(update: Update, bot: ScreenBot) -> None:
    """Said when the bot is added and when it is spoken to by a command; other people's talk is none of its business."""
    added = update.my_chat_member and update.my_chat_member.new_chat_member.status == ChatMemberStatus.MEMBER
    called = update.message and (update.message.text or "").startswith("/")
    event = update.my_chat_member if added else update.message if called else None
    if event:
        with suppress(TelegramAPIError):  # it may not be allowed to speak there, which is as well
            await bot.send_message(event.chat.id, PRIVATE_ONLY)


def _look_up(session: Session, external_id: str) -> Known | None:
    visitor = visitor_of(session, CHANNEL, external_id)
    if visitor is None:
        return None
    chat = session.execute(
        select(
            ChannelAccount.unreachable_since, ChannelAccount.screen_message_id, ChannelAccount.step_message_id
        ).where(ChannelAccount.id == visitor.account_id)
    ).one()
    shown = Shown(chat.screen_message_id or 0, chat.step_message_id or 0)
    return Known(visitor, chat.unreachable_since is not None, shown, time.monotonic())
