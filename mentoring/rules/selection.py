"""Mentors before they are in the register: interview, training, a worker's consent; and those who wait for a pair."""

from enum import StrEnum

from mentoring.rules.forms import Form, form_of
from mentoring.rules.people import PersonKind


class Verdict(StrEnum):
    """What an interview with a candidate came to (002, item 3.3)."""

    RECOMMENDED = "recommended"
    WITH_SUPPORT = "with_support"  # may begin, somebody helps
    LATER = "later"
    NOT_NOW = "not_now"


class WaitingExit(StrEnum):
    """The three ways out of the queue of the unpaired (002, item 5.4)."""

    SUPPORT = "support"  # talk with the psychologist or the class teacher
    SEARCH = "search"  # go on looking
    DIRECTIVE = "directive"  # the curator assigns a mentor, and says why


class RegisterGap(StrEnum):
    """Why an approved mentor is not ready for the register yet; the curator may decide otherwise."""

    NO_INTERVIEW = "no_interview"
    NOT_RECOMMENDED = "not_recommended"  # the last interview said «later» or «not now»
    NO_TRAINING = "no_training"


FAVOURABLE = frozenset({Verdict.RECOMMENDED, Verdict.WITH_SUPPORT})
LABOUR_FORMS = frozenset({Form.TEACHER_TEACHER, Form.PEDAGOGUES})
LEARNERS = frozenset({PersonKind.PUPIL, PersonKind.STUDENT})


def needs_labour_consent(form: str, mentor: PersonKind | None, mentee: PersonKind | None) -> bool:
    """Whether a worker mentors a worker (ТК РФ ст. 351.8): pupils and students are none, on either side.

    A pair without a form has the one that its two people make.
    """
    if mentor in LEARNERS or mentee in LEARNERS:
        return False
    return (form or form_of(mentor, mentee)) in LABOUR_FORMS


def register_gaps(verdict: Verdict | None, hours: int) -> tuple[RegisterGap, ...]:
    """``verdict`` of the last interview, ``hours`` of training attended."""
    gaps = [RegisterGap.NO_INTERVIEW] if verdict is None else []
    if verdict is not None and verdict not in FAVOURABLE:
        gaps.append(RegisterGap.NOT_RECOMMENDED)
    return (*gaps, RegisterGap.NO_TRAINING) if not hours else tuple(gaps)


def agreement_lacks(*, consent: bool, number: bool, signed: bool, paid: bool) -> tuple[str, ...]:
    """Parts of a worker's agreement that are not there yet, as the fields are named (ТК РФ ст. 351.8)."""
    there = {"consent_on": consent, "number": number, "signed_on": signed, "payment": paid}
    return tuple(name for name, has in there.items() if not has)
