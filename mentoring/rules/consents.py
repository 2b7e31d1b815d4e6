"""Which consents are needed, from whom, and which are in force.

The source of the age rule: methodology.md §5.2 (our safe rule, since the statute names no age): under 14 the
guardian alone; from 14 to 17 the person and a guardian; from 18 the person. Each kind is a document of its own
(152-ФЗ ст. 9 as amended by 156-ФЗ of 24.06.2025).

Publication is a consent apart (152-ФЗ ст. 10.1; methodology.md §5.4), from the same people. No step waits for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mentoring.rules.people import AgeGroup


class ConsentKind(StrEnum):
    ADULT = "personal_data_adult"
    MINOR = "personal_data_minor"  # a pupil of 14–17, beside the guardian's
    GUARDIAN = "personal_data_guardian"  # for a child under 18
    PUBLICATION_ADULT = "publication_adult"
    PUBLICATION_MINOR = "publication_minor"
    PUBLICATION_GUARDIAN = "publication_guardian"


class Decision(StrEnum):
    GIVEN = "given"
    REFUSED = "refused"


class Giver(StrEnum):
    SELF = "self"
    GUARDIAN = "guardian"


class Publication(StrEnum):
    """May the name stand on the site? Only if everybody whose word counts has said yes."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"  # by one of them; a withdrawal is one too


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


def publication_consents(age_group: AgeGroup | None) -> tuple[ConsentNeed, ...]:
    """Nobody's whose age is unknown: it is not known who could give it."""
    if age_group is None:
        return ()
    return tuple(ConsentNeed(_PUBLICATION[need.kind], need.giver) for need in _NEEDED[age_group])


def publication_state(age_group: AgeGroup | None, decisions: Iterable[ConsentFact], *, asked: bool) -> Publication:
    facts = list(decisions)
    last = {fact.kind: fact for fact in facts}
    kinds = [need.kind for need in publication_consents(age_group)]
    if kinds and kinds_in_force(facts).issuperset(kinds):
        return Publication.GIVEN
    if any(kind in last and (last[kind].decision is Decision.REFUSED or last[kind].withdrawn) for kind in kinds):
        return Publication.REFUSED
    return Publication.ASKED if asked else Publication.NOT_ASKED


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
    return Giver.GUARDIAN if kind in (ConsentKind.GUARDIAN, ConsentKind.PUBLICATION_GUARDIAN) else Giver.SELF


_NEEDED = {
    AgeGroup.UNDER_14: (ConsentNeed(ConsentKind.GUARDIAN, Giver.GUARDIAN),),
    AgeGroup.FROM_14_TO_17: (
        ConsentNeed(ConsentKind.MINOR, Giver.SELF),
        ConsentNeed(ConsentKind.GUARDIAN, Giver.GUARDIAN),
    ),
    AgeGroup.ADULT: (ConsentNeed(ConsentKind.ADULT, Giver.SELF),),
}

_PUBLICATION = {
    ConsentKind.ADULT: ConsentKind.PUBLICATION_ADULT,
    ConsentKind.MINOR: ConsentKind.PUBLICATION_MINOR,
    ConsentKind.GUARDIAN: ConsentKind.PUBLICATION_GUARDIAN,
}
PUBLICATION = frozenset(_PUBLICATION.values())
"""Kinds that nothing depends on: a refusal or a withdrawal stops nobody's part in the programme."""
