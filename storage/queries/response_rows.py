"""Whole responses, some hundreds at a time, so that an export of thousands needs no more memory than one of ten."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.people import Door
from storage.models.campaign import Campaign
from storage.models.person import Person
from storage.models.questionnaire import Response
from storage.queries.questionnaire_results import ANSWER, Conditions

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class WholeResponse:
    response_id: int
    person_name: str
    erased: bool
    place: str
    campaign: str
    door: Door
    sent_at: datetime | None
    answers: dict[str, Any]


def whole_responses(session: Session, conditions: Conditions, keys: Collection[str]) -> Iterator[WholeResponse]:
    """In the order in which they were begun."""
    last = 0
    while rows := _next(session, conditions, last):
        last = rows[-1].id
        answers = _answers(session, [row.id for row in rows], keys)
        for row in rows:
            name = " ".join(filter(None, (row.last_name, row.first_name, row.patronymic)))
            yield WholeResponse(
                row.id,
                name,
                row.erased_at is not None,
                row.place,
                row.title or "",
                row.door,
                row.submitted_at,
                answers[row.id],
            )


def _next(session: Session, conditions: Conditions, last: int) -> list[Any]:
    query = (
        select(
            Response.id,
            Person.last_name,
            Person.first_name,
            Person.patronymic,
            Person.erased_at,
            Person.place,
            Campaign.title,
            Response.door,
            Response.submitted_at,
        )
        .join(Person, Person.id == Response.person_id)
        .outerjoin(Campaign, Campaign.id == Response.campaign_id)
        .where(*conditions, Response.id > last)
        .order_by(Response.id)
        .limit(AT_ONCE)
    )
    return list(session.execute(query))


def _answers(session: Session, response_ids: Collection[int], keys: Collection[str]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    columns = ANSWER.c.response_id, ANSWER.c.key, ANSWER.c.value
    query = select(*columns).where(ANSWER.c.response_id.in_(response_ids), ANSWER.c.key.in_(keys))
    for response_id, key, value in session.execute(query):
        found[response_id][key] = value
    return found
