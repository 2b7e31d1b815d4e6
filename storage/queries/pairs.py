"""Pairs of one organisation: places taken, and the curator's list."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from mentoring.rules.pairs import OPEN, PairState
from mentoring.rules.people import Role
from storage.models.pair import Pair, PairMember


def places_taken(
    session: Session, enrolment_ids: Collection[int], *, states: Collection[PairState] = OPEN, beside: int = 0
) -> dict[int, int]:
    """Of each enrolment that has any: a mentor's mentees asked and had, a mentee's pairs; not counting ``beside``."""
    counts = (
        select(PairMember.enrolment_id, func.count())
        .join(PairMember.pair)
        .join(_MENTEE, and_(_MENTEE.pair_id == Pair.id, _MENTEE.role == Role.MENTEE, _MENTEE.left_at.is_(None)))
        .where(PairMember.enrolment_id.in_(enrolment_ids), PairMember.left_at.is_(None), Pair.state.in_(states))
        .where(or_(PairMember.role == Role.MENTOR, PairMember.id == _MENTEE.id), Pair.id != beside)
        .group_by(PairMember.enrolment_id)
    )
    return dict(session.execute(counts).all())


def was_there(moment: InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
    """The condition of `mentoring.rules.pairs.Stay.at` for a `PairMember` and its `Pair`."""
    joined, left = PairMember.joined_at, PairMember.left_at
    return and_(
        or_(joined.is_(None), joined <= Pair.started_at, joined <= moment),
        or_(left.is_(None), left >= moment),
    )


def was_in() -> ColumnElement[bool]:
    """`PairMember.was_in` as a condition."""
    return or_(PairMember.joined_at.is_not(None), PairMember.left_at.is_(None))


def open_pair_of(session: Session, enrolment_id: int, other_enrolment_id: int) -> int | None:
    return together_with(session, enrolment_id).get(other_enrolment_id)


def together_with(session: Session, enrolment_id: int) -> dict[int, int]:
    """Enrolments in an open pair with this one, with the pair's id."""
    rows = session.execute(
        select(_OTHER.enrolment_id, Pair.id)
        .join(Pair, Pair.id == _OTHER.pair_id)
        .join(_MINE, _MINE.pair_id == Pair.id)
        .where(_MINE.enrolment_id == enrolment_id, _OTHER.enrolment_id != enrolment_id)
        .where(_MINE.left_at.is_(None), _OTHER.left_at.is_(None), _MINE.role != _OTHER.role, Pair.state.in_(OPEN))
    )
    return dict(rows.all())


_MENTEE, _MINE, _OTHER = aliased(PairMember), aliased(PairMember), aliased(PairMember)
