"""Entry questionnaires as they were sent, of many people at once. Three queries at any size."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.entry_sheets import EntrySheet
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES, ResponseState
from storage.models.questionnaire import Answer, Questionnaire, QuestionnaireVersion, Response

ENTRY = tuple(ENTRY_QUESTIONNAIRES.values())


def entry_sheets(
    session: Session, enrolment_ids: Collection[int], keys: Collection[str] = ENTRY
) -> dict[int, EntrySheet]:
    """By enrolment: the sheet that was sent last. ``keys``: of other questionnaires about an enrolment."""
    sent = session.execute(
        select(Response.enrolment_id, Response.id, Response.version_id)
        .join(Response.questionnaire)
        .where(Questionnaire.key.in_(keys), Response.enrolment_id.in_(enrolment_ids))
        .where(Response.state == ResponseState.SUBMITTED)
        .order_by(Response.submitted_at, Response.id)
    ).all()
    last = {enrolment_id: (response_id, version_id) for enrolment_id, response_id, version_id in sent}
    definitions = _definitions(session, {version_id for _, version_id in last.values()})
    answers = _answers(session, [response_id for response_id, _ in last.values()])
    return {
        key: EntrySheet(definitions[version_id], answers[response_id])
        for key, (response_id, version_id) in last.items()
        if key is not None
    }


def _definitions(session: Session, version_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    columns = select(QuestionnaireVersion.id, QuestionnaireVersion.definition)
    rows = session.execute(columns.where(QuestionnaireVersion.id.in_(version_ids)))
    return {version_id: definition for version_id, definition in rows}


def _answers(session: Session, response_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    columns = select(Answer.response_id, Answer.key, Answer.value)
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for response_id, key, value in session.execute(columns.where(Answer.response_id.in_(response_ids))):
        found[response_id][key] = value
    return found
