"""A worker mentors a worker: the written consent, the additional agreement, and who has neither (ТК РФ ст. 351.8)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from mentoring.rules.people import Role
from mentoring.rules.selection import needs_labour_consent
from storage.models.pair import Pair, PairMember
from storage.queries.selection import agreements


@dataclass(frozen=True, slots=True)
class Gap:
    """A mentor whose written consent is needed for the pair and is not there, or was taken back."""

    person_id: int
    name: str
    pair_id: int
    enrolment_id: int


def labour_gaps(session: Session, pair_ids: Collection[int]) -> tuple[Gap, ...]:
    """Three queries at any size; in the order of the pairs' numbers."""
    wanting = [(pair, mentor) for pair in _pairs(session, pair_ids) for mentor in _workers(pair)]
    known = agreements(session, [mentor.enrolment_id for _, mentor in wanting])
    return tuple(
        Gap(mentor.person_id, mentor.person.name.full, pair.id, mentor.enrolment_id)
        for pair, mentor in wanting
        if not ((one := known.get(mentor.enrolment_id)) and one.consent_on and not one.stopped_on)
    )


def _pairs(session: Session, pair_ids: Collection[int]) -> list[Pair]:
    chosen = select(Pair).where(Pair.id.in_(tuple(pair_ids))).order_by(Pair.id)
    return list(session.scalars(chosen.options(selectinload(Pair.members).joinedload(PairMember.person))))


def _workers(pair: Pair) -> Iterator[PairMember]:
    """The mentor of a pair of workers."""
    kinds = [one.person.kind for one in pair.present if one.role is Role.MENTEE]
    for one in pair.present:
        if one.role is Role.MENTOR and any(needs_labour_consent(pair.form, one.person.kind, kind) for kind in kinds):
            yield one
