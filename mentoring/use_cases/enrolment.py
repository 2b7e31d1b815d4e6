"""The path of a person into the programme: age, questionnaire, the curator's word, leaving."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus, Step
from mentoring.rules.people import Actor, AgeGroup, Role
from storage.models.person import Enrolment


@dataclass(frozen=True, slots=True)
class AgeChosen:
    person_id: int
    age_group: AgeGroup
    step: Step


@dataclass(frozen=True, slots=True)
class EnrolmentMoved:
    """``changed`` is False when it already stood there (a double tap)."""

    enrolment_id: int
    person_id: int
    person_name: str
    role: Role
    status: EnrolmentStatus
    changed: bool


def choose_age_group(session: Session, person_id: int, group: AgeGroup, *, by: Actor, now: datetime) -> AgeChosen:
    """May be chosen anew until something was decided on it; then OutOfDate."""
    raise NotImplementedError


def questionnaire_submitted(session: Session, enrolment: Enrolment, *, by: Actor, now: datetime) -> EnrolmentMoved:
    """Called when an entry questionnaire was sent. A birth date in it corrects the age group, and with it the consents needed."""
    raise NotImplementedError


def approve_enrolment(session: Session, enrolment_id: int, *, by: Actor, now: datetime) -> EnrolmentMoved:
    """Raises ConsentsMissing, NotAllowed, OutOfDate."""
    raise NotImplementedError


def return_enrolment(session: Session, enrolment_id: int, remark: str, *, by: Actor, now: datetime) -> EnrolmentMoved:
    raise NotImplementedError


def decline_enrolment(
    session: Session, enrolment_id: int, *, reason: str = "", by: Actor, now: datetime
) -> EnrolmentMoved:
    raise NotImplementedError


def reopen_enrolment(session: Session, enrolment_id: int, *, by: Actor, now: datetime) -> EnrolmentMoved:
    """Takes back a declination or a leaving, as long as no consent was refused or withdrawn."""
    raise NotImplementedError


def leave_programme(session: Session, enrolment_id: int, *, by: Actor, now: datetime) -> EnrolmentMoved:
    raise NotImplementedError
