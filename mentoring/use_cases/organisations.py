"""An organisation comes in, and says what it is called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.consent_texts import ConsentSource, consent_sources
from mentoring.rules.enrolment import InvitationPurpose
from mentoring.rules.errors import TextEmpty, TextTooLong, ValueWrong
from mentoring.rules.forms import OrganisationKind
from mentoring.rules.people import Actor
from mentoring.rules.reminders import OrganisationSettings
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.consents import publish_consent_text
from mentoring.use_cases.invitations import new_invitation
from mentoring.use_cases.organisation_card import OrganisationCard as OrganisationCard
from mentoring.use_cases.organisation_card import organisation_card as organisation_card
from mentoring.use_cases.organisation_card import own_organisation
from mentoring.use_cases.questionnaire_versions import publish_absent
from storage.models.organisation import Organisation, Programme
from storage.scope import fenced


@dataclass(frozen=True, slots=True)
class OrganisationOpened:
    organisation_id: int
    programme_id: int


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
    """Unfenced. A programme of the current school year comes with it, links, questionnaires and consent texts."""
    organisation = Organisation(settings={}, kind=kind, created_at=now)
    _rename(organisation, name=name, short_name=short_name, address=address, contact=contact, time_zone=time_zone)
    session.add(organisation)
    session.flush()
    with fenced(session, organisation.id):
        programme = _open_programme(session, organisation, by, now)
        publish_absent(session, definitions, by=by, now=now)
        for source in consents:
            publish_consent_text(session, source, by=by, now=now)
        record(session, "organisation.opened", organisation, by=by, now=now)
        session.flush()
    return OrganisationOpened(organisation.id, programme.id)


def update_organisation(
    session: Session,
    *,
    name: str | None = None,
    short_name: str | None = None,
    address: str | None = None,
    contact: str | None = None,
    time_zone: str | None = None,
    kind: str | None = None,
    settings: OrganisationSettings | None = None,
    by: Actor,
    now: datetime,
) -> OrganisationCard:
    """Only what is given changes. A new name, address or contact publishes new versions of the consent texts."""
    require_curator(session, by)
    organisation = own_organisation(session)
    wanted = {"name": name, "short_name": short_name, "address": address, "contact": contact, "time_zone": time_zone}
    changed = _rename(organisation, **{field: value for field, value in wanted.items() if value is not None})
    if kind is not None and OrganisationKind(kind) != organisation.kind:
        organisation.kind = OrganisationKind(kind).value
        changed.append("kind")
    if settings is not None and _checked(settings).to_stored() != organisation.settings:
        organisation.settings = settings.to_stored()
        changed.append("settings")
    if changed:
        record(session, "organisation.changed", organisation, by=by, now=now, fields=changed)
    if {"name", "short_name", "address", "contact"} & set(changed):
        publish_consents(session, by=by, now=now)
    return organisation_card(session)


def publish_consents(session: Session, *, by: Actor, now: datetime) -> int:
    """New versions of those texts that say something else by now, and kinds that were not there; returns how many."""
    return sum(publish_consent_text(session, source, by=by, now=now).changed for source in consent_sources())


def bring_consents(session: Session, *, by: Actor, now: datetime) -> int:
    """Unfenced: to every organisation, at a start. What was given under an older text stays given."""
    published = 0
    for organisation_id in session.scalars(select(Organisation.id).order_by(Organisation.id)).all():
        with fenced(session, organisation_id):
            published += publish_consents(session, by=by, now=now)
            session.flush()  # while the fence stands where these rows belong
    return published


def _rename(organisation: Organisation, **fields: str) -> list[str]:
    """The fields that really changed."""
    clean = {field: _clean(field, value) for field, value in fields.items()}
    changed = [field for field, value in clean.items() if getattr(organisation, field) != value]
    for field in changed:
        setattr(organisation, field, clean[field])
    return changed


def _clean(field: str, value: str) -> str:
    value = " ".join(value.split())
    if not value and field in ("name", "short_name", "time_zone"):
        raise TextEmpty(field)
    if len(value) > _LENGTHS[field]:
        raise TextTooLong(field, _LENGTHS[field], len(value))
    if field == "time_zone":
        _check_zone(value)
    return value


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueWrong("time_zone") from None


def _open_programme(session: Session, organisation: Organisation, by: Actor, now: datetime) -> Programme:
    first = _school_year_start(now.astimezone(ZoneInfo(organisation.time_zone)).date())
    year = f"{first.year}/{first.year + 1}"
    programme = Programme(
        organisation_id=organisation.id,
        name=f"Программа наставничества {year}",
        school_year=year,
        starts_on=first,
        ends_on=date(first.year + 1, 8, 31),
        forms=[],
        stage=1,
    )
    session.add(programme)
    session.flush()
    for purpose in (InvitationPurpose.MENTOR, InvitationPurpose.MENTEE):
        new_invitation(session, purpose, programme_id=programme.id, by=by, now=now)
    return programme


def _school_year_start(day: date) -> date:
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


def _checked(settings: OrganisationSettings) -> OrganisationSettings:
    for field, allowed in _DAYS.items():
        if getattr(settings, field) not in allowed:
            raise ValueWrong(field)
    if settings.minors_from >= settings.minors_to:
        raise ValueWrong("minors_to")
    if settings.minors_weekend_from >= settings.minors_weekend_to:
        raise ValueWrong("minors_weekend_to")
    if settings.quiet_to >= settings.quiet_from:  # the day between them is when messages go out
        raise ValueWrong("quiet_from")
    return settings


_LENGTHS = {"name": 300, "short_name": 120, "address": 300, "contact": 300, "time_zone": 64}
_DAYS = {
    "silence_days": range(1, 61),
    "silence_days_curator": range(1, 121),
    "first_meeting_days": range(1, 31),
    "proposal_days": range(1, 31),
    "meeting_minutes": range(10, 241),
    "digest_weekday": range(7),
}
