"""Enrolments: as the curator meets them when choosing whom to put together, and by what they came."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.pairs import OPEN
from mentoring.rules.people import Role
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES, ResponseState
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment
from storage.models.questionnaire import Questionnaire, Response


@dataclass(frozen=True, slots=True)
class Chosen:
    enrolment_id: int
    person_id: int
    name: str
    place: str
    role: Role
    status: EnrolmentStatus
    capacity: int


def enrolment_seen(session: Session, enrolment_id: int) -> Chosen | None:
    one = session.get(Enrolment, enrolment_id, options=(joinedload(Enrolment.person),))
    return _seen(one) if one else None


def without_pair(session: Session, role: Role, *, limit: int = 200) -> tuple[Chosen, ...]:
    """Approved, with nobody beside them yet, who has waited longest first."""
    paired = exists().where(
        PairMember.enrolment_id == Enrolment.id,
        PairMember.left_at.is_(None),
        PairMember.pair_id == Pair.id,
        Pair.state.in_(OPEN),
    )
    found = session.scalars(
        select(Enrolment)
        .options(joinedload(Enrolment.person))
        .where(Enrolment.role == role, Enrolment.status == EnrolmentStatus.APPROVED, ~paired)
        .order_by(Enrolment.status_at, Enrolment.id)
        .limit(limit)
    )
    return tuple(_seen(one) for one in found)


def _seen(one: Enrolment) -> Chosen:
    return Chosen(one.id, one.person_id, one.person.name.full, one.person.place, one.role, one.status, one.capacity)


def sent_entry_responses(session: Session, enrolment: Enrolment) -> list[int]:
    """Ids of the entry questionnaires by which this enrolment came; surveys about it are not among them."""
    return list(
        session.scalars(
            select(Response.id)
            .join(Response.questionnaire)
            .where(
                Questionnaire.key == ENTRY_QUESTIONNAIRES[enrolment.role],
                Response.enrolment_id == enrolment.id,
                Response.person_id == enrolment.person_id,
                Response.state == ResponseState.SUBMITTED,
            )
        )
    )
