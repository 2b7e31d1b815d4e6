"""The plan of a pair is read, its goals, note and term are written, and it goes to the curator."""

from datetime import date, datetime
from typing import Any

from aiogram import BaseMiddleware, Router
from aiogram.types import CallbackQuery, TelegramObject

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers.planning import day_of
from bot.handlers.refusals import Handler
from bot.listening import Awaited, carry_out, expect, turn_to
from bot.screen import Screen, show
from bot.screens import menu
from bot.screens import plans as screens
from bot.texts import plans as words
from bot.texts.errors import explain
from bot.texts.wording import local_day
from config.clock import Clock
from mentoring.rules.errors import CountReached, ItemsOutsideTerm, OutOfDate, PlanIncomplete, ValueWrong
from mentoring.rules.people import Actor
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.plan_decisions import send_plan
from mentoring.use_cases.plan_suggestions import suggestion_marked, suggestions
from mentoring.use_cases.plan_views import MyPlan, my_item, my_plan
from mentoring.use_cases.plans import add_goal, drop_goal, goal_mark, set_term


def router() -> Router:
    found = Router(name="plans")
    found.callback_query.middleware(PlanInstead())
    found.callback_query.register(on_plan, act.ShowPlan.filter())
    found.callback_query.register(on_goals, act.ShowGoals.filter())
    found.callback_query.register(on_goal, act.ShowGoal.filter())
    found.callback_query.register(on_add_goal, act.AddGoal.filter())
    found.callback_query.register(on_take_goal, act.TakeGoal.filter())
    found.callback_query.register(on_change_goal, act.ChangeGoal.filter())
    found.callback_query.register(on_drop_goal, act.DropGoal.filter())
    found.callback_query.register(on_notes, act.ShowNotes.filter())
    found.callback_query.register(on_write_note, act.WriteNote.filter())
    found.callback_query.register(on_choose_term, act.ChooseTerm.filter())
    found.callback_query.register(on_term, act.SetTerm.filter())
    found.callback_query.register(on_send, act.SendPlan.filter())
    return found


