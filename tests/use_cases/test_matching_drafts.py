"""Drafts of the matching and the curator's word in them."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotAllowed, NotFound, OutOfDate, PlacesLocked, TextEmpty, TextTooLong
from mentoring.rules.matching import ChoiceKind, DraftState
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.matching_choices import forbid_two, lock_two, take_back
from mentoring.use_cases.matching_drafts import (
    change_settings,
    copy_draft,
    draft_card,
    drafts_list,
    drop_draft,
    new_draft,
    rename_draft,
    restore_draft,
)
from storage.models.matching import MatchingChoice, MatchingDraft, MatchingLine
from storage.models.person import Enrolment
from tests.conftest import NOW
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, TIMUR, School, open_school


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


@pytest.fixture
def draft_id(school: School) -> int:
    return begun(school)


def begun(school: School, name: str = "Осенний подбор") -> int:
    return new_draft(school.session, school.programme.id, name, by=school.curator, now=NOW).draft_id


def lock(school: School, draft_id: int, mentor: Enrolment, mentee: Enrolment) -> None:
    lock_two(school.session, draft_id, mentor.id, mentee.id, by=school.curator, now=NOW)


def choices(school: School, draft_id: int) -> set[tuple[int, int, ChoiceKind]]:
    rows = school.session.scalars(select(MatchingChoice).where(MatchingChoice.draft_id == draft_id))
    return {(row.mentor_enrolment_id, row.mentee_enrolment_id, row.kind) for row in rows}


def test_a_draft_begins_with_the_programmes_weights(school: School) -> None:
    school.programme.matching = {"least": 30}

    assert draft_card(school.session, begun(school)).settings == {"least": 30}


@pytest.mark.parametrize(("name", "refusal"), [(" ", TextEmpty), ("о" * 121, TextTooLong)])
def test_a_draft_has_a_name_that_can_be_shown(school: School, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        begun(school, name)


def test_two_can_be_locked_and_let_go(school: School, draft_id: int) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    lock(school, draft_id, anna, mila)
    assert choices(school, draft_id) == {(anna.id, mila.id, ChoiceKind.LOCK)}

    take_back(school.session, draft_id, anna.id, mila.id, by=school.curator, now=NOW)
    take_back(school.session, draft_id, anna.id, mila.id, by=school.curator, now=NOW)

    assert choices(school, draft_id) == set()
    assert school.acts("matching_draft") == ["matching.draft_begun", "matching.locked", "matching.choice_taken_back"]


def test_a_mentee_is_locked_to_one_mentor_and_what_is_forbidden_stays_so(school: School, draft_id: int) -> None:
    anna, igor, mila = (
        school.enrol(ANNA, Role.MENTOR),
        school.enrol(IGOR, Role.MENTOR),
        school.enrol(MILA, Role.MENTEE),
    )
    lock(school, draft_id, anna, mila)
    lock(school, draft_id, igor, mila)
    forbid_two(school.session, draft_id, anna.id, mila.id, by=school.curator, now=NOW)

    assert choices(school, draft_id) == {(igor.id, mila.id, ChoiceKind.LOCK), (anna.id, mila.id, ChoiceKind.FORBID)}


def test_the_last_word_about_two_counts(school: School, draft_id: int) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    lock(school, draft_id, anna, mila)
    forbid_two(school.session, draft_id, anna.id, mila.id, by=school.curator, now=NOW)
    assert choices(school, draft_id) == {(anna.id, mila.id, ChoiceKind.FORBID)}

    lock(school, draft_id, anna, mila)

    assert choices(school, draft_id) == {(anna.id, mila.id, ChoiceKind.LOCK)}


def test_no_more_are_locked_to_a_mentor_than_there_are_places(school: School, draft_id: int) -> None:
    anna = school.enrol(ANNA, Role.MENTOR, capacity=2)
    mila, timur, darya = (school.enrol(one, Role.MENTEE) for one in (MILA, TIMUR, DARYA))
    school.proposed(anna, darya)
    lock(school, draft_id, anna, mila)
    lock(school, draft_id, anna, mila)  # the same once more takes no second place

    with pytest.raises(PlacesLocked):
        lock(school, draft_id, anna, timur)


def test_a_locked_mentee_who_is_in_a_pair_by_now_takes_one_place_and_not_two(school: School, draft_id: int) -> None:
    anna = school.enrol(ANNA, Role.MENTOR, capacity=2)
    mila, timur = (school.enrol(one, Role.MENTEE) for one in (MILA, TIMUR))
    lock(school, draft_id, anna, mila)
    school.proposed(anna, mila)

    lock(school, draft_id, anna, timur)

    assert (anna.id, timur.id, ChoiceKind.LOCK) in choices(school, draft_id)


def test_people_of_another_programme_and_of_the_other_role_are_not_found(school: School, draft_id: int) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    for mentor, mentee in ((mila.id, anna.id), (anna.id, 999_999)):
        with pytest.raises(NotFound):
            lock_two(school.session, draft_id, mentor, mentee, by=school.curator, now=NOW)


def test_a_copy_takes_choices_and_lines_along_and_leaves_the_first_alone(school: School, draft_id: int) -> None:
    anna, igor, mila = (
        school.enrol(ANNA, Role.MENTOR),
        school.enrol(IGOR, Role.MENTOR),
        school.enrol(MILA, Role.MENTEE, status=EnrolmentStatus.APPROVED),
    )
    lock(school, draft_id, anna, mila)
    line = MatchingLine(draft_id=draft_id, mentor_enrolment_id=anna.id, mentee_enrolment_id=mila.id, score=61)
    school.session.add(line)
    school.session.flush()
    copy = copy_draft(school.session, draft_id, "Что если Игорь Павлович", by=school.curator, now=NOW).draft_id

    lock(school, copy, igor, mila)

    assert choices(school, draft_id) == {(anna.id, mila.id, ChoiceKind.LOCK)}
    assert choices(school, copy) == {(igor.id, mila.id, ChoiceKind.LOCK)}
    assert (draft_card(school.session, copy).copied_from, draft_card(school.session, copy).line_count) == (
        "Осенний подбор",
        1,
    )


def test_a_draft_that_was_put_away_can_be_taken_back_and_does_not_change_meanwhile(
    school: School, draft_id: int
) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    drop_draft(school.session, draft_id, by=school.curator, now=NOW)
    assert drafts_list(school.session, school.programme.id) == ()
    with pytest.raises(OutOfDate):
        lock(school, draft_id, anna, mila)

    restore_draft(school.session, draft_id, by=school.curator, now=NOW)

    assert [card.state for card in drafts_list(school.session, school.programme.id)] == [DraftState.OPEN]


def test_usual_settings_become_the_programmes(school: School, draft_id: int) -> None:
    change_settings(school.session, draft_id, {"least": 20}, by=school.curator, now=NOW)
    assert school.programme.matching == {}

    change_settings(school.session, draft_id, {"least": 25}, usual=True, by=school.curator, now=NOW)

    assert school.programme.matching == {"least": 25}


def test_participants_change_nothing(school: School, draft_id: int) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    by = Actor.person(anna.person_id)
    for act in (
        lambda: new_draft(school.session, school.programme.id, "Свой", by=by, now=NOW),
        lambda: rename_draft(school.session, draft_id, "Свой", by=by, now=NOW),
        lambda: lock_two(school.session, draft_id, anna.id, mila.id, by=by, now=NOW),
        lambda: drop_draft(school.session, draft_id, by=by, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert school.session.scalar(select(func.count(MatchingDraft.id))) == 1
