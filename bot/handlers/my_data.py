"""What is kept about a person: shown, given as a file, destroyed on demand."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import callbacks as act
from bot.database import BotDatabase
from bot.listening import carry_out
from bot.screen import show
from bot.screens import my_data as screens
from config.clock import Clock
from mentoring.rules.people import Actor
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.organisations import organisation_card
from mentoring.use_cases.privacy import ask_erasure, my_data


def router() -> Router:
    found = Router(name="my_data")
    found.callback_query.register(on_my_data, act.ShowMyData.filter())
    found.callback_query.register(on_privacy, act.ShowPrivacy.filter())
    found.callback_query.register(on_download, act.DownloadMyData.filter())
    found.callback_query.register(on_ask_erasure, act.AskErasure.filter())
    found.callback_query.register(on_erasure, act.OrderErasure.filter())
    return found


async def on_my_data(query: CallbackQuery) -> None:
    await show(query, screens.overview())


async def on_privacy(query: CallbackQuery, database: BotDatabase) -> None:
    await show(query, screens.privacy(await database.read(organisation_card)))


async def on_download(query: CallbackQuery, database: BotDatabase, visitor: Visitor) -> None:
    await show(query, screens.file(await database.read(my_data, visitor.person_id)))


async def on_ask_erasure(query: CallbackQuery) -> None:
    await show(query, screens.ask_erasure())


async def on_erasure(query: CallbackQuery, database: BotDatabase, visitor: Visitor, clock: Clock) -> None:
    by = Actor.person(visitor.person_id)
    asked = await carry_out(database, visitor, ask_erasure, visitor.person_id, by=by, now=clock())
    await show(query, screens.erasure_ordered(asked, visitor.time_zone))
