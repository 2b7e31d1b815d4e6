"""The queue of those who have no pair, with the case that the curator opened for them. Two queries at any size."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.pairs import OVER, PairState
from mentoring.rules.people import PersonName, Role
from mentoring.rules.selection import WaitingExit
from storage.models.matching import WaitingCase
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person


@dataclass(frozen=True, slots=True)
class WaitingFilter:
    """Words of the address. ``role``: mentor, mentee; without it mentees, or both where the day is past.
    ``exit``: of the open case; ``need``: overdue, none (nobody has said what to do)."""

    role: str = ""
    exit: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """``outcome``: what came of it, once it is closed."""

    case_id: int
    exit: WaitingExit
    owner: str
    due_on: date | None
    note: str
    opened_at: datetime
    outcome: str = ""
    closed_at: datetime | None = None

    def is_overdue(self, today: date) -> bool:
        return self.closed_at is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """``since``: approved, or without the last mentor."""

    enrolment_id: int
    person_id: int
    name: str
    place: str
    role: Role
    since: datetime
    case: CaseSeen | None


@dataclass(frozen=True, slots=True)
class WaitingFound:
    rows: tuple[WaitingRow, ...]
    total: int


def waiting_found(session: Session, asked: WaitingFilter, *, today: date, offset: int, limit: int) -> WaitingFound:
    """Overdue cases first, then who has waited longest."""
    conditions = waiting_conditions(asked, today)
    count = session.scalar(
        select(func.count()).select_from(Enrolment).outerjoin(WaitingCase, _its_case()).where(*conditions)
    )
    rows = session.execute(_rows().where(*conditions).order_by(*_order(today)).offset(offset).limit(limit))
    return WaitingFound(tuple(_row(*row) for row in rows), count or 0)


def waiting_conditions(asked: WaitingFilter, today: date) -> list[ColumnElement[bool]]:
    """Over Enrolment, outer-joined with its open case."""
    conditions: list[ColumnElement[bool]] = [
        Enrolment.status == EnrolmentStatus.APPROVED,
        Enrolment.paired.is_(False),
    ]
    if asked.role or asked.need != "overdue":
        conditions.append(Enrolment.role == Role(asked.role or Role.MENTEE))
    if asked.exit in list(WaitingExit):
        conditions.append(WaitingCase.exit == WaitingExit(asked.exit))
    if asked.need == "overdue":
        conditions.append(WaitingCase.due_on < today)
    elif asked.need == "none":
        conditions.append(WaitingCase.id.is_(None))
    return conditions


def overdue_cases(today: date) -> tuple[ColumnElement[bool], ...]:
    """Over WaitingCase joined with its Enrolment: open, the day is past, and the person is still without a pair."""
    waits = Enrolment.status == EnrolmentStatus.APPROVED, Enrolment.paired.is_(False)
    return WaitingCase.closed_at.is_(None), WaitingCase.due_on < today, *waits


def waiting_row(session: Session, enrolment_id: int) -> WaitingRow | None:
    """Whether or not the person still waits."""
    found = session.execute(_rows().where(Enrolment.id == enrolment_id)).first()
    return _row(*found) if found else None


def cases_of(session: Session, enrolment_id: int) -> tuple[CaseSeen, ...]:
    """Closed ones too, the newest first."""
    cases = select(WaitingCase).where(WaitingCase.enrolment_id == enrolment_id).order_by(WaitingCase.id.desc())
    return tuple(_seen(case) for case in session.scalars(cases))


def _rows() -> Select[Enrolment, Person, WaitingCase, datetime]:
    had = (
        select(func.max(func.coalesce(PairMember.left_at, Pair.state_at), type_=Pair.state_at.type))
        .select_from(Pair)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(PairMember.enrolment_id == Enrolment.id, PairMember.joined_at.is_not(None))
        .where(or_(PairMember.left_at.is_not(None), Pair.state.in_({*OVER, PairState.PARTED})))
        .correlate(Enrolment)
        .scalar_subquery()
    )
    return (
        select(Enrolment, Person, WaitingCase, func.coalesce(had, Enrolment.status_at, type_=Enrolment.status_at.type))
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(WaitingCase, _its_case())
    )


def _its_case() -> ColumnElement[bool]:
    return and_(WaitingCase.enrolment_id == Enrolment.id, WaitingCase.closed_at.is_(None))


def _order(today: date) -> tuple[Any, ...]:
    overdue = and_(WaitingCase.due_on.is_not(None), WaitingCase.due_on < today)
    return func.coalesce(overdue, False).desc(), Enrolment.status_at, Enrolment.id


def _row(enrolment: Enrolment, person: Person, case: WaitingCase | None, since: datetime) -> WaitingRow:
    name = PersonName(person.last_name, person.first_name, person.patronymic).full
    seen = _seen(case) if case else None
    return WaitingRow(enrolment.id, person.id, name, person.place, enrolment.role, since, seen)


def _seen(case: WaitingCase) -> CaseSeen:
    return CaseSeen(
        case.id, case.exit, case.owner, case.due_on, case.note, case.opened_at, case.outcome, case.closed_at
    )
