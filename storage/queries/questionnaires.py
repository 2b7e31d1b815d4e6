"""Questionnaires of an organisation by name."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models.questionnaire import Questionnaire


def questionnaire_titles(session: Session) -> list[tuple[str, str]]:
    """Key and title, in the order in which they were published first."""
    rows = session.execute(select(Questionnaire.key, Questionnaire.title).order_by(Questionnaire.id))
    return [(row.key, row.title) for row in rows]
