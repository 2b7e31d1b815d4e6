"""Everybody who waits for a pair in a programme, and the problem that they make."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.assignment import Problem
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.matching import ChoiceKind
from mentoring.rules.matching_applicants import Applicant, Bar
from mentoring.rules.matching_fit import ABSOLUTE, Fit, fit
from mentoring.rules.matching_scores import scores_of
from mentoring.rules.matching_settings import Settings
from mentoring.rules.people import Role
from mentoring.use_cases.applicants import applicants_of
from storage.models.organisation import Organisation, Programme
from storage.models.person import Enrolment

Pairing = tuple[int, int]
"""Enrolments of a mentor and a mentee."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Mentors with a free place and mentees without a mentor, by name. Those whose consents are missing are among them,
    with that bar. ``settings``: of the programme."""

    programme_id: int
    mentors: tuple[Applicant, ...]
    mentees: tuple[Applicant, ...]
    settings: Settings

    def mentor(self, enrolment_id: int) -> Applicant | None:
        return next((one for one in self.mentors if one.enrolment_id == enrolment_id), None)

    def mentee(self, enrolment_id: int) -> Applicant | None:
        return next((one for one in self.mentees if one.enrolment_id == enrolment_id), None)


class Fits(Mapping[Pairing, Fit]):
    """How any two of a pool fit, reckoned when it is asked."""

    def __init__(self, pool: Pool, settings: Settings, choices: Mapping[Pairing, ChoiceKind]) -> None:
        self._mentors = {one.enrolment_id: one for one in pool.mentors}
        self._mentees = {one.enrolment_id: one for one in pool.mentees}
        self._settings, self._choices = settings, choices
        self._known: dict[Pairing, Fit] = {}

    def __getitem__(self, pair: Pairing) -> Fit:
        if pair not in self._known:
            mentor, mentee = pair
            found = fit(self._mentors[mentor], self._mentees[mentee], self._settings)
            if self._choices.get(pair) is ChoiceKind.FORBID:
                found = replace(found, bars=(*found.bars, Bar.FORBIDDEN))
            self._known[pair] = found
        return self._known[pair]

    def __iter__(self) -> Iterator[Pairing]:
        return ((mentor, mentee) for mentor in self._mentors for mentee in self._mentees)

    def __len__(self) -> int:
        return len(self._mentors) * len(self._mentees)

    def __contains__(self, pair: object) -> bool:
        return isinstance(pair, tuple) and pair[0] in self._mentors and pair[1] in self._mentees


@dataclass(frozen=True, slots=True)
class Posed:
    """``ignored``: locks that cannot stand."""

    problem: Problem
    fits: Fits
    ignored: tuple[Pairing, ...]


def load_pool(session: Session, programme_id: int, *, now: datetime) -> Pool:
    """Ten queries at any size."""
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFound("programme")
    zone = ZoneInfo(session.get_one(Organisation, programme.organisation_id).time_zone)
    enrolments = session.scalars(
        select(Enrolment)
        .where(Enrolment.programme_id == programme_id, Enrolment.status == EnrolmentStatus.APPROVED)
        .options(joinedload(Enrolment.person))
    ).all()
    found = applicants_of(session, programme_id, enrolments, today=now.astimezone(zone).date())
    free = sorted((one for one in found.values() if one.free), key=lambda one: (one.name, one.enrolment_id))
    return Pool(
        programme_id,
        tuple(one for one in free if one.role is Role.MENTOR),
        tuple(one for one in free if one.role is Role.MENTEE),
        Settings.from_stored(programme.matching, tuple(programme.forms)),
    )


def problem_of(pool: Pool, settings: Settings, choices: Mapping[Pairing, ChoiceKind]) -> Posed:
    """The curator's choices are kept as far as they can be: a lock lifts what is a matter of judgement."""
    settings = replace(settings, forms=pool.settings.forms)
    fits = Fits(pool, settings, choices)
    scores = scores_of(pool.mentors, pool.mentees, settings)
    for pair in choices:
        scores.pop(pair, None)
    locked = _locks(pool, fits, choices)
    scores |= {pair: fits[pair].score for pair in locked}
    problem = Problem(
        mentors=tuple((one.enrolment_id, one.free) for one in pool.mentors if not one.bars),
        mentees=tuple(one.enrolment_id for one in pool.mentees),
        scores=scores,
        locked=frozenset(locked),
    )
    return Posed(problem, fits, tuple(sorted(_of_kind(choices, ChoiceKind.LOCK) - locked)))


def _locks(pool: Pool, fits: Fits, choices: Mapping[Pairing, ChoiceKind]) -> set[Pairing]:
    """One mentor for a mentee, no more than there are places, and nothing absolute in the way."""
    left = {one.enrolment_id: one.free for one in pool.mentors}
    held: dict[int, int] = {}
    for mentor, mentee in sorted(_of_kind(choices, ChoiceKind.LOCK)):
        possible = (mentor, mentee) in fits and ABSOLUTE.isdisjoint(fits[mentor, mentee].bars)
        if possible and mentee not in held and left[mentor] > 0:
            left[mentor] -= 1
            held[mentee] = mentor
    return {(mentor, mentee) for mentee, mentor in held.items()}


def _of_kind(choices: Mapping[Pairing, ChoiceKind], kind: ChoiceKind) -> set[Pairing]:
    return {pair for pair, said in choices.items() if said is kind}
