"""A meeting is planned in four taps (day, time, place, done) and moved in two."""

from datetime import UTC, date, datetime
from typing import Any

from aiogram import BaseMiddleware, Router
from aiogram.types import CallbackQuery, TelegramObject

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers.refusals import Handler, MeetingInstead
from bot.listening import Awaited, carry_out, expect, turn_to
from bot.screen import Screen, show
from bot.screens import meetings as meeting_screens
from bot.screens import menu
from bot.screens import pairs as pair_screens
from bot.screens import planning as screens
from bot.texts.errors import explain
from config.clock import Clock
from mentoring.rules.errors import TimeInPast, TimeTaken
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.meetings import (
    meeting_card,
    move_meeting,
    plan_meeting,
    suggest_days,
    suggest_times,
)
from mentoring.use_cases.pairs import my_pairs


def router() -> Router:
    found = Router(name="planning")
    found.callback_query.middleware(MeetingInstead())
    found.callback_query.middleware(AnotherTime())
    found.callback_query.register(on_choose_pair, act.ChoosePairForMeeting.filter())
    found.callback_query.register(on_plan, act.PlanMeeting.filter())
    found.callback_query.register(on_day, act.PlanDay.filter())
    found.callback_query.register(on_time, act.PlanTime.filter())
    found.callback_query.register(on_place, act.PlanPlace.filter())
    found.callback_query.register(on_done, act.ConfirmPlan.filter())
    found.callback_query.register(on_move, act.MoveMeeting.filter())
    found.callback_query.register(on_new_day, act.MoveDay.filter())
    found.callback_query.register(on_new_time, act.MoveTime.filter())
    return found


class AnotherTime(BaseMiddleware):
    """A time that is taken or has passed meanwhile: why, and the days to choose from again."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except (TimeTaken, TimeInPast) as refusal:
            assert isinstance(event, CallbackQuery)
            pressed, known = data["callback_data"], (data["database"], data["visitor"], data["clock"])
            moving = isinstance(pressed, act.MoveTime)
            again = await (_new_days(pressed.meeting_id, *known) if moving else _days(pressed.pair_id, *known))
            return await show(event, menu.with_hint(again, explain(refusal)))


async def on_choose_pair(query: CallbackQuery, database: BotDatabase, visitor: Visitor, clock: Clock) -> None:
    found = await turn_to(database, visitor, my_pairs, visitor.person_id)
    if len(found) == 1:
        await show(query, await _days(found[0].pair_id, database, visitor, clock))
    else:
        await show(query, pair_screens.choose_for_meeting(found, visitor.time_zone))


async def on_plan(
    query: CallbackQuery, callback_data: act.PlanMeeting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    await show(query, await _days(callback_data.pair_id, database, visitor, clock))


async def on_day(
    query: CallbackQuery, callback_data: act.PlanDay, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    on = day_of(callback_data.day)
    times = await database.read(suggest_times, callback_data.pair_id, on, now=clock())
    await show(query, screens.choose_time(callback_data.pair_id, on, times, visitor.time_zone))


async def on_time(query: CallbackQuery, callback_data: act.PlanTime, database: BotDatabase, visitor: Visitor) -> None:
    await turn_to(database, visitor, my_pairs, visitor.person_id)
    await show(query, screens.choose_place(callback_data.pair_id, time_of(callback_data.at), visitor.time_zone))


async def on_place(query: CallbackQuery, callback_data: act.PlanPlace, database: BotDatabase, visitor: Visitor) -> None:
    pair_id, at, place = callback_data.pair_id, callback_data.at, PlaceKind(callback_data.place)
    await database.write(expect(visitor, Awaited.PLACE, pair_id=pair_id, at=at, place=place))
    await show(query, screens.add_place(pair_id, time_of(at), place, visitor.time_zone))


async def on_done(
    query: CallbackQuery, callback_data: act.ConfirmPlan, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    at, place = time_of(callback_data.at), PlaceKind(callback_data.place)
    await show(query, await planned(callback_data.pair_id, at, place, "", database, visitor, clock))


async def on_move(
    query: CallbackQuery, callback_data: act.MoveMeeting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    await show(query, await _new_days(callback_data.meeting_id, database, visitor, clock))


async def on_new_day(
    query: CallbackQuery, callback_data: act.MoveDay, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    card = await database.read(meeting_card, callback_data.meeting_id, visitor.person_id, now=clock())
    on = day_of(callback_data.day)
    times = await database.read(suggest_times, card.pair_id, on, now=clock())
    await show(query, screens.choose_new_time(card.meeting_id, on, times, visitor.time_zone))


async def on_new_time(
    query: CallbackQuery, callback_data: act.MoveTime, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    by, now, at = Actor.person(visitor.person_id), clock(), time_of(callback_data.at)
    moved = await carry_out(database, visitor, move_meeting, callback_data.meeting_id, at, by=by, now=now)
    card = await database.read(meeting_card, moved.meeting_id, visitor.person_id, now=now)
    await show(query, meeting_screens.moved(card, visitor.time_zone))


async def planned(
    pair_id: int, at: datetime, kind: PlaceKind, place: str, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    made = await carry_out(
        database,
        visitor,
        plan_meeting,
        pair_id,
        starts_at=at,
        place_kind=kind,
        place=place,
        by=Actor.person(visitor.person_id),
        now=clock(),
    )
    card = await database.read(meeting_card, made.meeting_id, visitor.person_id, now=clock())
    return meeting_screens.planned(card, visitor.time_zone)


def day_of(code: str) -> date:
    return datetime.strptime(code, screens.DAY_CODE).replace(tzinfo=UTC).date()


def time_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


async def _new_days(meeting_id: int, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    card = await turn_to(database, visitor, meeting_card, meeting_id, visitor.person_id, now=clock())
    days = await database.read(suggest_days, card.pair_id, now=clock())
    return screens.choose_new_day(card, days)


async def _days(pair_id: int, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    found = await turn_to(database, visitor, my_pairs, visitor.person_id)
    pair = pair_screens.among(found, pair_id)
    if pair.state is PairState.PAUSED:
        return pair_screens.pair(pair, visitor.time_zone)
    return screens.choose_day(pair, await database.read(suggest_days, pair_id, now=clock()))
