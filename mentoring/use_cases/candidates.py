"""Whom the curator may put together, and why they fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.matching import shared_slots, shared_topics
from mentoring.rules.matching_fit import Applicant, Bar, Fit, fit
from mentoring.rules.matching_settings import Settings
from mentoring.rules.people import AgeGroup, PersonKind, Role
from mentoring.use_cases.applicants import applicants_of
from storage.models.person import Enrolment


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why the two fit: ``shared_slots`` as in `mentoring.rules.matching.Profile`, ``topics`` are labels of options."""

    shared_slots: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the curator may choose. ``obstacles`` are words: "not_approved", "consents_missing",
    "capacity_reached", "already_together"; with none the proposal goes through, whatever other bars ``fit`` names."""

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
    fit: Fit


def possible_mentees(
    session: Session, mentor_enrolment_id: int, *, now: datetime | None = None
) -> tuple[Candidate, ...]:
    """Mentees of the programme, the best fitting first, those with obstacles last. ``now``: for their ages."""
    return _candidates(session, mentor_enrolment_id, Role.MENTOR, Role.MENTEE, now)


def possible_mentors(
    session: Session, mentee_enrolment_id: int, *, now: datetime | None = None
) -> tuple[Candidate, ...]:
    return _candidates(session, mentee_enrolment_id, Role.MENTEE, Role.MENTOR, now)


def _candidates(
    session: Session, enrolment_id: int, own: Role, sought: Role, now: datetime | None
) -> tuple[Candidate, ...]:
    """Ten queries, however many candidates there are."""
    chosen = session.get(Enrolment, enrolment_id)
    if chosen is None or chosen.role is not own:
        raise NotFound("enrolment")
    others = _others(session, chosen, sought)
    known = applicants_of(session, chosen.programme_id, [chosen, *others], today=now.date() if now else None)
    settings = Settings.from_stored(chosen.programme.matching, tuple(chosen.programme.forms))
    mine = replace(known[chosen.id], bars=())
    found = [_candidate(other, mine, known[other.id], settings) for other in others]
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


def _candidate(other: Enrolment, mine: Applicant, theirs: Applicant, settings: Settings) -> Candidate:
    mentor, mentee = (mine, theirs) if theirs.role is Role.MENTEE else (theirs, mine)
    fitting = fit(mentor, mentee, settings)
    return Candidate(
        enrolment_id=other.id,
        person_id=theirs.person_id,
        name=theirs.name,
        place=theirs.place,
        kind=theirs.kind,
        age_group=theirs.age_group,
        capacity=other.capacity,
        taken=other.capacity - theirs.free,
        reasons=Reasons(shared_slots(mine.profile, theirs.profile), shared_topics(mentor.profile, mentee.profile)),
        obstacles=tuple(bar.value for bar in _OBSTACLES if bar in fitting.bars),
        fit=fitting,
    )


def _best_first(candidate: Candidate) -> tuple[bool, bool, int, int, str]:
    """Whom one may propose first; then those whom no rule speaks against, the best fitting, who has nobody yet."""
    return (
        bool(candidate.obstacles),
        not candidate.fit.allowed,
        -candidate.fit.score,
        candidate.taken,
        candidate.name,
    )


_OBSTACLES = (Bar.ALREADY_TOGETHER, Bar.NOT_APPROVED, Bar.CONSENTS_MISSING, Bar.CAPACITY_REACHED)
