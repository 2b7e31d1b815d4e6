"""Letters to the curator, and a curator's answers from their own chat."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import callbacks as act
from bot.database import BotDatabase
from bot.listening import Awaited, expect
from bot.screen import show
from bot.screens import letters as screens
from mentoring.use_cases.chats import Visitor


def router() -> Router:
    found = Router(name="letters")
    found.callback_query.register(on_write, act.WriteToCurator.filter())
    found.callback_query.register(on_answer, act.AnswerLetter.filter())
    return found


async def on_write(query: CallbackQuery, database: BotDatabase, visitor: Visitor) -> None:
    await database.write(expect(visitor, Awaited.LETTER))
    await show(query, screens.ask())


async def on_answer(
    query: CallbackQuery, callback_data: act.AnswerLetter, database: BotDatabase, visitor: Visitor
) -> None:
    await database.write(expect(visitor, Awaited.LETTER_ANSWER, letter_id=callback_data.letter_id))
    await show(query, screens.ask_answer())
