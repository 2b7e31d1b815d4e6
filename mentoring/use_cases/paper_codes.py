"""Codes that tie a printed form to a person, a version and what it is about."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.errors import NotFound, ValueWrong
from mentoring.rules.paper_codes import CODES, paper_code, read_paper_code
from storage.models.campaign import PaperCode


@dataclass(frozen=True, slots=True)
class PaperSubject:
    """Who answers, which version, about what. With ``recipient_id`` the rest is that of the campaign's asking."""

    person_id: int
    version_id: int
    enrolment_id: int | None = None
    meeting_id: int | None = None
    pair_id: int | None = None
    recipient_id: int | None = None


def issue_codes(session: Session, subjects: Sequence[PaperSubject], *, now: datetime) -> tuple[str, ...]:
    """In the order of ``subjects``. What was printed already keeps its code: an old copy works too."""
    known = {_subject(row): row for row in session.scalars(_printed_for({one.person_id for one in subjects}))}
    fresh = iter(_unused(session, sum(one not in known for one in subjects)))
    for subject in subjects:
        if subject not in known:
            known[subject] = _row(subject, next(fresh), now)
            session.add(known[subject])
        known[subject].printed_at = now
    session.flush()
    return tuple(known[subject].code for subject in subjects)


def find_code(session: Session, typed: str) -> int:
    """The id of the code. Raises ValueWrong when it is mistyped, NotFound when no such form was printed here."""
    code = read_paper_code(typed)
    if code is None:
        raise ValueWrong("paper_code")
    found = session.scalar(select(PaperCode).options(joinedload(PaperCode.person)).where(PaperCode.code == code))
    if found is None or found.person.erased_at:
        raise NotFound("paper_code")
    return found.id


def subject_of_code(session: Session, code_id: int) -> PaperSubject:
    found = session.get(PaperCode, code_id)
    if found is None:
        raise NotFound("paper_code")
    return _subject(found)


def _printed_for(people: Iterable[int]) -> Select[PaperCode]:
    return select(PaperCode).where(PaperCode.person_id.in_(people)).order_by(PaperCode.id)


def _subject(row: PaperCode) -> PaperSubject:
    return PaperSubject(row.person_id, row.version_id, row.enrolment_id, row.meeting_id, row.pair_id, row.recipient_id)


def _row(subject: PaperSubject, code: str, now: datetime) -> PaperCode:
    return PaperCode(
        code=code,
        person_id=subject.person_id,
        version_id=subject.version_id,
        recipient_id=subject.recipient_id,
        enrolment_id=subject.enrolment_id,
        meeting_id=subject.meeting_id,
        pair_id=subject.pair_id,
        printed_at=now,
    )


def _unused(session: Session, count: int) -> list[str]:
    """Random, so that a code tells neither how many were printed nor for whom."""
    found: set[str] = set()
    while len(found) < count:
        drawn = {paper_code(secrets.randbelow(CODES)) for _ in range(count - len(found))}
        found |= drawn - set(session.scalars(select(PaperCode.code).where(PaperCode.code.in_(drawn))))
    return list(found)
