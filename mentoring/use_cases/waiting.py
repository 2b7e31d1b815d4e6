"""The queue of those without a pair, one of them looked at, and a mentor assigned by the curator's own decision."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.people import Actor, Role
from mentoring.rules.selection import WaitingExit
from mentoring.use_cases.candidates import Candidate, possible_mentees, possible_mentors
from mentoring.use_cases.pair_proposals import PairProposed, propose_pair
from mentoring.use_cases.waiting_cases import CaseChanged as CaseChanged
from mentoring.use_cases.waiting_cases import change_case as change_case
from mentoring.use_cases.waiting_cases import close_case as close_case
from mentoring.use_cases.waiting_cases import close_for as close_for
from mentoring.use_cases.waiting_cases import open_case as open_case
from storage.queries.waiting import (
    CaseSeen,
    WaitingFilter,
    WaitingFound,
    WaitingRow,
    cases_of,
    waiting_found,
    waiting_row,
)

MOST_SHOWN = 60
"""Candidates of each sort: more nobody looks through."""


@dataclass(frozen=True, slots=True)
class WaitingPerson:
    """``best``: who may be proposed at once, the best fitting first; ``barred``: who could be but for the rules of the
    programme, which the curator may set aside and give reasons. ``past``: closed cases, the newest first."""

    row: WaitingRow
    best: tuple[Candidate, ...]
    barred: tuple[Candidate, ...]
    past: tuple[CaseSeen, ...]


def waiting_page(session: Session, asked: WaitingFilter, *, offset: int, limit: int, today: date) -> WaitingFound:
    """``today`` is the local day."""
    return waiting_found(session, asked, today=today, offset=offset, limit=limit)


def waiting_person(session: Session, enrolment_id: int, *, now: datetime) -> WaitingPerson:
    row = waiting_row(session, enrolment_id)
    if row is None:
        raise NotFound("enrolment")
    seek = possible_mentors if row.role is Role.MENTEE else possible_mentees
    able = [one for one in seek(session, enrolment_id, now=now) if not one.obstacles]
    return WaitingPerson(
        row,
        best=tuple(one for one in able if one.fit.allowed)[:MOST_SHOWN],
        barred=tuple(one for one in able if not one.fit.allowed)[:MOST_SHOWN],
        past=tuple(case for case in cases_of(session, enrolment_id) if case.closed_at),
    )


def assign_directly(
    session: Session,
    enrolment_id: int,
    other_enrolment_id: int,
    reason: str,
    *,
    told: str = "",
    by: Actor,
    now: datetime,
) -> PairProposed:
    """The two are asked like any others. ``reason``: why by decision, for the curator's records; ``told``: what both
    read, without names. Raises TextEmpty without a reason, and what `propose_pair` raises."""
    row = waiting_row(session, enrolment_id)
    if row is None:
        raise NotFound("enrolment")
    owner, due_on = (row.case.owner, row.case.due_on) if row.case else ("", None)
    exit = WaitingExit.DIRECTIVE
    open_case(session, enrolment_id, exit, owner=owner, due_on=due_on, note=reason, by=by, now=now)
    two = (enrolment_id, other_enrolment_id) if row.role is Role.MENTOR else (other_enrolment_id, enrolment_id)
    return propose_pair(session, *two, reasons=told, by=by, now=now)
