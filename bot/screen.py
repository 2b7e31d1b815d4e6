"""What a person sees after each step, and the one way to show it.

A tap edits the message it was made on; typed words get a new message, and the buttons of the screen before it go away,
so that there is one live screen in a chat. A questionnaire keeps one message: a new question
takes the place of the last.
"""

import asyncio
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InaccessibleMessage,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.paragraphs import CAPTION_LIMIT, TEXT_LIMIT, pages, units

REMEMBERED_CHATS = 20_000
REMEMBERED_CALLBACKS = 2_000


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    content: bytes


class Part(Enum):
    """Of a questionnaire. The message of a step leaves the chat when another step, or the end, comes in a new one."""

    STEP = "step"
    END = "end"


@dataclass(frozen=True, slots=True)
class Screen:
    """``text`` is HTML of any length. ``said`` is what the answer to the tap says (≤ 200 characters).

    ``alert`` makes a window of it. A reply keyboard cannot be edited in: such a screen is always a new message.
    ``before`` are messages of their own, sent above it: what a person is to forward.
    """

    text: str
    keyboard: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None = None
    document: Document | None = None
    said: str = ""
    alert: bool = False
    before: tuple[str, ...] = ()
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Messages of one chat: which has the live buttons, and which is a questionnaire's step; 0: none."""

    live: int = 0
    step: int = 0


NOTHING = Shown()


class ScreenBot(Bot):
    """A bot that remembers what its chats show, and which taps were answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._screens: OrderedDict[int, Shown] = OrderedDict()
        self._unsaved: dict[int, Shown] = {}
        self._answered: OrderedDict[str, None] = OrderedDict()

    async def __call__(self, method: TelegramMethod[Any], request_timeout: int | None = None) -> Any:
        if isinstance(method, AnswerCallbackQuery):
            _remember(self._answered, method.callback_query_id, None, REMEMBERED_CALLBACKS)
        return await super().__call__(method, request_timeout)

    def was_answered(self, callback_query_id: str) -> bool:
        return callback_query_id in self._answered

    def shown_in(self, chat_id: int) -> Shown:
        return self._screens.get(chat_id, NOTHING)

    def recall_screen(self, chat_id: int, shown: Shown) -> None:
        """What is known of the chat otherwise, if nothing newer is."""
        if chat_id not in self._screens:
            _remember(self._screens, chat_id, shown, REMEMBERED_CHATS)

    def now_shows(self, chat_id: int, shown: Shown) -> None:
        if self._screens.get(chat_id) != shown:
            _remember(self._screens, chat_id, shown, REMEMBERED_CHATS)
            self._unsaved[chat_id] = shown

    def take_unsaved_screens(self) -> dict[int, Shown]:
        """Chats whose screen moved since the last call, for the inbox to save beside its marks."""
        unsaved, self._unsaved = self._unsaved, {}
        return unsaved

    def save_screens_later(self, screens: dict[int, Shown]) -> None:
        """Gives back what could not be saved; newer screens win."""
        self._unsaved = screens | self._unsaved


async def show(event: Message | CallbackQuery, screen: Screen) -> None:
    """Make ``screen`` the chat's screen. A tap is always answered; an unchanged or uneditable message is no error."""
    if isinstance(event, CallbackQuery):
        await asyncio.gather(_redraw(event, screen), _answer(event, screen))
    else:
        await _renew(_bot_of(event), event.chat.id, screen)


async def send_screen(bot: Bot, chat_id: int, screen: Screen) -> Message:
    """Send all of the screen as new messages; the last one, returned, carries the keyboard."""
    for text in screen.before:
        await bot.send_message(chat_id, text)
    if screen.document:
        return await _send_document(bot, chat_id, screen, screen.document)
    *earlier, last = pages(screen.text, TEXT_LIMIT)
    for page in earlier:
        await bot.send_message(chat_id, page)
    return await bot.send_message(chat_id, last, reply_markup=screen.keyboard)


