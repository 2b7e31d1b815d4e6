"""What stands on a question's card besides the question, in the words that every door shows alike."""

import re

from babel import Locale

RUSSIAN = Locale("ru")

# By «(наставник, учитель–ученик)» the curator tells the forms apart; whoever answers knows who they are.
WHOSE_FORM = re.compile(r"\s*\((наставник|наставляемый)\b[^)]*\)$")
PROGRESS = "Вопрос {number} из {total}"
CHANGING = "Меняем ответ {number} из {total}"
LENGTH = "{questions}, около {minutes}."
ANONYMOUS = (
    "Опрос анонимный: куратор увидит ответы, но не узнает, чьи они. Пока вы отвечаете, ответы хранятся под вашим "
    "именем и их не видит никто; при отправке имя отделяется навсегда. Когда пишете словами, не называйте имён."
)
CHOICE = "ожно выбрать"  # of a hint that says it in its own words
SEVERAL = "Можно выбрать несколько."
SEVERAL_UP_TO = "Можно выбрать до {limit}."
NAME = "Имя можно и написать сообщением."
NAMES = "Имена можно и написать сообщением, через запятую."
SCALE = "{lowest} — {low}, {highest} — {high}."
ONLY_CURATOR = "Это увидит только куратор."
PRESENT_ANSWER = "Сейчас записано: {answer}"
TYPE = {
    "text": "Напишите ответ сообщением.",
    "long_text": "Напишите ответ, всё в одном сообщении.",
    "number": "Напишите число.",
    "date": "Напишите дату: например, 12.03.2010 или 12 марта 2010.",
    "phone": "Напишите номер или отправьте свой контакт.",
}
HINTED = frozenset({"date"})  # whose own hint says how to write it

REVIEW = "Проверьте ответы"
REVIEW_QUESTION = "{number}. {question}"
SKIPPED = "пропущено"
CUT = "Длинное здесь сокращено. Целиком ответ виден под «Изменить»."
REVIEW_END = "Всё верно? Нажмите «Отправить»."
REVIEW_END_ANONYMOUS = (
    "Всё верно? Нажмите «Отправить». После отправки ответы отделяются от вашего имени навсегда: "
    "исправить их или узнать, чьи они, будет нельзя."
)
CHANGE_WHICH = "Какой ответ изменить? Нажмите номер."

BACK = "← Назад"
LATER = "Позже"
READY = "Готово"
KEEP = "Оставить этот ответ"
SKIP = "Пропустить"
SEND = "Отправить"
CHANGE = "Изменить"
CHOSEN = "✓ {label}"
EARLIER_PAGE = "‹ Раньше"
LATER_PAGE = "Ещё ›"
TO_REVIEW = "К проверке"


def questions(count: int) -> str:
    return _plural(count, "вопрос", "вопроса", "вопросов")


def minutes(count: int) -> str:
    """As it stands after «около»."""
    return _plural(count, "минуты", "минут", "минут")


def _plural(count: int, one: str, few: str, many: str) -> str:
    word = {"one": one, "few": few}.get(RUSSIAN.plural_form(count), many)
    return f"{count} {word}"
