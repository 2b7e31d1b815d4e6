"""Typed words go to whatever has asked for them."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiogram import Router
from aiogram.types import Message
from sqlalchemy.orm import Session

from bot.database import BotDatabase
from bot.handlers.child import state
from bot.handlers.meetings import cancelled
from bot.handlers.plan_words import PLAN_LISTENERS
from bot.handlers.planning import planned, time_of
from bot.handlers.questionnaires import finished, following
from bot.handlers.records import recorded
from bot.handlers.wishes import passed_on
from bot.listening import Awaited, Expecting, carry_out, expect
from bot.screen import Screen, show
from bot.screens import guardians, letters, meetings, proposals, questionnaires, wishes
from config.clock import Clock
from mentoring.rules.errors import OutOfDate
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.pairs import DeclineReason
from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import Raw, Screenful, ScreenKind, Typed
from mentoring.use_cases.chats import Visitor, expected_words
from mentoring.use_cases.guardians import StatementField
from mentoring.use_cases.letters import answer_letter, write_to_curator
from mentoring.use_cases.meetings import meeting_card, set_place
from mentoring.use_cases.pairs import answer_proposal
from mentoring.use_cases.questionnaires import answer_question, current_step, go_back, jump_to

Listener = Callable[[Message, Expecting, BotDatabase, Visitor, Clock], Awaitable[Screen]]


def router() -> Router:
    found = Router(name="words")
    found.message.register(on_words, is_awaited)
    found.edited_message.register(on_correction, corrects_an_answer)
    return found


async def is_awaited(message: Message, database: BotDatabase, visitor: Visitor) -> bool | dict[str, Expecting]:
    """Words, not a command, and somebody listens."""
    if message.text is None or message.text.startswith("/"):
        return False
    expecting = await database.read(expected_words, visitor.account_id)
    return {"expecting": expecting} if expecting.get("act") in LISTENERS else False


async def corrects_an_answer(message: Message, database: BotDatabase, visitor: Visitor) -> bool | dict[str, Expecting]:
    """The edited message was the last answer typed in the form that is still open."""
    expecting = await database.read(expected_words, visitor.account_id)
    said = expecting.get("said", {})
    return {"expecting": expecting} if message.text and said.get("message_id") == message.message_id else False


async def on_words(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    await show(message, await LISTENERS[expecting["act"]](message, expecting, database, visitor, clock))


async def on_correction(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    step = await database.write(_corrected, expecting, message.text or "", visitor, clock())
    await show(message, questionnaires.corrected(step))


async def _answer(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    typed = Typed(message.text or "")
    step = await database.write(answered, expecting["response_id"], typed, message.message_id, visitor, clock())
    return await following(step, database, visitor, clock)


async def _letter(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    by = Actor.person(visitor.person_id)
    text = message.text or ""
    await carry_out(database, visitor, write_to_curator, visitor.person_id, text, by=by, now=clock())
    return letters.sent()


async def _letter_answer(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    by, text = Actor.person(visitor.person_id), message.text or ""
    await carry_out(database, visitor, answer_letter, expecting["letter_id"], text, by=by, now=clock())
    return letters.answered()


async def _statement(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    field, text = StatementField(expecting["field"]), message.text or ""
    stated = await database.write(state, visitor, expecting["minor_id"], field, text, now=clock())
    return guardians.statement(stated)


async def _wish(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    wish, words = wishes.Wish(expecting["wish"]), message.text or ""
    return await passed_on(expecting["pair_id"], wish, words, database, visitor, clock)


async def _decline_reason(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    said = await carry_out(
        database,
        visitor,
        answer_proposal,
        expecting["pair_id"],
        visitor.person_id,
        False,
        reason=DeclineReason.OTHER,
        reason_text=message.text or "",
        by=Actor.person(visitor.person_id),
        now=clock(),
    )
    return proposals.declined(said.role)


async def _place(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    pair_id, at, kind = expecting["pair_id"], time_of(expecting["at"]), PlaceKind(expecting["place"])
    return await planned(pair_id, at, kind, message.text or "", database, visitor, clock)


async def _new_place(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    meeting_id, by, now = expecting["meeting_id"], Actor.person(visitor.person_id), clock()
    card = await database.read(meeting_card, meeting_id, visitor.person_id, now=now)
    place = message.text or ""
    await carry_out(database, visitor, set_place, meeting_id, card.place_kind, place, by=by, now=now)
    card = await database.read(meeting_card, meeting_id, visitor.person_id, now=now)
    return meetings.place_saved(card, visitor.time_zone)


async def _cancel_reason(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    return await cancelled(expecting["meeting_id"], message.text or "", database, visitor, clock)


async def _topic(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    logged = (expecting["pair_id"], expecting["at"], expecting["minutes"])
    return await recorded(*logged, message.text or "", database, visitor, clock)


LISTENERS: dict[str, Listener] = {
    Awaited.ANSWER: _answer,
    Awaited.LETTER: _letter,
    Awaited.LETTER_ANSWER: _letter_answer,
    Awaited.STATEMENT: _statement,
    Awaited.DECLINE_REASON: _decline_reason,
    Awaited.WISH: _wish,
    Awaited.PLACE: _place,
    Awaited.NEW_PLACE: _new_place,
    Awaited.CANCEL_REASON: _cancel_reason,
    Awaited.TOPIC: _topic,
    **PLAN_LISTENERS,
}


def answered(
    session: Session, response_id: int, raw: Raw, message_id: int, visitor: Visitor, now: datetime
) -> Screenful:
    """The answer to the question on the screen; remembers the message, so that editing it corrects the answer."""
    on_screen = current_step(session, response_id, person_id=visitor.person_id)
    if on_screen.question is None:
        raise OutOfDate("question", on_screen.kind)
    key, by = on_screen.question.key, Actor.person(visitor.person_id)
    step = answer_question(session, response_id, key, raw, by=by, now=now)
    said = {"message_id": message_id, "question": key}
    expect(visitor, Awaited.ANSWER, response_id=response_id, said=said)(session)
    return finished(session, step, visitor, now)


def _corrected(session: Session, expecting: Expecting, text: str, visitor: Visitor, now: datetime) -> Screenful:
    response_id, key, by = expecting["response_id"], expecting["said"]["question"], Actor.person(visitor.person_id)
    on_screen = current_step(session, response_id, person_id=visitor.person_id)
    if on_screen.kind is ScreenKind.REVIEW or on_screen.reviewing:
        jump_to(session, response_id, key, by=by, now=now)
    elif on_screen.question and on_screen.question.key != key:
        go_back(session, response_id, on_screen.question.key, by=by, now=now)
    return answer_question(session, response_id, key, Typed(text), by=by, now=now)
