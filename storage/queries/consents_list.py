"""Decisions about personal data, the newest first: what stands, what was refused, what was withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.consents import PUBLICATION, ConsentKind, Decision
from mentoring.rules.people import Door, PersonName
from storage.models.account import AuditEntry
from storage.models.consent import Consent, ConsentText, ConsentWithdrawal
from storage.models.person import Person
from storage.queries.counting import count_up_to

WITHDRAWN = "withdrawn"  # a value of ``state`` beside the decisions
ON_SITE = "on_site"  # the same
NAME_REMOVED = "consent.name_removed"
"""An act in the journal: the curator has taken the name off the site."""
_NEWER = aliased(Consent)


@dataclass(frozen=True, slots=True)
class ConsentFilter:
    """``state``: given, refused, withdrawn, on_site (`maybe_on_site`). ``kind``: of the consent."""

    state: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ConsentRow:
    consent_id: int
    text_id: int
    kind: ConsentKind
    version: int
    decision: Decision
    door: Door
    decided_at: datetime
    withdrawn_at: datetime | None
    person_id: int
    person_name: str
    giver_id: int
    giver_name: str
    maybe_on_site: bool


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    rows: tuple[ConsentRow, ...]
    total: int


def consents_page(session: Session, asked: ConsentFilter, *, offset: int, limit: int) -> ConsentsPage:
    conditions = tuple(_conditions(asked))
    rows = tuple(_row(found) for found in session.execute(_found(conditions).offset(offset).limit(limit)))
    return ConsentsPage(rows, count_up_to(session, select(Consent.id).outerjoin(Consent.withdrawal).where(*conditions)))


def all_consents(session: Session, asked: ConsentFilter) -> Iterator[ConsentRow]:
    for found in session.execute(_found(tuple(_conditions(asked))).execution_options(yield_per=500)):
        yield _row(found)


def maybe_on_site() -> ColumnElement[bool]:
    """A publication was taken back; nobody has agreed anew or has said that the name is off the site."""
    removed = and_(AuditEntry.object_kind == Consent.__tablename__, AuditEntry.object_id == Consent.id)
    anew = and_(_NEWER.person_id == Consent.person_id, _NEWER.kind == Consent.kind, _NEWER.id > Consent.id)
    return and_(
        Consent.decision == Decision.GIVEN,
        Consent.kind.in_(PUBLICATION),
        ConsentWithdrawal.id.is_not(None),
        ~exists().where(removed, AuditEntry.act == NAME_REMOVED),
        ~exists().where(anew, _NEWER.decision == Decision.GIVEN),
    )


def _conditions(asked: ConsentFilter) -> Iterator[ColumnElement[bool]]:
    if asked.state == WITHDRAWN:
        yield ConsentWithdrawal.id.is_not(None)
    elif asked.state == ON_SITE:
        yield maybe_on_site()
    elif asked.state in list(Decision):
        yield Consent.decision == Decision(asked.state)
        yield ConsentWithdrawal.id.is_(None)
    if asked.kind in list(ConsentKind):
        yield Consent.kind == ConsentKind(asked.kind)


def _found(conditions: tuple[ColumnElement[bool], ...]) -> Select[*tuple[Any, ...]]:
    giver = aliased(Person)
    return (
        select(
            Consent.id,
            Consent.text_id,
            Consent.kind,
            ConsentText.version,
            Consent.decision,
            Consent.door,
            Consent.decided_at,
            ConsentWithdrawal.withdrawn_at,
            Person.id.label("person_id"),
            Person.last_name,
            Person.first_name,
            Person.patronymic,
            giver.id.label("giver_id"),
            giver.last_name.label("giver_last"),
            giver.first_name.label("giver_first"),
            giver.patronymic.label("giver_patronymic"),
            maybe_on_site().label("maybe_on_site"),
        )
        .join(Consent.text)
        .join(Person, Person.id == Consent.person_id)
        .join(giver, giver.id == Consent.given_by_id)
        .outerjoin(Consent.withdrawal)
        .where(*conditions)
        .order_by(Consent.id.desc())
    )


def _row(found: Any) -> ConsentRow:
    return ConsentRow(
        consent_id=found.id,
        text_id=found.text_id,
        kind=found.kind,
        version=found.version,
        decision=found.decision,
        door=found.door,
        decided_at=found.decided_at,
        withdrawn_at=found.withdrawn_at,
        person_id=found.person_id,
        person_name=PersonName(found.last_name, found.first_name, found.patronymic).full,
        giver_id=found.giver_id,
        giver_name=PersonName(found.giver_last, found.giver_first, found.giver_patronymic).full,
        maybe_on_site=found.maybe_on_site,
    )
