"""Which consents are needed, from whom, and which are in force.

The source of the age rule: methodology.md §5.2 (our safe rule, since the statute names no age): under 14 the
guardian alone; from 14 to 17 the person and a guardian; from 18 the person. Each kind is a document of its own
(152-ФЗ ст. 9 as amended by 156-ФЗ of 24.06.2025).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mentoring.rules.people import AgeGroup


class ConsentKind(StrEnum):
    ADULT = "personal_data_adult"
    MINOR = "personal_data_minor"  # a pupil of 14–17, beside the guardian's
    GUARDIAN = "personal_data_guardian"  # for a child under 18


class Decision(StrEnum):
    GIVEN = "given"
    REFUSED = "refused"


class Giver(StrEnum):
    SELF = "self"
    GUARDIAN = "guardian"


class ConsentGap(StrEnum):
    """Whose word is missing, in one word, for filters. AGE: it is not known yet whose is needed."""

    NONE = "none"
    SELF = "self"
    GUARDIAN = "guardian"
    BOTH = "both"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class ConsentNeed:
    kind: ConsentKind
    giver: Giver


@dataclass(frozen=True, slots=True)
class ConsentFact:
    """One recorded decision, in the order in which they were taken."""

    kind: ConsentKind
    decision: Decision
    withdrawn: bool


def needed_consents(age_group: AgeGroup) -> tuple[ConsentNeed, ...]:
    return _NEEDED[age_group]


def kinds_in_force(decisions: Iterable[ConsentFact]) -> frozenset[ConsentKind]:
    """The last decision of each kind counts: a refusal or a withdrawal after a consent ends it."""
    last = {fact.kind: fact for fact in decisions}
    return frozenset(kind for kind, fact in last.items() if fact.decision is Decision.GIVEN and not fact.withdrawn)


def stopped_kinds(age_group: AgeGroup, decisions: Iterable[ConsentFact]) -> frozenset[ConsentKind]:
    """Needed kinds whose last word was no, or was taken back: while there is one, nothing goes on."""
    last = {fact.kind: fact for fact in decisions}
    needed = {need.kind for need in needed_consents(age_group)}
    return frozenset(
        kind for kind in needed & last.keys() if last[kind].decision is Decision.REFUSED or last[kind].withdrawn
    )


def missing_consents(age_group: AgeGroup, decisions: Iterable[ConsentFact]) -> tuple[ConsentNeed, ...]:
    in_force = kinds_in_force(decisions)
    return tuple(need for need in needed_consents(age_group) if need.kind not in in_force)


def consent_gap(age_group: AgeGroup | None, decisions: Iterable[ConsentFact]) -> ConsentGap:
    if age_group is None:
        return ConsentGap.AGE
    givers = {need.giver for need in missing_consents(age_group, decisions)}
    if len(givers) == 2:
        return ConsentGap.BOTH
    return ConsentGap(givers.pop().value) if givers else ConsentGap.NONE


def giver_of(kind: ConsentKind) -> Giver:
    return Giver.GUARDIAN if kind is ConsentKind.GUARDIAN else Giver.SELF


_NEEDED = {
    AgeGroup.UNDER_14: (ConsentNeed(ConsentKind.GUARDIAN, Giver.GUARDIAN),),
    AgeGroup.FROM_14_TO_17: (
        ConsentNeed(ConsentKind.MINOR, Giver.SELF),
        ConsentNeed(ConsentKind.GUARDIAN, Giver.GUARDIAN),
    ),
    AgeGroup.ADULT: (ConsentNeed(ConsentKind.ADULT, Giver.SELF),),
}
