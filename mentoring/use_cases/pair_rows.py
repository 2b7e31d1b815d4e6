"""Pairs loaded for a change, moved to a state, and told to the curator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.audit import record
from storage.models.pair import Pair, PairEvent, PairMember


@dataclass(frozen=True, slots=True)
class PairChanged:
    """Names in full, for the curator."""

    pair_id: int
    state: PairState
    mentor_name: str
    mentee_name: str


def locked_pair(session: Session, pair_id: int) -> Pair:
    pair = session.get(Pair, pair_id, with_for_update=True)
    if pair is None:
        raise NotFound("pair")
    return pair


def member_of(pair: Pair, role: Role) -> PairMember:
    return next(member for member in pair.members if member.role is role)


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


def changed(pair: Pair) -> PairChanged:
    mentor, mentee = member_of(pair, Role.MENTOR), member_of(pair, Role.MENTEE)
    return PairChanged(pair.id, pair.state, mentor.person.name.full, mentee.person.name.full)
