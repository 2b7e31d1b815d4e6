"""The Russian words that answers are read from and written in."""

import re

MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)

WEEKDAYS = {
    "mon": "Понедельник",
    "tue": "Вторник",
    "wed": "Среда",
    "thu": "Четверг",
    "fri": "Пятница",
    "sat": "Суббота",
    "sun": "Воскресенье",
}

YES = "Да"
NO = "Нет"
GONE = "участник удалён"

_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def month_number(word: str) -> int | None:
    """«марта», «март», «мар» and «мая», «май» are told apart by three letters."""
    stem = word.casefold()[:3].replace("май", "мая")
    return next((number for number, month in enumerate(MONTHS, 1) if len(stem) == 3 and month.startswith(stem)), None)


def one_line(text: str) -> str:
    """Typed words without control characters, with single spaces. ``<b>`` stays what it is: text."""
    return " ".join(_INVISIBLE.sub("", text.replace("\r", "\n")).split())


def many_lines(text: str) -> str:
    """As `one_line`, but line breaks stay; more than one empty line in a row becomes one."""
    lines = [one_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def alike(text: str) -> str:
    """The form in which typed words are compared with labels."""
    return one_line(text).casefold().replace("ё", "е").strip(" .!«»\"'")
