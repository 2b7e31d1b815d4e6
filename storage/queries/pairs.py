"""Pairs of one organisation: places taken, and the curator's list."""

from collections.abc import Collection

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.pairs import OPEN
from mentoring.rules.people import Role
from storage.models.pair import Pair, PairMember


def places_taken(session: Session, enrolment_ids: Collection[int]) -> dict[int, int]:
    """Of each enrolment that has any: a mentor's mentees asked and had, a mentee's pairs."""
    mentee = aliased(PairMember)
    counts = (
        select(PairMember.enrolment_id, func.count())
        .join(PairMember.pair)
        .join(mentee, and_(mentee.pair_id == Pair.id, mentee.role == Role.MENTEE, mentee.left_at.is_(None)))
        .where(PairMember.enrolment_id.in_(enrolment_ids), PairMember.left_at.is_(None), Pair.state.in_(OPEN))
        .where(or_(PairMember.role == Role.MENTOR, PairMember.id == mentee.id))
        .group_by(PairMember.enrolment_id)
    )
    return dict(session.execute(counts).all())


def open_pair_of(session: Session, enrolment_id: int, other_enrolment_id: int) -> int | None:
    return together_with(session, enrolment_id).get(other_enrolment_id)


def together_with(session: Session, enrolment_id: int) -> dict[int, int]:
    """Enrolments in an open pair with this one, with the pair's id."""
    mine, other = aliased(PairMember), aliased(PairMember)
    rows = session.execute(
        select(other.enrolment_id, Pair.id)
        .join(Pair, Pair.id == other.pair_id)
        .join(mine, mine.pair_id == Pair.id)
        .where(mine.enrolment_id == enrolment_id, other.enrolment_id != enrolment_id)
        .where(mine.left_at.is_(None), other.left_at.is_(None), mine.role != other.role, Pair.state.in_(OPEN))
    )
    return dict(rows.all())
