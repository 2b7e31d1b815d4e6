"""What the system keeps about a person, and its destruction on demand (152-ФЗ art. 14, 20, 21)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.data_sheet import data_sheet
from mentoring.rules.enrolment import EnrolmentStatus, LeftBecause
from mentoring.rules.errors import NotFound, OutOfDate
from mentoring.rules.people import Actor
from mentoring.use_cases import participation
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.curator_kept import curator_kept
from mentoring.use_cases.erasure import PersonErased as PersonErased
from mentoring.use_cases.erasure import erase_person as erase_person
from mentoring.use_cases.person_story import person_story
from mentoring.use_cases.plan_words import plan_sheets
from mentoring.use_cases.responses import response_view
from mentoring.use_cases.selection_kept import selection_kept
from mentoring.use_cases.withdrawals import ASKED, guardians_of, open_erasure
from storage.models.consent import ErasureRequest
from storage.models.organisation import Organisation
from storage.models.person import Enrolment, Person


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """``already`` when a demand is open: its due time stands."""

    request_id: int
    person_id: int
    due_at: datetime
    already: bool


@dataclass(frozen=True, slots=True)
class ErasureLine:
    request_id: int
    person_id: int
    person_name: str
    reason: str
    asked_at: datetime
    due_at: datetime


def my_data(session: Session, person_id: int) -> dict[str, Any]:
    """Everything about the person in Russian words, ready for JSON."""
    story = person_story(session, person_id)
    organisation = session.get_one(Organisation, _person(session, person_id).organisation_id)
    responses = [response_view(session, line.response_id) for line in story.responses]
    sheet = data_sheet(story, responses, organisation=organisation.name, zone=organisation.time_zone)
    kept = selection_kept(session, person_id) | curator_kept(session, person_id, zone=organisation.time_zone)
    return sheet | {"Планы": plan_sheets(session, person_id)} | kept


def ask_erasure(session: Session, person_id: int, *, by: Actor, now: datetime) -> ErasureAsked:
    """By the person, a guardian of theirs, or a curator for them. Participation ends at once, data go in 30 days."""
    person = _person(session, person_id)
    _require_may_ask(session, person, by)
    request, already = open_erasure(session, person, ASKED, by=by, now=now)
    request.reason = ASKED
    participation.halt(session, person, LeftBecause.ERASED, by=by, now=now)
    return ErasureAsked(request.id, person.id, request.due_at, already)


def cancel_erasure(session: Session, request_id: int, *, by: Actor, now: datetime) -> None:
    """The person thought again before it was done; the curator may then reopen what had been left."""
    request = _open_request(session, request_id)
    _require_may_ask(session, request.person, by)
    request.cancelled_at = now
    left = select(Enrolment).filter_by(
        person_id=request.person_id, status=EnrolmentStatus.LEFT, left_because=LeftBecause.ERASED
    )
    for enrolment in session.scalars(left):
        enrolment.left_because = LeftBecause.OWN_WISH
    record(session, "erasure.cancelled", request, by=by, now=now)


def open_erasures(session: Session) -> tuple[ErasureLine, ...]:
    """Soonest due first."""
    waiting = (
        select(ErasureRequest)
        .options(joinedload(ErasureRequest.person))
        .where(ErasureRequest.done_at.is_(None), ErasureRequest.cancelled_at.is_(None))
        .order_by(ErasureRequest.due_at, ErasureRequest.id)
    )
    return tuple(
        ErasureLine(one.id, one.person_id, one.person.name.full, one.reason, one.asked_at, one.due_at)
        for one in session.scalars(waiting)
    )


def _require_may_ask(session: Session, person: Person, by: Actor) -> None:
    own = {person.id} | {guardian.id for guardian in guardians_of(session, person.id)}
    if by.person_id not in own:
        require_curator(session, by)


def _open_request(session: Session, request_id: int) -> ErasureRequest:
    request = session.get(ErasureRequest, request_id)
    if request is None:
        raise NotFound("erasure_request")
    if request.done_at or request.cancelled_at:
        raise OutOfDate("erasure_request", "done" if request.done_at else "cancelled")
    return request


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None or person.erased_at:
        raise NotFound("person")
    return person
