"""An item comes into the plan in four steps (section, words, day, result), is changed, told of and marked."""

from datetime import date

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.orm import Session

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers.planning import day_of
from bot.handlers.plans import PlanInstead, plan_now, plan_with_hint, seen_plan, today_for
from bot.listening import Awaited, carry_out, expect, expect_nothing, turn_to
from bot.screen import Screen, show
from bot.screens import menu
from bot.screens import plan_items as screens
from bot.screens import plans as plan_screens
from bot.texts import plans as words
from config.clock import Clock
from mentoring.rules.people import Actor
from mentoring.rules.plans import ItemState
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.plan_results import mark_item, report_item
from mentoring.use_cases.plan_suggestions import suggestion_marked, suggestions
from mentoring.use_cases.plan_views import MyItem, my_item
from mentoring.use_cases.plans import ItemChanged, ItemWords, add_item, change_item, drop_item, restore_item


def router() -> Router:
    found = Router(name="plan_items")
    found.callback_query.middleware(PlanInstead())
    found.callback_query.register(on_add, act.AddPlanItem.filter())
    found.callback_query.register(on_write, act.WritePlanItem.filter())
    found.callback_query.register(on_take, act.TakePlanItem.filter())
    found.callback_query.register(on_item, act.ShowPlanItem.filter())
    found.callback_query.register(on_choose_due, act.ChooseDue.filter())
    found.callback_query.register(on_due, act.SetDue.filter())
    found.callback_query.register(on_planned, act.WritePlanned.filter())
    found.callback_query.register(on_change, act.ChangePlanItem.filter())
    found.callback_query.register(on_drop, act.DropPlanItem.filter())
    found.callback_query.register(on_restore, act.RestorePlanItem.filter())
    found.callback_query.register(on_tell, act.TellResult.filter())
    found.callback_query.register(on_without_words, act.ResultWithoutWords.filter())
    found.callback_query.register(on_mark, act.MarkPlanItem.filter())
    return found


