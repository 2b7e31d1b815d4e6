"""Typed words that belong to a plan, and the screens that ask for them."""

from collections.abc import Awaitable, Callable

from aiogram.types import Message

from bot.database import BotDatabase
from bot.handlers.plan_items import added, dated, item_with_hint, told
from bot.handlers.plans import plan_with_hint, termed, today_for
from bot.listening import Awaited, Expecting, carry_out
from bot.screen import Screen
from bot.screens import plan_items as item_screens
from bot.screens import plans as screens
from bot.texts import plans as words
from config.clock import Clock
from mentoring.rules.people import Actor
from mentoring.rules.plan_dates import coming_day
from mentoring.rules.plans import ItemState
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.plan_results import mark_item
from mentoring.use_cases.plan_suggestions import suggestions
from mentoring.use_cases.plan_views import MyItem, MyPlan, my_item, my_plan
from mentoring.use_cases.plans import ItemWords, add_goal, change_goal, change_item, set_note


async def _goal(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    pair_id, by = expecting["pair_id"], Actor.person(visitor.person_id)
    await carry_out(database, visitor, add_goal, pair_id, message.text or "", by=by, now=clock())
    return await plan_with_hint(words.GOAL_KEPT, pair_id, database, visitor, clock)


async def _goal_change(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    pair_id, place, mark = expecting["pair_id"], expecting["place"], expecting["mark"]
    by, text = Actor.person(visitor.person_id), message.text or ""
    await carry_out(database, visitor, change_goal, pair_id, place, text, mark=mark, by=by, now=clock())
    return await plan_with_hint(words.GOAL_KEPT, pair_id, database, visitor, clock)


async def _item(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    return await added(expecting["pair_id"], expecting["section"], message.text or "", database, visitor, clock)


async def _item_words(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    item_id, by, wanted = expecting["item_id"], Actor.person(visitor.person_id), ItemWords(text=message.text or "")
    await carry_out(database, visitor, change_item, item_id, wanted, by=by, now=clock())
    return await item_with_hint(words.ITEM_KEPT, item_id, database, visitor, clock)


async def _due(message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    on = coming_day(message.text or "", today_for(visitor, clock()))
    return await dated(expecting["item_id"], on, expecting["adding"], database, visitor, clock)


async def _planned(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    item_id, by = expecting["item_id"], Actor.person(visitor.person_id)
    wanted = ItemWords(planned_result=message.text or "")
    changed = await carry_out(database, visitor, change_item, item_id, wanted, by=by, now=clock())
    if expecting["adding"]:
        return await plan_with_hint(words.ITEM_KEPT, changed.pair_id, database, visitor, clock)
    return await item_with_hint(words.ITEM_KEPT, item_id, database, visitor, clock)


async def _result(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    return await told(expecting["item_id"], message.text or "", database, visitor, clock)


async def _mark(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    item_id, mark, by = expecting["item_id"], ItemState(expecting["mark"]), Actor.person(visitor.person_id)
    await carry_out(database, visitor, mark_item, item_id, mark, message.text or "", by=by, now=clock())
    return await item_with_hint(words.MARK_KEPT, item_id, database, visitor, clock)


async def _note(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    pair_id, key, by = expecting["pair_id"], expecting["key"], Actor.person(visitor.person_id)
    await carry_out(database, visitor, set_note, pair_id, key, message.text or "", by=by, now=clock())
    return await plan_with_hint(words.NOTE_KEPT, pair_id, database, visitor, clock)


async def _term(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    ends_on = coming_day(message.text or "", today_for(visitor, clock()))
    return await termed(expecting["pair_id"], ends_on, database, visitor, clock)


PLAN_LISTENERS: dict[str, Callable[..., Awaitable[Screen]]] = {
    Awaited.PLAN_GOAL: _goal,
    Awaited.PLAN_GOAL_CHANGE: _goal_change,
    Awaited.PLAN_ITEM: _item,
    Awaited.PLAN_ITEM_WORDS: _item_words,
    Awaited.PLAN_DUE: _due,
    Awaited.PLAN_PLANNED: _planned,
    Awaited.PLAN_RESULT: _result,
    Awaited.PLAN_MARK: _mark,
    Awaited.PLAN_NOTE: _note,
    Awaited.PLAN_TERM: _term,
}


async def prompt_of_plan(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    mine = await database.read(my_plan, expecting["pair_id"], visitor.person_id, now=clock())
    if expecting["act"] == Awaited.PLAN_GOAL:
        return screens.write_goal(expecting["pair_id"], await database.read(suggestions, expecting["pair_id"]))
    if expecting["act"] == Awaited.PLAN_ITEM:
        section = screens.section_of(mine.plan, expecting["section"])
        found = await database.read(suggestions, expecting["pair_id"], section.key)
        return screens.write_item(expecting["pair_id"], section, found)
    return _asked_of_plan(mine, expecting, visitor, clock)


async def prompt_of_item(expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    seen = await database.read(my_item, expecting["item_id"], visitor.person_id, now=clock())
    return _asked_of_item(seen, expecting, visitor, clock)


PLAN_PROMPTS: dict[str, Callable[..., Awaitable[Screen]]] = {
    **dict.fromkeys(
        (Awaited.PLAN_GOAL, Awaited.PLAN_GOAL_CHANGE, Awaited.PLAN_ITEM, Awaited.PLAN_NOTE, Awaited.PLAN_TERM),
        prompt_of_plan,
    ),
    **dict.fromkeys(
        (Awaited.PLAN_ITEM_WORDS, Awaited.PLAN_DUE, Awaited.PLAN_PLANNED, Awaited.PLAN_RESULT, Awaited.PLAN_MARK),
        prompt_of_item,
    ),
}


def _asked_of_plan(mine: MyPlan, expecting: Expecting, visitor: Visitor, clock: Clock) -> Screen:
    if expecting["act"] == Awaited.PLAN_NOTE:
        return screens.write_note(mine.plan.pair_id, screens.note_of(mine.plan, expecting["key"]))
    if expecting["act"] == Awaited.PLAN_TERM:
        return screens.choose_term(mine.plan, today_for(visitor, clock()))
    place = expecting["place"]
    if place >= len(mine.plan.goals):
        return screens.goals(mine)
    return screens.rewrite_goal(mine.plan.pair_id, place, mine.plan.goals[place])


def _asked_of_item(seen: MyItem, expecting: Expecting, visitor: Visitor, clock: Clock) -> Screen:
    match expecting["act"]:
        case Awaited.PLAN_DUE:
            return item_screens.choose_due(seen, today_for(visitor, clock()), adding=expecting["adding"])
        case Awaited.PLAN_PLANNED:
            return item_screens.write_planned(seen, adding=expecting["adding"])
        case Awaited.PLAN_RESULT:
            return item_screens.tell_result(seen)
        case Awaited.PLAN_MARK:
            return item_screens.marked(seen)
    return item_screens.rewrite(seen)
