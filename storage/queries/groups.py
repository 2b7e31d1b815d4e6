"""Groups that mentors lead, and the room in them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from mentoring.rules.pairs import GROWING, MOST_MENTEES, PROPOSED
from mentoring.rules.people import Role
from storage.models.pair import Pair, PairMember


@dataclass(frozen=True, slots=True)
class GroupLed:
    """``names`` of its mentees; ``room``: mentees who may still join, beside those who are asked to."""

    pair_id: int
    form: str
    names: tuple[str, ...]
    room: int


def groups_led(session: Session, mentor_enrolment_ids: Collection[int]) -> dict[int, tuple[GroupLed, ...]]:
    """By the mentor's enrolment, the oldest first: of several mentees, and in a state in which one more may join. Four
    queries."""
    mine = PairMember.role == Role.MENTOR, PairMember.enrolment_id.in_(mentor_enrolment_ids)
    rows = session.execute(
        select(PairMember.enrolment_id, Pair)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(*mine, Pair.state.in_(GROWING))
        .options(selectinload(Pair.members).joinedload(PairMember.person))
        .order_by(Pair.id)
    ).all()
    asked = _asked_to_join(session, [pair.id for _, pair in rows])
    found: dict[int, tuple[GroupLed, ...]] = defaultdict(tuple)
    for enrolment_id, pair in rows:
        names = tuple(one.person.name.full for one in pair.present if one.role is Role.MENTEE)
        if len(names) > 1:
            room = max(0, MOST_MENTEES - len(names) - asked.get(pair.id, 0))
            found[enrolment_id] += (GroupLed(pair.id, pair.form, names, room),)
    return dict(found)


def _asked_to_join(session: Session, pair_ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(Pair.joins_pair_id, func.count())
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(Pair.joins_pair_id.in_(pair_ids), Pair.state.in_(PROPOSED))
        .where(PairMember.role == Role.MENTEE, PairMember.left_at.is_(None))
        .group_by(Pair.joins_pair_id)
    )
    return {group: count for group, count in rows if group is not None}
