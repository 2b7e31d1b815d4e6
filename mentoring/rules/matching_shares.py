"""How far two people meet in each criterion, and what exactly they share.

Hard rules and weights are of methodology.md §2.13; what a part of a criterion is worth is our own design.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mentoring.rules.matching import PARTS, WEEKDAYS, shared_slots, shared_topics
from mentoring.rules.matching_applicants import Applicant, ages_of
from mentoring.rules.matching_settings import Criterion
from mentoring.rules.people import PersonKind, Role

SUBJECT_OF_TEACHERS = "subject"
"""The topic «Мой предмет»."""


@dataclass(frozen=True, slots=True)
class Measure:
    """``share`` of 0–1, None where one of the two has not said it. It looks at nothing but what ``traits`` gives, and
    at whether the two named each other in a ballot."""

    share: Callable[[Applicant, Applicant], float | None]
    facts: Callable[[Applicant, Applicant], Iterable[str]]
    traits: Callable[[Applicant], Hashable]


def teachers_of_other_subjects(mentor: Applicant, mentee: Applicant) -> bool:
    """The mentee asked for help in the subject they teach, and the mentor teaches another."""
    if mentee.kind is not PersonKind.TEACHER or mentor.kind is not PersonKind.TEACHER:
        return False
    return SUBJECT_OF_TEACHERS in mentee.profile.topics and _subjects_differ(mentor, mentee)


def subject_matters(mentor: Applicant, mentee: Applicant) -> bool:
    """A topic about a subject is shared, but the subjects are others."""
    asked, offered = mentee.profile.topics, mentor.profile.topics
    return any(one in asked and one in offered for one in _ABOUT_SUBJECTS) and _subjects_differ(mentor, mentee)


def _subjects_differ(mentor: Applicant, mentee: Applicant) -> bool:
    offered, asked = mentor.profile.subjects, mentee.profile.subjects
    return bool(offered) and bool(asked) and offered.keys().isdisjoint(asked)


def _request_share(mentor: Applicant, mentee: Applicant) -> float | None:
    """Already one of three wishes that the mentor answers is worth more than half: the rest may come by itself."""
    asked, offered = mentee.profile.topics, mentor.profile.topics
    if not asked:
        return None
    shared = len(asked.keys() & offered.keys()) if offered else 0
    if not shared:
        return 0.0
    elsewhere = _HALF if mentee.profile.subjects and subject_matters(mentor, mentee) else 0.0
    return _SOME_TOPIC + (1 - _SOME_TOPIC) * (shared - elsewhere) / len(asked)


def _request_traits(one: Applicant) -> Hashable:
    """Subjects matter where a topic is about them."""
    topics = frozenset(one.profile.topics)
    return topics, None if topics.isdisjoint(_ABOUT_SUBJECTS) else frozenset(one.profile.subjects)


def _preference_share(mentor: Applicant, mentee: Applicant) -> float | None:
    """The mean of what both sides said; before a ballot the kind of mentor that the mentee wished stands for it."""
    one, other = _wished(mentee.wants, mentor.person_id), _wished(mentor.wants, mentee.person_id)
    if one is None and (wished := mentee.profile.wished_kinds) and mentor.kind is not None:
        one = _KIND_WISHED if mentor.kind in wished else 0.0
    if one is None or other is None:
        return other if one is None else one
    return (one + other) / 2


def _wished(wants: tuple[int, ...], person_id: int) -> float | None:
    if not wants:
        return None
    if person_id not in wants:
        return 0.0
    return _PLACES.get(wants.index(person_id), _LATER)


def _time_share(mentor: Applicant, mentee: Applicant) -> float | None:
    """By days of the week on which both are free at one time: three are as good as more."""
    one, other = mentor.profile.slots, mentee.profile.slots
    if not one or not other:
        return None
    shared = _hours(one) & _hours(other)
    days = (shared | shared >> len(WEEKDAYS) | shared >> 2 * len(WEEKDAYS)) & _WHOLE_WEEK
    return _DAYS_SHARED[min(days.bit_count(), 3)]


@lru_cache(maxsize=4096)
def _hours(slots: frozenset[str]) -> int:
    """A bit for each part of each day, the parts apart by a week."""
    bits = 0
    for slot in slots:
        weekday, _, part = slot.partition("_")
        for place, name in enumerate(PARTS):
            if part in ("", name):
                bits |= 1 << (place * len(WEEKDAYS) + WEEKDAYS.index(weekday))
    return bits


def _age_share(mentor: Applicant, mentee: Applicant) -> float | None:
    """An age next to one that the mentor named is half as good."""
    named = mentor.profile.ages
    own = ages_of(mentee)
    if not named or not own:
        return None
    if not named.isdisjoint(own):
        return 1.0
    return _HALF if any(_are_near(one, other) for one in named for other in own) else 0.0


def _are_near(one: str, other: str) -> bool:
    return one in _YEARS and other in _YEARS and abs(_YEARS.index(one) - _YEARS.index(other)) == 1


def _interests_share(mentor: Applicant, mentee: Applicant) -> float | None:
    one, other = mentor.profile.interests, mentee.profile.interests
    if not one or not other:
        return None
    return _INTERESTS_SHARED[min(len(one.keys() & other.keys()), 2)]


def _format_share(mentor: Applicant, mentee: Applicant) -> float | None:
    one, other = mentor.profile.format, mentee.profile.format
    if not one or not other:
        return None
    return 1.0 if one == other or _ANY_FORMAT in (one, other) else 0.0


def _request_facts(mentor: Applicant, mentee: Applicant) -> Iterable[str]:
    """A subject only where the two meet in a topic about subjects."""
    asked, offered = mentee.profile, mentor.profile
    about = any(one in asked.topics and one in offered.topics for one in _ABOUT_SUBJECTS)
    named = (label for value, label in asked.subjects.items() if about and value in offered.subjects)
    return (*shared_topics(mentor.profile, mentee.profile), *named)


def _preference_facts(mentor: Applicant, mentee: Applicant) -> Iterator[str]:
    for said_by, wants, person_id in (
        (Role.MENTEE, mentee.wants, mentor.person_id),
        (Role.MENTOR, mentor.wants, mentee.person_id),
    ):
        if person_id in wants:
            place = wants.index(person_id)
            yield f"{said_by}_{place + 1 if place in _PLACES else 'later'}"
        elif wants:
            yield f"{said_by}_others"
    if mentor.kind in mentee.profile.wished_kinds:
        yield "mentee_kind"


def _time_facts(mentor: Applicant, mentee: Applicant) -> Iterable[str]:
    return shared_slots(mentor.profile, mentee.profile)


def _age_facts(mentor: Applicant, mentee: Applicant) -> Iterable[str]:
    return sorted(mentor.profile.ages & ages_of(mentee))


def _interests_facts(mentor: Applicant, mentee: Applicant) -> Iterable[str]:
    return (label for value, label in mentee.profile.interests.items() if value in mentor.profile.interests)


def _format_facts(mentor: Applicant, mentee: Applicant) -> Iterable[str]:
    if not _format_share(mentor, mentee):
        return ()
    return (mentor.profile.format if mentee.profile.format == _ANY_FORMAT else mentee.profile.format,)


_HALF = 0.5
_SOME_TOPIC = 0.4
_KIND_WISHED = 0.75
_PLACES = {0: 1.0, 1: 0.85, 2: 0.7}
_LATER = 0.5
_DAYS_SHARED = (0.0, 0.5, 0.8, 1.0)
_INTERESTS_SHARED = (0.0, 0.6, 1.0)
_WHOLE_WEEK = (1 << len(WEEKDAYS)) - 1
_ANY_FORMAT = "any"
_ABOUT_SUBJECTS = frozenset({"study", SUBJECT_OF_TEACHERS})
_YEARS = ("age_10_12", "age_13_14", "age_15_17", "age_18")

MEASURES: Mapping[Criterion, Measure] = {
    Criterion.REQUEST: Measure(_request_share, _request_facts, _request_traits),
    Criterion.PREFERENCE: Measure(
        _preference_share, _preference_facts, lambda one: (bool(one.wants), one.profile.wished_kinds, one.kind)
    ),
    Criterion.TIME: Measure(_time_share, _time_facts, lambda one: one.profile.slots),
    Criterion.AGE: Measure(
        _age_share,
        _age_facts,
        lambda one: ages_of(one) if one.role is Role.MENTEE else one.profile.ages,
    ),
    Criterion.INTERESTS: Measure(_interests_share, _interests_facts, lambda one: frozenset(one.profile.interests)),
    Criterion.FORMAT: Measure(_format_share, _format_facts, lambda one: one.profile.format),
}
