"""Answers to one question as rows, each with who gave it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from storage.models.person import Person
from storage.models.questionnaire import Response, Submission
from storage.queries.questionnaire_results import ANSWER, GIVEN, SAID, Conditions, of_responses


@dataclass(frozen=True, slots=True)
class AnswerRow:
    answer_id: int
    response_id: int
    submission_id: int | None
    person_id: int
    person_name: str
    erased: bool
    place: str
    value: Any
    sent_at: datetime | None


def one_question(key: str) -> Conditions:
    """Of `ANSWER`: given answers to the question."""
    return [ANSWER.c.key == key, GIVEN]


def same_answer(word: str, *, exact: bool) -> ColumnElement[bool]:
    """``word`` is the JSON text of the answer (``exact``), or of one of the several that were chosen."""
    return SAID.in_([word]) if exact else SAID.contains(word, autoescape=True)


def count_answers(session: Session, conditions: Conditions) -> int:
    return session.scalar(of_responses(func.count(ANSWER.c.id)).where(*conditions)) or 0


def answer_rows(session: Session, conditions: Conditions, *, offset: int, limit: int) -> list[AnswerRow]:
    """Newest first."""
    last = select(func.max(Submission.id)).where(Submission.response_id == Response.id).scalar_subquery()
    query = of_responses(
        ANSWER.c.id,
        Response.id,
        last,
        Person.id,
        Person.last_name,
        Person.first_name,
        Person.patronymic,
        Person.erased_at,
        Person.place,
        ANSWER.c.value,
        Response.submitted_at,
    ).join(Person, Person.id == Response.person_id)
    found = session.execute(query.where(*conditions).order_by(*_NEWEST).offset(offset).limit(limit))
    return [
        AnswerRow(answer, response, sent, who, " ".join(filter(None, name)), erased is not None, place, value, at)
        for answer, response, sent, who, *name, erased, place, value, at in found
    ]


def answer_values(session: Session, conditions: Conditions) -> list[tuple[int, Any]]:
    """Id and answer of all, newest first, to be looked through: databases fold no Cyrillic letters."""
    query = of_responses(ANSWER.c.id, ANSWER.c.value).where(*conditions).order_by(*_NEWEST)
    return [(answer_id, value) for answer_id, value in session.execute(query)]


def these_answers(answer_ids: Sequence[int]) -> Conditions:
    return [ANSWER.c.id.in_(answer_ids)]


def answered_ids(session: Session, conditions: Conditions) -> tuple[int, ...]:
    return tuple(session.scalars(of_responses(Response.id).where(*conditions).order_by(Response.id)))


def sent_ids(session: Session, conditions: Conditions) -> tuple[int, ...]:
    return tuple(session.scalars(select(Response.id).where(*conditions).order_by(Response.id)))


_NEWEST = (Response.submitted_at.desc(), Response.id.desc())


def who_answered(session: Session, response_ids: Sequence[int]) -> dict[int, tuple[int, str, bool, str]]:
    """By response: number, full name, whether erased, class or post."""
    rows = session.execute(
        select(Response.id, Person.id, Person.erased_at, Person.place)
        .add_columns(Person.last_name, Person.first_name, Person.patronymic)
        .join(Person, Person.id == Response.person_id)
        .where(Response.id.in_(response_ids))
    )
    return {
        response_id: (person_id, " ".join(filter(None, name)), erased is not None, place)
        for response_id, person_id, erased, place, *name in rows
    }
