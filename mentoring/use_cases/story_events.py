"""What happened to one person, act by act, from the audit."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from mentoring.rules.people import Door
from storage.models.account import AuditEntry, CuratorAccount
from storage.models.consent import Consent, ErasureRequest
from storage.models.meeting import Meeting
from storage.models.notice import Letter
from storage.models.pair import PairMember
from storage.models.person import Enrolment, Guardianship, Person
from storage.models.questionnaire import Response
from storage.models.selection import Interview, LabourAgreement

SHOWN = 100
"""Newest meetings, notices and events on one page."""


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """``act`` is the audit's word («consent.given», «enrolment.approved»); ``actor_name`` is empty for the system."""

    at: datetime
    act: str
    door: Door
    actor_name: str
    object_kind: str
    object_id: int
    details: dict[str, object]


def events_of(session: Session, person: Person) -> Iterator[StoryEvent]:
    """What the person did, and what was done to anything of theirs; newest first."""
    touched = [select(AuditEntry.id).where(AuditEntry.person_id == person.id)]
    for kind, ids in _things_of(person).items():
        touched.append(select(AuditEntry.id).where(AuditEntry.object_kind == kind, AuditEntry.object_id.in_(ids)))
    found = select(AuditEntry).where(AuditEntry.id.in_(union(*touched).subquery().select()))
    entries = session.scalars(found.order_by(AuditEntry.id.desc()).limit(SHOWN)).all()
    names = _actors(session, entries)
    for one in entries:
        actor = names.get(("account", one.account_id or 0)) or names.get(("person", one.person_id or 0), "")
        yield StoryEvent(one.at, one.act, one.door, actor, one.object_kind, one.object_id, dict(one.details))


def _things_of(person: Person) -> dict[str, Select[int]]:
    key = person.id
    return {
        "person": select(Person.id).where(Person.id == key),
        "enrolment": select(Enrolment.id).where(Enrolment.person_id == key),
        "consent": select(Consent.id).where((Consent.person_id == key) | (Consent.given_by_id == key)),
        "guardianship": select(Guardianship.id).where(
            (Guardianship.minor_id == key) | (Guardianship.guardian_id == key)
        ),
        "response": select(Response.id).where(Response.person_id == key),
        "pair": select(PairMember.pair_id).where(PairMember.person_id == key),
        "meeting": select(Meeting.id)
        .join(PairMember, PairMember.pair_id == Meeting.pair_id)
        .where(PairMember.person_id == key),
        "letter": select(Letter.id).where(Letter.person_id == key),
        "erasure_request": select(ErasureRequest.id).where(ErasureRequest.person_id == key),
        "interview": select(Interview.id)
        .join(Enrolment, Enrolment.id == Interview.enrolment_id)
        .where(Enrolment.person_id == key),
        "labour_agreement": select(LabourAgreement.id)
        .join(Enrolment, Enrolment.id == LabourAgreement.enrolment_id)
        .where(Enrolment.person_id == key),
    }


def _actors(session: Session, entries: Sequence[AuditEntry]) -> dict[tuple[str, int], str]:
    names: dict[tuple[str, int], str] = defaultdict(str)
    accounts = {one.account_id for one in entries if one.account_id}
    people = {one.person_id for one in entries if one.person_id}
    for account in session.scalars(select(CuratorAccount).where(CuratorAccount.id.in_(accounts))):
        names["account", account.id] = account.full_name
    for someone in session.scalars(select(Person).where(Person.id.in_(people))):
        names["person", someone.id] = someone.name.full
    return names
