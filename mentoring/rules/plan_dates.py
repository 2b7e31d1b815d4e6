"""The day by which something is to be done, as people type it."""

from datetime import date

from mentoring.rules.errors import AnswerRefused
from mentoring.rules.questionnaire import Typed
from mentoring.rules.questions.definition import Question
from mentoring.rules.questions.numbers import read_date

_DAY = Question(key="due", kind="date", text="")


def coming_day(text: str, today: date) -> date:
    """«15.12», «15 декабря»: without a year, the next such day. Raises AnswerRefused, as questions about dates do."""
    text = text.strip().rstrip(".")
    for year in (today.year, today.year + 1):
        if (day := _read(f"{text} {year}", today)) and day >= today:
            return day
    return date.fromisoformat(read_date(_DAY, Typed(text), None, today))


def _read(text: str, today: date) -> date | None:
    try:
        return date.fromisoformat(read_date(_DAY, Typed(text), None, today))
    except AnswerRefused:
        return None