async def on_add(
    query: CallbackQuery, callback_data: act.AddPlanItem, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    mine = await seen_plan(callback_data.pair_id, database, visitor, clock)
    await show(query, plan_screens.choose_section(mine.plan))


async def on_write(
    query: CallbackQuery, callback_data: act.WritePlanItem, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    pair_id, key = callback_data.pair_id, callback_data.section
    mine = await plan_now(pair_id, database, visitor, clock)
    section = plan_screens.section_of(mine.plan, key)
    await database.write(expect(visitor, Awaited.PLAN_ITEM, pair_id=pair_id, section=key))
    await show(query, plan_screens.write_item(pair_id, section, await database.read(suggestions, pair_id, key)))


async def on_take(
    query: CallbackQuery, callback_data: act.TakePlanItem, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    pair_id, section = callback_data.pair_id, callback_data.section
    text = await database.read(suggestion_marked, pair_id, section, callback_data.mark)
    await show(query, await added(pair_id, section, text, database, visitor, clock))


async def on_item(
    query: CallbackQuery, callback_data: act.ShowPlanItem, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    await show(query, screens.item(await seen_item(callback_data.item_id, database, visitor, clock)))


async def on_choose_due(
    query: CallbackQuery, callback_data: act.ChooseDue, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    item_id, adding = callback_data.item_id, callback_data.adding
    seen = await item_now(item_id, database, visitor, clock)
    await database.write(expect(visitor, Awaited.PLAN_DUE, item_id=item_id, adding=adding))
    await show(query, screens.choose_due(seen, today_for(visitor, clock()), adding=adding))


async def on_due(
    query: CallbackQuery, callback_data: act.SetDue, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    on = day_of(callback_data.day) if callback_data.day else None
    await show(query, await dated(callback_data.item_id, on, callback_data.adding, database, visitor, clock))


async def on_planned(
    query: CallbackQuery, callback_data: act.WritePlanned, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    seen = await item_now(callback_data.item_id, database, visitor, clock)
    await database.write(expect(visitor, Awaited.PLAN_PLANNED, item_id=seen.item.item_id, adding=False))
    await show(query, screens.write_planned(seen, adding=False))


async def on_change(
    query: CallbackQuery, callback_data: act.ChangePlanItem, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    seen = await item_now(callback_data.item_id, database, visitor, clock)
    await database.write(expect(visitor, Awaited.PLAN_ITEM_WORDS, item_id=seen.item.item_id))
    await show(query, screens.rewrite(seen))


async def on_drop(
    query: CallbackQuery, callback_data: act.DropPlanItem, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    by, item_id = Actor.person(visitor.person_id), callback_data.item_id
    await carry_out(database, visitor, drop_item, item_id, by=by, now=clock())
    await show(query, await item_with_hint(words.ITEM_DROPPED, item_id, database, visitor, clock))


async def on_restore(
    query: CallbackQuery, callback_data: act.RestorePlanItem, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    by, item_id = Actor.person(visitor.person_id), callback_data.item_id
    await carry_out(database, visitor, restore_item, item_id, by=by, now=clock())
    await show(query, await item_with_hint(words.ITEM_RESTORED, item_id, database, visitor, clock))


async def on_tell(
    query: CallbackQuery, callback_data: act.TellResult, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    seen = await item_now(callback_data.item_id, database, visitor, clock)
    await database.write(expect(visitor, Awaited.PLAN_RESULT, item_id=seen.item.item_id))
    await show(query, screens.tell_result(seen))


async def on_without_words(
    query: CallbackQuery, callback_data: act.ResultWithoutWords, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    await show(query, await told(callback_data.item_id, "", database, visitor, clock))


async def on_mark(
    query: CallbackQuery, callback_data: act.MarkPlanItem, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    item_id, mark = callback_data.item_id, ItemState(callback_data.mark)
    await database.write(_marked, visitor, item_id, mark, clock)
    await show(query, screens.marked(await item_now(item_id, database, visitor, clock)))


async def item_now(item_id: int, database: BotDatabase, visitor: Visitor, clock: Clock) -> MyItem:
    return await database.read(my_item, item_id, visitor.person_id, now=clock())


async def seen_item(item_id: int, database: BotDatabase, visitor: Visitor, clock: Clock) -> MyItem:
    return await turn_to(database, visitor, my_item, item_id, visitor.person_id, now=clock())


async def item_with_hint(hint: str, item_id: int, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    seen = await database.read(my_item, item_id, visitor.person_id, now=clock())
    return menu.with_hint(screens.item(seen), hint)


async def added(pair_id: int, section: str, text: str, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    """The item is kept at once; what is asked for next may be answered or left."""
    changed = await database.write(_added, visitor, pair_id, section, text, clock)
    seen = await database.read(my_item, changed.item_id, visitor.person_id, now=clock())
    return screens.choose_due(seen, today_for(visitor, clock()), adding=True)


async def dated(
    item_id: int, on: date | None, adding: bool, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    await database.write(_dated, visitor, item_id, on, adding, clock)
    seen = await item_now(item_id, database, visitor, clock)
    return screens.write_planned(seen, adding=True) if adding else screens.item(seen)


async def told(item_id: int, text: str, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    by = Actor.person(visitor.person_id)
    changed = await carry_out(database, visitor, report_item, item_id, text, by=by, now=clock())
    return await plan_with_hint(words.TOLD, changed.pair_id, database, visitor, clock)


def _added(session: Session, visitor: Visitor, pair_id: int, section: str, text: str, clock: Clock) -> ItemChanged:
    by = Actor.person(visitor.person_id)
    changed = add_item(session, pair_id, section, text, by=by, now=clock())
    expect(visitor, Awaited.PLAN_DUE, item_id=changed.item_id, adding=True)(session)
    return changed


def _dated(session: Session, visitor: Visitor, item_id: int, on: date | None, adding: bool, clock: Clock) -> None:
    """An item that has just been added is asked for its planned result next."""
    wanted = ItemWords(due_on=on, without_date=on is None)
    change_item(session, item_id, wanted, by=Actor.person(visitor.person_id), now=clock())
    awaited = expect(visitor, Awaited.PLAN_PLANNED, item_id=item_id, adding=True)
    (awaited if adding else expect_nothing(visitor))(session)


def _marked(session: Session, visitor: Visitor, item_id: int, mark: ItemState, clock: Clock) -> None:
    mark_item(session, item_id, mark, by=Actor.person(visitor.person_id), now=clock())
    expect(visitor, Awaited.PLAN_MARK, item_id=item_id, mark=mark.value)(session)
