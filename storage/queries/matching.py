"""What people answered about themselves for matching, of many enrolments at once."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.matching import Profile, matching_questions, profile
from storage.models.questionnaire import Answer, QuestionnaireVersion, Response

NOTHING_SAID = Profile()


def profiles(session: Session, enrolment_ids: Collection[int]) -> dict[int, Profile]:
    """Profiles of those who answered a questionnaire with something for matching, by enrolment. Three queries."""
    responses = session.execute(
        select(Response.id, Response.enrolment_id, Response.version_id).where(Response.enrolment_id.in_(enrolment_ids))
    ).all()
    definitions = _definitions(session, {row.version_id for row in responses})
    answers = _answers(session, [row.id for row in responses], definitions.values())
    return {
        row.enrolment_id: profile(definitions[row.version_id], answers[row.id])
        for row in responses
        if any(matching_questions(definitions[row.version_id]))
    }


def _definitions(session: Session, version_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    versions = select(QuestionnaireVersion.id, QuestionnaireVersion.definition).where(
        QuestionnaireVersion.id.in_(version_ids)
    )
    return {row.id: row.definition for row in session.execute(versions)}


def _answers(
    session: Session, response_ids: Collection[int], definitions: Collection[dict[str, Any]]
) -> dict[int, dict[str, Any]]:
    keys = {key for definition in definitions for key in matching_questions(definition)}
    rows = session.execute(
        select(Answer.response_id, Answer.key, Answer.value).where(
            Answer.response_id.in_(response_ids), Answer.key.in_(keys)
        )
    )
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        found[row.response_id][row.key] = row.value
    return found
