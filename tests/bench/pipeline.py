"""An answered question from end to end, and a bare aiogram reply over the same wire."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import SecretStr

from bot.callbacks import PickOption
from bot.conversation import Conversation
from bot.polling import poll
from config.clock import system_clock
from config.settings import Settings
from scheduler.runtime import Runtime, assemble
from tests.bench.school import Pupil, key_of
from tests.bench.telegram import TOKEN, Played, Telegram

BARE_SCREEN = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]])


async def answer_questions(telegram: Telegram, pupils: tuple[Pupil, ...], presses: int, start: int = 0) -> Played:
    """Every pupil goes through ``presses`` questions, from the one with number ``start``."""
    first = {
        pupil.chat_id: PickOption(response_id=pupil.response_id, question=key_of(start), option="yes").pack()
        for pupil in pupils
    }
    return await telegram.play(first, presses)


async def press_bare(telegram: Telegram, chats: int, presses: int) -> Played:
    return await telegram.play(dict.fromkeys(range(1, chats + 1), "yes"), presses)


@asynccontextmanager
async def our_bot(
    telegram: Telegram, database_url: str, conversation: Conversation | None = None
) -> AsyncIterator[Runtime]:
    settings = Settings(
        _env_file=None, bot_token=SecretStr(TOKEN), telegram_api_url=telegram.url, database_url=database_url
    )
    runtime = assemble(settings, system_clock, conversation)
    polling = asyncio.create_task(poll(runtime.bot, runtime.inbox, runtime.contact.made))
    yield runtime
    await _cancel(polling)
    await runtime.inbox.stop()
    await runtime.close()


@asynccontextmanager
async def bare_bot(telegram: Telegram) -> AsyncIterator[None]:
    """aiogram as its own guide shows it: polling, one handler, no records."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(telegram.url)))
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.callback_query.register(reply)
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=1))
    yield
    await dispatcher.stop_polling()
    await polling


async def reply(query: CallbackQuery, bot: Bot) -> None:
    edit = bot.edit_message_text("Дальше", chat_id=query.from_user.id, message_id=1, reply_markup=BARE_SCREEN)
    await asyncio.gather(bot.answer_callback_query(query.id), edit)


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
