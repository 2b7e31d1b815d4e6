"""Named SELECTs over consents: the decisions that stand, and whose word is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.consents import ConsentFact, ConsentKind, Giver, missing_consents
from mentoring.rules.errors import MissingConsent
from mentoring.rules.people import AgeGroup
from storage.models.consent import Consent, ConsentText, ConsentWithdrawal
from storage.models.person import Person


def missing_for(session: Session, person_ids: Iterable[int]) -> tuple[MissingConsent, ...]:
    """In the order of ``person_ids``, by two queries. Someone whose age is unknown misses their own consent."""
    ids = tuple(dict.fromkeys(person_ids))
    people = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(ids)))}
    facts = consent_facts(session, ids)
    return tuple(gap for key in ids if key in people for gap in missing_of(people[key], facts[key]))


def missing_of(person: Person, facts: Sequence[ConsentFact]) -> tuple[MissingConsent, ...]:
    if person.age_group is None:
        return (MissingConsent(person.id, person.name.full, ConsentKind.ADULT, Giver.SELF),)
    needs = missing_consents(AgeGroup(person.age_group), facts)
    return tuple(MissingConsent(person.id, person.name.full, need.kind, need.giver) for need in needs)


def consent_facts(session: Session, person_ids: Iterable[int]) -> Mapping[int, Sequence[ConsentFact]]:
    """Each person's decisions in the order in which they were taken; one query."""
    rows = session.execute(
        select(Consent.person_id, Consent.kind, Consent.decision, ConsentWithdrawal.id)
        .outerjoin(ConsentWithdrawal, ConsentWithdrawal.consent_id == Consent.id)
        .where(Consent.person_id.in_(tuple(person_ids)))
        .order_by(Consent.id)
    )
    facts: dict[int, list[ConsentFact]] = defaultdict(list)
    for person_id, kind, decision, withdrawal_id in rows:
        facts[person_id].append(ConsentFact(kind, decision, withdrawal_id is not None))
    return facts


def last_decision(session: Session, person_id: int, kind: ConsentKind) -> Consent | None:
    return session.scalar(
        select(Consent)
        .options(joinedload(Consent.given_by), joinedload(Consent.withdrawal), joinedload(Consent.text))
        .where(Consent.person_id == person_id, Consent.kind == kind)
        .order_by(Consent.id.desc())
        .limit(1)
    )


def latest_text(session: Session, kind: ConsentKind) -> ConsentText | None:
    return session.scalar(
        select(ConsentText).where(ConsentText.kind == kind).order_by(ConsentText.version.desc()).limit(1)
    )
