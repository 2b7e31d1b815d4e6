"""What the system keeps about a person, and its destruction on demand (152-ФЗ art. 14, 21)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.people import Actor


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """``already`` when a demand is open: its due time stands."""

    request_id: int
    person_id: int
    due_at: datetime
    already: bool


@dataclass(frozen=True, slots=True)
class PersonErased:
    person_id: int
    answers_removed: int
    letters_removed: int
    pairs_ended: int


@dataclass(frozen=True, slots=True)
class ErasureLine:
    request_id: int
    person_id: int
    person_name: str
    reason: str
    asked_at: datetime
    due_at: datetime


def my_data(session: Session, person_id: int) -> dict[str, Any]:
    """Everything about the person in words, ready for JSON."""
    raise NotImplementedError


def ask_erasure(session: Session, person_id: int, *, by: Actor, now: datetime) -> ErasureAsked:
    """By the person, by the guardian of a minor, or by a curator for them. Due in 30 days."""
    raise NotImplementedError


def open_erasures(session: Session) -> tuple[ErasureLine, ...]:
    """Soonest due first."""
    raise NotImplementedError


def erase_person(session: Session, request_id: int, *, by: Actor, now: datetime) -> PersonErased:
    """Names, phone, birth date, chats, letters and free answers go; ids, closed answers, ratings, consents and the audit stay."""
    raise NotImplementedError
