"""A meeting that nobody had planned is written down: day, time, length, and the topic if wanted."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers.planning import day_of, time_of
from bot.listening import Awaited, carry_out, expect, turn_to
from bot.screen import Screen, show
from bot.screens import meetings as meeting_screens
from bot.screens import pairs as pair_screens
from bot.screens import planning as screens
from config.clock import Clock
from mentoring.rules.people import Actor
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.meetings import log_meeting, meeting_card
from mentoring.use_cases.pairs import my_pairs


def router() -> Router:
    found = Router(name="records")
    found.callback_query.register(on_log, act.LogMeeting.filter())
    found.callback_query.register(on_day, act.LogDay.filter())
    found.callback_query.register(on_time, act.LogTime.filter())
    found.callback_query.register(on_minutes, act.LogMinutes.filter())
    found.callback_query.register(on_without_topic, act.LogWithoutTopic.filter())
    return found


async def on_log(
    query: CallbackQuery, callback_data: act.LogMeeting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    found = await turn_to(database, visitor, my_pairs, visitor.person_id)
    pair = pair_screens.among(found, callback_data.pair_id)
    await show(query, screens.log_day(pair, clock(), visitor.time_zone))


async def on_day(query: CallbackQuery, callback_data: act.LogDay, visitor: Visitor, clock: Clock) -> None:
    on = day_of(callback_data.day)
    await show(query, screens.log_time(callback_data.pair_id, on, clock(), visitor.time_zone))


async def on_time(query: CallbackQuery, callback_data: act.LogTime, database: BotDatabase, visitor: Visitor) -> None:
    await turn_to(database, visitor, my_pairs, visitor.person_id)
    await show(query, screens.log_minutes(callback_data.pair_id, time_of(callback_data.at), visitor.time_zone))


async def on_minutes(
    query: CallbackQuery, callback_data: act.LogMinutes, database: BotDatabase, visitor: Visitor
) -> None:
    pair_id, at, minutes = callback_data.pair_id, callback_data.at, callback_data.minutes
    await database.write(expect(visitor, Awaited.TOPIC, pair_id=pair_id, at=at, minutes=minutes))
    await show(query, screens.log_topic(pair_id, time_of(at), minutes, visitor.time_zone))


async def on_without_topic(
    query: CallbackQuery, callback_data: act.LogWithoutTopic, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    logged = (callback_data.pair_id, callback_data.at, callback_data.minutes)
    await show(query, await recorded(*logged, "", database, visitor, clock))


async def recorded(
    pair_id: int, at: int, minutes: int, topic: str, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    logged = await carry_out(
        database,
        visitor,
        log_meeting,
        pair_id,
        held_at=time_of(at),
        minutes=minutes,
        topic=topic,
        by=Actor.person(visitor.person_id),
        now=clock(),
    )
    card = await database.read(meeting_card, logged.meeting_id, visitor.person_id, now=clock())
    return meeting_screens.logged(card, visitor.time_zone)
