"""Decisions about personal data, the newest first: what stands, what was refused, what was withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.consents import ConsentKind, Decision
from mentoring.rules.people import Door, PersonName
from storage.models.consent import Consent, ConsentText, ConsentWithdrawal
from storage.models.person import Person
from storage.queries.counting import count_up_to

WITHDRAWN = "withdrawn"  # a value of ``state`` beside the decisions


@dataclass(frozen=True, slots=True)
class ConsentFilter:
    """``state``: given, refused, withdrawn. ``kind``: of the consent."""

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


def _conditions(asked: ConsentFilter) -> Iterator[ColumnElement[bool]]:
    if asked.state == WITHDRAWN:
        yield ConsentWithdrawal.id.is_not(None)
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
    )
