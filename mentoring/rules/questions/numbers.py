"""The kinds answered by a number or a date as Russians write them."""

import re
from datetime import date

from mentoring.rules.errors import AnswerRefused
from mentoring.rules.questionnaire import Raw, Typed
from mentoring.rules.questions.definition import Question, Value
from mentoring.rules.questions.problems import Problem
from mentoring.rules.questions.words import MONTHS, month_number, one_line

EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)

_YEAR = r"(\d{4}|\d{2})\s*(?:г\.?|год|года)?"
_IN_DIGITS = re.compile(rf"(\d{{1,2}})\s*[./\-, ]\s*(\d{{1,2}})\s*[./\-, ]\s*{_YEAR}", re.ASCII)
_IN_WORDS = re.compile(rf"(\d{{1,2}})(?:-?го)?\s*([а-яё]+)\.?,?\s*{_YEAR}", re.IGNORECASE)
_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def read_number(question: Question, raw: Raw, present: Value, today: date) -> int:
    text = one_line(_typed(raw)).replace(" ", "").replace("−", "-")
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text):
        raise AnswerRefused(Problem.NOT_A_NUMBER)
    number = int(text)
    if not question.lowest <= number <= question.highest:
        raise AnswerRefused(Problem.OUT_OF_RANGE, {"lowest": question.lowest, "highest": question.highest})
    return number


def read_date(question: Question, raw: Raw, present: Value, today: date) -> str:
    """«12.03.2010», «12 марта 2010», «12/3/10»: the day comes first."""
    day = _day_meant(one_line(_typed(raw)), question, today)
    earliest, latest = date_bounds(question, today)
    limits: dict[str, object] = {"earliest": earliest, "latest": latest}
    if day < earliest:
        raise AnswerRefused(Problem.DATE_TOO_EARLY, limits)
    if day > latest:
        raise AnswerRefused(Problem.DATE_TOO_LATE, limits)
    return day.isoformat()


def date_bounds(question: Question, today: date) -> tuple[date, date]:
    latest = today if question.past else LATEST
    earliest = EARLIEST
    if question.min_age is not None:
        latest = _years_before(today, question.min_age)
    if question.max_age is not None:
        earliest = _years_before(today, question.max_age + 1)
    return earliest, latest


def number_in_words(question: Question, value: Value) -> str:
    return str(value)


def date_in_words(question: Question, value: Value) -> str:
    day = date.fromisoformat(str(value))
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _typed(raw: Raw) -> str:
    if not isinstance(raw, Typed):
        raise AnswerRefused(Problem.WORDS_NEEDED)
    return raw.text


def _day_meant(text: str, question: Question, today: date) -> date:
    year, month, day = _parts(text)
    if month is None:
        raise AnswerRefused(Problem.NOT_A_DATE)
    try:
        return date(_whole_year(year, today, past=question.past or question.min_age is not None), month, int(day))
    except ValueError:
        raise AnswerRefused(Problem.DATE_IMPOSSIBLE) from None


def _parts(text: str) -> tuple[str, int | None, str]:
    if found := _ISO.fullmatch(text):
        return found[1], int(found[2]), found[3]
    if found := _IN_DIGITS.fullmatch(text) or _TOGETHER.fullmatch(text):
        return found[3], int(found[2]), found[1]
    if found := _IN_WORDS.fullmatch(text):
        return found[3], month_number(found[2]), found[1]
    return "", None, ""


def _whole_year(year: str, today: date, *, past: bool) -> int:
    """«10» is 2010; of a day that has passed, «85» can only be 1985."""
    if len(year) == 4:
        return int(year)
    this_century = 2000 + int(year)
    return this_century - 100 if past and this_century > today.year else this_century


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
