"""A person is added by hand or corrected. Their whole story: `mentoring.use_cases.person_story`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring.phones import phone_number
from mentoring.rules.errors import NotFound, TextEmpty, TextTooLong, ValueWrong
from mentoring.rules.people import Actor, AgeGroup, PersonKind, Role, age_on
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.arrivals import enrol
from mentoring.use_cases.audit import record
from mentoring.use_cases.enrolment import follow_birth_date, set_age_group
from mentoring.use_cases.listing import refresh_person
from mentoring.use_cases.person_story import EnrolmentLine as EnrolmentLine
from mentoring.use_cases.person_story import PersonCard as PersonCard
from mentoring.use_cases.person_story import PersonStory as PersonStory
from mentoring.use_cases.person_story import card_of
from mentoring.use_cases.person_story import person_story as person_story
from mentoring.use_cases.responses import ResponseLine as ResponseLine
from storage.models.organisation import Programme
from storage.models.person import Person

OLDEST, YOUNGEST = 100, 6
"""Full years of a participant; other dates are slips of the finger."""


@dataclass(frozen=True, slots=True)
class PersonAdded:
    person_id: int
    enrolment_id: int


def add_person(
    session: Session,
    programme_id: int,
    role: Role,
    *,
    last_name: str,
    first_name: str,
    patronymic: str = "",
    kind: PersonKind | None = None,
    birth_date: date | None = None,
    place: str = "",
    phone: str = "",
    by: Actor,
    now: datetime,
) -> PersonAdded:
    """A person without a chat, for paper consents and answers. Raises TextEmpty, TextTooLong, ValueWrong by field."""
    require_curator(session, by)
    if session.get(Programme, programme_id) is None:
        raise NotFound("programme")
    person = Person(kind=kind, created_at=now)
    session.add(person)
    _write(person, now, {"last_name": last_name, "first_name": first_name, "patronymic": patronymic})
    _write(person, now, {"place": place, "phone": phone, "birth_date": birth_date})
    session.flush()
    record(session, "person.added", person, by=by, now=now, role=role.value)
    enrolment = enrol(session, person, programme_id, role, by, now)
    refresh_person(session, person)
    follow_birth_date(session, person, by=by, now=now)
    return PersonAdded(person.id, enrolment.id)


def correct_person(
    session: Session,
    person_id: int,
    *,
    last_name: str | None = None,
    first_name: str | None = None,
    patronymic: str | None = None,
    kind: PersonKind | None = None,
    birth_date: date | None = None,
    age_group: AgeGroup | None = None,
    place: str | None = None,
    phone: str | None = None,
    by: Actor,
    now: datetime,
) -> PersonCard:
    """Only what is given changes. A birth date decides the age group, whatever group is given with it."""
    require_curator(session, by)
    person = session.get(Person, person_id)
    if person is None or person.erased_at:
        raise NotFound("person")
    given: dict[str, Any] = {"last_name": last_name, "first_name": first_name, "patronymic": patronymic, "place": place}
    given |= {"phone": phone, "birth_date": birth_date, "kind": kind}
    if changed := _write(person, now, {field: value for field, value in given.items() if value is not None}):
        record(session, "person.corrected", person, by=by, now=now, fields=changed)
    refresh_person(session, person)
    if age_group is not None and person.birth_date is None and person.age_group is not age_group:
        set_age_group(session, person, age_group, by=by, now=now)
    follow_birth_date(session, person, by=by, now=now)
    return card_of(session, person)


def _write(person: Person, now: datetime, values: dict[str, Any]) -> list[str]:
    """The fields that really changed."""
    clean = {field: _clean(field, value, now) for field, value in values.items()}
    changed = [field for field, value in clean.items() if getattr(person, field) != value]
    for field in changed:
        setattr(person, field, clean[field])
    return changed


def _clean(field: str, value: Any, now: datetime) -> Any:
    if field == "birth_date":
        return _birth_date(value, now)
    if not isinstance(value, str) or field == "kind":
        return value
    text = " ".join(value.split())
    if field == "phone":
        return _phone(text)
    if not text and field in ("last_name", "first_name"):
        raise TextEmpty(field)
    limit = 200 if field == "place" else 100
    if len(text) > limit:
        raise TextTooLong(field, limit, len(text))
    return text


def _birth_date(value: date | None, now: datetime) -> date | None:
    if value is not None and not YOUNGEST <= age_on(value, now.date()) <= OLDEST:
        raise ValueWrong("birth_date")
    return value


def _phone(text: str) -> str:
    number = phone_number(text) if text else ""
    if number is None:
        raise ValueWrong("phone")
    return number
