"""Everybody whom one person of a draft could be given, the best first: for a move by hand."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.matching_fit import Applicant
from mentoring.rules.people import Role
from mentoring.use_cases.matching_cards import Named, Option
from mentoring.use_cases.matching_drafts import DraftCard
from mentoring.use_cases.matching_table import Table, named


@dataclass(frozen=True, slots=True)
class Options:
    draft: DraftCard
    person: Named
    role: Role
    options: tuple[Option, ...]
    total: int


def options_for(
    session: Session, draft_id: int, enrolment_id: int, *, offset: int, limit: int, now: datetime
) -> Options:
    """Those with something in the way come last. Raises NotFound for somebody who does not wait for a pair."""
    table = Table(session, draft_id, now)
    chosen = table.pool.mentee(enrolment_id) or table.pool.mentor(enrolment_id)
    if chosen is None:
        raise NotFound("enrolment")
    others = table.pool.mentors if chosen.role is Role.MENTEE else table.pool.mentees
    ranked = sorted(others, key=lambda other: _best_first(table, chosen, other))
    beside = _beside(table)
    page = tuple(_option(table, chosen, other, beside) for other in ranked[offset : offset + limit])
    return Options(table.card, named(chosen), chosen.role, page, len(ranked))


def _best_first(table: Table, chosen: Applicant, other: Applicant) -> tuple[bool, int, str]:
    score = table.posed.problem.scores.get(_two(chosen, other))
    return score is None, -(score or 0), other.name.casefold()


def _two(chosen: Applicant, other: Applicant) -> tuple[int, int]:
    mentor, mentee = (other, chosen) if chosen.role is Role.MENTEE else (chosen, other)
    return mentor.enrolment_id, mentee.enrolment_id


def _beside(table: Table) -> dict[int, tuple[Named, ...]]:
    """Whom each has in the draft."""
    found: dict[int, tuple[Named, ...]] = defaultdict(tuple)
    for line in table.placed.values():
        mentor, mentee = line.mentor_enrolment_id, line.mentee_enrolment_id
        found[mentor] += (table.people[mentee],)
        found[mentee] += (table.people[mentor],)
    return found


def _option(table: Table, chosen: Applicant, other: Applicant, beside: dict[int, tuple[Named, ...]]) -> Option:
    two = _two(chosen, other)
    line = table.placed.get(two[1])
    return Option(
        person=named(other),
        fit=table.posed.fits[two],
        room=table.room.get(other.enrolment_id, 0),
        beside=beside[other.enrolment_id],
        here=line is not None and line.mentor_enrolment_id == two[0],
        choice=table.choices.get(two),
    )
