"""A meeting is looked at, answered, cancelled, put into a calendar."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers.refusals import MeetingInstead
from bot.listening import Awaited, carry_out, expect, turn_to
from bot.screen import Screen, show
from bot.screens import meetings as screens
from config.clock import Clock
from mentoring.calendar_files import ics
from mentoring.rules.meetings import Reply
from mentoring.rules.people import Actor
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.meetings import (
    cancel_meeting,
    give_calendar_file,
    meeting_card,
    my_meetings,
    reply_to_meeting,
    say_still_on,
)


def router() -> Router:
    found = Router(name="meetings")
    found.callback_query.middleware(MeetingInstead())
    found.callback_query.register(on_my_meetings, act.ShowMyMeetings.filter())
    found.callback_query.register(on_meeting, act.ShowMeeting.filter())
    found.callback_query.register(on_reply, act.ReplyToMeeting.filter())
    found.callback_query.register(on_still_on, act.ConfirmTomorrow.filter())
    found.callback_query.register(on_ask_cancel, act.AskCancelReason.filter())
    found.callback_query.register(on_other_reason, act.WriteCancelReason.filter())
    found.callback_query.register(on_cancel, act.CancelMeeting.filter())
    found.callback_query.register(on_add_place, act.AddPlace.filter())
    found.callback_query.register(on_calendar_file, act.GetCalendarFile.filter())
    return found


async def on_my_meetings(query: CallbackQuery, database: BotDatabase, visitor: Visitor, clock: Clock) -> None:
    found = await turn_to(database, visitor, my_meetings, visitor.person_id, now=clock())
    await show(query, screens.listed(found, visitor.time_zone))


async def on_meeting(
    query: CallbackQuery, callback_data: act.ShowMeeting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    card = await turn_to(database, visitor, meeting_card, callback_data.meeting_id, visitor.person_id, now=clock())
    await show(query, screens.card(card, visitor.time_zone))


async def on_reply(
    query: CallbackQuery, callback_data: act.ReplyToMeeting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    await carry_out(
        database,
        visitor,
        reply_to_meeting,
        callback_data.meeting_id,
        visitor.person_id,
        Reply(callback_data.reply),
        revision=callback_data.revision,
        by=Actor.person(visitor.person_id),
        now=clock(),
    )
    card = await database.read(meeting_card, callback_data.meeting_id, visitor.person_id, now=clock())
    await show(query, screens.replied(card, visitor.time_zone))


async def on_still_on(
    query: CallbackQuery, callback_data: act.ConfirmTomorrow, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    await carry_out(
        database,
        visitor,
        say_still_on,
        callback_data.meeting_id,
        visitor.person_id,
        revision=callback_data.revision,
        by=Actor.person(visitor.person_id),
        now=clock(),
    )
    card = await database.read(meeting_card, callback_data.meeting_id, visitor.person_id, now=clock())
    await show(query, screens.still_on(card, visitor.time_zone))


async def on_ask_cancel(
    query: CallbackQuery, callback_data: act.AskCancelReason, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    card = await turn_to(database, visitor, meeting_card, callback_data.meeting_id, visitor.person_id, now=clock())
    await show(query, screens.ask_cancel(card, visitor.time_zone))


async def on_other_reason(
    query: CallbackQuery, callback_data: act.WriteCancelReason, database: BotDatabase, visitor: Visitor
) -> None:
    await database.write(expect(visitor, Awaited.CANCEL_REASON, meeting_id=callback_data.meeting_id))
    await show(query, screens.write_cancel_reason(callback_data.meeting_id))


async def on_cancel(
    query: CallbackQuery, callback_data: act.CancelMeeting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    reason = screens.cancel_reason(callback_data.reason)
    await show(query, await cancelled(callback_data.meeting_id, reason, database, visitor, clock))


async def on_add_place(
    query: CallbackQuery, callback_data: act.AddPlace, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    await database.write(expect(visitor, Awaited.NEW_PLACE, meeting_id=callback_data.meeting_id))
    card = await database.read(meeting_card, callback_data.meeting_id, visitor.person_id, now=clock())
    await show(query, screens.ask_place(card, visitor.time_zone))


async def on_calendar_file(
    query: CallbackQuery, callback_data: act.GetCalendarFile, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    meeting_id, by, now = callback_data.meeting_id, Actor.person(visitor.person_id), clock()
    event = await database.write(give_calendar_file, meeting_id, visitor.person_id, by=by, now=now)
    on = None if event.is_off else await database.read(meeting_card, meeting_id, visitor.person_id, now=now)
    await show(query, screens.calendar_file(event, ics(event), on, visitor.time_zone))


async def cancelled(meeting_id: int, reason: str, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    by, now = Actor.person(visitor.person_id), clock()
    await carry_out(database, visitor, cancel_meeting, meeting_id, reason, by=by, now=now)
    card = await database.read(meeting_card, meeting_id, visitor.person_id, now=now)
    return screens.cancelled(card, visitor.time_zone)
