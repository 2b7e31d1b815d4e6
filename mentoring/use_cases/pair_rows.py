"""Pairs loaded for a change, moved to a state, and told to the curator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.pairs import OPEN, STANDING, PairState
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.audit import record
from mentoring.use_cases.plan_rows import close_plan
from mentoring.use_cases.waiting_cases import close_for
from storage.models.pair import Pair, PairEvent, PairMember


@dataclass(frozen=True, slots=True)
class PairChanged:
    """Names in full, for the curator; all mentees of a group in one string."""

    pair_id: int
    state: PairState
    mentor_name: str
    mentee_name: str


def locked_pair(session: Session, pair_id: int) -> Pair:
    """As it is at this moment, even if the session had read it before somebody else changed it."""
    session.flush()
    pair = session.get(Pair, pair_id, with_for_update=True, populate_existing=True)
    if pair is None:
        raise NotFound("pair")
    return pair


def member_of(pair: Pair, role: Role) -> PairMember:
    return next(member for member in pair.present if member.role is role)


def mentees_of(pair: Pair) -> list[PairMember]:
    return [member for member in pair.present if member.role is Role.MENTEE]


def enter(session: Session, pair: Pair, state: PairState, by: Actor, now: datetime) -> None:
    pair.state, pair.state_at = state, now
    session.add(
        PairEvent(
            organisation_id=pair.organisation_id,
            pair_id=pair.id,
            state=state,
            at=now,
            by_person_id=by.person_id,
            by_account_id=by.account_id,
        )
    )
    record(session, f"pair.{state}", pair, by=by, now=now)
    if state not in OPEN:
        close_plan(session, pair, by=by, now=now)
    if state in STANDING:
        close_for(session, [member.enrolment_id for member in pair.present], by=by, now=now)
    keep_paired(session, pair)


def changed(pair: Pair) -> PairChanged:
    mentees = ", ".join(member.person.name.full for member in mentees_of(pair))
    return PairChanged(pair.id, pair.state, member_of(pair, Role.MENTOR).person.name.full, mentees)


def keep_paired(session: Session, pair: Pair) -> None:
    """What the lists say of the members: the rows of pairs are the truth."""
    session.flush()
    theirs = [member.enrolment_id for member in pair.members]
    busy = session.scalars(
        select(PairMember.enrolment_id)
        .join(PairMember.pair)
        .where(PairMember.enrolment_id.in_(theirs), PairMember.left_at.is_(None), Pair.state.in_(OPEN))
    ).all()
    for member in pair.members:
        member.enrolment.paired = member.enrolment_id in busy
