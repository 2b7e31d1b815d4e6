"""Somebody who has no pair: which of the three exits, who sees to it, by when, and what came of it (002, item 5.4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound, OutOfDate, TextEmpty, TextTooLong
from mentoring.rules.people import Actor, Door
from mentoring.rules.selection import WaitingExit
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from storage.models.matching import WaitingCase
from storage.models.person import Enrolment

OWNER_LIMIT = 200
NOTE_LIMIT = 1000
PAIRED = "paired"
"""The outcome of a case that a pair has closed."""


@dataclass(frozen=True, slots=True)
class CaseChanged:
    case_id: int
    enrolment_id: int
    exit: WaitingExit
    name: str


def open_case(
    session: Session,
    enrolment_id: int,
    exit: WaitingExit,
    *,
    owner: str = "",
    due_on: date | None = None,
    note: str = "",
    by: Actor,
    now: datetime,
) -> CaseChanged:
    """An open case stays as it is when the system asks for one. Raises TextEmpty where an exit needs its reasons."""
    account_id = None if by.door is Door.SCHEDULER else accounts.require_curator(session, by)
    enrolment = session.get(Enrolment, enrolment_id, with_for_update=True)
    if enrolment is None:
        raise NotFound("enrolment")
    case = _open_of(session, [enrolment_id])
    if case and account_id is None:
        return _changed(case[0], enrolment)
    found = case[0] if case else WaitingCase(enrolment_id=enrolment_id, opened_by_account_id=account_id, opened_at=now)
    _write(found, exit, owner, due_on, note)
    found.organisation_id = enrolment.organisation_id
    session.add(found)
    session.flush()
    record(session, "waiting.changed" if case else "waiting.opened", found, by=by, now=now, exit=exit.value)
    return _changed(found, enrolment)


def change_case(
    session: Session,
    case_id: int,
    exit: WaitingExit,
    *,
    owner: str = "",
    due_on: date | None = None,
    note: str = "",
    by: Actor,
    now: datetime,
) -> CaseChanged:
    accounts.require_curator(session, by)
    case = _locked(session, case_id)
    _write(case, exit, owner, due_on, note)
    record(session, "waiting.changed", case, by=by, now=now, exit=exit.value)
    return _changed(case, session.get_one(Enrolment, case.enrolment_id))


def close_case(session: Session, case_id: int, outcome: str, *, by: Actor, now: datetime) -> CaseChanged:
    """``outcome``: what came of it, in the curator's words."""
    accounts.require_curator(session, by)
    case = _locked(session, case_id)
    _ensure_fits("outcome", outcome, NOTE_LIMIT, needed=True)
    case.outcome, case.closed_at = outcome.strip(), now
    record(session, "waiting.closed", case, by=by, now=now)
    return _changed(case, session.get_one(Enrolment, case.enrolment_id))


def close_for(session: Session, enrolment_ids: Collection[int], *, by: Actor, now: datetime) -> None:
    """They have a pair now."""
    for case in _open_of(session, enrolment_ids):
        case.outcome, case.closed_at = PAIRED, now
        record(session, "waiting.closed", case, by=by, now=now, outcome=PAIRED)


def forget_case_words(session: Session, person_id: int) -> None:
    """The person's data are destroyed: that there was a case stays, the words about them go."""
    theirs = select(Enrolment.id).where(Enrolment.person_id == person_id)
    mine = update(WaitingCase).where(WaitingCase.enrolment_id.in_(theirs))
    session.execute(mine.values(note="", owner=""))
    session.execute(mine.where(WaitingCase.outcome != PAIRED).values(outcome=""))


def _open_of(session: Session, enrolment_ids: Collection[int]) -> list[WaitingCase]:
    waiting = WaitingCase.enrolment_id.in_(enrolment_ids), WaitingCase.closed_at.is_(None)
    return list(session.scalars(select(WaitingCase).where(*waiting).order_by(WaitingCase.id)))


def _locked(session: Session, case_id: int) -> WaitingCase:
    case = session.get(WaitingCase, case_id, with_for_update=True)
    if case is None:
        raise NotFound("waiting_case")
    if case.closed_at:
        raise OutOfDate("waiting_case", "closed")
    return case


def _write(case: WaitingCase, exit: WaitingExit, owner: str, due_on: date | None, note: str) -> None:
    """A directive assignment needs its reasons; a search does not."""
    _ensure_fits("owner", owner, OWNER_LIMIT)
    _ensure_fits("note", note, NOTE_LIMIT, needed=exit is WaitingExit.DIRECTIVE)
    case.exit, case.owner, case.due_on, case.note = exit, owner.strip(), due_on, note.strip()


def _ensure_fits(field: str, text: str, limit: int, *, needed: bool = False) -> None:
    if needed and not text.strip():
        raise TextEmpty(field)
    if len(text) > limit:
        raise TextTooLong(field, limit, len(text))


def _changed(case: WaitingCase, enrolment: Enrolment) -> CaseChanged:
    return CaseChanged(case.id, case.enrolment_id, case.exit, enrolment.person.name.full)
