"""Campaigns: those that wait for something, their questionnaires, and how many answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.people import AgeGroup
from mentoring.rules.reminders import NoticeKind, NoticeState
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.notice import Notice
from storage.models.person import ChannelAccount, Person
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion


@dataclass(frozen=True, slots=True)
class OfferedVersion:
    key: str
    version_id: int
    digest: str


def offered_versions(session: Session) -> Sequence[OfferedVersion]:
    """The latest published version of every questionnaire that is in use."""
    latest = (
        select(func.max(QuestionnaireVersion.number))
        .where(
            QuestionnaireVersion.questionnaire_id == Questionnaire.id,
            QuestionnaireVersion.published_at.is_not(None),
        )
        .correlate(Questionnaire)
        .scalar_subquery()
    )
    found = (
        select(Questionnaire.key, QuestionnaireVersion.id, QuestionnaireVersion.digest)
        .join(QuestionnaireVersion, QuestionnaireVersion.questionnaire_id == Questionnaire.id)
        .where(Questionnaire.hidden_at.is_(None), QuestionnaireVersion.number == latest)
        .order_by(Questionnaire.id)
    )
    return [OfferedVersion(*row) for row in session.execute(found)]


def campaigns_due(session: Session, now: datetime) -> Sequence[int]:
    """Unfenced: to be opened or closed by now."""
    opening = and_(Campaign.state == CampaignState.PLANNED, Campaign.opens_at <= now)
    closing = and_(Campaign.state == CampaignState.OPEN, Campaign.closes_at <= now)
    return session.scalars(select(Campaign.id).where(or_(opening, closing)).order_by(Campaign.id)).all()


def campaigns_open(session: Session) -> Sequence[int]:
    """Unfenced."""
    return session.scalars(select(Campaign.id).where(Campaign.state == CampaignState.OPEN).order_by(Campaign.id)).all()


def locked_campaign(session: Session, campaign_id: int) -> Campaign | None:
    """Held until the end of the transaction and read anew: whoever waited for it sees what the other made of it."""
    return session.get(Campaign, campaign_id, with_for_update=True, populate_existing=True)


def subjects_asked(session: Session, campaign_id: int) -> dict[tuple[int, str], tuple[int, RecipientState]]:
    """By person and subject: the recipient and its state."""
    rows = session.execute(
        select(
            CampaignRecipient.person_id, CampaignRecipient.subject, CampaignRecipient.id, CampaignRecipient.state
        ).where(CampaignRecipient.campaign_id == campaign_id)
    )
    return {(person_id, subject): (recipient_id, state) for person_id, subject, recipient_id, state in rows}


def silent_people(session: Session, campaign_id: int) -> Sequence[tuple[int, AgeGroup | None]]:
    """Who has not answered and can be written to, each once."""
    reachable = select(ChannelAccount.person_id).where(ChannelAccount.unreachable_since.is_(None))
    rows = session.execute(
        select(Person.id, Person.age_group)
        .join(CampaignRecipient, CampaignRecipient.person_id == Person.id)
        .where(
            CampaignRecipient.campaign_id == campaign_id,
            CampaignRecipient.state == RecipientState.WAITING,
            Person.erased_at.is_(None),
            Person.id.in_(reachable),
        )
        .group_by(Person.id)
        .order_by(Person.id)
    )
    return [(person_id, age_group) for person_id, age_group in rows]


def about_to_be_asked(session: Session, person_ids: Collection[int]) -> set[int]:
    """Of these, whose asking is planned and not yet taken by a sender: what opens now will be in it.

    The notices are locked until the end of the transaction, so that the sender reads what this transaction adds; those
    that a sender holds already are passed over.
    """
    waiting = select(Notice.person_id).where(
        Notice.kind == NoticeKind.PERSON_SURVEY_ASKED,
        Notice.state == NoticeState.WAITING,
        Notice.person_id.in_(person_ids),
    )
    return set(session.scalars(waiting.with_for_update(skip_locked=True)))


def told_since(session: Session, person_ids: Collection[int], since: datetime) -> set[int]:
    """Of these, who was written to about surveys, or is being written to."""
    told = select(Notice.person_id).where(
        Notice.kind.in_((NoticeKind.PERSON_SURVEY_ASKED, NoticeKind.PERSON_SURVEY_REMINDER)),
        Notice.state.in_((NoticeState.CLAIMED, NoticeState.SENT)),
        Notice.due_at >= since,
        Notice.person_id.in_(person_ids),
    )
    return set(session.scalars(told))


def answers_count(session: Session, campaign_id: int) -> tuple[int, int]:
    """How many answered, of how many asked; those released are not counted."""
    rows = session.execute(
        select(CampaignRecipient.state, func.count())
        .where(CampaignRecipient.campaign_id == campaign_id)
        .group_by(CampaignRecipient.state)
    )
    counted = {state: count for state, count in rows}
    answered = counted.get(RecipientState.ANSWERED, 0)
    return answered, answered + counted.get(RecipientState.WAITING, 0)
