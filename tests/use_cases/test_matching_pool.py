"""Who is in the pool of a programme, the problem that they make, and what is asked for in vain."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from config.library import questionnaire_definitions
from mentoring.assignment import assign
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.forms import Form
from mentoring.rules.matching import ChoiceKind
from mentoring.rules.matching_fit import Bar
from mentoring.rules.matching_settings import Criterion
from mentoring.rules.pairs import DeclineReason, EndReason
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.use_cases.matching_gaps import GapKind, PersonLine, gap_behind, gap_report
from mentoring.use_cases.matching_pool import Pool, load_pool, problem_of
from mentoring.use_cases.pairs import answer_proposal, end_pair, possible_mentees, possible_mentors
from storage.models.organisation import Programme
from storage.models.person import Enrolment
from storage.scope import set_organisation
from tests.counting import counted
from tests.use_cases.forms import published
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, days, open_school


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def pool_of(school: School) -> Pool:
    return load_pool(school.session, school.programme.id, now=NOW)


def ids(pool: Pool) -> tuple[list[int], list[int]]:
    return [one.enrolment_id for one in pool.mentors], [one.enrolment_id for one in pool.mentees]


def says_whom(school: School, enrolment: Enrolment, key: str, **answers: Any) -> None:
    """In a ballot after a group meeting."""
    school.response(enrolment.person_id, key, answers, enrolment_id=enrolment.id)


def test_mentors_with_a_free_place_and_mentees_without_a_mentor_are_in_the_pool(school: School) -> None:
    anna, oleg = school.enrol(ANNA, Role.MENTOR, capacity=2), school.enrol(OLEG, Role.MENTOR)
    igor = school.enrol(IGOR, Role.MENTOR)
    mila, timur = school.enrol(MILA, Role.MENTEE), school.enrol(TIMUR, Role.MENTEE, consents=False)
    darya = school.enrol(DARYA, Role.MENTEE)
    school.enrol(DARYA, Role.MENTEE, status=EnrolmentStatus.SUBMITTED)
    school.paired(anna, mila)
    school.proposed(oleg, darya)

    pool = pool_of(school)

    assert ids(pool) == ([igor.id, anna.id], [timur.id])
    assert [one.free for one in pool.mentors] == [1, 1]
    assert pool.mentees[0].bars == (Bar.CONSENTS_MISSING,)
    assert (pool.mentees[0].grade, pool.mentor(anna.id), pool.mentor(oleg.id)) == (10, pool.mentors[1], None)


def test_a_mentors_places_are_four_at_most(school: School) -> None:
    school.enrol(ANNA, Role.MENTOR, capacity=9)

    assert pool_of(school).mentors[0].free == 4


def test_what_people_said_of_themselves_and_of_each_other_comes_along(school: School) -> None:
    for key in ("preferences_mentee", "preferences_mentor"):
        published(school, questionnaire_definitions()[key])
    anna, igor = school.enrol(ANNA, Role.MENTOR), school.enrol(IGOR, Role.MENTOR)
    mila = school.enrol(MILA, Role.MENTEE)
    school.says(mila, topics=["study"], days=["tue"], parts=["evening"])
    says_whom(school, mila, "preferences_mentee", want=[f"p{anna.person_id}"], not_with=[f"p{igor.person_id}"])
    says_whom(school, anna, "preferences_mentor", can_help=[f"p{mila.person_id}"])

    pool = pool_of(school)

    seen = pool.mentees[0]
    assert (dict(seen.profile.topics), seen.profile.slots) == ({"study": "Учёба"}, frozenset({"tue_evening"}))
    assert (seen.wants, seen.avoids) == ((anna.person_id,), frozenset({igor.person_id}))
    fits = problem_of(pool, pool.settings, {}).fits
    assert Bar.UNWANTED_BY_MENTEE in fits[igor.id, mila.id].bars
    assert fits[anna.id, mila.id].parts[1].facts == ("mentee_1", "mentor_1")


def test_a_later_ballot_replaces_wishes_but_a_no_is_remembered(school: School) -> None:
    published(school, questionnaire_definitions()["preferences_mentee"])
    anna, igor, oleg = (school.enrol(one, Role.MENTOR) for one in (ANNA, IGOR, OLEG))
    mila, key = school.enrol(MILA, Role.MENTEE), "preferences_mentee"
    first = {"want": [f"p{anna.person_id}"], "not_with": [f"p{igor.person_id}"]}
    school.response(mila.person_id, key, first, enrolment_id=mila.id, at=NOW - days(9))
    school.response(mila.person_id, key, {"want": [f"p{oleg.person_id}"]}, enrolment_id=mila.id, at=NOW)
    unsent = {"want": [f"p{anna.person_id}"]}
    school.response(mila.person_id, key, unsent, enrolment_id=mila.id, state=ResponseState.DRAFT)

    seen = pool_of(school).mentees[0]

    assert (seen.wants, seen.avoids) == ((oleg.person_id,), frozenset({igor.person_id}))


@pytest.mark.parametrize(
    ("reason", "barred"), [(EndReason.NOT_FITTING, True), (EndReason.SCHEDULE, False), (EndReason.MOVED, False)]
)
def test_who_did_not_suit_each_other_are_not_put_together_again(
    school: School, reason: EndReason, barred: bool
) -> None:
    anna, timur = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    end_pair(school.session, school.paired(anna, timur), reason, by=school.curator, now=NOW)

    pool = pool_of(school)

    assert (Bar.PAST_PAIR in problem_of(pool, pool.settings, {}).fits[anna.id, timur.id].bars) is barred


@pytest.mark.parametrize(("reason", "barred"), [(DeclineReason.PREFER_OTHER, True), (DeclineReason.TIME, False)])
def test_who_preferred_somebody_else_is_not_asked_again(school: School, reason: DeclineReason, barred: bool) -> None:
    anna, timur = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id, by = school.proposed(anna, timur), Actor.person(anna.person_id)
    answer_proposal(school.session, pair_id, anna.person_id, False, reason=reason, by=by, now=NOW)

    pool = pool_of(school)

    assert (Bar.PAST_PAIR in problem_of(pool, pool.settings, {}).fits[anna.id, timur.id].bars) is barred


def test_who_did_not_suit_each_other_last_year_are_not_put_together_this_year(school: School) -> None:
    anna, igor = school.enrol(ANNA, Role.MENTOR), school.enrol(IGOR, Role.MENTOR)
    mila = school.enrol(MILA, Role.MENTEE)
    for mentor, reason in ((anna, EndReason.NOT_FITTING), (igor, EndReason.TERM_OVER)):
        end_pair(school.session, school.paired(mentor, mila), reason, by=school.curator, now=NOW)
    school.programme = school._add(
        Programme(name="Следующий год", school_year="2027/2028", starts_on=NOW.date(), ends_on=NOW.date())
    )
    again = [school.enrol(ANNA, Role.MENTOR, person=anna.person), school.enrol(IGOR, Role.MENTOR, person=igor.person)]
    once_more = school.enrol(MILA, Role.MENTEE, person=mila.person)

    pool = pool_of(school)
    fits = problem_of(pool, pool.settings, {}).fits

    assert [Bar.PAST_PAIR in fits[one.id, once_more.id].bars for one in again] == [True, False]


def test_the_problem_holds_all_who_may_be_together_and_its_answer_places_them(school: School) -> None:
    anna, igor = school.enrol(ANNA, Role.MENTOR, capacity=2), school.enrol(IGOR, Role.MENTOR)
    mila, timur = school.enrol(MILA, Role.MENTEE), school.enrol(TIMUR, Role.MENTEE)
    for one, topic in ((anna, "study"), (igor, "projects"), (mila, "study"), (timur, "projects")):
        school.says(one, topics=[topic], days=["tue"], parts=["evening"])
    pool = pool_of(school)

    posed = problem_of(pool, replace(pool.settings, least_total=0), {})

    assert set(posed.problem.scores) == set(posed.fits) == {(a.id, b.id) for a in (anna, igor) for b in (mila, timur)}
    assert all(posed.fits[pair].score == score for pair, score in posed.problem.scores.items())
    assert assign(posed.problem).placed == {mila.id: anna.id, timur.id: igor.id}


def test_the_curators_word_stands_as_far_as_it_can(school: School) -> None:
    """A lock lifts judgement, not the lack of a consent; nobody is locked twice or beyond the places."""
    anna, igor = school.enrol(ANNA, Role.MENTOR), school.enrol(IGOR, Role.MENTOR)
    oleg = school.enrol(OLEG, Role.MENTOR)
    mila, timur = school.enrol(MILA, Role.MENTEE), school.enrol(TIMUR, Role.MENTEE)
    darya = school.enrol(DARYA, Role.MENTEE, consents=False)
    school.programme.matching = {"least_total": 99}
    lock, pool = ChoiceKind.LOCK, pool_of(school)
    choices = {
        (anna.id, mila.id): lock,
        (anna.id, timur.id): lock,
        (igor.id, mila.id): lock,
        (igor.id, darya.id): lock,
        (oleg.id, 999): lock,
        (oleg.id, timur.id): ChoiceKind.FORBID,
    }

    posed = problem_of(pool, pool.settings, choices)

    assert posed.problem.locked == {(anna.id, mila.id)}
    assert posed.problem.scores == {(anna.id, mila.id): posed.fits[anna.id, mila.id].score}
    assert set(posed.ignored) == {pair for pair, kind in choices.items() if kind is lock} - posed.problem.locked
    assert Bar.FORBIDDEN in posed.fits[oleg.id, timur.id].bars
    assert assign(posed.problem).placed == {mila.id: anna.id}


def test_the_forms_of_the_programme_bind_whatever_the_drafts_settings(school: School) -> None:
    school.enrol(ANNA, Role.MENTOR)
    school.enrol(MILA, Role.MENTEE)
    school.programme.forms = [Form.PUPIL_PUPIL.value]
    pool = pool_of(school)

    assert problem_of(pool, type(pool.settings)(least_total=0), {}).problem.scores == {}


def test_a_pool_of_any_size_is_read_by_the_same_few_queries(school: School) -> None:
    def fill(count: int) -> None:
        for _ in range(count):
            anna, mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
            school.says(anna, topics=["study"], days=["tue"])
            school.says(mila, topics=["study"], days=["tue"])

    fill(2)
    few = _queries(school)
    fill(6)

    assert _queries(school) == few <= 11


def _queries(school: School) -> int:
    with counted(school.session) as statements:
        pool_of(school)
    return len(statements)


def test_another_organisations_people_are_never_in_the_pool(school: School) -> None:
    other = open_school(school.session, "Лицей № 2", "other")
    other.enrol(IGOR, Role.MENTOR)
    set_organisation(school.session, school.organisation.id)
    school.enrol(ANNA, Role.MENTOR)

    assert len(pool_of(school).mentors) == 1
    with pytest.raises(NotFound):
        load_pool(school.session, other.programme.id, now=NOW)


def test_candidates_are_ordered_by_the_same_rules(school: School) -> None:
    anna, igor, oleg = (school.enrol(one, Role.MENTOR) for one in (ANNA, IGOR, OLEG))
    mila, timur = school.enrol(MILA, Role.MENTEE), school.enrol(TIMUR, Role.MENTEE, consents=False)
    for one, topic in ((anna, "projects"), (igor, "study"), (oleg, "study"), (mila, "study")):
        school.says(one, topics=[topic], days=["tue"], parts=["evening"])
    school.proposed(oleg, school.enrol(DARYA, Role.MENTEE))
    pool = pool_of(school)

    mentors = possible_mentors(school.session, mila.id, now=NOW)
    mentees = possible_mentees(school.session, igor.id, now=NOW)

    assert [one.enrolment_id for one in mentors] == [igor.id, anna.id, oleg.id]
    assert mentors[0].fit == problem_of(pool, pool.settings, {}).fits[igor.id, mila.id]
    assert mentors[2].obstacles == ("capacity_reached",)
    assert [(one.enrolment_id, one.obstacles) for one in mentees][:2] == [
        (mila.id, ()),
        (timur.id, ("consents_missing",)),
    ]
    assert {part.criterion for part in mentees[0].fit.parts} == set(Criterion)


def test_the_report_names_what_is_asked_for_and_not_offered_and_offered_in_vain(school: School) -> None:
    anna, mila, timur = (
        school.enrol(ANNA, Role.MENTOR, capacity=3),
        school.enrol(MILA, Role.MENTEE),
        school.enrol(TIMUR, Role.MENTEE),
    )
    school.says(anna, topics=["study"], days=["tue"], parts=["morning"])
    school.says(mila, topics=["projects"], days=["tue"], parts=["morning"])
    school.says(timur, topics=["projects"], days=["wed"], parts=["evening"])

    report = gap_report(school.session, school.programme.id, now=NOW)

    both = tuple(PersonLine(one.person_id, one.id, one.person.name.full, one.person.place) for one in (timur, mila))
    assert [(gap.label, gap.wanted, gap.places) for gap in report.unoffered] == [("Проекты", both, 0)]
    assert [(gap.label, gap.wanted, gap.places) for gap in report.unasked] == [("Учёба", (), 3)]
    assert [(gap.value, gap.mentees, gap.mentors) for gap in report.hours] == [
        ("tue_morning", 1, 1),
        ("wed_evening", 1, 0),
    ]
    assert [(gap.value, gap.mentees, gap.mentors, gap.places) for gap in report.kinds] == [
        (Form.PUPIL_PUPIL, 2, 0, 0),
        (Form.TEACHER_TEACHER, 0, 1, 3),
        (Form.STUDENT_PUPIL, 2, 0, 0),
        (Form.EMPLOYER_PUPIL, 2, 0, 0),
        (Form.TEACHER_PUPIL, 2, 1, 3),
    ]  # fmt: skip
    everybody = report.everybody
    assert (everybody.mentees, everybody.mentors, everybody.places) == (2, 1, 3)


def test_each_number_of_the_report_opens_the_people_whom_it_counts(school: School) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR, capacity=3), school.enrol(MILA, Role.MENTEE)
    school.says(anna, topics=["study"], days=["tue"], parts=["morning"])
    school.says(mila, topics=["projects"], days=["tue"])

    def behind(kind: GapKind, value: str = "") -> tuple[list[int], list[tuple[int, int]]]:
        gap = gap_behind(school.session, school.programme.id, kind, value, now=NOW)
        return [one.enrolment_id for one in gap.wanted], [(one.enrolment_id, one.free) for one in gap.offered]

    assert behind(GapKind.ALL) == ([mila.id], [(anna.id, 3)])
    assert behind(GapKind.TOPIC, "projects") == ([mila.id], [])
    assert behind(GapKind.HOURS, "tue_morning") == ([mila.id], [(anna.id, 3)])
    assert behind(GapKind.HOURS, "tue_evening") == ([mila.id], [])
    assert behind(GapKind.FORM, "teacher_pupil") == ([mila.id], [(anna.id, 3)])
    assert behind(GapKind.UNMATCHED) == ([mila.id], [])
    with pytest.raises(NotFound):
        behind(GapKind.TOPIC, "nobody asks this")


def test_those_whom_no_free_mentor_may_be_given_are_named(school: School) -> None:
    school.enrol(OLEG, Role.MENTOR)
    mila, darya = school.enrol(MILA, Role.MENTEE), school.enrol(DARYA, Role.MENTEE)
    school.session.get_one(Programme, school.programme.id).matching = {"least_total": 0}

    report = gap_report(school.session, school.programme.id, now=NOW)

    assert [one.enrolment_id for one in report.unmatched] == [darya.id]
    assert mila.id in {one.enrolment_id for one in pool_of(school).mentees}
