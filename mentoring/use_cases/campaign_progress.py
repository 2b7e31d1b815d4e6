"""How a campaign stands: live, from the rows themselves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.campaigns import AudienceFilter, CampaignState, Standing
from mentoring.rules.errors import NotFound
from mentoring.rules.questions.definition import Definition
from mentoring.use_cases.questionnaire_versions import definition_of, latest_version
from storage.models.account import CuratorAccount
from storage.models.campaign import Campaign
from storage.queries.campaigns_list import RecipientRow as RecipientRow
from storage.queries.campaigns_list import RecipientsPage as RecipientsPage
from storage.queries.campaigns_list import recipients_page as recipients_page
from storage.queries.campaigns_list import standings


@dataclass(frozen=True, slots=True)
class Progress:
    """Sheets, not people. ``begun`` stays 0 in an anonymous campaign: there one has answered or not."""

    answered: int
    begun: int
    silent: int
    no_chat: int
    unreachable: int
    released: int

    @property
    def asked(self) -> int:
        return self.answered + self.waiting

    @property
    def waiting(self) -> int:
        return self.begun + self.silent + self.no_chat + self.unreachable


@dataclass(frozen=True, slots=True)
class CampaignCard:
    """``tell`` names whose accounts are told at the end; ``role``, ``subject``, ``moment`` are the questionnaire's."""

    campaign_id: int
    key: str
    questionnaire: str
    role: str
    subject: str
    moment: str
    title: str
    audience: AudienceFilter
    present: int
    anonymous: bool
    rolling: bool
    state: CampaignState
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    tell: tuple[str, ...]
    progress: Progress


def campaign_card(session: Session, campaign_id: int) -> CampaignCard:
    """At most five queries."""
    campaign = session.get(Campaign, campaign_id, options=[joinedload(Campaign.questionnaire)])
    if campaign is None:
        raise NotFound("campaign")
    counted = standings(session, campaign_id)
    progress = Progress(**{_FIELDS[standing]: counted.get(standing, 0) for standing in Standing})
    version = latest_version(session, campaign.questionnaire.key)
    definition = definition_of(session, version.id, version.digest)
    return _card(campaign, definition, _names(session, campaign), progress)


def _names(session: Session, campaign: Campaign) -> tuple[str, ...]:
    if not campaign.tell:
        return ()
    told = select(CuratorAccount.full_name).where(CuratorAccount.id.in_(campaign.tell)).order_by(CuratorAccount.id)
    return tuple(session.scalars(told))


def _card(campaign: Campaign, definition: Definition, tell: tuple[str, ...], progress: Progress) -> CampaignCard:
    return CampaignCard(
        campaign_id=campaign.id,
        key=definition.key,
        questionnaire=definition.title,
        role=definition.role,
        subject=definition.subject,
        moment=definition.moment,
        title=campaign.title,
        audience=AudienceFilter.from_stored(campaign.audience),
        present=len(campaign.present),
        anonymous=campaign.anonymous,
        rolling=campaign.rolling,
        state=campaign.state,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        closed_at=campaign.closed_at,
        tell=tell,
        progress=progress,
    )


_FIELDS = {
    Standing.ANSWERED: "answered",
    Standing.BEGUN: "begun",
    Standing.SILENT: "silent",
    Standing.NO_CHAT: "no_chat",
    Standing.UNREACHABLE: "unreachable",
    Standing.RELEASED: "released",
}
