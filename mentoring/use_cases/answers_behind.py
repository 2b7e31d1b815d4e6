"""The answers from which a number was counted, one by one."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.questions.definition import Question, Value
from mentoring.rules.questions.kinds import KINDS, in_words
from mentoring.rules.search import holds_words, search_words
from mentoring.use_cases.questionnaire_history import NUMBERS, History, history
from mentoring.use_cases.questionnaire_results import (
    EVERYTHING,
    PERSON_ERASED,
    ResultFilter,
    names_in,
    open_sheets,
    tokens,
)
from storage.queries.answer_rows import (
    AnswerRow,
    answer_rows,
    answer_values,
    answered_ids,
    count_answers,
    one_question,
    same_answer,
    sent_ids,
    these_answers,
)
from storage.queries.questionnaire_results import Conditions, sent_conditions, sheets

PAGE = 50


@dataclass(frozen=True, slots=True)
class AnswerBehind:
    """An answer without a name has no response, person or time. ``submission_id``: what exactly was sent last."""

    response_id: int | None
    submission_id: int | None
    person_id: int | None
    person_name: str
    place: str
    answer: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class AnswersBehind:
    """``chosen``: the value asked for, in words. ``nameless`` of ``total`` are without a name and come last."""

    title: str
    question: Question
    chosen: str
    rows: tuple[AnswerBehind, ...]
    total: int
    nameless: int
    page: int
    pages: int


def answers_behind(
    session: Session,
    key: str,
    question_key: str,
    asked: ResultFilter = EVERYTHING,
    *,
    value: str | None = None,
    text: str = "",
    page: int = 1,
    size: int = PAGE,
) -> AnswersBehind:
    """``value``: an option's or number's word («8», «yes», «p12»); ``text`` is looked for in what people said.

    At most six queries. Raises NotFound.
    """
    known = history(session, key)
    question, asked = known.question(question_key), known.narrowed(asked)
    conditions, first = _conditions(known, asked, question, value), (page - 1) * size
    nameless = _nameless(session, known, asked, question, value)
    if text:
        found, nameless = _holding(session, question, conditions, nameless, search_words(text))
        named = len(found)
        rows = answer_rows(session, these_answers(found[first : first + size]), offset=0, limit=size)
    else:
        named = count_answers(session, conditions)
        rows = answer_rows(session, conditions, offset=first, limit=size)
    rest = nameless[max(first - named, 0) : max(first + size - named, 0)]
    names = names_in(session, question, [*(row.value for row in rows), *rest, [value] if value else None])
    total = named + len(nameless)
    return AnswersBehind(
        title=known.newest.title,
        question=question,
        chosen=_chosen(question, value, names),
        rows=(*(_named(question, row, names) for row in rows), *(_unnamed(question, one, names) for one in rest)),
        total=total,
        nameless=len(nameless),
        page=page,
        pages=max(1, -(-total // size)),
    )


def response_ids(session: Session, key: str, asked: ResultFilter = EVERYTHING) -> tuple[int, ...]:
    """Of all sent responses that the filter asks for; sheets without a name have none."""
    known = history(session, key)
    return sent_ids(session, sent_conditions([known.questionnaire_id], known.narrowed(asked)))


def answer_ids(
    session: Session, key: str, question_key: str, asked: ResultFilter = EVERYTHING, *, value: str | None = None
) -> tuple[int, ...]:
    """Ids of the responses with an answer to the question (with this one, if ``value`` is given)."""
    known = history(session, key)
    return answered_ids(session, _conditions(known, known.narrowed(asked), known.question(question_key), value))


def said_in_words(question: Question, value: Value, names: Mapping[str, str]) -> str:
    """Like `in_words`; ``names`` of the people who were chosen, by the token of the choice."""
    if question.kind == "person":
        return ", ".join(names.get(token, PERSON_ERASED) for token in tokens(question, value))
    return in_words(question, value)


def _conditions(known: History, asked: ResultFilter, question: Question, value: str | None) -> Conditions:
    conditions = [*sent_conditions([known.questionnaire_id], asked), *one_question(question.key)]
    return conditions if value is None else [*conditions, _is(question, value)]


def _is(question: Question, value: str) -> Any:
    if question.kind in NUMBERS:
        return same_answer(value, exact=True)
    if question.kind == "yes_no":
        return same_answer(json.dumps(value == "yes"), exact=True)
    return same_answer(json.dumps(value), exact=not KINDS[question.kind].several and question.kind != "person")


def _nameless(
    session: Session, known: History, asked: ResultFilter, question: Question, value: str | None
) -> list[Value]:
    campaigns = open_sheets(session, known, asked).campaign_ids
    said = [sheet.get(question.key) for sheet in sheets(session, campaigns)] if campaigns else []
    return [one for one in said if one is not None and (value is None or value in tokens(question, one))]


def _holding(
    session: Session, question: Question, conditions: Conditions, nameless: list[Value], wanted: tuple[str, ...]
) -> tuple[list[int], list[Value]]:
    """Ids of the answers in which all words stand, and the nameless among them."""
    said = answer_values(session, conditions)
    names = names_in(session, question, [*(value for _, value in said), *nameless])

    def holds(value: Value) -> bool:
        return holds_words(said_in_words(question, value, names), wanted)

    return [answer_id for answer_id, value in said if holds(value)], [one for one in nameless if holds(one)]


def _named(question: Question, row: AnswerRow, names: Mapping[str, str]) -> AnswerBehind:
    name = PERSON_ERASED if row.erased else row.person_name
    answer = said_in_words(question, row.value, names)
    return AnswerBehind(row.response_id, row.submission_id, row.person_id, name, row.place, answer, row.sent_at)


def _unnamed(question: Question, value: Value, names: Mapping[str, str]) -> AnswerBehind:
    return AnswerBehind(None, None, None, "", "", said_in_words(question, value, names), None)


def _chosen(question: Question, value: str | None, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if question.kind == "person":
        return names.get(value, PERSON_ERASED)
    labels: Iterable[str] = (one.label for one in KINDS[question.kind].options(question) if one.value == value)
    return next(iter(labels), value)
