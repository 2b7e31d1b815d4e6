"""Keyboards from rows of buttons: what fits a phone, at most eight rows of at most thirty characters."""

from collections.abc import Iterable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot import callbacks
from bot.texts import buttons
from mentoring.question_card import ROWS_LIMIT as ROWS_LIMIT
from mentoring.question_card import shortened as shortened
from mentoring.rules.questions.parsing import LABEL_LIMIT as LABEL_LIMIT

Row = list[InlineKeyboardButton]


def keyboard(*rows: Row | None) -> InlineKeyboardMarkup:
    """Empty and absent rows are left out, so that a screen says what may be there and not what is."""
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def row(*found: InlineKeyboardButton | None) -> Row:
    return [button for button in found if button]


def button(label: str, act: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=shortened(label), callback_data=act.pack())


def only(condition: object, label: str, act: CallbackData) -> Row:
    """A row of one button, if there is reason for it."""
    return [button(label, act)] if condition else []


def menu_row() -> Row:
    return [button(buttons.MENU, callbacks.ShowMenu())]


def cancel_row() -> Row:
    return [button(buttons.CANCEL, callbacks.ShowMenu())]


def column(found: Iterable[InlineKeyboardButton]) -> list[Row]:
    return [[one] for one in found]


def grid(found: Sequence[InlineKeyboardButton], width: int) -> list[Row]:
    return [list(found[start : start + width]) for start in range(0, len(found), width)]
