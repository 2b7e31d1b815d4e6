"""Where a person stands: the menu, or the words that they were about to type."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers import prompts
from bot.links import panel_address
from bot.listening import turn_to
from bot.screen import Screen, show
from bot.screens import curators, joining
from bot.screens import menu as screens
from config.clock import Clock
from config.settings import Settings
from mentoring.rules.errors import MentoringError
from mentoring.use_cases.agenda import agenda
from mentoring.use_cases.chats import Visitor, VisitorKind, expected_words
from mentoring.use_cases.results import today


def router() -> Router:
    found = Router(name="menu")
    found.callback_query.register(on_menu, act.ShowMenu.filter())
    found.callback_query.register(on_help, act.ShowHelp.filter())
    return found


async def on_menu(
    query: CallbackQuery, database: BotDatabase, visitor: Visitor, clock: Clock, settings: Settings
) -> None:
    await show(query, await menu_screen(database, visitor, clock, settings))


async def on_help(query: CallbackQuery, database: BotDatabase, visitor: Visitor, clock: Clock) -> None:
    await show(query, screens.help_page(await database.read(agenda, visitor.person_id, now=clock())))


async def menu_screen(
    database: BotDatabase, visitor: Visitor, clock: Clock, settings: Settings | None = None, hint: str = ""
) -> Screen:
    """The menu; whatever was being typed before is put aside."""
    found = await turn_to(database, visitor, agenda, visitor.person_id, now=clock())
    if visitor.kind is not VisitorKind.CURATOR:
        return screens.menu(found, hint)
    things = await database.read(today, now=clock())
    return screens.with_hint(curators.desk(things, found, panel_address(settings) if settings else ""), hint)


async def current_screen(database: BotDatabase, visitor: Visitor | None, clock: Clock) -> Screen:
    """Reads only, so that it may follow any write: the question being answered, the words awaited, or the menu."""
    if visitor is None:
        return joining.stranger()
    expecting = await database.read(expected_words, visitor.account_id)
    try:
        prompt = await prompts.prompt(expecting, database, visitor, clock)
    except MentoringError:  # what was to be typed has lost its sense meanwhile
        prompt = None
    return prompt or await _menu_as_it_is(database, visitor, clock)


async def _menu_as_it_is(database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    found = await database.read(agenda, visitor.person_id, now=clock())
    if visitor.kind is not VisitorKind.CURATOR:
        return screens.menu(found)
    return curators.desk(await database.read(today, now=clock()), found, "")
