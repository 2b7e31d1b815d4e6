"""Letters to the curator and back."""

from bot import callbacks as act
from bot.keyboards import button, cancel_row, keyboard, menu_row, row
from bot.screen import Screen
from bot.texts import buttons
from bot.texts import letters as words
from bot.texts.wording import fill
from mentoring.rules.people import name_from_full


def ask() -> Screen:
    return Screen(words.ASK, keyboard(cancel_row()))


def sent() -> Screen:
    return Screen(words.SENT, keyboard(menu_row()))


def ask_answer() -> Screen:
    return Screen(words.ASK_ANSWER, keyboard(cancel_row()))


def answered() -> Screen:
    return Screen(words.ANSWERED, keyboard(menu_row()))


def from_curator(author: str, text: str) -> Screen:
    answer = button(buttons.ANSWER, act.WriteToCurator())
    said = fill(words.FROM_CURATOR, author=name_from_full(author).formal or words.CURATOR, text=text)
    return Screen(said, keyboard(row(answer), menu_row()))


def to_curator(letter_id: int, name: str, place: str, text: str) -> Screen:
    answer = button(buttons.ANSWER, act.AnswerLetter(letter_id=letter_id))
    who = ", ".join(part for part in (name, place) if part) or words.UNNAMED
    return Screen(fill(words.TO_CURATOR, name=who, text=text), keyboard(row(answer), menu_row()))
