"""A guardian introduces themselves after the decision, one thing at a time; how far they are is in the rows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.errors import NotAllowed, NotFound, TextEmpty, TextTooLong, ValueWrong
from mentoring.rules.people import Actor, PersonName, name_from_full
from mentoring.use_cases.audit import record
from mentoring.use_cases.listing import refresh_person
from storage.models.person import Guardianship, Person


class StatementField(StrEnum):
    """In the order in which they are asked."""

    MINOR_NAME = "minor_name"
    OWN_NAME = "own_name"
    RELATION = "relation"


@dataclass(frozen=True, slots=True)
class GuardianStatement:
    """``asked`` is what to ask now; None: all is said."""

    guardian_id: int
    minor_id: int
    minor_name: str
    own_name: str
    relation: str
    asked: StatementField | None


def guardian_statement(session: Session, guardian_id: int, minor_id: int) -> GuardianStatement:
    return statement_of(_guardianship(session, guardian_id, minor_id))


def state_guardian(
    session: Session, guardian_id: int, minor_id: int, field: StatementField, text: str, *, by: Actor, now: datetime
) -> GuardianStatement:
    """Raises TextEmpty, TextTooLong, ValueWrong (a name needs a surname and a first name).

    What is known already is not overwritten: a late second message changes nothing.
    """
    guardianship = _guardianship(session, guardian_id, minor_id)
    if by.person_id != guardian_id:
        raise NotAllowed("state_guardian")
    if statement_of(guardianship).asked is not field:
        return statement_of(guardianship)
    if field is StatementField.RELATION:
        guardianship.relation = _clean(field, text, 60)
    else:
        person = guardianship.minor if field is StatementField.MINOR_NAME else guardianship.guardian
        _introduce(session, person, _full_name(field, text))
    record(session, "guardianship.stated", guardianship, by=by, now=now, field=field.value)
    return statement_of(guardianship)


def statement_of(guardianship: Guardianship) -> GuardianStatement:
    guardian, minor = guardianship.guardian, guardianship.minor
    return GuardianStatement(
        guardian_id=guardian.id,
        minor_id=minor.id,
        minor_name=minor.name.full,
        own_name=guardian.name.full,
        relation=guardianship.relation,
        asked=_asked(guardianship),
    )


def _asked(guardianship: Guardianship) -> StatementField | None:
    if not guardianship.minor.last_name:
        return StatementField.MINOR_NAME
    if not guardianship.guardian.last_name:
        return StatementField.OWN_NAME
    return None if guardianship.relation else StatementField.RELATION


def _introduce(session: Session, person: Person, name: PersonName) -> None:
    person.last_name, person.first_name, person.patronymic = name.last, name.first, name.patronymic
    refresh_person(session, person)


def _full_name(field: StatementField, text: str) -> PersonName:
    name = name_from_full(_clean(field, text, 200))
    parts = (name.last, name.first, name.patronymic)
    if not name.last or not name.first or any(len(part) > 100 or any(map(str.isdigit, part)) for part in parts):
        raise ValueWrong(field)
    return name


def _clean(field: StatementField, text: str, limit: int) -> str:
    clean = " ".join(text.split())
    if not clean:
        raise TextEmpty(field)
    if len(clean) > limit:
        raise TextTooLong(field, limit, len(clean))
    return clean


def _guardianship(session: Session, guardian_id: int, minor_id: int) -> Guardianship:
    found = session.scalar(
        select(Guardianship)
        .options(joinedload(Guardianship.guardian), joinedload(Guardianship.minor))
        .filter_by(guardian_id=guardian_id, minor_id=minor_id)
    )
    if found is None:
        raise NotFound("guardianship")
    return found
