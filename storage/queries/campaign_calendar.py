"""What the calendar of campaigns looks at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import Audience, CampaignState
from mentoring.rules.errors import NotFound
from storage.models.campaign import Campaign
from storage.models.organisation import Organisation, Programme
from storage.queries.campaign_audience import others_count

HAND = "hand:"
"""How the origin of a campaign begins that was made by hand and not by the calendar."""


@dataclass(frozen=True, slots=True)
class YearFacts:
    """``others``: how many parents, partners and curators could be asked."""

    starts_on: date
    ends_on: date
    introduced_on: date | None
    forms: tuple[str, ...]
    time_zone: str
    others: Mapping[Audience, int]


@dataclass(frozen=True, slots=True)
class PlannedOccasion:
    campaign_id: int
    state: CampaignState
    opens_at: datetime
    closes_at: datetime


def year_facts(session: Session, programme_id: int) -> YearFacts:
    """One query."""
    counts = others_count(programme_id)
    row = session.execute(
        select(Programme, Organisation.time_zone, *counts.values())
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(Programme.id == programme_id)
    ).one_or_none()
    if row is None:
        raise NotFound("programme")
    programme, time_zone, *others = row
    return YearFacts(
        programme.starts_on,
        programme.ends_on,
        programme.introduced_on,
        tuple(programme.forms),
        time_zone,
        dict(zip(counts, others, strict=True)),
    )


def planned_occasions(session: Session, programme_id: int) -> dict[str, PlannedOccasion]:
    """By origin, those of the calendar."""
    found = select(Campaign).where(Campaign.programme_id == programme_id, of_calendar())
    return {
        one.origin or "": PlannedOccasion(one.id, one.state, one.opens_at, one.closes_at)
        for one in session.scalars(found)
    }


def of_calendar() -> ColumnElement[bool]:
    return and_(Campaign.origin.is_not(None), Campaign.origin.not_like(f"{HAND}%"))
