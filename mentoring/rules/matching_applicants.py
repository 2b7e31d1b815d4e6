"""Who takes part in the matching, and what may stand between two of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from mentoring.rules.forms import form_of
from mentoring.rules.matching import Profile
from mentoring.rules.people import AgeGroup, PersonKind, Role


class Bar(StrEnum):
    """Why two are not put together."""

    SAME_PERSON = "same_person"
    ALREADY_TOGETHER = "already_together"
    NOT_APPROVED = "not_approved"
    CONSENTS_MISSING = "consents_missing"
    CAPACITY_REACHED = "capacity_reached"
    OTHER_ORGANISATION = "other_organisation"
    NO_FORM = "no_form"  # no form of mentoring joins such people
    FORM_NOT_IN_PROGRAMME = "form_not_in_programme"
    UNWANTED_BY_MENTOR = "unwanted_by_mentor"
    UNWANTED_BY_MENTEE = "unwanted_by_mentee"
    PAST_PAIR = "past_pair"  # they parted, or one of them preferred somebody else
    CLASS_DISTANCE = "class_distance"
    SUBJECT = "subject"
    MENTOR_KIND = "mentor_kind"
    FORBIDDEN = "forbidden"  # by the curator, in this draft
    UNDER_THRESHOLD = "under_threshold"


ABSOLUTE = frozenset(
    {
        Bar.SAME_PERSON,
        Bar.ALREADY_TOGETHER,
        Bar.NOT_APPROVED,
        Bar.CONSENTS_MISSING,
        Bar.CAPACITY_REACHED,
        Bar.OTHER_ORGANISATION,
        Bar.NO_FORM,
        Bar.UNWANTED_BY_MENTOR,
        Bar.UNWANTED_BY_MENTEE,
    }
)
"""Bars that stay even where the curator holds two together: the law, the people's own word, and what cannot be."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """A mentor or a mentee in the pool. ``grade``: the number of a pupil's class; ``free``: places that nobody takes.

    ``wants`` and ``avoids`` are ids of people; ``past`` and ``together`` are enrolments of the other side. ``bars`` are
    this person's own, whoever the other is.
    """

    enrolment_id: int
    person_id: int
    role: Role
    name: str = ""
    place: str = ""
    kind: PersonKind | None = None
    age_group: AgeGroup | None = None
    age: int | None = None  # full years
    grade: int | None = None
    form: str = ""
    capacity: int = 1
    free: int = 1
    profile: Profile = field(default_factory=Profile)
    wants: tuple[int, ...] = ()
    avoids: frozenset[int] = frozenset()
    past: frozenset[int] = frozenset()
    together: frozenset[int] = frozenset()
    bars: tuple[Bar, ...] = ()
    organisation_id: int = 0


def grade_of(place: str) -> int | None:
    """«7 „Б“», «11А», «в 9 классе»; of «школа № 5, 7 „Б“» the number with a letter."""
    found = next((found for shape in _CLASSES if (found := re.search(shape, place))), None)
    return int(found[1]) if found else None


def ages_of(mentee: Applicant) -> frozenset[str]:
    """Of the ages that a mentor may name, those that this person is; none where nobody knows."""
    if mentee.kind is PersonKind.TEACHER:
        return frozenset({"teachers"})
    if mentee.kind is PersonKind.STUDENT:
        return frozenset({"age_18"})
    age = mentee.age if mentee.age is not None or mentee.grade is None else mentee.grade + _AGE_IN_CLASS
    if age is not None:
        return frozenset({next((name for oldest, name in _AGES if age <= oldest), "age_15_17")})
    return _AGES_OF_GROUP.get(mentee.age_group, frozenset())


def form_between(mentor: Applicant, mentee: Applicant) -> str:
    return mentee.form or mentor.form or _form(mentor.kind, mentee.kind)


def class_distance(mentor: Applicant, mentee: Applicant) -> int | None:
    """By how many classes the mentor is ahead, or years where a class is not known."""
    if mentor.grade is not None and mentee.grade is not None:
        return mentor.grade - mentee.grade
    return None if mentor.age is None or mentee.age is None else mentor.age - mentee.age


@lru_cache(maxsize=64)
def _form(mentor: PersonKind | None, mentee: PersonKind | None) -> str:
    return form_of(mentor, mentee) or ""


_CLASS = r"(?<!\d)(1[01]|[1-9])(?!\d)"
_LETTER = r"(?:[\s\-«\"„“']*[А-ЯЁA-Z]|[\-«\"„“']?[а-яёa-z])(?!\w)"
_CLASSES = (_CLASS + r"(?:-?[а-я]{1,2})?\s+класс", _CLASS + _LETTER, _CLASS)
_AGE_IN_CLASS = 6  # a first-former turns seven
_AGES = ((12, "age_10_12"), (14, "age_13_14"))
_AGES_OF_GROUP: Mapping[AgeGroup | None, frozenset[str]] = {
    AgeGroup.UNDER_14: frozenset({"age_10_12", "age_13_14"}),
    AgeGroup.FROM_14_TO_17: frozenset({"age_13_14", "age_15_17"}),
    AgeGroup.ADULT: frozenset({"age_15_17", "age_18"}),
}
