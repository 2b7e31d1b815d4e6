"""A consent is taken back: processing stops at once, data are to be destroyed in 30 days (152-ФЗ art. 21, p. 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mentoring.rules.consents import PUBLICATION, ConsentKind, Decision, Giver, giver_of
from mentoring.rules.enrolment import LeftBecause
from mentoring.rules.errors import NotFound, OutOfDate
from mentoring.rules.people import Actor
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases import participation
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.chats import curator_person_ids
from mentoring.use_cases.listing import refresh_person
from mentoring.use_cases.notices import Payload, notify
from storage.models.consent import Consent, ConsentWithdrawal, ErasureRequest
from storage.models.person import Guardianship, Person
from storage.queries.consents import last_decision

ERASE_WITHIN = timedelta(days=30)
WITHDRAWN = "consent_withdrawn"
ASKED = "asked"


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """``pairs_ended`` counts proposals too. ``erase_by`` is empty where only the publication ends."""

    consent_id: int
    kind: ConsentKind
    whose_id: int
    whose_name: str
    withdrawn_at: datetime
    erase_by: datetime | None
    pairs_ended: int


def withdraw_consent(session: Session, consent_id: int, *, by: Actor, now: datetime) -> ConsentWithdrawn:
    """By whoever gave it, the person it is about, another guardian of theirs, or a curator who was asked on paper.

    Raises OutOfDate for a refusal and for a consent that a newer decision has replaced. A second tap changes nothing.
    """
    consent = session.get(Consent, consent_id, with_for_update=True)
    if consent is None:
        raise NotFound("consent")
    _require_may_withdraw(session, consent, by)
    if consent.withdrawal is not None:
        return _withdrawn(session, consent, consent.withdrawal, pairs_ended=0)
    last = last_decision(session, consent.person_id, consent.kind)
    if last is not consent or consent.decision is Decision.REFUSED:
        raise OutOfDate("consent", last.decision if last else "")
    withdrawal = _withdraw(session, consent, by, now)
    ended = 0
    if consent.kind not in PUBLICATION:
        ended = participation.halt(session, consent.person, LeftBecause.WITHDRAWN, by=by, now=now)
        open_erasure(session, consent.person, WITHDRAWN, by=by, now=now)
    _tell(session, consent, by, now)
    return _withdrawn(session, consent, withdrawal, pairs_ended=ended)


def open_erasure(
    session: Session, person: Person, reason: str, *, by: Actor, now: datetime
) -> tuple[ErasureRequest, bool]:
    """The demand that is open, and whether it was there before: the first one's due time stands."""
    standing = session.scalar(_open_erasures(person.id).limit(1))
    if standing is not None:
        return standing, True
    request = ErasureRequest(person=person, reason=reason, asked_at=now, due_at=now + ERASE_WITHIN)
    session.add(request)
    session.flush()
    record(session, "erasure.asked", request, by=by, now=now, reason=reason)
    return request, False


def cancel_erasures(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """A new consent gives the ground back. A demand that the person made in words stays open."""
    for request in session.scalars(_open_erasures(person.id).where(ErasureRequest.reason == WITHDRAWN)):
        request.cancelled_at = now
        record(session, "erasure.cancelled", request, by=by, now=now)


def guardians_of(session: Session, minor_id: int) -> Sequence[Person]:
    return session.scalars(
        select(Person)
        .join(Guardianship, Guardianship.guardian_id == Person.id)
        .where(Guardianship.minor_id == minor_id, Person.erased_at.is_(None))
        .order_by(Guardianship.id)
    ).all()


def _open_erasures(person_id: int) -> Select[ErasureRequest]:
    return select(ErasureRequest).where(
        ErasureRequest.person_id == person_id,
        ErasureRequest.done_at.is_(None),
        ErasureRequest.cancelled_at.is_(None),
    )


def _require_may_withdraw(session: Session, consent: Consent, by: Actor) -> None:
    if by.person_id is not None and by.person_id in _own_people(session, consent):
        return
    require_curator(session, by)


def _own_people(session: Session, consent: Consent) -> set[int]:
    """A child does not take back a parent's consent alone: the parent's word is about both."""
    if giver_of(consent.kind) is Giver.GUARDIAN and consent.kind not in PUBLICATION:
        return {guardian.id for guardian in guardians_of(session, consent.person_id)}
    return {consent.person_id} | {guardian.id for guardian in guardians_of(session, consent.person_id)}


def _withdraw(session: Session, consent: Consent, by: Actor, now: datetime) -> ConsentWithdrawal:
    withdrawal = ConsentWithdrawal(
        consent=consent, withdrawn_by_id=by.person_id or consent.given_by_id, door=by.door, withdrawn_at=now
    )
    session.add(withdrawal)
    session.flush()
    record(session, "consent.withdrawn", consent, by=by, now=now, kind=consent.kind.value, whose=consent.person_id)
    refresh_person(session, consent.person)
    return withdrawal


def _tell(session: Session, consent: Consent, by: Actor, now: datetime) -> None:
    """The child learns it from us; who took it back sees it on their own screen."""
    if consent.person_id != by.person_id and consent.kind is ConsentKind.GUARDIAN:
        facts: Payload = {"guardian_id": consent.given_by_id, "consent_id": consent.id, "withdrawn": 1}
        key = f"{consent.id}:withdrawn"
        notify(
            session, consent.person_id, NoticeKind.MINOR_GUARDIAN_REFUSED, facts, dedup_key=key, now=now, urgent=True
        )
    payload: Payload = {"whose": consent.person_id, "consent_id": consent.id}
    for curator in curator_person_ids(session):
        notify(session, curator, NoticeKind.CURATOR_CONSENT_WITHDRAWN, payload, dedup_key=f"{consent.id}", now=now)


def _withdrawn(
    session: Session, consent: Consent, withdrawal: ConsentWithdrawal, *, pairs_ended: int
) -> ConsentWithdrawn:
    return ConsentWithdrawn(
        consent_id=consent.id,
        kind=consent.kind,
        whose_id=consent.person_id,
        whose_name=consent.person.name.full,
        withdrawn_at=withdrawal.withdrawn_at,
        erase_by=None if consent.kind in PUBLICATION else withdrawal.withdrawn_at + ERASE_WITHIN,
        pairs_ended=pairs_ended,
    )
