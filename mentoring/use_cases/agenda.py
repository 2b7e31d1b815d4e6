"""What a person can do now, most urgent first."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus, Step
from mentoring.rules.people import Role


class AgendaKind(StrEnum):
    """In the order of urgency."""

    AGE = "age"
    OWN_CONSENT = "own_consent"
    CHILD_CONSENT = "child_consent"  # a guardian must decide; object: the child
    GUARDIAN_STATEMENT = (
        "guardian_statement"  # the guardian said yes and has not introduced themselves; object: the child
    )
    GUARDIAN_LINK = "guardian_link"  # the child waits for a parent; object: the child's enrolment
    CORRECT = "correct"
    QUESTIONNAIRE = "questionnaire"
    MEETING_REPLY = "meeting_reply"
    PROPOSAL = "proposal"
    FEEDBACK = "feedback"
    PAIR = "pair"
    MEETINGS = "meetings"
    WAIT_REVIEW = "wait_review"
    CHILD = "child"
    STOPPED = "stopped"  # left, declined or refused; ``data["because"]`` says which
    MY_RESPONSES = "my_responses"
    MY_DATA = "my_data"
    WRITE_CURATOR = "write_curator"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """``object_id``: what a button should name (of one; of several, the most urgent). ``data``: ids, words of the rules, names."""

    kind: AgendaKind
    object_id: int | None = None
    count: int = 1
    urgent: bool = False
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EnrolmentStep:
    enrolment_id: int
    role: Role
    status: EnrolmentStatus
    step: Step
    remark: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """``address`` is how to call the person: имя-отчество for adults, the first name for pupils, empty if unknown."""

    person_id: int
    name: str
    address: str
    organisation_name: str
    curator_name: str
    curator_contact: str
    time_zone: str
    items: tuple[AgendaItem, ...]
    steps: tuple[EnrolmentStep, ...]


def agenda(session: Session, person_id: int, *, now: datetime) -> Agenda:
    raise NotImplementedError
