"""A whole sheet read at once, as a curator copies it from paper."""

from collections.abc import Mapping, Sequence
from datetime import date

from mentoring.rules.errors import AnswerRefused
from mentoring.rules.questionnaire import Typed
from mentoring.rules.questions.definition import Definition, Question, Value
from mentoring.rules.questions.kinds import KINDS
from mentoring.rules.questions.path import visible_questions
from mentoring.rules.questions.problems import Problem

PaperSheet = Mapping[str, str | Sequence[str]]
"""What stands beside each question; several options may be given as a list."""


def read_sheet(
    definition: Definition, sheet: PaperSheet, today: date
) -> tuple[dict[str, Value], dict[str, AnswerRefused]]:
    """The answers, and what is wrong with the others. Words beside a question that is not asked are passed over."""
    read: dict[str, Value] = {}
    refusals: dict[str, AnswerRefused] = {}
    for question in definition.questions:
        if question not in visible_questions(definition, read):
            continue
        try:
            read[question.key] = _read_line(question, sheet.get(question.key, ""), today)
        except AnswerRefused as refusal:
            refusals[question.key] = refusal
    return read, refusals


def _read_line(question: Question, line: str | Sequence[str], today: date) -> Value:
    text = line if isinstance(line, str) else ";".join(line)
    if text.strip():
        return KINDS[question.kind].read(question, Typed(text), None, today)
    if not question.optional:
        raise AnswerRefused(Problem.REQUIRED)
    return None
