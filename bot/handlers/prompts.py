"""The screen that asked for the words a person is about to type."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from bot.database import BotDatabase
from bot.handlers.plan_words import PLAN_PROMPTS
from bot.listening import Awaited, Expecting
from bot.screen import Screen
from bot.screens import guardians, letters, meetings, planning, proposals, questionnaires, wishes
from config.clock import Clock
from mentoring.rules.meetings import PlaceKind
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.guardians import guardian_statement
from mentoring.use_cases.meetings import meeting_card
from mentoring.use_cases.questionnaires import current_step

Prompt = Callable[[Expecting, BotDatabase, Visitor, Clock], Awaitable[Screen]]


async def prompt(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen | None:
    ask = _PROMPTS.get(expecting.get("act", ""))
    return await ask(expecting, database, visitor, clock) if ask else None


def moment_of(expecting: Expecting) -> datetime:
    return datetime.fromtimestamp(expecting["at"], UTC)


async def _question(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    step = await database.read(current_step, expecting["response_id"], person_id=visitor.person_id)
    return questionnaires.step(step)


async def _letter(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    return letters.ask()


async def _letter_answer(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    return letters.ask_answer()


async def _statement(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    return guardians.statement(await database.read(guardian_statement, visitor.person_id, expecting["minor_id"]))


async def _decline_reason(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    return proposals.write_decline_reason(expecting["pair_id"])


async def _wish(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    return wishes.ask_wish(expecting["pair_id"], wishes.Wish(expecting["wish"]))


async def _place(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    place = PlaceKind(expecting["place"])
    return planning.add_place(expecting["pair_id"], moment_of(expecting), place, visitor.time_zone)


async def _new_place(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    card = await database.read(meeting_card, expecting["meeting_id"], visitor.person_id, now=clock())
    return meetings.ask_place(card, visitor.time_zone)


async def _cancel_reason(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    return meetings.write_cancel_reason(expecting["meeting_id"])


async def _topic(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    return planning.log_topic(expecting["pair_id"], moment_of(expecting), expecting["minutes"], visitor.time_zone)


_PROMPTS: dict[str, Prompt] = {
    Awaited.ANSWER: _question,
    Awaited.LETTER: _letter,
    Awaited.LETTER_ANSWER: _letter_answer,
    Awaited.STATEMENT: _statement,
    Awaited.DECLINE_REASON: _decline_reason,
    Awaited.WISH: _wish,
    Awaited.PLACE: _place,
    Awaited.NEW_PLACE: _new_place,
    Awaited.CANCEL_REASON: _cancel_reason,
    Awaited.TOPIC: _topic,
    **PLAN_PROMPTS,
}
