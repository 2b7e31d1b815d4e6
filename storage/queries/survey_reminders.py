"""Who is silent in open campaigns and can be written to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.people import AgeGroup
from mentoring.rules.reminders import NoticeKind, NoticeState
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.notice import Notice
from storage.models.person import ChannelAccount, Person


@dataclass(frozen=True, slots=True)
class SilentAbout:
    """``last_written``: when the person's last message about surveys was or is due, of those that reach them."""

    organisation_id: int
    person_id: int
    age_group: AgeGroup | None
    asked_at: datetime
    closes_at: datetime
    last_written: datetime | None


def silent_about(
    session: Session, now: datetime, *, since: datetime | None = None, about: int | None = None
) -> Iterator[SilentAbout]:
    """One query; all of one person together. ``since``: only what was asked after it."""
    last = (
        select(func.max(Notice.due_at, type_=Notice.due_at.type))
        .where(Notice.person_id == Person.id, Notice.kind.in_(KINDS), Notice.state.in_(REACHING))
        .correlate(Person)
        .scalar_subquery()
    )
    found = (
        select(
            Person.organisation_id, Person.id, Person.age_group, CampaignRecipient.asked_at, Campaign.closes_at, last
        )
        .join(CampaignRecipient, CampaignRecipient.person_id == Person.id)
        .join(Campaign, Campaign.id == CampaignRecipient.campaign_id)
        .where(
            CampaignRecipient.state == RecipientState.WAITING,
            Campaign.state == CampaignState.OPEN,
            Campaign.closes_at > now,
            Person.erased_at.is_(None),
            exists().where(_CHAT.person_id == Person.id, _CHAT.unreachable_since.is_(None)),
        )
        .order_by(Person.id, CampaignRecipient.id)
    )
    found = found if about is None else found.where(Person.id == about)
    for row in session.execute(found if since is None else found.where(CampaignRecipient.asked_at > since)):
        yield SilentAbout(*row)


KINDS = (NoticeKind.PERSON_SURVEY_ASKED, NoticeKind.PERSON_SURVEY_REMINDER)
REACHING = (NoticeState.WAITING, NoticeState.CLAIMED, NoticeState.SENT)


_CHAT = aliased(ChannelAccount)  # made once: making an alias costs more than the question
