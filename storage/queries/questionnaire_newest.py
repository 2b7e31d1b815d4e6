"""What each questionnaire is for, as its newest published version says, and how many have answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.statistics import HIDDEN
from storage.models.campaign import AnonymousSheet, Campaign
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion, Response


@dataclass(frozen=True, slots=True)
class Newest:
    """``moment``: "before" or "after" for one half of a comparison, else empty."""

    questionnaire_id: int
    key: str
    title: str
    use: str
    form: str
    role: str
    moment: str


def newest_questionnaires(session: Session) -> tuple[Newest, ...]:
    """In the order in which they were published first."""
    words = [QuestionnaireVersion.definition[word].as_string() for word in ("use", "form", "role", "moment")]
    rows = session.execute(
        select(Questionnaire.id, Questionnaire.key, Questionnaire.title, *words)
        .join(QuestionnaireVersion.questionnaire)
        .where(QuestionnaireVersion.published_at.is_not(None))
        .order_by(Questionnaire.id, QuestionnaireVersion.number.desc())
    )
    newest: dict[str, Newest] = {}
    for questionnaire_id, key, title, *found in rows:
        newest.setdefault(key, Newest(questionnaire_id, key, title, *(word or "" for word in found)))
    return tuple(newest.values())


def sent_by_questionnaire(session: Session) -> dict[int, tuple[int, datetime | None]]:
    """How many were sent with a name, and when the last one."""
    rows = session.execute(
        select(Response.questionnaire_id, func.count(), func.max(Response.submitted_at))
        .where(Response.state == ResponseState.SUBMITTED)
        .group_by(Response.questionnaire_id)
    )
    return {questionnaire_id: (n, last) for questionnaire_id, n, last in rows}


def sheets_by_questionnaire(session: Session) -> dict[int, int]:
    """How many sheets without a name may be shown: see `mentoring.use_cases.questionnaire_results.open_sheets`."""
    many = func.count(AnonymousSheet.id)
    rows = session.execute(
        select(Campaign.questionnaire_id, many)
        .join(AnonymousSheet, AnonymousSheet.campaign_id == Campaign.id)
        .where(Campaign.state == CampaignState.CLOSED)
        .group_by(Campaign.id, Campaign.questionnaire_id)
        .having(many >= HIDDEN)
    )
    found: dict[int, int] = {}
    for questionnaire_id, n in rows:
        found[questionnaire_id] = found.get(questionnaire_id, 0) + n
    return found
