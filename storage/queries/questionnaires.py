"""Questionnaires of an organisation by name."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models.questionnaire import Questionnaire, QuestionnaireVersion, Response


@dataclass(frozen=True, slots=True)
class PublishedQuestionnaire:
    """``role`` and ``use`` are words of the newest published version's definition."""

    questionnaire_id: int
    key: str
    title: str
    role: str
    use: str


def questionnaire_titles(session: Session) -> list[tuple[str, str]]:
    """Key and title, in the order in which they were published first."""
    rows = session.execute(select(Questionnaire.key, Questionnaire.title).order_by(Questionnaire.id))
    return [(row.key, row.title) for row in rows]


def answered_titles(session: Session) -> list[tuple[str, str]]:
    """The same, of those that anybody has begun: the library holds far more than a list can be narrowed by."""
    begun = select(Response.id).where(Response.questionnaire_id == Questionnaire.id).exists()
    rows = session.execute(select(Questionnaire.key, Questionnaire.title).where(begun).order_by(Questionnaire.id))
    return [(row.key, row.title) for row in rows]


def published_questionnaires(session: Session) -> tuple[PublishedQuestionnaire, ...]:
    """Those in use, in the order in which they were published first. One query; no definition is loaded."""
    newest = (
        select(QuestionnaireVersion.questionnaire_id, func.max(QuestionnaireVersion.number).label("number"))
        .where(QuestionnaireVersion.published_at.is_not(None))
        .group_by(QuestionnaireVersion.questionnaire_id)
        .subquery()
    )
    definition = QuestionnaireVersion.definition
    rows = session.execute(
        select(Questionnaire.id, Questionnaire.key, Questionnaire.title)
        .add_columns(definition["role"].as_string(), func.coalesce(definition["use"].as_string(), "other"))
        .join(Questionnaire.versions)
        .join(
            newest,
            (newest.c.questionnaire_id == Questionnaire.id) & (newest.c.number == QuestionnaireVersion.number),
        )
        .where(Questionnaire.hidden_at.is_(None))
        .order_by(Questionnaire.id)
    )
    return tuple(PublishedQuestionnaire(*row) for row in rows)
