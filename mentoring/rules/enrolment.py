"""The path of a person into a programme, and what stands next on it."""

from dataclasses import dataclass
from enum import StrEnum

from mentoring.rules.errors import MissingConsent


class InvitationPurpose(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    GUARDIAN = "guardian"
    CURATOR = "curator"
    PARTNER = "partner"  # a named representative of a partner, who is asked in surveys only


class EnrolmentStatus(StrEnum):
    JOINING = "joining"  # the link was opened; age, consents and questionnaire are under way
    SUBMITTED = "submitted"  # waits for the curator
    RETURNED = "returned"  # the curator asked to correct something
    APPROVED = "approved"
    DECLINED = "declined"  # the curator did not take the person in
    LEFT = "left"  # the person left, or the consent was refused or withdrawn


TAKING_PART = (EnrolmentStatus.JOINING, EnrolmentStatus.SUBMITTED, EnrolmentStatus.RETURNED, EnrolmentStatus.APPROVED)


class LeftBecause(StrEnum):
    """Why an enrolment stands at LEFT; a later consent brings back only what its lack had stopped."""

    OWN_WISH = "own_wish"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Step(StrEnum):
    """What an enrolment waits for."""

    AGE = "age"
    OWN_CONSENT = "own_consent"
    GUARDIAN_CONSENT = "guardian_consent"
    QUESTIONNAIRE = "questionnaire"
    REVIEW = "review"
    CORRECTION = "correction"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    status: EnrolmentStatus
    age_known: bool
    missing: tuple[MissingConsent, ...]


def next_step(facts: EnrolmentFacts) -> Step:
    """Age decides who consents, so it comes first; no question is asked before the consents are there."""
    if facts.status in (EnrolmentStatus.DECLINED, EnrolmentStatus.LEFT):
        return Step.NOTHING
    if not facts.age_known:
        return Step.AGE
    if any(consent.giver == "self" for consent in facts.missing):
        return Step.OWN_CONSENT
    if facts.missing:
        return Step.GUARDIAN_CONSENT
    return _STEP_BY_STATUS[facts.status]


_STEP_BY_STATUS = {
    EnrolmentStatus.JOINING: Step.QUESTIONNAIRE,
    EnrolmentStatus.SUBMITTED: Step.REVIEW,
    EnrolmentStatus.RETURNED: Step.CORRECTION,
    EnrolmentStatus.APPROVED: Step.NOTHING,
}
