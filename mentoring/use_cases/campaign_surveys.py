"""What campaigns ask of one person, and what notices about campaigns say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState
from mentoring.rules.questions.definition import Definition
from mentoring.use_cases.questionnaire_versions import definition_of
from storage.models.campaign import Campaign
from storage.models.person import Person
from storage.queries.campaign_surveys import Asked, answered_counts, others_of, surveys_asked, versions
from storage.queries.campaigns import answers_count

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SurveyWaiting:
    """``about``: how the other one of the pair is called, where it is asked about a pair; else empty.

    ``answered`` of about ``questions`` (conditions may hide some); ``minutes`` for the whole. ``response_id``: once it
    was begun.
    """

    recipient_id: int
    campaign_id: int
    title: str
    about: str
    asked_at: datetime
    closes_at: datetime
    anonymous: bool
    begun: bool
    answered: int
    minutes: int
    questions: int
    response_id: int | None = None


def open_surveys(session: Session, person_id: int, *, now: datetime) -> tuple[SurveyWaiting, ...]:
    """What the person can answer now; the window that closes first comes first. One query where there is nothing."""
    asked = surveys_asked(session, person_id, now)
    return _described(session, person_id, asked) if asked else ()


def asked_of(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    """The new ones first; needless when all that was asked since is answered, released or closed."""
    since = datetime.fromtimestamp(payload["since"], UTC)
    waiting = open_surveys(session, reader.id, now=now)
    new = tuple(survey for survey in waiting if survey.asked_at >= since)
    if not new:
        return None
    surveys = new + tuple(survey for survey in waiting if survey not in new)
    return {"survey": surveys[0], "surveys": surveys}


def still_waiting(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    waiting = open_surveys(session, reader.id, now=now)
    return {"survey": waiting[0], "surveys": waiting} if waiting else None


def campaign_closed(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    """Needless once it was extended."""
    campaign = session.get(Campaign, payload["campaign_id"])
    if campaign is None or campaign.state is not CampaignState.CLOSED:
        return None
    answered, asked = answers_count(session, campaign.id)
    return {"campaign_id": campaign.id, "title": campaign.title, "answered": answered, "asked": asked}


def _described(session: Session, person_id: int, asked: Sequence[Asked]) -> tuple[SurveyWaiting, ...]:
    begun = [one.version_id for one in asked if one.version_id]
    known = versions(session, begun, [one.questionnaire_id for one in asked if not one.version_id])
    answered = answered_counts(session, [one.response_id for one in asked if one.response_id])
    others = others_of(session, person_id, [one.pair_id for one in asked if one.pair_id])
    described = []
    for one in asked:
        version = known[-one.version_id if one.version_id else one.questionnaire_id]
        definition = definition_of(session, version.version_id, version.digest)
        about = others.get(one.pair_id or 0, "")
        described.append(_survey(one, definition, about, answered.get(one.response_id or 0, 0)))
    return tuple(described)


def _survey(asked: Asked, definition: Definition, about: str, answered: int) -> SurveyWaiting:
    return SurveyWaiting(
        recipient_id=asked.recipient_id,
        campaign_id=asked.campaign_id,
        title=asked.title,
        about=about,
        asked_at=asked.asked_at,
        closes_at=asked.closes_at,
        anonymous=asked.anonymous,
        begun=asked.response_id is not None,
        answered=answered,
        minutes=definition.minutes,
        questions=len(definition.questions),
        response_id=asked.response_id,
    )
