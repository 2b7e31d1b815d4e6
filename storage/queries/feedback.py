"""Feedback on meetings: with which questionnaires, and which of them tell of a meeting that was held."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from mentoring.rules.meetings import NOT_HELD_FEEDBACK
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion, Response


def feedback_in_use(session: Session) -> frozenset[str]:
    """Keys of the published questionnaires about meetings that the curator has not put away."""
    published = select(QuestionnaireVersion.questionnaire_id).where(QuestionnaireVersion.published_at.is_not(None))
    return frozenset(
        session.scalars(
            select(Questionnaire.key).where(
                Questionnaire.key.startswith("feedback_", autoescape=True),
                Questionnaire.hidden_at.is_(None),
                Questionnaire.id.in_(published),
            )
        )
    )


def tells_of_meeting() -> ColumnElement[bool]:
    """Of a response: about a meeting that was held, and not why there was none."""
    why_not = select(Questionnaire.id).where(Questionnaire.key.startswith(NOT_HELD_FEEDBACK, autoescape=True))
    return Response.questionnaire_id.not_in(why_not)
