"""A chat small enough to see through: words are kept as letters, a button counts, and the screen says how many.

It stands in for the product's conversation where the runtime itself is tested.
"""

from collections.abc import Sequence
from datetime import datetime

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversation import Conversation
from bot.database import BotDatabase
from bot.screen import Screen, show
from bot.texts.runtime import BROKEN
from config.clock import Clock
from mentoring.rules.errors import MentoringError, OutOfDate, TextEmpty
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.notices import NoticeToSend
from storage.models.notice import Letter
from storage.models.organisation import Organisation
from storage.models.person import ChannelAccount, Person


class Press(CallbackData, prefix="press"):
    seen: int


class Weird(Exception):
    """A defect in a handler."""


def smalltalk() -> Conversation:
    return Conversation(routers, current_screen, explain, lambda: Screen(BROKEN, keyboard(0)), render)


def routers() -> Sequence[Router]:
    router = Router()
    router.message()(hear)
    router.edited_message()(hear)
    router.callback_query(Press.filter())(press)
    return [router]


async def hear(message: Message, database: BotDatabase, visitor: Visitor | None, clock: Clock) -> None:
    if visitor is None:
        await show(message, Screen("Мы не знакомы"))
        return
    text = message.text or ""
    if text == "сломайся":
        raise Weird
    count = await database.write(keep_words, visitor.person_id, text, now=clock())
    if text == "сломайся после":
        raise Weird
    await show(message, _screen(f"Записано: {text}", count))


async def press(callback: CallbackQuery, callback_data: Press, database: BotDatabase, visitor: Visitor) -> None:
    presses = await database.write(count_press, visitor.account_id, callback_data.seen)
    await show(callback, Screen(f"Нажатий: {presses}", keyboard(presses)))


async def current_screen(database: BotDatabase, visitor: Visitor | None, clock: Clock) -> Screen:
    if visitor is None:
        return Screen("Мы не знакомы")
    return _screen("Вы здесь", await database.read(count_words, visitor.person_id))


def explain(error: MentoringError) -> str:
    return f"Не вышло: {type(error).__name__}"


def render(notice: NoticeToSend) -> Screen:
    return Screen(f"Новость {notice.notice_id}", keyboard(0))


def keep_words(session: Session, person_id: int, text: str, *, now: datetime) -> int:
    if not text:
        raise TextEmpty("text")
    session.add(Letter(person_id=person_id, from_curator=False, text=text, written_at=now))
    session.flush()
    return count_words(session, person_id)


def count_words(session: Session, person_id: int) -> int:
    return session.scalar(select(func.count(Letter.id)).where(Letter.person_id == person_id)) or 0


def count_press(session: Session, account_id: int, seen: int) -> int:
    account = session.get_one(ChannelAccount, account_id)
    presses = int(account.expecting.get("presses", 0))
    if presses != seen:
        raise OutOfDate("button", str(presses))
    account.expecting = {"presses": presses + 1}
    return presses + 1


def words_of(session: Session, person_id: int) -> list[str]:
    return list(session.scalars(select(Letter.text).where(Letter.person_id == person_id).order_by(Letter.id)))


def presses_of(session: Session, person_id: int) -> int:
    account = session.scalars(select(ChannelAccount).where(ChannelAccount.person_id == person_id)).one()
    return int(account.expecting.get("presses", 0))


def open_school(session: Session, *, now: datetime) -> int:
    school = Organisation(name="Гимназия «Маяк»", short_name="Маяк", created_at=now)
    session.add(school)
    session.flush()
    return school.id


def let_in(session: Session, organisation_id: int, chat_id: int, *, now: datetime, name: str = "Мила") -> int:
    """A person with a chat; gives the person's id."""
    person = Person(organisation_id=organisation_id, first_name=name, created_at=now)
    session.add(person)
    session.flush()
    account = ChannelAccount(
        organisation_id=organisation_id,
        person_id=person.id,
        channel="telegram",
        external_id=str(chat_id),
        linked_at=now,
    )
    session.add(account)
    return person.id


def _screen(head: str, count: int) -> Screen:
    return Screen(f"{head}\nВсего записей: {count}", keyboard(0))


def keyboard(seen: int) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text="Нажать", callback_data=Press(seen=seen).pack())
    return InlineKeyboardMarkup(inline_keyboard=[[button]])
