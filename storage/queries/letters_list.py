"""Letters of participants, the unanswered first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.people import PersonName
from storage.models.notice import Letter
from storage.models.person import Person


@dataclass(frozen=True, slots=True)
class LetterRow:
    letter_id: int
    person_id: int
    person_name: str
    text: str
    written_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class LettersPage:
    rows: tuple[LetterRow, ...]
    total: int


def letters_page(session: Session, *, only_open: bool, offset: int, limit: int) -> LettersPage:
    conditions = [Letter.from_curator.is_(False)]
    if only_open:
        conditions.append(Letter.answered_at.is_(None))
    found = session.execute(
        select(Letter, Person.last_name, Person.first_name, Person.patronymic)
        .join(Person, Person.id == Letter.person_id)
        .where(*conditions)
        .order_by(Letter.answered_at.is_not(None), Letter.written_at.desc(), Letter.id.desc())
        .offset(offset)
        .limit(limit)
    )
    rows = tuple(_row(letter, PersonName(*name)) for letter, *name in found)
    return LettersPage(rows, session.scalar(select(func.count()).select_from(Letter).where(*conditions)) or 0)


def _row(letter: Letter, name: PersonName) -> LetterRow:
    return LetterRow(letter.id, letter.person_id, name.full, letter.text, letter.written_at, letter.answered_at)
