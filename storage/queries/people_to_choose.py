"""People from whom a questionnaire lets one choose."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.people import Role
from storage.models.campaign import Campaign
from storage.models.organisation import Programme
from storage.models.person import Enrolment, Person


def people_to_choose(session: Session, campaign_id: int | None, role: Role | None) -> Sequence[Person]:
    """Those who were ticked as present for the campaign; without such a list, everybody approved in a programme that
    is open. ``role`` None: in any role."""
    campaign = session.get(Campaign, campaign_id) if campaign_id is not None else None
    present = campaign.present if campaign else []
    part = [Enrolment.person_id == Person.id]
    if role is not None:
        part.append(Enrolment.role == role)
    if campaign is not None:
        part.append(Enrolment.programme_id == campaign.programme_id)
    else:
        part += [Enrolment.programme_id == Programme.id, Programme.closed_at.is_(None)]
    conditions: list[ColumnElement[bool]] = [Person.erased_at.is_(None)]
    conditions += _present(present, part, role) if present else [_takes_part(part)]
    return session.scalars(select(Person).where(*conditions).order_by(Person.id)).all()


def people_by_id(session: Session, person_ids: Collection[int]) -> Sequence[Person]:
    """Erased ones too."""
    if not person_ids:
        return ()
    return session.scalars(select(Person).where(Person.id.in_(person_ids)).order_by(Person.id)).all()


def _present(present: Collection[int], part: list[ColumnElement[bool]], role: Role | None) -> list[ColumnElement[bool]]:
    """A guest without a role may be chosen where anybody may."""
    gone = Enrolment.status.in_((EnrolmentStatus.LEFT, EnrolmentStatus.DECLINED))
    ticked: list[ColumnElement[bool]] = [Person.id.in_(present)]
    return ticked if role is None else [*ticked, exists().where(*part, ~gone)]


def _takes_part(part: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    return exists().where(*part, Enrolment.status == EnrolmentStatus.APPROVED)
