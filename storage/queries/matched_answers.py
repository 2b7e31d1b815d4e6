"""Answers of the same people before and after."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models.questionnaire import Response
from storage.queries.questionnaire_results import ANSWER, GIVEN, SAID, Conditions, of_responses


def latest_of_pairs(session: Session, conditions: Conditions) -> dict[tuple[int, int], int]:
    """Of each person in each pair: the response that was sent last. A pair is of one programme, so this is too."""
    rows = session.execute(
        select(Response.person_id, Response.pair_id, Response.id)
        .where(*conditions, Response.pair_id.is_not(None))
        .order_by(Response.submitted_at, Response.id)
    )
    return {(person_id, pair_id): response_id for person_id, pair_id, response_id in rows if pair_id is not None}


def answers_of(session: Session, conditions: Conditions, keys: Collection[str]) -> dict[str, dict[int, str]]:
    """By question and response, as JSON text; skipped ones are left out."""
    if not keys:
        return {}
    query = of_responses(ANSWER.c.key, ANSWER.c.response_id, SAID).where(*conditions, ANSWER.c.key.in_(keys), GIVEN)
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for key, response_id, said in session.execute(query):
        found[key][response_id] = said
    return found
