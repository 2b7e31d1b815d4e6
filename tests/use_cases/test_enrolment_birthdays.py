"""A participant grows up: other consents are needed from that day on."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.consents import ConsentGap, ConsentKind
from mentoring.rules.people import AgeGroup, Role
from mentoring.use_cases.agenda import AgendaKind, agenda
from mentoring.use_cases.birthdays import follow_birthdays
from mentoring.use_cases.enrolment import approve_enrolment
from storage.scope import KEY
from tests.use_cases.gymnasium import MILA, NOW, TIMUR, Gymnasium, open_gymnasium

BEFORE_MIDNIGHT = datetime(2028, 1, 14, 20, 59, tzinfo=UTC)  # in Moscow still the day before
AFTER_MIDNIGHT = BEFORE_MIDNIGHT + timedelta(minutes=1)


@pytest.fixture
def school(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def follow(school: Gymnasium, now: datetime) -> int:
    school.session.info.pop(KEY)
    try:
        return follow_birthdays(school.session, now=now)
    finally:
        school.enter()


@pytest.fixture
def timur(school: Gymnasium) -> int:
    """Sixteen, approved, with both consents; eighteen on 15 January 2028."""
    came = school.comes(Role.MENTEE, "1005")
    school.says_age(came.person_id, AgeGroup.FROM_14_TO_17)
    mother = school.parent_of(came.person_id, "1009")
    school.decides(ConsentKind.MINOR, came.person_id)
    school.decides(ConsentKind.GUARDIAN, came.person_id, giver=mother.person_id)
    school.fills_in(came, TIMUR)
    approve_enrolment(school.session, came.enrolment_id or 0, by=school.curator, now=NOW)
    return came.person_id


def test_at_eighteen_the_person_is_asked_anew_from_the_local_midnight_on(school: Gymnasium, timur: int) -> None:
    assert follow(school, BEFORE_MIDNIGHT) == 0
    assert follow(school, AFTER_MIDNIGHT) == 1
    assert follow(school, AFTER_MIDNIGHT) == 0
    person = school.person(timur)
    assert (person.age_group, person.missing_consents) == (AgeGroup.ADULT, ConsentGap.SELF)
    first = agenda(school.session, timur, now=AFTER_MIDNIGHT).items[0]
    assert (first.kind, first.data["consent"]) == (AgendaKind.OWN_CONSENT, ConsentKind.ADULT)
    school.decides(ConsentKind.ADULT, timur, now=AFTER_MIDNIGHT)
    assert school.person(timur).missing_consents is ConsentGap.NONE


def test_at_fourteen_the_pupils_own_word_is_needed_beside_the_parents(school: Gymnasium) -> None:
    mila, _ = school.child("1004", "1007")
    school.fills_in(mila, MILA)
    assert follow(school, datetime(2027, 5, 2, 9, tzinfo=UTC)) == 1
    person = school.person(mila.person_id)
    assert (person.age_group, person.missing_consents) == (AgeGroup.FROM_14_TO_17, ConsentGap.SELF)


def test_nobody_is_followed_who_was_erased(school: Gymnasium, timur: int) -> None:
    school.person(timur).erased_at = NOW
    school.session.flush()
    assert follow(school, AFTER_MIDNIGHT) == 0
