"""The six indicators of implementing the model (methodology.md §3.4), and who counts as satisfied (§2.8, rule 5)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, TypeGuard

from mentoring.rules.errors import ValueWrong
from mentoring.rules.people import PersonKind, Role, age_on
from mentoring.rules.questions.definition import Answers, Question


class Indicator(StrEnum):
    PUPILS_MENTEES = "pupils_mentees"  # 10–19 years old
    PUPILS_MENTORS = "pupils_mentors"  # 15–19 years old
    YOUNG_TEACHERS = "young_teachers"
    PARTNERS = "partners"
    GLAD_MENTEES = "glad_mentees"
    GLAD_MENTORS = "glad_mentors"


TARGETS = {
    Indicator.PUPILS_MENTEES: 70.0,
    Indicator.PUPILS_MENTORS: 10.0,
    Indicator.YOUNG_TEACHERS: 70.0,
    Indicator.PARTNERS: 30.0,
    Indicator.GLAD_MENTEES: 85.0,
    Indicator.GLAD_MENTORS: 85.0,
}
"""Per cent, of 2024: no later federal values are known, so each organisation enters its own."""

AGES = {Indicator.PUPILS_MENTEES: range(10, 20), Indicator.PUPILS_MENTORS: range(15, 20)}
MOST_PEOPLE = 100_000


@dataclass(frozen=True, slots=True)
class ProgrammeFigures:
    """What the curator enters; None is «не указано». ``partners``: how many organisations gave mentors, if it is not to
    be counted from the list of partners; ``enterprises``: of how many, which only a region knows. ``age_on``: the day
    on which ages are counted; None is 31 December of the year in which the programme begins."""

    pupils_10_19: int | None = None
    pupils_15_19: int | None = None
    young_teachers: int | None = None
    partners: int | None = None
    enterprises: int | None = None
    threshold: float = 7.0
    age_on: date | None = None
    target_pupils_mentees: float = TARGETS[Indicator.PUPILS_MENTEES]
    target_pupils_mentors: float = TARGETS[Indicator.PUPILS_MENTORS]
    target_young_teachers: float = TARGETS[Indicator.YOUNG_TEACHERS]
    target_partners: float = TARGETS[Indicator.PARTNERS]
    target_glad_mentees: float = TARGETS[Indicator.GLAD_MENTEES]
    target_glad_mentors: float = TARGETS[Indicator.GLAD_MENTORS]

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "ProgrammeFigures":
        known = {one.name: stored[one.name] for one in fields(cls) if one.name in stored}
        day = known.pop("age_on", None)
        return cls(**known, age_on=date.fromisoformat(day) if day else None)

    def to_stored(self) -> dict[str, Any]:
        return {**asdict(self), "age_on": self.age_on.isoformat() if self.age_on else None}

    def target(self, indicator: Indicator) -> float:
        wanted: float = getattr(self, f"target_{indicator}")
        return wanted

    def whole(self, indicator: Indicator) -> int | None:
        """Of how many, where the curator says it; the surveyed are counted."""
        return _WHOLES[indicator](self) if indicator in _WHOLES else None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who was taken into the programme in a role."""

    person_id: int
    role: Role
    kind: PersonKind | None
    birth_date: date | None


def checked(figures: ProgrammeFigures) -> ProgrammeFigures:
    """Raises ValueWrong."""
    for name in ("pupils_10_19", "pupils_15_19", "young_teachers", "partners", "enterprises"):
        value = getattr(figures, name)
        if value is not None and not 0 <= value <= MOST_PEOPLE:
            raise ValueWrong(name)
    for indicator in Indicator:
        if not 0 <= figures.target(indicator) <= 100:
            raise ValueWrong(f"target_{indicator}")
    if not 1 <= figures.threshold <= 10:
        raise ValueWrong("threshold")
    return figures


def ages_on(figures: ProgrammeFigures, starts_on: date) -> date:
    return figures.age_on or date(starts_on.year, 12, 31)


def entered(indicator: Indicator, participants: Iterable[Participant], day: date) -> frozenset[int]:
    """Ids of the people whom indicators 1–3 count, each once, however many pairs they are in. Ages are of ``day``;
    nobody is counted by an age that is not known."""
    if indicator is Indicator.YOUNG_TEACHERS:
        return frozenset(
            one.person_id for one in participants if one.role is Role.MENTEE and one.kind is PersonKind.TEACHER
        )
    role = Role.MENTEE if indicator is Indicator.PUPILS_MENTEES else Role.MENTOR
    return frozenset(
        one.person_id
        for one in participants
        if one.role is role
        and one.kind in LEARNERS
        and one.birth_date
        and age_on(one.birth_date, day) in AGES[indicator]
    )


def without_age(participants: Iterable[Participant]) -> frozenset[int]:
    """Pupils and students whom indicators 1 and 2 cannot place."""
    return frozenset(one.person_id for one in participants if one.kind in LEARNERS and one.birth_date is None)


def is_satisfied(questions: Collection[Question], answers: Answers, threshold: float) -> bool | None:
    """Glad to have taken part, and the mean of the satisfaction items at least ``threshold``.

    None: the sheet asks nothing that would tell, or nothing of it was answered.
    """
    glad = [answers[one.key] for one in questions if one.pair == GLAD and answers.get(one.key) is not None]
    marks = [float(value) for one in questions if one.satisfaction and _is_number(value := answers.get(one.key))]
    if not glad and not marks:
        return None
    mean = sum(marks) / len(marks) if marks else None
    return all(value is True or value == "yes" for value in glad) and (mean is None or mean >= threshold)


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


GLAD = "glad"
LEARNERS = frozenset({PersonKind.PUPIL, PersonKind.STUDENT})
_WHOLES = {
    Indicator.PUPILS_MENTEES: lambda figures: figures.pupils_10_19,
    Indicator.PUPILS_MENTORS: lambda figures: figures.pupils_15_19,
    Indicator.YOUNG_TEACHERS: lambda figures: figures.young_teachers,
    Indicator.PARTNERS: lambda figures: figures.enterprises,
}
