"""«Написать куратору», the curator's answer, and the curator's own words to a person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.people import Actor


@dataclass(frozen=True, slots=True)
class LetterWritten:
    letter_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class LetterView:
    letter_id: int
    person_id: int
    person_name: str
    from_curator: bool
    author_name: str
    text: str
    written_at: datetime
    answered_at: datetime | None


def write_to_curator(session: Session, person_id: int, text: str, *, by: Actor, now: datetime) -> LetterWritten:
    """Raises TextEmpty, TextTooLong."""
    raise NotImplementedError


def answer_letter(session: Session, letter_id: int, text: str, *, by: Actor, now: datetime) -> LetterWritten:
    raise NotImplementedError


def close_letter(session: Session, letter_id: int, *, by: Actor, now: datetime) -> LetterWritten:
    """No answer is needed (or it was given by voice)."""
    raise NotImplementedError


def write_to_person(session: Session, person_id: int, text: str, *, by: Actor, now: datetime) -> LetterWritten:
    raise NotImplementedError


def open_letters(session: Session) -> tuple[LetterView, ...]:
    """Of people to the curator, not answered yet, oldest first."""
    raise NotImplementedError


def letters_with(session: Session, person_id: int) -> tuple[LetterView, ...]:
    """The whole correspondence, oldest first."""
    raise NotImplementedError
