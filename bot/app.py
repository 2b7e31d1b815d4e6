"""The bot put together: the connection, the way of an update from the inbox to its handler, the introduction."""

import logging

from aiogram import Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, LinkPreviewOptions, Update

from bot.conversation import Conversation
from bot.database import UpdateInHand
from bot.errors import Refusals
from bot.inbox import Inbox
from bot.people import People
from bot.screen import ScreenBot, send_screen
from bot.sender import Sender
from bot.texts.runtime import COMMANDS, DESCRIPTION, SHORT_DESCRIPTION
from bot.updates import Body, person_in
from config.clock import Clock
from config.settings import Settings
from storage.database import Database

log = logging.getLogger(__name__)

REQUEST_TIMEOUT = 20.0  # seconds


def create_bot(token: str, api_url: str, proxy: str | None = None) -> ScreenBot:
    session = AiohttpSession(proxy=proxy, api=TelegramAPIServer.from_base(api_url), timeout=REQUEST_TIMEOUT)
    session.middleware(Sender())
    looks = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview=LinkPreviewOptions(is_disabled=True))
    return ScreenBot(token, session=session, default=looks)


def create_dispatcher(conversation: Conversation, database: Database, clock: Clock, settings: Settings) -> Dispatcher:
    """Conversation state is domain rows, so aiogram's own storage is off; handlers get ``clock`` and ``settings``."""
    dispatcher = Dispatcher(disable_fsm=True, clock=clock, settings=settings)
    dispatcher.update.outer_middleware(People(database, clock))
    dispatcher.update.outer_middleware(Refusals(conversation))
    dispatcher.include_routers(*conversation.routers())
    return dispatcher


def create_inbox(
    bot: ScreenBot, dispatcher: Dispatcher, conversation: Conversation, database: Database, clock: Clock
) -> Inbox:
    async def handle(in_hand: UpdateInHand, body: Body) -> None:
        update = Update.model_validate(body, context={"bot": bot})
        await dispatcher.feed_update(bot, update, in_hand=in_hand)

    async def give_up(body: Body) -> None:
        await send_screen(bot, person_in(body), conversation.broken())

    return Inbox(database, bot, clock, handle=handle, give_up=give_up)


async def introduce(bot: ScreenBot) -> None:
    """Commands and descriptions, as people see them before «Начать». Not worth stopping for."""
    try:
        await bot.set_my_commands([BotCommand(command=name, description=what) for name, what in COMMANDS])
        await bot.set_my_short_description(SHORT_DESCRIPTION)
        await bot.set_my_description(DESCRIPTION)
    except TelegramAPIError as failure:
        log.warning("the bot could not introduce itself", exc_info=failure)
