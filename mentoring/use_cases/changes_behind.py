"""The people behind a comparison: what each of them answered before, and what after."""

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.questions.definition import Question, Value
from mentoring.use_cases.answers_behind import PAGE, said_in_words
from mentoring.use_cases.before_after import Survey, halves_of
from mentoring.use_cases.questionnaire_history import NUMBERS
from mentoring.use_cases.questionnaire_results import EVERYTHING, PERSON_ERASED, Conditions, ResultFilter
from storage.queries.answer_rows import who_answered
from storage.queries.matched_answers import answers_of, latest_of_pairs

DIRECTIONS = {"grew": 1, "same": 0, "fell": -1}


@dataclass(frozen=True, slots=True)
class Change:
    """``difference`` of numbers, None for answers that are only read side by side."""

    person_id: int
    person_name: str
    place: str
    before_id: int
    after_id: int
    before: str
    after: str
    difference: int | None


@dataclass(frozen=True, slots=True)
class ChangesBehind:
    survey: Survey
    question: Question
    rows: tuple[Change, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Both:
    before_id: int
    after_id: int
    before: Value
    after: Value
    difference: int | None


def changes_behind(
    session: Session,
    survey: Survey,
    pair: str,
    asked: ResultFilter = EVERYTHING,
    *,
    direction: str = "",
    page: int = 1,
    size: int = PAGE,
) -> ChangesBehind:
    """``pair``: the key that links the question; ``direction``: a word of `DIRECTIONS`, or empty for all.

    Raises NotFound.
    """
    halves = halves_of(session, survey)
    first, last = next((both for both in halves.linked if both[1].pair == pair), (None, None))
    if first is None or last is None:
        raise NotFound("question")
    found = _matched(session, halves.conditions(halves.after.narrowed(asked)), first, last)
    if direction in DIRECTIONS:
        found = [one for one in found if one.difference is not None and _sign(one.difference) == DIRECTIONS[direction]]
    shown = found[(page - 1) * size : page * size]
    people = who_answered(session, [one.after_id for one in shown])
    rows = tuple(_change(first, last, one, *people[one.after_id]) for one in shown)
    return ChangesBehind(survey, last, rows, len(found), page, max(1, -(-len(found) // size)))


def _matched(
    session: Session, conditions: tuple[Conditions, Conditions], first: Question, last: Question
) -> list[_Both]:
    before, after = (latest_of_pairs(session, one) for one in conditions)
    said_before = answers_of(session, conditions[0], [first.key]).get(first.key, {})
    said_after = answers_of(session, conditions[1], [last.key]).get(last.key, {})
    ids = [(before[subject], after[subject]) for subject in after if subject in before]
    return [
        _both(one, other, json.loads(said_before[one]), json.loads(said_after[other]), last.kind)
        for one, other in ids
        if one in said_before and other in said_after
    ]


def _both(before_id: int, after_id: int, before: Value, after: Value, kind: str) -> _Both:
    counted = (kind in NUMBERS or kind == "yes_no") and isinstance(before, int) and isinstance(after, int)
    difference = int(after) - int(before) if counted else None  # type: ignore[arg-type]
    return _Both(before_id, after_id, before, after, difference)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _change(first: Question, last: Question, one: _Both, person_id: int, name: str, erased: bool, place: str) -> Change:
    return Change(
        person_id=person_id,
        person_name=PERSON_ERASED if erased else name,
        place=place,
        before_id=one.before_id,
        after_id=one.after_id,
        before=said_in_words(first, one.before, {}),
        after=said_in_words(last, one.after, {}),
        difference=one.difference,
    )
