"""Those who speak for partners: organisations that give mentors. They answer surveys and take no part in pairs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.phones import phone_number
from mentoring.rules.errors import TextEmpty, TextTooLong, ValueWrong
from mentoring.rules.people import Actor, AgeGroup, PersonKind
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.invitations import Link, partner_link
from mentoring.use_cases.listing import refresh_person
from mentoring.use_cases.organisations import organisation_card
from storage.models.person import Person

NEEDED = ("last_name", "first_name", "partner")
LIMITS = {"last_name": 100, "first_name": 100, "patronymic": 100, "partner": 200}


@dataclass(frozen=True, slots=True)
class PartnerAdded:
    person_id: int
    link: Link


def add_partner(
    session: Session,
    *,
    last_name: str,
    first_name: str,
    patronymic: str = "",
    partner: str,
    phone: str = "",
    by: Actor,
    now: datetime,
) -> PartnerAdded:
    """``partner``: the organisation for which they speak. Raises TextEmpty, TextTooLong, ValueWrong by field."""
    require_curator(session, by)
    words = {"last_name": last_name, "first_name": first_name, "patronymic": patronymic, "partner": partner}
    clean = {field: _clean(field, text) for field, text in words.items()}
    person = Person(
        organisation_id=organisation_card(session).organisation_id,
        kind=PersonKind.PARTNER,
        age_group=AgeGroup.ADULT,
        place=clean.pop("partner"),
        phone=_phone(phone),
        created_at=now,
        **clean,
    )
    session.add(person)
    session.flush()
    record(session, "partner.added", person, by=by, now=now)
    refresh_person(session, person)
    return PartnerAdded(person.id, partner_link(session, person.id, by=by, now=now))


def _clean(field: str, text: str) -> str:
    clean = " ".join(text.split())
    if not clean and field in NEEDED:
        raise TextEmpty(field)
    if len(clean) > LIMITS[field]:
        raise TextTooLong(field, LIMITS[field], len(clean))
    return clean


def _phone(text: str) -> str:
    number = phone_number(text) if text.strip() else ""
    if number is None:
        raise ValueWrong("phone")
    return number
