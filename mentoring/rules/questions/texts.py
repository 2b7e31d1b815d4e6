"""Kinds answered in words: text, long_text, phone."""

import re
from datetime import date

from mentoring.rules.errors import AnswerRefused
from mentoring.rules.questionnaire import Raw, Shared, Typed
from mentoring.rules.questions.definition import Question, Value
from mentoring.rules.questions.problems import Problem
from mentoring.rules.questions.words import many_lines, one_line

LINE_LIMIT = 200
TEXT_LIMIT = 1000
PHONE_DIGITS = range(5, 16)  # E.164 allows fifteen


def read_line(question: Question, raw: Raw, present: Value, today: date) -> str:
    return _within(one_line(_typed(raw)), question.limit or LINE_LIMIT)


def read_lines(question: Question, raw: Raw, present: Value, today: date) -> str:
    return _within(many_lines(_typed(raw)), question.limit or TEXT_LIMIT)


def read_phone(question: Question, raw: Raw, present: Value, today: date) -> str:
    """Digits and a leading plus. Whether such a number exists is asked of a library, in the use-case."""
    text = one_line(raw.phone if isinstance(raw, Shared) else _typed(raw))
    digits = re.sub(r"\D", "", text)
    if re.search(r"[^\d\s()+.\-–]", text) or len(digits) not in PHONE_DIGITS:
        raise AnswerRefused(Problem.NOT_A_PHONE)
    return f"+{digits}" if text.startswith("+") else digits


def line_in_words(question: Question, value: Value) -> str:
    return str(value)


def phone_in_words(question: Question, value: Value) -> str:
    """«+7 912 345-67-89»; numbers of other countries stay as they are kept."""
    phone = str(value)
    if not re.fullmatch(r"\+7\d{10}", phone):
        return phone
    return f"+7 {phone[2:5]} {phone[5:8]}-{phone[8:10]}-{phone[10:]}"


def _typed(raw: Raw) -> str:
    if not isinstance(raw, Typed):
        raise AnswerRefused(Problem.WORDS_NEEDED)
    return raw.text


def _within(text: str, limit: int) -> str:
    if not text:
        raise AnswerRefused(Problem.EMPTY)
    if len(text) > limit:
        raise AnswerRefused(Problem.TOO_LONG, {"limit": limit, "length": len(text)})
    return text
