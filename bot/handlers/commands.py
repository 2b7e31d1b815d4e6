"""/start /menu /help /mydata /privacy /cancel."""

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import Message

from bot.database import BotDatabase
from bot.handlers.menu import menu_screen
from bot.listening import turn_to
from bot.screen import show
from bot.screens import menu as screens
from bot.screens import my_data
from bot.texts import menu as words
from config.clock import Clock
from config.settings import Settings
from mentoring.use_cases.agenda import agenda
from mentoring.use_cases.chats import Visitor, expected_words
from mentoring.use_cases.organisations import organisation_card


def router() -> Router:
    found = Router(name="commands")
    found.message.register(on_start, CommandStart())
    found.message.register(on_menu, Command("menu"))
    found.message.register(on_help, Command("help"))
    found.message.register(on_my_data, Command("mydata"))
    found.message.register(on_privacy, Command("privacy"))
    found.message.register(on_cancel, Command("cancel"))
    return found


async def on_start(message: Message, database: BotDatabase, visitor: Visitor, clock: Clock, settings: Settings) -> None:
    await show(message, await menu_screen(database, visitor, clock, settings))


async def on_menu(message: Message, database: BotDatabase, visitor: Visitor, clock: Clock, settings: Settings) -> None:
    await show(message, await menu_screen(database, visitor, clock, settings))


async def on_help(message: Message, database: BotDatabase, visitor: Visitor, clock: Clock) -> None:
    """Nothing is put aside: the next words still answer what was asked before."""
    found = await database.read(agenda, visitor.person_id, now=clock())
    expecting = await database.read(expected_words, visitor.account_id)
    await show(message, screens.help_page(found, expecting.get("response_id", 0)))


async def on_my_data(message: Message, database: BotDatabase, visitor: Visitor) -> None:
    await turn_to(database, visitor, organisation_card)
    await show(message, my_data.overview())


async def on_privacy(message: Message, database: BotDatabase) -> None:
    await show(message, my_data.privacy(await database.read(organisation_card)))


async def on_cancel(
    message: Message, database: BotDatabase, visitor: Visitor, clock: Clock, settings: Settings
) -> None:
    begun = await database.read(expected_words, visitor.account_id)
    hint = words.CANCELLED if begun else words.NOTHING_TO_CANCEL
    await show(message, await menu_screen(database, visitor, clock, settings, hint))
