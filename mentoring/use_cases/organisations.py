"""An organisation comes in, and says what it is called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from config.consent_texts import ConsentSource
from mentoring.rules.people import Actor


@dataclass(frozen=True, slots=True)
class OrganisationOpened:
    organisation_id: int
    programme_id: int


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    organisation_id: int
    name: str
    short_name: str
    address: str
    contact: str
    kind: str
    time_zone: str
    settings: dict[str, Any]
    programme_id: int
    programme_name: str
    school_year: str
    stage: int
    curator_name: str


def open_organisation(
    session: Session,
    name: str,
    short_name: str,
    *,
    address: str = "",
    contact: str = "",
    time_zone: str = "Europe/Moscow",
    kind: str = "school",
    definitions: Iterable[dict[str, Any]] = (),
    consents: Iterable[ConsentSource] = (),
    by: Actor,
    now: datetime,
) -> OrganisationOpened:
    """Unfenced. The programme is that of the current school year; the role links, questionnaires and consent texts come with it."""
    raise NotImplementedError


def update_organisation(
    session: Session,
    *,
    name: str | None = None,
    short_name: str | None = None,
    address: str | None = None,
    contact: str | None = None,
    time_zone: str | None = None,
    settings: dict[str, Any] | None = None,
    by: Actor,
    now: datetime,
) -> OrganisationCard:
    """Only what is given changes. A new name, address or contact publishes new versions of the consent texts."""
    raise NotImplementedError


def organisation_card(session: Session) -> OrganisationCard:
    raise NotImplementedError
