"""The parts of the bot's process, wired to each other."""

from dataclasses import dataclass

from aiogram import Dispatcher

from bot.app import create_bot, create_dispatcher, create_inbox, introduce
from bot.conversation import Conversation
from bot.health import Contact
from bot.inbox import Inbox
from bot.screen import Screen, ScreenBot
from bot.texts.runtime import BROKEN
from config.clock import Clock
from config.settings import Settings
from scheduler.delivery import Delivery
from scheduler.jobs import Works
from scheduler.sole_sender import SoleSender
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Runtime:
    settings: Settings
    clock: Clock
    database: Database
    bot: ScreenBot
    dispatcher: Dispatcher
    inbox: Inbox
    delivery: Delivery
    sole_sender: SoleSender
    contact: Contact

    @property
    def works(self) -> Works:
        return Works(self.database, self.clock, self.inbox, self.delivery, self.contact)

    async def introduce(self) -> None:
        await introduce(self.bot)

    async def close(self) -> None:
        await self.bot.session.close()
        await self.sole_sender.release()
        await self.database.close()


def assemble(settings: Settings, clock: Clock, conversation: Conversation | None = None) -> Runtime:
    """``conversation`` None: the product's own."""
    words = conversation or our_conversation()
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    bot = create_bot(token, settings.telegram_api_url, settings.proxy_url)
    database = Database(settings.database_url)
    dispatcher = create_dispatcher(words, database, clock, settings)
    inbox = create_inbox(bot, dispatcher, words, database, clock)
    sole_sender = SoleSender(settings.database_url, bot.id)
    delivery = Delivery(database, bot, clock, render=words.render, sole_sender=sole_sender)
    return Runtime(settings, clock, database, bot, dispatcher, inbox, delivery, sole_sender, Contact())


def our_conversation() -> Conversation:
    from bot.handlers.menu import current_screen
    from bot.keyboards import keyboard, menu_row
    from bot.notices import render
    from bot.routes import routers
    from bot.texts.errors import explain

    return Conversation(routers, current_screen, explain, lambda: Screen(BROKEN, keyboard(menu_row())), render)