class PlanInstead(BaseMiddleware):
    """What does not go any more is said over the plan as it stands now."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except (OutOfDate, PlanIncomplete, CountReached, ItemsOutsideTerm, ValueWrong) as refusal:
            assert isinstance(event, CallbackQuery)
            await show(event, menu.with_hint(await _instead(data), explain(refusal)))


async def on_plan(
    query: CallbackQuery, callback_data: act.ShowPlan, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    await show(query, screens.plan(await seen_plan(callback_data.pair_id, database, visitor, clock), visitor.time_zone))


async def on_goals(
    query: CallbackQuery, callback_data: act.ShowGoals, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    await show(query, screens.goals(await seen_plan(callback_data.pair_id, database, visitor, clock)))


async def on_goal(
    query: CallbackQuery, callback_data: act.ShowGoal, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    mine = await seen_plan(callback_data.pair_id, database, visitor, clock)
    goal_on_screen(mine, callback_data.number, callback_data.mark)
    await show(query, screens.goal(mine, callback_data.number))


async def on_add_goal(
    query: CallbackQuery, callback_data: act.AddGoal, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    pair_id = callback_data.pair_id
    await plan_now(pair_id, database, visitor, clock)
    await database.write(expect(visitor, Awaited.PLAN_GOAL, pair_id=pair_id))
    await show(query, screens.write_goal(pair_id, await database.read(suggestions, pair_id)))


async def on_take_goal(
    query: CallbackQuery, callback_data: act.TakeGoal, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    pair_id, by = callback_data.pair_id, Actor.person(visitor.person_id)
    text = await database.read(suggestion_marked, pair_id, "", callback_data.mark)
    await carry_out(database, visitor, add_goal, pair_id, text, by=by, now=clock())
    await show(query, await plan_with_hint(words.GOAL_KEPT, pair_id, database, visitor, clock))


async def on_change_goal(
    query: CallbackQuery, callback_data: act.ChangeGoal, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    pair_id, place, mark = callback_data.pair_id, callback_data.number, callback_data.mark
    text = goal_on_screen(await plan_now(pair_id, database, visitor, clock), place, mark)
    await database.write(expect(visitor, Awaited.PLAN_GOAL_CHANGE, pair_id=pair_id, place=place, mark=mark))
    await show(query, screens.rewrite_goal(pair_id, place, text))


async def on_drop_goal(
    query: CallbackQuery, callback_data: act.DropGoal, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    pair_id, by, mark = callback_data.pair_id, Actor.person(visitor.person_id), callback_data.mark
    await carry_out(database, visitor, drop_goal, pair_id, callback_data.number, mark=mark, by=by, now=clock())
    await show(query, await plan_with_hint(words.GOAL_DROPPED, pair_id, database, visitor, clock))


async def on_notes(
    query: CallbackQuery, callback_data: act.ShowNotes, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    mine = await seen_plan(callback_data.pair_id, database, visitor, clock)
    await show(query, screens.notes(mine.plan))


async def on_write_note(
    query: CallbackQuery, callback_data: act.WriteNote, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    pair_id, key = callback_data.pair_id, callback_data.key
    mine = await plan_now(pair_id, database, visitor, clock)
    await database.write(expect(visitor, Awaited.PLAN_NOTE, pair_id=pair_id, key=key))
    await show(query, screens.write_note(pair_id, screens.note_of(mine.plan, key)))


async def on_choose_term(
    query: CallbackQuery, callback_data: act.ChooseTerm, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    pair_id = callback_data.pair_id
    mine = await plan_now(pair_id, database, visitor, clock)
    await database.write(expect(visitor, Awaited.PLAN_TERM, pair_id=pair_id))
    await show(query, screens.choose_term(mine.plan, today_for(visitor, clock())))


async def on_term(
    query: CallbackQuery, callback_data: act.SetTerm, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    ends_on = day_of(callback_data.day)
    await show(query, await termed(callback_data.pair_id, ends_on, database, visitor, clock))


async def on_send(
    query: CallbackQuery, callback_data: act.SendPlan, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    pair_id, by = callback_data.pair_id, Actor.person(visitor.person_id)
    await carry_out(database, visitor, send_plan, pair_id, by=by, now=clock())
    mine = await plan_now(pair_id, database, visitor, clock)
    said = words.SENT_NOW_GROUP if len(mine.plan.mentees) > 1 else words.SENT_NOW
    await show(query, menu.with_hint(screens.plan(mine, visitor.time_zone), said))


async def plan_now(pair_id: int, database: BotDatabase, visitor: Visitor, clock: Clock) -> MyPlan:
    """Beside what is about to be awaited instead of what was."""
    return await database.read(my_plan, pair_id, visitor.person_id, now=clock())


async def seen_plan(pair_id: int, database: BotDatabase, visitor: Visitor, clock: Clock) -> MyPlan:
    return await turn_to(database, visitor, my_plan, pair_id, visitor.person_id, now=clock())


async def plan_with_hint(hint: str, pair_id: int, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    mine = await plan_now(pair_id, database, visitor, clock)
    return menu.with_hint(screens.plan(mine, visitor.time_zone), hint)


async def termed(pair_id: int, ends_on: date, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    by, now = Actor.person(visitor.person_id), clock()
    mine = await database.read(my_plan, pair_id, visitor.person_id, now=now)
    await carry_out(database, visitor, set_term, pair_id, mine.plan.starts_on, ends_on, by=by, now=now)
    return await plan_with_hint(words.TERM_KEPT, pair_id, database, visitor, clock)


def goal_on_screen(mine: MyPlan, place: int, mark: str) -> str:
    goals = mine.plan.goals
    if place >= len(goals) or goal_mark(goals[place]) != mark:
        raise OutOfDate("plan", "changed")
    return goals[place]


def today_for(visitor: Visitor, now: datetime) -> date:
    return local_day(now, visitor.time_zone)


async def _instead(data: dict[str, Any]) -> Screen:
    """The plan that the button was about."""
    database, visitor, pressed = data["database"], data["visitor"], data["callback_data"]
    person_id, now = visitor.person_id, data["clock"]()
    if hasattr(pressed, "pair_id"):
        mine = await database.read(my_plan, pressed.pair_id, person_id, now=now)
    else:
        mine = (await database.read(my_item, pressed.item_id, person_id, now=now)).mine
    return screens.plan(mine, visitor.time_zone)