async def _answer(callback: CallbackQuery, screen: Screen) -> None:
    with suppress(TelegramBadRequest):  # older than Telegram remembers: nobody waits for it any more
        await callback.answer(screen.said or None, show_alert=screen.alert or None)


async def _redraw(callback: CallbackQuery, screen: Screen) -> None:
    bot, chat_id = _bot_of(callback), _chat_of(callback)
    pressed = callback.message
    if isinstance(pressed, Message) and _fits_in_place(screen) and await _edited(bot, pressed, screen):
        await _leave_only(bot, chat_id, pressed.message_id, screen)
        return
    if isinstance(pressed, Message):
        bot.recall_screen(chat_id, Shown(pressed.message_id))
    await _renew(bot, chat_id, screen)


async def _renew(bot: ScreenBot, chat_id: int, screen: Screen) -> None:
    sent = await send_screen(bot, chat_id, screen)
    await _leave_only(bot, chat_id, sent.message_id, screen)


async def _leave_only(bot: ScreenBot, chat_id: int, message_id: int, screen: Screen) -> None:
    """Remember the new screen; a step that it follows goes, and so do the buttons of any other screen before it."""
    before = bot.shown_in(chat_id)
    bot.now_shows(chat_id, _after(before, message_id, screen))
    past_step = before.step if screen.part else 0
    if past_step and past_step != message_id:
        await _take_away(bot, chat_id, past_step)
    if before.live and before.live not in (message_id, past_step):
        await _take_buttons(bot, chat_id, before.live)


def _after(before: Shown, message_id: int, screen: Screen) -> Shown:
    live = message_id if isinstance(screen.keyboard, InlineKeyboardMarkup) else 0
    if screen.part is Part.STEP:
        return Shown(live, message_id)
    gone = screen.part is Part.END or before.step == message_id
    return Shown(live, 0 if gone else before.step)


async def _take_away(bot: ScreenBot, chat_id: int, message_id: int) -> None:
    """Telegram deletes nothing that is older than two days; such a message stays without its buttons."""
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramBadRequest:
        await _take_buttons(bot, chat_id, message_id)


async def _take_buttons(bot: ScreenBot, chat_id: int, message_id: int) -> None:
    with suppress(TelegramBadRequest):  # it is gone, or too old
        await bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id, reply_markup=None)


def _fits_in_place(screen: Screen) -> bool:
    inline = screen.keyboard is None or isinstance(screen.keyboard, InlineKeyboardMarkup)
    return inline and screen.document is None and not screen.before and units(screen.text) <= TEXT_LIMIT


async def _edited(bot: Bot, message: Message, screen: Screen) -> bool:
    assert screen.keyboard is None or isinstance(screen.keyboard, InlineKeyboardMarkup)
    try:
        await bot.edit_message_text(
            screen.text, chat_id=message.chat.id, message_id=message.message_id, reply_markup=screen.keyboard
        )
    except TelegramBadRequest as refusal:
        return "message is not modified" in refusal.message
    return True


async def _send_document(bot: Bot, chat_id: int, screen: Screen, document: Document) -> Message:
    file = BufferedInputFile(document.content, filename=document.name)
    if units(screen.text) <= CAPTION_LIMIT:
        return await bot.send_document(chat_id, file, caption=screen.text or None, reply_markup=screen.keyboard)
    await bot.send_document(chat_id, file)
    return await send_screen(bot, chat_id, Screen(screen.text, screen.keyboard))


def _chat_of(callback: CallbackQuery) -> int:
    """A private chat has its person's id, so that an inaccessible message is no obstacle."""
    message = callback.message
    return message.chat.id if isinstance(message, (Message, InaccessibleMessage)) else callback.from_user.id


def _bot_of(event: Message | CallbackQuery) -> ScreenBot:
    if not isinstance(event.bot, ScreenBot):
        raise TypeError("screens are shown by a ScreenBot")
    return event.bot


def _remember(memory: OrderedDict[Any, Any], key: object, value: object, limit: int) -> None:
    memory[key] = value
    memory.move_to_end(key)
    if len(memory) > limit:
        memory.popitem(last=False)
