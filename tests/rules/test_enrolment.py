"""What stands next on the way into a programme."""

import pytest

from mentoring.rules.consents import ConsentKind, Giver
from mentoring.rules.enrolment import EnrolmentFacts, EnrolmentStatus, Step, next_step
from mentoring.rules.errors import MissingConsent

OWN = MissingConsent(1, "Асланов Тимур", ConsentKind.MINOR, Giver.SELF)
PARENTS = MissingConsent(1, "Асланов Тимур", ConsentKind.GUARDIAN, Giver.GUARDIAN)


def facts(
    status: EnrolmentStatus = EnrolmentStatus.JOINING, *missing: MissingConsent, age_known: bool = True
) -> EnrolmentFacts:
    return EnrolmentFacts(status, age_known, missing)


def test_the_age_comes_before_everything() -> None:
    assert next_step(facts(EnrolmentStatus.JOINING, OWN, age_known=False)) is Step.AGE


def test_consents_come_before_questions() -> None:
    assert next_step(facts(EnrolmentStatus.JOINING, OWN, PARENTS)) is Step.OWN_CONSENT
    assert next_step(facts(EnrolmentStatus.JOINING, PARENTS)) is Step.GUARDIAN_CONSENT
    assert next_step(facts()) is Step.QUESTIONNAIRE


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (EnrolmentStatus.SUBMITTED, Step.REVIEW),
        (EnrolmentStatus.RETURNED, Step.CORRECTION),
        (EnrolmentStatus.APPROVED, Step.NOTHING),
    ],
)
def test_after_sending_the_curator_has_the_word(status: EnrolmentStatus, step: Step) -> None:
    assert next_step(facts(status)) is step


@pytest.mark.parametrize("status", [EnrolmentStatus.SUBMITTED, EnrolmentStatus.RETURNED, EnrolmentStatus.APPROVED])
def test_a_consent_that_is_missing_again_comes_first_again(status: EnrolmentStatus) -> None:
    assert next_step(facts(status, PARENTS)) is Step.GUARDIAN_CONSENT


@pytest.mark.parametrize("status", [EnrolmentStatus.DECLINED, EnrolmentStatus.LEFT])
def test_who_is_out_is_asked_for_nothing(status: EnrolmentStatus) -> None:
    assert next_step(facts(status, OWN, PARENTS, age_known=False)) is Step.NOTHING
