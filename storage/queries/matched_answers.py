"""Answers of the same people before and after."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models.questionnaire import Questionnaire, QuestionnaireVersion, Response
from storage.queries.questionnaire_results import ANSWER, GIVEN, SAID, Conditions, of_responses


@dataclass(frozen=True, slots=True)
class Moment:
    """The newest published version of a questionnaire that is one half of a comparison."""

    key: str
    title: str
    use: str
    form: str
    role: str
    moment: str


def newest_moments(session: Session) -> tuple[Moment, ...]:
    """Every questionnaire with moment "before" or "after" in its newest version."""
    words = [QuestionnaireVersion.definition[word].as_string() for word in ("use", "form", "role", "moment")]
    rows = session.execute(
        select(Questionnaire.key, Questionnaire.title, *words)
        .join(QuestionnaireVersion.questionnaire)
        .where(QuestionnaireVersion.published_at.is_not(None))
        .order_by(Questionnaire.id, QuestionnaireVersion.number.desc())
    )
    newest: dict[str, Moment] = {}
    for key, title, *found in rows:
        newest.setdefault(key, Moment(key, title, *(word or "" for word in found)))
    return tuple(one for one in newest.values() if one.moment)


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
