"""The curator's own questionnaires: which there are, what is begun, what was sent by whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.questionnaire import ResponseState
from storage.models.account import CuratorAccount
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion, Response
from storage.queries.questionnaires import published_questionnaires

OF_CURATOR = "curator"
SENT_SHOWN = 30


@dataclass(frozen=True, slots=True)
class CuratorFormLine:
    """``unsent``: when the reader's own was last touched. ``closes_at``: of the campaign that asks the reader."""

    key: str
    title: str
    unsent: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class CuratorFormSent:
    response_id: int
    key: str
    title: str
    who: str
    own: bool
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class CuratorForms:
    """``lines`` of the reader; ``sent`` by all curators of the organisation, the newest first."""

    lines: tuple[CuratorFormLine, ...]
    sent: tuple[CuratorFormSent, ...]


def curator_forms(session: Session, account_id: int) -> CuratorForms:
    person_id = session.get_one(CuratorAccount, account_id).person_id
    return CuratorForms(_lines(session, person_id), _sent(session, person_id))


def _lines(session: Session, person_id: int | None) -> tuple[CuratorFormLine, ...]:
    curators = [one for one in published_questionnaires(session) if one.role == OF_CURATOR]
    unsent, asked = _unsent(session, person_id), _asked(session, person_id)
    return tuple(
        CuratorFormLine(one.key, one.title, unsent.get(one.questionnaire_id), asked.get(one.questionnaire_id))
        for one in curators
    )


def _sent(session: Session, reader_id: int | None) -> tuple[CuratorFormSent, ...]:
    rows = session.execute(
        select(Response, Questionnaire.key, Questionnaire.title)
        .options(joinedload(Response.person))
        .join(Response.questionnaire)
        .join(Response.version)
        .where(
            Response.state == ResponseState.SUBMITTED,
            QuestionnaireVersion.definition["role"].as_string() == OF_CURATOR,
        )
        .order_by(Response.submitted_at.desc(), Response.id.desc())
        .limit(SENT_SHOWN)
    )
    return tuple(
        CuratorFormSent(one.id, key, title, one.person.name.full, one.person_id == reader_id, one.submitted_at)
        for one, key, title in rows
    )


def _unsent(session: Session, person_id: int | None) -> dict[int, datetime]:
    rows = session.execute(
        select(Response.questionnaire_id, Response.touched_at)
        .where(Response.person_id == person_id, Response.state != ResponseState.SUBMITTED)
        .order_by(Response.id)
    )
    return {row.questionnaire_id: row.touched_at for row in rows}


def _asked(session: Session, person_id: int | None) -> dict[int, datetime]:
    rows = session.execute(
        select(Campaign.questionnaire_id, Campaign.closes_at)
        .join(CampaignRecipient, CampaignRecipient.campaign_id == Campaign.id)
        .where(
            CampaignRecipient.person_id == person_id,
            CampaignRecipient.state == RecipientState.WAITING,
            Campaign.state == CampaignState.OPEN,
        )
        .order_by(Campaign.closes_at.desc())
    )
    return {row.questionnaire_id: row.closes_at for row in rows}
