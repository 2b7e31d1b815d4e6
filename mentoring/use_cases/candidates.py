"""Whom the curator may put together, and why they fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules import matching
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.matching import Profile
from mentoring.rules.people import AgeGroup, PersonKind, Role
from storage.models.person import Enrolment
from storage.queries.consents import missing_for
from storage.queries.matching import NOTHING_SAID, profiles
from storage.queries.pairs import places_taken, together_with


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why the two fit: ``shared_slots`` as in `mentoring.rules.matching.Profile`, ``topics`` are labels of options."""

    shared_slots: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the curator may choose. ``obstacles`` are words: "not_approved", "consents_missing",
    "capacity_reached", "already_together"; with none the proposal will go through."""

    enrolment_id: int
    person_id: int
    name: str
    place: str
    kind: PersonKind | None
    age_group: AgeGroup | None
    capacity: int
    taken: int
    reasons: Reasons
    obstacles: tuple[str, ...]


def possible_mentees(session: Session, mentor_enrolment_id: int) -> tuple[Candidate, ...]:
    """Mentees of the programme, the best fitting first, those with obstacles last."""
    return _candidates(session, mentor_enrolment_id, Role.MENTOR, Role.MENTEE)


def possible_mentors(session: Session, mentee_enrolment_id: int) -> tuple[Candidate, ...]:
    return _candidates(session, mentee_enrolment_id, Role.MENTEE, Role.MENTOR)


def _candidates(session: Session, enrolment_id: int, own: Role, sought: Role) -> tuple[Candidate, ...]:
    """Seven queries, however many candidates there are."""
    chosen = session.get(Enrolment, enrolment_id)
    if chosen is None or chosen.role is not own:
        raise NotFound("enrolment")
    others = _others(session, chosen, sought)
    ids = [other.id for other in others]
    said = profiles(session, [chosen.id, *ids])
    taken = places_taken(session, ids)
    together = together_with(session, chosen.id)
    lacking = {need.person_id for need in missing_for(session, [other.person_id for other in others])}
    mine = said.get(chosen.id, NOTHING_SAID)
    found = [
        _candidate(
            other,
            taken.get(other.id, 0),
            _reasons(own, mine, said.get(other.id, NOTHING_SAID)),
            lacks_consent=other.person_id in lacking,
            together=other.id in together,
        )
        for other in others
    ]
    return tuple(sorted(found, key=_best_first))


def _others(session: Session, chosen: Enrolment, sought: Role) -> Sequence[Enrolment]:
    waiting = (EnrolmentStatus.SUBMITTED, EnrolmentStatus.RETURNED, EnrolmentStatus.APPROVED)
    return session.scalars(
        select(Enrolment)
        .where(
            Enrolment.programme_id == chosen.programme_id,
            Enrolment.role == sought,
            Enrolment.person_id != chosen.person_id,
            Enrolment.status.in_(waiting),
        )
        .options(joinedload(Enrolment.person))
    ).all()


def _reasons(own: Role, mine: Profile, theirs: Profile) -> Reasons:
    mentor, mentee = (mine, theirs) if own is Role.MENTOR else (theirs, mine)
    return Reasons(matching.shared_slots(mine, theirs), matching.shared_topics(mentor, mentee))


def _candidate(other: Enrolment, taken: int, reasons: Reasons, *, lacks_consent: bool, together: bool) -> Candidate:
    obstacles = {
        "already_together": together,
        "not_approved": other.status is not EnrolmentStatus.APPROVED,
        "consents_missing": lacks_consent,
        "capacity_reached": taken >= other.capacity,
    }
    person = other.person
    return Candidate(
        enrolment_id=other.id,
        person_id=person.id,
        name=person.name.full,
        place=person.place,
        kind=person.kind,
        age_group=person.age_group,
        capacity=other.capacity,
        taken=taken,
        reasons=reasons,
        obstacles=tuple(word for word, stands in obstacles.items() if stands),
    )


def _best_first(candidate: Candidate) -> tuple[bool, int, int, int, str]:
    """Without obstacles first; then by shared topics, shared hours, and who is still without anybody."""
    reasons = candidate.reasons
    fit = (-len(reasons.topics), -len(reasons.shared_slots))
    return (bool(candidate.obstacles), *fit, candidate.taken, candidate.name)
