"""Whatever nobody asked for: answered kindly, with the screen where the person stands."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.database import BotDatabase
from bot.handlers.menu import current_screen
from bot.handlers.questionnaires import following
from bot.handlers.words import answered
from bot.listening import Awaited, Expecting
from bot.screen import show
from bot.screens import menu as screens
from bot.texts import menu as words
from bot.texts import questionnaires as question_words
from config.clock import Clock
from mentoring.rules.questionnaire import Shared
from mentoring.use_cases.chats import Visitor, expected_words


def router() -> Router:
    found = Router(name="unexpected")
    found.message.register(on_own_contact, is_own_contact_awaited)
    found.message.register(on_anything)
    found.edited_message.register(on_edit)
    found.callback_query.register(on_old_button)
    return found


async def is_own_contact_awaited(
    message: Message, database: BotDatabase, visitor: Visitor
) -> bool | dict[str, Expecting]:
    """Somebody else's contact is never taken for the sender's phone."""
    own = message.contact and message.from_user and message.contact.user_id == message.from_user.id
    if not own:
        return False
    expecting = await database.read(expected_words, visitor.account_id)
    return {"expecting": expecting} if expecting.get("act") == Awaited.ANSWER else False


async def on_own_contact(
    message: Message, expecting: Expecting, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    shared = Shared(message.contact.phone_number if message.contact else "")
    step = await database.write(answered, expecting["response_id"], shared, message.message_id, visitor, clock())
    await show(message, await following(step, database, visitor, clock))


async def on_anything(message: Message, database: BotDatabase, visitor: Visitor, clock: Clock) -> None:
    """A photo, a voice, a sticker, an unknown command, words that nobody awaits."""
    screen = await current_screen(database, visitor, clock)
    await show(message, screens.with_hint(screen, _hint(message)))


async def on_edit(message: Message, database: BotDatabase, visitor: Visitor, clock: Clock) -> None:
    screen = await current_screen(database, visitor, clock)
    await show(message, screens.with_hint(screen, words.EDITED))


async def on_old_button(query: CallbackQuery, database: BotDatabase, visitor: Visitor, clock: Clock) -> None:
    screen = await current_screen(database, visitor, clock)
    await show(query, screens.with_hint(screen, words.OUT_OF_DATE))


def _hint(message: Message) -> str:
    if message.text:
        return words.UNKNOWN_COMMAND if message.text.startswith("/") else words.UNEXPECTED_WORDS
    if message.contact:
        return question_words.CONTACT_OF_OTHER
    return words.UNEXPECTED_THING.get(message.content_type, words.UNEXPECTED_ANY)
