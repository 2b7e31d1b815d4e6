"""Where a person's enrolments stand, and how consents stop and resume them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.consents import stopped_kinds
from mentoring.rules.enrolment import EnrolmentFacts, EnrolmentStatus, LeftBecause, Step, next_step
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import Actor
from mentoring.use_cases import pairs
from mentoring.use_cases.audit import record
from storage.models.person import Enrolment, Person
from storage.queries.consents import consent_facts, missing_of
from storage.queries.enrolments import sent_entry_responses


def enrolments_with_steps(session: Session, person: Person) -> list[tuple[Enrolment, Step]]:
    """Two queries."""
    missing = missing_of(person, consent_facts(session, (person.id,))[person.id])
    age_known = person.age_group is not None
    return [
        (enrolment, next_step(EnrolmentFacts(enrolment.status, age_known, missing)))
        for enrolment in session.scalars(select(Enrolment).filter_by(person_id=person.id).order_by(Enrolment.id))
    ]


def step_of(session: Session, person: Person) -> Step:
    """What the person's first enrolment that still waits for something waits for."""
    waiting = (step for _, step in enrolments_with_steps(session, person) if step is not Step.NOTHING)
    return next(waiting, Step.NOTHING)


def halt(session: Session, person: Person, because: LeftBecause, *, by: Actor, now: datetime) -> int:
    """Every enrolment is left, every proposal and pair ended. Returns how many of the latter there were."""
    for enrolment in session.scalars(select(Enrolment).filter_by(person_id=person.id)):
        if enrolment.status not in (EnrolmentStatus.LEFT, EnrolmentStatus.DECLINED):
            leave(session, enrolment, because, by=by, now=now)
    session.flush()
    return pairs.end_for_person(session, person.id, END_REASONS[because], by=by, now=now)


def leave(session: Session, enrolment: Enrolment, because: LeftBecause, *, by: Actor, now: datetime) -> None:
    enrolment.status, enrolment.status_at, enrolment.left_because = EnrolmentStatus.LEFT, now, because
    record(session, "enrolment.left", enrolment, by=by, now=now, because=because.value)


def resume(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """A consent came after a «no»: what it had stopped goes on where it was, but the curator approves anew."""
    facts = consent_facts(session, (person.id,))[person.id]
    if person.age_group is None or stopped_kinds(person.age_group, facts):
        return
    stopped = select(Enrolment).where(
        Enrolment.person_id == person.id,
        Enrolment.left_because.in_((LeftBecause.REFUSED, LeftBecause.WITHDRAWN)),
    )
    for enrolment in session.scalars(stopped):
        enrolment.status, enrolment.status_at, enrolment.left_because = where_it_was(session, enrolment), now, None
        record(session, f"enrolment.{enrolment.status.value}", enrolment, by=by, now=now)


def where_it_was(session: Session, enrolment: Enrolment) -> EnrolmentStatus:
    return EnrolmentStatus.SUBMITTED if sent_entry_responses(session, enrolment) else EnrolmentStatus.JOINING


END_REASONS = {
    LeftBecause.OWN_WISH: EndReason.LEFT,
    LeftBecause.REFUSED: EndReason.CONSENT_REFUSED,
    LeftBecause.WITHDRAWN: EndReason.CONSENT_WITHDRAWN,
    LeftBecause.ERASED: EndReason.ERASED,
}
