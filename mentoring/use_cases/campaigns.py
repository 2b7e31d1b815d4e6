"""Campaigns: planned by a curator, opened and closed by hand or by the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mentoring.rules.campaigns import AUDIENCES, Audience, AudienceFilter, CampaignState, RecipientState, ensure_window
from mentoring.rules.deadlines import local_day
from mentoring.rules.errors import NotFound, OutOfDate, TextEmpty, TextTooLong, TimeInPast, ValueWrong
from mentoring.rules.people import Actor
from mentoring.rules.questions.definition import Definition
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.campaign_audience import AudienceCount as AudienceCount
from mentoring.use_cases.campaign_audience import audience_count as audience_count
from mentoring.use_cases.campaign_audience import ensure_suits
from mentoring.use_cases.campaign_course import CampaignMoved, close, open_campaign, tell_of_end
from mentoring.use_cases.campaign_course import follow_campaign as follow_campaign
from mentoring.use_cases.campaign_course import follow_campaigns as follow_campaigns
from mentoring.use_cases.notices import plan_notices
from mentoring.use_cases.questionnaire_versions import definition_of, latest_version
from mentoring.use_cases.schools import all_schools
from mentoring.use_cases.survey_reminders import KIND, asked_again
from storage.models.account import CuratorAccount
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.organisation import Programme
from storage.models.person import Person
from storage.queries.campaigns import about_to_be_asked, locked_campaign, silent_people
from storage.queries.notices import last_due

TITLE_LIMIT = 200
ORIGIN_LIMIT = 80


@dataclass(frozen=True, slots=True)
class CampaignMade:
    """``made`` is False when its origin was planned before; ``asked``: sheets, if it opened at once."""

    campaign_id: int
    state: CampaignState
    asked: int
    made: bool


@dataclass(frozen=True, slots=True)
class Reminded:
    count: int


def create_campaign(
    session: Session,
    key: str,
    *,
    programme_id: int,
    title: str,
    audience: AudienceFilter,
    opens_at: datetime,
    closes_at: datetime,
    anonymous: bool = False,
    rolling: bool = False,
    present: Sequence[int] = (),
    tell: Sequence[int] = (),
    origin: str | None = None,
    by: Actor,
    now: datetime,
) -> CampaignMade:
    """Opens at once when its time has come. ``present`` are people, ``tell`` accounts, both of the organisation.

    The same ``origin`` again changes nothing: also for a button that was pressed twice.
    """
    require_curator(session, by)
    _lock_programme(session, programme_id)
    if origin and (known := _by_origin(session, programme_id, origin)):
        return CampaignMade(known.id, known.state, 0, made=False)
    version = latest_version(session, key)
    ensure_suits(_definition(session, key), audience)
    _ensure_timely(opens_at, closes_at, now)
    campaign = Campaign(
        programme_id=programme_id,
        questionnaire_id=version.questionnaire_id,
        title=_title(title),
        audience=_only_ours(session, audience).to_stored(),
        present=_people(session, present),
        anonymous=anonymous,
        rolling=rolling,
        origin=origin[:ORIGIN_LIMIT] if origin else None,
        state=CampaignState.PLANNED,
        opens_at=opens_at,
        closes_at=closes_at,
        tell=_accounts(session, tell),
        created_by_account_id=by.account_id,
        created_at=now,
    )
    session.add(campaign)
    session.flush()
    record(session, "campaign.planned", campaign, by=by, now=now, key=key)
    asked = open_campaign(session, campaign, by=by, now=now) if opens_at <= now else 0
    return CampaignMade(campaign.id, campaign.state, asked, made=True)


def create_preferences(
    session: Session,
    *,
    programme_id: int,
    mentors: Sequence[int],
    mentees: Sequence[int],
    titles: Mapping[str, str],
    closes_at: datetime,
    tell: Sequence[int] = (),
    origin: str,
    by: Actor,
    now: datetime,
) -> tuple[CampaignMade, ...]:
    """After a group meeting: those who were there are asked with whom they would like to work, each about the others.

    ``titles`` by key of the two questionnaires, the mentors' and the mentees'.
    """
    present = [*mentors, *mentees]
    asked = {Audience.MENTORS: mentors, Audience.MENTEES: mentees}
    return tuple(
        create_campaign(
            session,
            key,
            programme_id=programme_id,
            title=title,
            audience=AudienceFilter(audience, people=tuple(asked[audience])),
            opens_at=now,
            closes_at=closes_at,
            present=present,
            tell=tell,
            origin=f"{origin}:{audience}",
            by=by,
            now=now,
        )
        for key, title in titles.items()
        for audience in AUDIENCES[_definition(session, key).role]
        if audience in asked
    )


def change_campaign(
    session: Session,
    campaign_id: int,
    *,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    by: Actor,
    now: datetime,
) -> CampaignMoved:
    """Of a planned one all three; an open one has begun when it has begun. A cancelled one is planned again."""
    campaign = _theirs(session, campaign_id, by, CampaignState.PLANNED, CampaignState.CANCELLED, CampaignState.OPEN)
    if campaign.state is CampaignState.OPEN:
        opens_at = campaign.opens_at
    _ensure_timely(opens_at, closes_at, now)
    campaign.title, campaign.opens_at, campaign.closes_at = _title(title), opens_at, closes_at
    if campaign.state is CampaignState.CANCELLED:
        campaign.state = CampaignState.PLANNED
    record(session, "campaign.changed", campaign, by=by, now=now)
    if campaign.state is CampaignState.PLANNED and opens_at <= now:
        open_campaign(session, campaign, by=by, now=now)
    return CampaignMoved(campaign.id, campaign.state)


def extend_campaign(
    session: Session, campaign_id: int, closes_at: datetime, *, by: Actor, now: datetime
) -> CampaignMoved:
    """An open one for longer; a closed one is open again, and whoever was in the middle goes on."""
    campaign = _theirs(session, campaign_id, by, CampaignState.OPEN, CampaignState.CLOSED)
    _ensure_timely(campaign.opens_at, closes_at, now)
    if closes_at <= campaign.closes_at and campaign.state is CampaignState.OPEN:
        raise ValueWrong("closes_at")
    campaign.closes_at, campaign.closed_at, campaign.state = closes_at, None, CampaignState.OPEN
    record(session, "campaign.extended", campaign, by=by, now=now)
    return CampaignMoved(campaign.id, campaign.state)


def close_campaign(session: Session, campaign_id: int, *, by: Actor, now: datetime) -> CampaignMoved:
    campaign = _theirs(session, campaign_id, by, CampaignState.OPEN)
    close(session, campaign, by=by, now=now)
    tell_of_end(session, campaign, now, but=by.account_id)
    return CampaignMoved(campaign.id, campaign.state)


def cancel_campaign(session: Session, campaign_id: int, *, by: Actor, now: datetime) -> CampaignMoved:
    """Before it opens; nobody has heard of it."""
    campaign = _theirs(session, campaign_id, by, CampaignState.PLANNED)
    campaign.state = CampaignState.CANCELLED
    record(session, "campaign.cancelled", campaign, by=by, now=now)
    return CampaignMoved(campaign.id, campaign.state)


def remind_campaign(session: Session, campaign_id: int, *, by: Actor, now: datetime) -> Reminded:
    """All who are silent and have a chat, but not who was reminded of a survey today or is about to be asked."""
    campaign = _theirs(session, campaign_id, by, CampaignState.OPEN)
    school = all_schools(session)[campaign.organisation_id]
    today = local_day(now, school.zone)
    last = last_due(session, (KIND,), now - REMEMBERED)
    silent = dict(silent_people(session, campaign.id))
    today_or_soon = about_to_be_asked(session, silent.keys()) | {
        person_id for (person_id, _), due in last.items() if local_day(due, school.zone) >= today
    }
    planned = [
        asked_again(campaign.organisation_id, person_id, age_group, campaign.closes_at, school, now)
        for person_id, age_group in silent.items()
        if person_id not in today_or_soon
    ]
    timely = [notice for notice in planned if notice.due_at < campaign.closes_at]
    count = plan_notices(session, timely, now=now)
    if count:
        record(session, "campaign.reminded", campaign, by=by, now=now, people=count)
    return Reminded(count)


def release_recipient(session: Session, recipient_id: int, *, by: Actor, now: datetime) -> CampaignMoved:
    """Nobody waits for this answer any more. Raises OutOfDate("survey", "answered")."""
    return _put_recipient(session, recipient_id, RecipientState.WAITING, RecipientState.RELEASED, by, now)


def ask_recipient_again(session: Session, recipient_id: int, *, by: Actor, now: datetime) -> CampaignMoved:
    """Takes the release back."""
    return _put_recipient(session, recipient_id, RecipientState.RELEASED, RecipientState.WAITING, by, now)


def _put_recipient(
    session: Session, recipient_id: int, before: RecipientState, after: RecipientState, by: Actor, now: datetime
) -> CampaignMoved:
    require_curator(session, by)
    recipient = session.get(CampaignRecipient, recipient_id, with_for_update=True, populate_existing=True)
    if recipient is None:
        raise NotFound("survey")
    if recipient.state not in (before, after):
        raise OutOfDate("survey", recipient.state)
    if recipient.state is before:
        recipient.state = after
        record(
            session,
            "campaign.released" if after is RecipientState.RELEASED else "campaign.asked_again",
            recipient.campaign,
            by=by,
            now=now,
            recipient_id=recipient.id,
        )
    return CampaignMoved(recipient.campaign_id, recipient.campaign.state)


def _definition(session: Session, key: str) -> Definition:
    version = latest_version(session, key)
    return definition_of(session, version.id, version.digest)


def _theirs(session: Session, campaign_id: int, by: Actor, *states: CampaignState) -> Campaign:
    require_curator(session, by)
    campaign = locked_campaign(session, campaign_id)
    if campaign is None:
        raise NotFound("campaign")
    if campaign.state not in states:
        raise OutOfDate("campaign", campaign.state)
    return campaign


def _lock_programme(session: Session, programme_id: int) -> None:
    """Two who plan the same at once are one after the other."""
    if session.get(Programme, programme_id, with_for_update=True) is None:
        raise NotFound("programme")


def _by_origin(session: Session, programme_id: int, origin: str) -> Campaign | None:
    return session.scalar(select(Campaign).filter_by(programme_id=programme_id, origin=origin[:ORIGIN_LIMIT]))


def _ensure_timely(opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    ensure_window(opens_at, closes_at)
    if closes_at <= now:
        raise TimeInPast(closes_at)


def _title(title: str) -> str:
    stripped = " ".join(title.split())
    if not stripped:
        raise TextEmpty("title")
    if len(stripped) > TITLE_LIMIT:
        raise TextTooLong("title", TITLE_LIMIT, len(stripped))
    return stripped


def _only_ours(session: Session, audience: AudienceFilter) -> AudienceFilter:
    _people(session, audience.people)
    return audience


def _people(session: Session, person_ids: Sequence[int]) -> list[int]:
    return _found(session, Person.id, person_ids, "person")


def _accounts(session: Session, account_ids: Sequence[int]) -> list[int]:
    return _found(session, CuratorAccount.id, account_ids, "account")


def _found(session: Session, column: InstrumentedAttribute[int], ids: Sequence[int], noun: str) -> list[int]:
    """In their order; the fence hides foreign ones, which look like missing ones."""
    known = set(session.scalars(select(column).where(column.in_(ids)))) if ids else set()
    if not known.issuperset(ids):
        raise NotFound(noun)
    return list(dict.fromkeys(ids))


REMEMBERED = timedelta(days=1)
