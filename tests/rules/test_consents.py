"""Which consents are needed at which age, and which are in force."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.rules.consents import (
    ConsentFact,
    ConsentGap,
    ConsentKind,
    Decision,
    Giver,
    consent_gap,
    giver_of,
    kinds_in_force,
    missing_consents,
    needed_consents,
    stopped_kinds,
)
from mentoring.rules.people import AgeGroup

FACTS = st.lists(st.builds(ConsentFact, st.sampled_from(ConsentKind), st.sampled_from(Decision), st.booleans()))


def given_(kind: ConsentKind) -> ConsentFact:
    return ConsentFact(kind, Decision.GIVEN, withdrawn=False)


@pytest.mark.parametrize(
    ("age", "kinds"),
    [
        (AgeGroup.UNDER_14, [ConsentKind.GUARDIAN]),
        (AgeGroup.FROM_14_TO_17, [ConsentKind.MINOR, ConsentKind.GUARDIAN]),
        (AgeGroup.ADULT, [ConsentKind.ADULT]),
    ],
)
def test_the_age_decides_who_consents(age: AgeGroup, kinds: list[ConsentKind]) -> None:
    assert [need.kind for need in needed_consents(age)] == kinds
    assert all(giver_of(need.kind) is need.giver for need in needed_consents(age))


def test_the_last_word_counts() -> None:
    refused = ConsentFact(ConsentKind.ADULT, Decision.REFUSED, withdrawn=False)
    withdrawn = ConsentFact(ConsentKind.ADULT, Decision.GIVEN, withdrawn=True)
    yes = given_(ConsentKind.ADULT)
    assert kinds_in_force([refused, yes]) == {ConsentKind.ADULT}
    assert kinds_in_force([yes, refused]) == frozenset()
    assert kinds_in_force([yes, withdrawn]) == frozenset()
    assert kinds_in_force([withdrawn, yes]) == {ConsentKind.ADULT}


def test_a_consent_of_another_age_does_not_count() -> None:
    assert missing_consents(AgeGroup.FROM_14_TO_17, [given_(ConsentKind.ADULT)]) == needed_consents(
        AgeGroup.FROM_14_TO_17
    )


@pytest.mark.parametrize(
    ("age", "facts", "gap"),
    [
        (None, [], ConsentGap.AGE),
        (AgeGroup.ADULT, [], ConsentGap.SELF),
        (AgeGroup.UNDER_14, [], ConsentGap.GUARDIAN),
        (AgeGroup.FROM_14_TO_17, [], ConsentGap.BOTH),
        (AgeGroup.FROM_14_TO_17, [given_(ConsentKind.MINOR)], ConsentGap.GUARDIAN),
        (AgeGroup.FROM_14_TO_17, [given_(ConsentKind.GUARDIAN)], ConsentGap.SELF),
        (AgeGroup.FROM_14_TO_17, [given_(ConsentKind.GUARDIAN), given_(ConsentKind.MINOR)], ConsentGap.NONE),
    ],
)
def test_the_gap_says_whose_word_is_missing(age: AgeGroup | None, facts: list[ConsentFact], gap: ConsentGap) -> None:
    assert consent_gap(age, facts) is gap


def test_a_no_that_is_not_needed_at_this_age_stops_nothing() -> None:
    refused = ConsentFact(ConsentKind.GUARDIAN, Decision.REFUSED, withdrawn=False)
    assert stopped_kinds(AgeGroup.ADULT, [refused]) == frozenset()
    assert stopped_kinds(AgeGroup.UNDER_14, [refused]) == {ConsentKind.GUARDIAN}


@given(st.sampled_from(AgeGroup), FACTS)
def test_a_needed_kind_is_in_force_or_missing_and_never_both(age: AgeGroup, facts: list[ConsentFact]) -> None:
    missing = {need.kind for need in missing_consents(age, facts)}
    needed = {need.kind for need in needed_consents(age)}
    assert missing | (kinds_in_force(facts) & needed) == needed
    assert not missing & kinds_in_force(facts)
    assert stopped_kinds(age, facts) <= missing


@given(st.sampled_from(AgeGroup), FACTS)
def test_the_gap_agrees_with_what_is_missing(age: AgeGroup, facts: list[ConsentFact]) -> None:
    givers = {need.giver for need in missing_consents(age, facts)}
    expected = {
        frozenset[Giver](): ConsentGap.NONE,
        frozenset({Giver.SELF}): ConsentGap.SELF,
        frozenset({Giver.GUARDIAN}): ConsentGap.GUARDIAN,
        frozenset(Giver): ConsentGap.BOTH,
    }
    assert consent_gap(age, facts) is expected[frozenset(givers)]
