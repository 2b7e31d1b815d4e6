"""«Написать куратору», the curator's answer, and the curator's own words to a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.errors import NotAllowed, NotFound, TextEmpty, TextTooLong
from mentoring.rules.people import Actor
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.chats import curator_person_ids
from mentoring.use_cases.notices import notify
from storage.models.account import CuratorAccount
from storage.models.notice import Letter
from storage.models.person import Person

LETTER_LIMIT = 3500
"""Characters: with a heading it still fits into one message of the chat (4096)."""


@dataclass(frozen=True, slots=True)
class LetterWritten:
    letter_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class LetterView:
    """``author_name`` is the curator's for their letters, the person's for theirs."""

    letter_id: int
    person_id: int
    person_name: str
    from_curator: bool
    author_name: str
    text: str
    written_at: datetime
    answered_at: datetime | None


def write_to_curator(session: Session, person_id: int, text: str, *, by: Actor, now: datetime) -> LetterWritten:
    """Raises TextEmpty, TextTooLong. Curators with a linked chat are told at once, the others see it in the panel."""
    if by.person_id != person_id:
        raise NotAllowed("write_to_curator")
    letter = _write(session, _person(session, person_id), text, None, by, now)
    for curator in curator_person_ids(session):
        if curator != person_id:
            _tell(session, curator, NoticeKind.CURATOR_PERSON_WROTE, letter, now)
    return LetterWritten(letter.id, person_id)


def answer_letter(session: Session, letter_id: int, text: str, *, by: Actor, now: datetime) -> LetterWritten:
    """Closes the letter, and the earlier open ones of the same person: the answer is to all that was said."""
    account_id = require_curator(session, by)
    asked = _letter(session, letter_id)
    answer = _write(session, asked.person, text, account_id, by, now)
    for letter in session.scalars(_open().where(Letter.person_id == asked.person_id, Letter.id <= asked.id)):
        letter.answered_at = now
    _tell(session, asked.person_id, NoticeKind.PERSON_CURATOR_WROTE, answer, now)
    return LetterWritten(answer.id, asked.person_id)


def close_letter(session: Session, letter_id: int, *, by: Actor, now: datetime) -> LetterWritten:
    """No answer is needed, or it was given by voice."""
    require_curator(session, by)
    letter = _letter(session, letter_id)
    if letter.answered_at is None:
        letter.answered_at = now
        record(session, "letter.closed", letter, by=by, now=now)
    return LetterWritten(letter.id, letter.person_id)


def write_to_person(session: Session, person_id: int, text: str, *, by: Actor, now: datetime) -> LetterWritten:
    account_id = require_curator(session, by)
    letter = _write(session, _person(session, person_id), text, account_id, by, now)
    _tell(session, person_id, NoticeKind.PERSON_CURATOR_WROTE, letter, now)
    return LetterWritten(letter.id, person_id)


def open_letters(session: Session) -> tuple[LetterView, ...]:
    """Of people to the curator, not answered yet, oldest first."""
    return _views(session, session.scalars(_open().options(joinedload(Letter.person)).order_by(Letter.id)))


def letters_with(session: Session, person_id: int) -> tuple[LetterView, ...]:
    """The whole correspondence, oldest first."""
    theirs = select(Letter).options(joinedload(Letter.person)).where(Letter.person_id == person_id)
    return _views(session, session.scalars(theirs.order_by(Letter.id)))


def _write(session: Session, person: Person, text: str, account_id: int | None, by: Actor, now: datetime) -> Letter:
    clean = text.strip()
    if not clean:
        raise TextEmpty("letter")
    if len(clean) > LETTER_LIMIT:
        raise TextTooLong("letter", LETTER_LIMIT, len(clean))
    letter = Letter(
        person=person, from_curator=account_id is not None, account_id=account_id, text=clean, written_at=now
    )
    session.add(letter)
    session.flush()
    record(session, "letter.written", letter, by=by, now=now, person_id=person.id)
    return letter


def _tell(session: Session, person_id: int, kind: NoticeKind, letter: Letter, now: datetime) -> None:
    """Words from one human to another do not wait for the end of lessons, only for the end of the night."""
    notify(session, person_id, kind, {"letter_id": letter.id}, dedup_key=f"{letter.id}", now=now, urgent=True)


def _open() -> Select[Letter]:
    return select(Letter).where(Letter.from_curator.is_(False), Letter.answered_at.is_(None))


def _letter(session: Session, letter_id: int) -> Letter:
    letter = session.get(Letter, letter_id)
    if letter is None or letter.from_curator:
        raise NotFound("letter")
    return letter


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None or person.erased_at:
        raise NotFound("person")
    return person


def _views(session: Session, letters: Iterable[Letter]) -> tuple[LetterView, ...]:
    found = list(letters)
    writers = {letter.account_id for letter in found if letter.account_id}
    authors = select(CuratorAccount.id, CuratorAccount.full_name).where(CuratorAccount.id.in_(writers))
    names = {account_id: full_name for account_id, full_name in session.execute(authors)}
    return tuple(
        LetterView(
            letter_id=letter.id,
            person_id=letter.person_id,
            person_name=letter.person.name.full,
            from_curator=letter.from_curator,
            author_name=names.get(letter.account_id or 0, "") if letter.from_curator else letter.person.name.full,
            text=letter.text,
            written_at=letter.written_at,
            answered_at=letter.answered_at,
        )
        for letter in found
    )
