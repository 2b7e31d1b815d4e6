"""The course of a campaign: it opens, asks, follows who comes and who leaves, closes and tells of it.

Everything is done under a lock of the campaign's row, in one transaction with the notices that it plans: whatever stops
in the middle has done nothing, and whoever comes second finds it done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import AudienceFilter, CampaignState, RecipientState
from mentoring.rules.deadlines import day_start
from mentoring.rules.people import Actor, AgeGroup
from mentoring.rules.questions.definition import Definition
from mentoring.rules.reminders import NoticeKind, Promptness
from mentoring.use_cases.audit import record
from mentoring.use_cases.campaign_audience import Sheet, crowd_for, of_those_who_take_part, sheets_in
from mentoring.use_cases.curator_people import person_of_account
from mentoring.use_cases.notices import Planned, notify, plan_notices
from mentoring.use_cases.questionnaire_versions import definition_of, latest_version
from mentoring.use_cases.schools import School, all_schools
from storage.models.account import CuratorAccount
from storage.models.campaign import Campaign, CampaignRecipient
from storage.queries.campaigns import (
    about_to_be_asked,
    campaigns_due,
    campaigns_open,
    locked_campaign,
    subjects_asked,
    told_since,
)
from storage.scope import fenced


@dataclass(frozen=True, slots=True)
class CampaignMoved:
    campaign_id: int
    state: CampaignState


@dataclass(frozen=True, slots=True)
class CampaignsFollowed:
    """How many campaigns were looked at."""

    count: int


def follow_campaigns(session: Session, *, now: datetime) -> CampaignsFollowed:
    """Unfenced: all that is due or open, in one transaction."""
    found = dict.fromkeys([*campaigns_due(session, now), *campaigns_open(session)])
    for campaign_id in found:
        follow_campaign(session, campaign_id, now=now)
    return CampaignsFollowed(len(found))


def follow_campaign(session: Session, campaign_id: int, *, now: datetime) -> None:
    """Unfenced. Opens or closes it if its time has come; of an open one asks who has come and releases who has left.

    One whose whole window passed while no machine worked is closed without having asked anybody.
    """
    campaign = locked_campaign(session, campaign_id)
    if campaign is None:
        return
    by = Actor.system()
    with fenced(session, campaign.organisation_id):
        if campaign.state is CampaignState.PLANNED and campaign.opens_at <= now:
            open_campaign(session, campaign, by=by, now=now)
        if campaign.state is CampaignState.OPEN and campaign.closes_at <= now:
            close(session, campaign, by=by, now=now)
            tell_of_end(session, campaign, now)
        elif campaign.state is CampaignState.OPEN:
            _follow_people(session, campaign, now)
        session.flush()


def open_campaign(session: Session, campaign: Campaign, *, by: Actor, now: datetime) -> int:
    """Ask everybody who fits; how many sheets. A questionnaire that was put away meanwhile is not asked."""
    if campaign.questionnaire.hidden_at:
        campaign.state = CampaignState.CANCELLED
        record(session, "campaign.cancelled", campaign, by=by, now=now)
        return 0
    campaign.state = CampaignState.OPEN
    record(session, "campaign.opened", campaign, by=by, now=now)
    return _ask(session, campaign, _fitting(session, campaign), now) if campaign.closes_at > now else 0


def close(session: Session, campaign: Campaign, *, by: Actor, now: datetime) -> None:
    """Who has not answered stays listed so; an unsent draft stays with the person."""
    campaign.state, campaign.closed_at = CampaignState.CLOSED, now
    record(session, "campaign.closed", campaign, by=by, now=now)


def tell_of_end(session: Session, campaign: Campaign, now: datetime, but: int | None = None) -> None:
    """Those accounts that have a chat, except the one who closed it."""
    told = select(CuratorAccount.person_id).where(
        CuratorAccount.id.in_([one for one in campaign.tell if one != but]),
        CuratorAccount.person_id.is_not(None),
        CuratorAccount.disabled_at.is_(None),
    )
    key = f"{campaign.id}:{campaign.closes_at:%y%m%d%H%M}"
    payload: dict[str, int | str] = {"campaign_id": campaign.id}
    for person_id in filter(None, session.scalars(told).all()):
        notify(session, person_id, NoticeKind.CURATOR_CAMPAIGN_CLOSED, payload, dedup_key=key, now=now)


def _follow_people(session: Session, campaign: Campaign, now: datetime) -> None:
    known = subjects_asked(session, campaign.id)
    if campaign.rolling:
        fitting = _fitting(session, campaign)
        _ask(session, campaign, [sheet for sheet in fitting if _about(sheet) not in known], now)
    waiting = {about: key for about, (key, state) in known.items() if state is RecipientState.WAITING}
    if waiting:
        here = {_about(sheet) for sheet in _fitting(session, campaign, anyhow=True)}
        _release(session, campaign, [key for about, key in waiting.items() if about not in here], now)


def _fitting(session: Session, campaign: Campaign, *, anyhow: bool = False) -> Sequence[Sheet]:
    """``anyhow``: by taking part alone, whatever class, form or earlier survey."""
    chosen = AudienceFilter.from_stored(campaign.audience)
    chosen = of_those_who_take_part(chosen) if anyhow else chosen
    definition = _definition(session, campaign)
    return list(sheets_in(crowd_for(session, campaign.programme_id, [(definition, chosen)]), definition, chosen))


def _definition(session: Session, campaign: Campaign) -> Definition:
    version = latest_version(session, campaign.questionnaire.key)
    return definition_of(session, version.id, version.digest)


def _ask(session: Session, campaign: Campaign, sheets: Iterable[Sheet], now: datetime) -> int:
    """Rows and messages together: one asking for a person, however many sheets and campaigns open now."""
    asked = [(_recipient(session, campaign, sheet, now), sheet.candidate) for sheet in sheets]
    session.add_all(recipient for recipient, _ in asked)
    session.flush()
    _tell(session, campaign, [(recipient, one.age_group) for recipient, one in asked if one.reachable], now)
    return len(asked)


def _recipient(session: Session, campaign: Campaign, sheet: Sheet, now: datetime) -> CampaignRecipient:
    account_id, person_id = sheet.candidate.account_id, sheet.candidate.person_id
    if person_id is None and account_id is not None:
        person_id = person_of_account(session, account_id, now=now).id
    return CampaignRecipient(
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.id,
        person_id=person_id,
        subject=f"person:{person_id}" if sheet.subject.startswith("person:") else sheet.subject,
        enrolment_id=sheet.enrolment_id,
        pair_id=sheet.pair_id,
        state=RecipientState.WAITING,
        asked_at=now,
    )


def _tell(
    session: Session, campaign: Campaign, asked: Sequence[tuple[CampaignRecipient, AgeGroup | None]], now: datetime
) -> None:
    """Whoever is about to be told of another campaign is told of both: the message is drawn when it is sent. Whoever
    was written to about surveys today is told tomorrow, unless that would be too late."""
    first: dict[int, tuple[CampaignRecipient, AgeGroup | None]] = {}
    for recipient, age_group in asked:
        first.setdefault(recipient.person_id, (recipient, age_group))
    school = all_schools(session)[campaign.organisation_id]
    joined = about_to_be_asked(session, first.keys())
    told = told_since(session, first.keys(), day_start(now, school.zone))
    planned = []
    for person_id, (recipient, age_group) in first.items():
        if person_id not in joined:
            due = _due(campaign, school, age_group, person_id in told, now)
            planned.append(_asking(recipient, due, now))
    plan_notices(session, planned, now=now)


def _due(campaign: Campaign, school: School, age_group: AgeGroup | None, told: bool, now: datetime) -> datetime:
    at_once = school.allowed(now, age_group, Promptness.POLITE)
    tomorrow = school.allowed(day_start(now, school.zone) + A_DAY, age_group, Promptness.POLITE)
    return tomorrow if told and tomorrow + A_DAY <= campaign.closes_at else at_once


def _asking(recipient: CampaignRecipient, due: datetime, now: datetime) -> Planned:
    payload: dict[str, int | str] = {"since": int(now.timestamp())}
    kind = NoticeKind.PERSON_SURVEY_ASKED
    return Planned(recipient.organisation_id, recipient.person_id, kind, payload, f"{recipient.id}", due)


def _release(session: Session, campaign: Campaign, recipient_ids: Sequence[int], now: datetime) -> None:
    """Who answers in this very moment stays answered: the state is looked at once more."""
    if not recipient_ids:
        return
    leaving = update(CampaignRecipient).where(
        CampaignRecipient.id.in_(recipient_ids), CampaignRecipient.state == RecipientState.WAITING
    )
    session.execute(leaving.values(state=RecipientState.RELEASED))
    record(session, "campaign.released", campaign, by=Actor.system(), now=now, people=len(recipient_ids))


def _about(sheet: Sheet) -> tuple[int, str]:
    return sheet.candidate.person_id or 0, sheet.subject


A_DAY = timedelta(days=1)
