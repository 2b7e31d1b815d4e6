"""Pairs of one organisation: places taken, and the curator's list."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.pairs import OPEN
from storage.models.pair import Pair, PairMember


def places_taken(session: Session, enrolment_ids: Collection[int]) -> dict[int, int]:
    """Asked, agreed and active pairs of each enrolment that has any."""
    counts = (
        select(PairMember.enrolment_id, func.count())
        .join(PairMember.pair)
        .where(PairMember.enrolment_id.in_(enrolment_ids), Pair.state.in_(OPEN))
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
        .where(mine.enrolment_id == enrolment_id, other.enrolment_id != enrolment_id, Pair.state.in_(OPEN))
    )
    return dict(rows.all())
