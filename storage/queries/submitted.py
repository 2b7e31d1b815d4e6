"""Those among chosen people whose questionnaire waits for the curator's word."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.people import Role
from storage.models.person import Enrolment


@dataclass(frozen=True, slots=True)
class Submitted:
    enrolment_id: int
    person_id: int
    name: str
    place: str
    role: Role


def submitted_enrolments(session: Session, person_ids: Collection[int]) -> tuple[Submitted, ...]:
    found = session.scalars(
        select(Enrolment)
        .options(joinedload(Enrolment.person))
        .where(Enrolment.person_id.in_(person_ids), Enrolment.status == EnrolmentStatus.SUBMITTED)
        .order_by(Enrolment.id)
    )
    return tuple(Submitted(one.id, one.person_id, one.person.name.full, one.person.place, one.role) for one in found)
