"""May a name stand on the site (152-ФЗ ст. 10.1): asked only when the curator asks, and never a condition."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.consents import (
    PUBLICATION,
    ConsentKind,
    Decision,
    Giver,
    Publication,
    publication_consents,
    publication_state,
)
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.notices import notify
from mentoring.use_cases.withdrawals import guardians_of
from storage.models.account import AuditEntry
from storage.models.consent import Consent
from storage.models.person import Enrolment, Person
from storage.queries.consents import consent_facts, last_decision
from storage.queries.consents_list import maybe_on_site
from storage.queries.registers import register_enrolments

ASKED = "person.publication_asked"


@dataclass(frozen=True, slots=True)
class PublicationAsked:
    """``asked``: people. ``by_paper``: of them, those whom no chat reaches for one of the words that are needed."""

    asked: int
    by_paper: int


def publication_states(session: Session, people: Collection[Person]) -> Mapping[int, Publication]:
    """By person; two queries."""
    ids = [one.id for one in people]
    facts, asked = consent_facts(session, ids), _asked(session, ids)
    return {one.id: publication_state(one.age_group, facts[one.id], asked=one.id in asked) for one in people}


def ask_publication(
    session: Session, person_ids: Collection[int], *, again: bool = False, by: Actor, now: datetime
) -> PublicationAsked:
    """Those who were not asked yet and whose age is known. ``again``: also who is silent, and who has said no."""
    require_curator(session, by)
    found = session.scalars(select(Person).where(Person.id.in_(person_ids), Person.erased_at.is_(None))).all()
    if len(found) < len(set(person_ids)):
        raise NotFound("person")
    states = publication_states(session, found)
    asked_now = set(Publication) - {Publication.GIVEN} if again else {Publication.NOT_ASKED}
    wanted = [one for one in found if states[one.id] in asked_now and publication_consents(one.age_group)]
    unreached = [one for one in wanted if not _ask(session, one, by, now)]
    return PublicationAsked(len(wanted), len(unreached))


def say_name_removed(session: Session, consent_id: int, *, by: Actor, now: datetime) -> None:
    """By a curator, who has taken the name off the site since this consent was taken back. Twice is once.

    Raises NotFound for a consent that was not to publication, or was not taken back.
    """
    require_curator(session, by)
    consent = session.get(Consent, consent_id, with_for_update=True)
    if consent is None or consent.kind not in PUBLICATION or consent.withdrawal is None:
        raise NotFound("consent")
    waits = select(Consent.id).join(Consent.withdrawal).where(Consent.id == consent_id, maybe_on_site())
    if session.scalar(waits) is not None:
        record(
            session, "consent.name_removed", consent, by=by, now=now, kind=consent.kind.value, whose=consent.person_id
        )
        session.flush()


def publication_of(session: Session, person_id: int) -> Publication | None:
    """Of somebody who takes part and whose age is known; None: there is nobody to ask."""
    taking_part = select(Enrolment.id).where(Enrolment.person_id == person_id)
    person = session.get(Person, person_id)
    if person is None or person.erased_at or not publication_consents(person.age_group):
        return None
    if session.scalar(taking_part.where(Enrolment.status == EnrolmentStatus.APPROVED).limit(1)) is None:
        return None
    return publication_states(session, [person])[person.id]


def ask_register(session: Session, programme_id: int, *, by: Actor, now: datetime) -> PublicationAsked:
    """Every mentor of the register."""
    return ask_publication(session, [one.id for one in _mentors(session, programme_id)], by=by, now=now)


def register_publications(session: Session, programme_id: int) -> Mapping[Publication, int]:
    """How many mentors of the register stand where; three queries."""
    return Counter(publication_states(session, _mentors(session, programme_id)).values())


def _mentors(session: Session, programme_id: int) -> list[Person]:
    found = register_enrolments(session, programme_id, Role.MENTOR)
    return [one.person for one in found if one.status is EnrolmentStatus.APPROVED]


def _ask(session: Session, person: Person, by: Actor, now: datetime) -> bool:
    """Whether each whose word is needed has a chat."""
    reached = True
    for kind, givers in _wanted(session, person):
        last = last_decision(session, person.id, kind)
        if last is not None and _stands(last):
            continue
        reached = reached and any(one.accounts for one in givers)
        payload: dict[str, int | str] = {"whose": person.id, "consent": kind.value, "after": last.id if last else 0}
        for giver in givers:
            key = f"{person.id}:{kind}:{payload['after']}"
            notify(session, giver.id, NoticeKind.PERSON_PUBLICATION_ASKED, payload, dedup_key=key, now=now)
    record(session, "person.publication_asked", person, by=by, now=now)
    return reached


def _wanted(session: Session, person: Person) -> Iterator[tuple[ConsentKind, list[Person]]]:
    for need in publication_consents(person.age_group):
        yield need.kind, list(guardians_of(session, person.id)) if need.giver is Giver.GUARDIAN else [person]


def _stands(consent: Consent) -> bool:
    return consent.decision is Decision.GIVEN and consent.withdrawal is None


def _asked(session: Session, person_ids: Collection[int]) -> set[int]:
    told = select(AuditEntry.object_id).where(
        AuditEntry.object_kind == "person", AuditEntry.act == ASKED, AuditEntry.object_id.in_(person_ids)
    )
    return set(session.scalars(told))
