"""How two fit: hard rules, criteria, what is explained, and the fast scores that must say the same."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mentoring.rules.errors import ValueWrong
from mentoring.rules.forms import Form
from mentoring.rules.matching import Profile
from mentoring.rules.matching_applicants import grade_of
from mentoring.rules.matching_fit import ABSOLUTE, Against, Applicant, Bar, facts_of, fit
from mentoring.rules.matching_scores import scores_of
from mentoring.rules.matching_settings import Criterion, Settings, Strictness
from mentoring.rules.people import AgeGroup, PersonKind, Role

ANY = Settings(least_total=0)


def mentor(**known: Any) -> Applicant:
    return _applicant(Role.MENTOR, {"enrolment_id": 1, "person_id": 1, "kind": PersonKind.TEACHER} | known)


def mentee(**known: Any) -> Applicant:
    return _applicant(Role.MENTEE, {"enrolment_id": 2, "person_id": 2, "kind": PersonKind.PUPIL} | known)


def _applicant(role: Role, known: dict[str, Any]) -> Applicant:
    said = {name: known.pop(name) for name in list(known) if name in Profile.__slots__}
    profile = Profile(**{name: _as_kept(name, value) for name, value in said.items()})
    return Applicant(role=role, profile=profile, **known)


def _as_kept(name: str, value: Any) -> Any:
    if name in ("topics", "interests", "subjects"):
        return {one: one.capitalize() for one in value}
    return frozenset(value) if name in ("slots", "ages", "wished_kinds") else value


def share(criterion: Criterion, one: Applicant, other: Applicant) -> float | None:
    part = next(part for part in fit(one, other, ANY).parts if part.criterion is criterion)
    return part.share if part.known else None


def test_two_whom_everything_speaks_for_have_a_hundred_points_explained() -> None:
    same: dict[str, Any] = {"interests": ["tech", "sport"], "slots": ["tue", "thu", "sat"], "format": "online"}
    anna = mentor(topics=["study", "career"], ages=["age_13_14"], wants=(2,), **same)
    mila = mentee(topics=["study"], age=13, wants=(1,), wished_kinds=["teacher"], **same)

    found = fit(anna, mila, Settings())

    assert (found.score, found.bars, found.against) == (100, (), ())
    assert {part.criterion: (part.points, part.most, part.facts) for part in found.parts} == {
        Criterion.REQUEST: (45, 45, ("Study",)),
        Criterion.PREFERENCE: (20, 20, ("mentee_1", "mentor_1", "mentee_kind")),
        Criterion.TIME: (15, 15, ("tue", "thu", "sat")),
        Criterion.AGE: (10, 10, ("age_13_14",)),
        Criterion.INTERESTS: (10, 10, ("Tech", "Sport")),
        Criterion.FORMAT: (0, 0, ("online",)),
    }


def test_silence_counts_half_and_is_told() -> None:
    found = fit(mentor(), mentee(), ANY)

    assert found.score == 51  # the half of 45 and of 15 are rounded up
    assert not any(part.known or part.facts for part in found.parts)
    assert found.against == (Against.NOTHING_SAID,)


def test_what_speaks_against_two_is_named() -> None:
    anna = mentor(topics=["career"], slots=["mon"], ages=["teachers"], interests=["sport"], format="online", wants=(9,))
    mila = mentee(
        topics=["study"], slots=["tue"], age=13, interests=["art"], format="in_person", wants=(8,),
        wished_kinds=["student"],
    )  # fmt: skip

    found = fit(anna, mila, Settings())

    assert found.score == 0
    assert set(found.against) == set(Against) - {
        Against.NOTHING_SAID, Against.OTHER_SUBJECT, Against.CLASS_UNKNOWN, Against.KIND_UNKNOWN
    }  # fmt: skip
    assert found.bars == (Bar.UNDER_THRESHOLD,)


@pytest.mark.parametrize(
    ("one", "other", "bar"),
    [
        ({"person_id": 2}, {}, Bar.SAME_PERSON),
        ({"together": frozenset({2})}, {}, Bar.ALREADY_TOGETHER),
        ({"past": frozenset({2})}, {}, Bar.PAST_PAIR),
        ({"avoids": frozenset({2})}, {}, Bar.UNWANTED_BY_MENTOR),
        ({}, {"avoids": frozenset({1})}, Bar.UNWANTED_BY_MENTEE),
        ({"organisation_id": 7}, {}, Bar.OTHER_ORGANISATION),
        ({"kind": PersonKind.PUPIL}, {"kind": PersonKind.TEACHER}, Bar.NO_FORM),
        ({"kind": PersonKind.PUPIL, "grade": 7}, {"grade": 7}, Bar.CLASS_DISTANCE),
        ({"kind": PersonKind.PUPIL, "age": 14}, {"age": 15}, Bar.CLASS_DISTANCE),
        ({"bars": (Bar.CONSENTS_MISSING,)}, {}, Bar.CONSENTS_MISSING),
        ({}, {"bars": (Bar.NOT_APPROVED,)}, Bar.NOT_APPROVED),
        (
            {"subjects": ["physics"]},
            {"kind": PersonKind.TEACHER, "topics": ["subject"], "subjects": ["foreign"]},
            Bar.SUBJECT,
        ),
    ],
)
def test_a_hard_rule_keeps_two_apart_whatever_the_score(one: dict[str, Any], other: dict[str, Any], bar: Bar) -> None:
    assert fit(mentor(**one), mentee(**other), ANY).bars == (bar,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"organisation_id": 7, "kind": PersonKind.SPECIALIST}, {}),
        ({"kind": PersonKind.PUPIL, "grade": 8}, {"grade": 7}),
        ({"kind": PersonKind.PUPIL, "grade": 11, "age": 16}, {"grade": 10, "age": 16}),
        ({"kind": PersonKind.PUPIL}, {"grade": 7}),
        ({"kind": None}, {}),
        ({"form": "pedagogues"}, {"kind": PersonKind.SPECIALIST}),
        ({"subjects": ["physics"]}, {"kind": PersonKind.TEACHER, "topics": ["methods"], "subjects": ["foreign"]}),
        ({}, {"kind": PersonKind.TEACHER, "topics": ["subject"], "subjects": ["foreign"]}),
    ],
    ids=[
        "a partner's specialist", "a class older", "the class counts before the age", "a class not known",
        "a kind not known", "a form that the curator set", "the subject was not asked for", "a subject not known",
    ],
)  # fmt: skip
def test_these_may_be_together(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert fit(mentor(**one), mentee(**other), ANY).allowed


def test_a_programme_with_chosen_forms_takes_no_others() -> None:
    pupils, workers = replace(ANY, forms=(Form.PUPIL_PUPIL,)), replace(ANY, forms=(Form.PEDAGOGUES,))
    teacher = mentee(kind=PersonKind.TEACHER)

    assert fit(mentor(), mentee(), pupils).bars == (Bar.FORM_NOT_IN_PROGRAMME,)
    assert fit(mentor(kind=PersonKind.PUPIL), mentee(), pupils).allowed
    assert fit(mentor(), teacher, workers).allowed
    assert fit(mentor(), teacher, pupils).bars == (Bar.FORM_NOT_IN_PROGRAMME,)


def test_a_wished_kind_of_mentor_may_be_a_wish_or_a_rule() -> None:
    wishes = mentee(wished_kinds=["student"])

    assert Against.OTHER_MENTOR_KIND in fit(mentor(), wishes, ANY).against
    assert fit(mentor(), wishes, replace(ANY, wished_kind=Strictness.HARD)).bars == (Bar.MENTOR_KIND,)
    ignored = fit(mentor(), wishes, replace(ANY, wished_kind=Strictness.OFF))
    assert ignored.allowed
    assert Against.OTHER_MENTOR_KIND not in ignored.against


@pytest.mark.parametrize(
    ("offered", "asked", "expected"),
    [(["a"], ["a"], 1.0), (["a"], ["a", "b"], 0.7), (["a", "b"], ["a", "b", "c"], 0.8), (["d"], ["a"], 0.0)],
)
def test_one_of_three_wishes_is_more_than_a_third(offered: list[str], asked: list[str], expected: float) -> None:
    assert share(Criterion.REQUEST, mentor(topics=offered), mentee(topics=asked)) == pytest.approx(expected)


def test_a_subject_is_shared_only_where_a_topic_about_subjects_is() -> None:
    one = mentor(topics=["projects", "study"], subjects=["физика"])
    others = (mentee(topics=[topic], subjects=["физика"]) for topic in ("study", "projects", "career"))

    facts = [facts_of(Criterion.REQUEST, one, other) for other in others]

    assert facts == [("Study", "Физика"), ("Projects",), ()]


def test_help_with_studies_in_other_subjects_is_half_a_match() -> None:
    physics = mentor(topics=["study"], subjects=["physics"])

    assert share(Criterion.REQUEST, physics, mentee(topics=["study"], subjects=["physics"])) == 1
    assert share(Criterion.REQUEST, physics, mentee(topics=["study"], subjects=["it"])) == pytest.approx(0.7)
    assert Against.OTHER_SUBJECT in fit(physics, mentee(topics=["study"], subjects=["it"]), ANY).against


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((1,), (2,), 1.0),
        ((5, 1), (2,), 0.925),
        ((5, 6, 7, 1), (), 0.5),
        ((5,), (2,), 0.5),
        ((5,), (6,), 0.0),
        ((), (), None),
    ],
)
def test_wishes_of_both_sides_make_the_mean(
    one: tuple[int, ...], other: tuple[int, ...], expected: float | None
) -> None:
    assert share(Criterion.PREFERENCE, mentor(wants=other), mentee(wants=one)) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (["tue_evening"], ["tue_evening", "wed_morning"], 0.5),
        (["tue"], ["tue_evening", "tue_morning"], 0.5),
        (["tue", "wed"], ["tue_evening", "wed_morning"], 0.8),
        (["tue_morning"], ["tue_evening"], 0.0),
        ([], ["tue"], None),
    ],
)
def test_common_days_count_and_not_common_hours(one: list[str], other: list[str], expected: float | None) -> None:
    assert share(Criterion.TIME, mentor(slots=one), mentee(slots=other)) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"age": 13}, 1.0),
        ({"age": 12}, 0.5),
        ({"age": 18}, 0.5),
        ({"grade": 7}, 1.0),
        ({"age_group": AgeGroup.UNDER_14}, 1.0),
        ({"kind": PersonKind.STUDENT}, 0.0),
        ({"kind": PersonKind.TEACHER}, 0.0),
        ({}, None),
    ],
)
def test_an_age_next_to_the_named_one_is_half_as_good(known: dict[str, Any], expected: float | None) -> None:
    assert share(Criterion.AGE, mentor(ages=["age_13_14"]), mentee(**known)) == expected


@pytest.mark.parametrize(
    ("place", "grade"),
    [
        ("7 «Б»", 7),
        ("11А", 11),
        ("в 9 классе", 9),
        ("10-б", 10),
        ("Б класс", None),
        ("2026", None),
        ("", None),
        ("12 «А»", None),
        ("школа № 5, 7 «Б»", 7),
        ("лицей 3, 11 класс", 11),
        ("гимназия 11, 8-й класс", 8),
        ("школа 5 в Приозёрном, 6 «Г»", 6),
        ("школа 3, 10-А", 10),
    ],
)
def test_the_class_is_read_from_what_was_typed(place: str, grade: int | None) -> None:
    assert grade_of(place) == grade


def test_a_threshold_of_a_criterion_passes_over_what_nobody_said() -> None:
    least = replace(ANY, least={Criterion.TIME: 50})

    assert fit(mentor(slots=["mon"]), mentee(slots=["tue"]), least).bars == (Bar.UNDER_THRESHOLD,)
    assert fit(mentor(slots=["mon"]), mentee(), least).allowed


def test_whatever_the_weights_the_best_score_is_a_hundred() -> None:
    weights = dict.fromkeys(Criterion, 7)

    assert sum(Settings(weights=weights).most.values()) == 100
    assert set(Settings(weights=weights).most.values()) == {16, 17}


def test_settings_come_back_as_they_were_kept_and_unknown_ones_as_usual() -> None:
    tuned = Settings(
        weights=dict.fromkeys(Criterion, 10),
        least={Criterion.REQUEST: 40},
        least_total=55,
        class_distance=3,
        wished_kind=Strictness.HARD,
        subject=Strictness.OFF,
        forms=("pupil_pupil",),
    )

    assert Settings.from_stored(tuned.to_stored(), ("pupil_pupil",)) == tuned
    assert Settings.from_stored({}) == Settings()


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"weights": dict.fromkeys(Criterion, 0)}, "weights"),
        ({"weights": {Criterion.REQUEST: 101}}, "weights"),
        ({"weights": {Criterion.REQUEST: -1, Criterion.TIME: 50}}, "weights"),
        ({"least": {Criterion.TIME: 101}}, "least"),
        ({"least_total": 101}, "least_total"),
        ({"class_distance": 11}, "class_distance"),
    ],
)
def test_settings_that_make_no_sense_are_refused_by_name(wrong: dict[str, Any], name: str) -> None:
    with pytest.raises(ValueWrong) as refused:
        Settings(**wrong).checked()
    assert refused.value.field == name


def test_law_and_peoples_own_word_are_no_matter_of_judgement() -> None:
    judged = {
        Bar.FORM_NOT_IN_PROGRAMME, Bar.PAST_PAIR, Bar.CLASS_DISTANCE, Bar.SUBJECT, Bar.MENTOR_KIND, Bar.FORBIDDEN,
        Bar.UNDER_THRESHOLD,
    }  # fmt: skip

    assert set(Bar) - ABSOLUTE == judged


TOPICS, SUBJECTS = ["study", "subject", "career"], ["physics", "it"]
SLOTS = ["mon", "tue_evening", "tue_morning", "sat_evening"]


def some_of(values: list[str]) -> some.SearchStrategy[list[str]]:
    return some.lists(some.sampled_from(values), unique=True)


def some_ids(*ids: int) -> some.SearchStrategy[frozenset[int]]:
    return some.frozensets(some.sampled_from(ids), max_size=2)


@some.composite
def people(draw: some.DrawFn, role: Role, first: int) -> tuple[Applicant, ...]:
    """Ids of mentors begin with 1, of mentees with 11; one person may be both."""
    kinds = [PersonKind.PUPIL, PersonKind.TEACHER, PersonKind.STUDENT, PersonKind.SPECIALIST, None]
    others = range(11, 15) if role is Role.MENTOR else range(1, 5)
    return tuple(
        _applicant(
            role,
            {
                "enrolment_id": first + number,
                "person_id": draw(some.sampled_from([first + number, 1])),
                "kind": draw(some.sampled_from(kinds)),
                "age": draw(some.sampled_from([None, 12, 16])),
                "grade": draw(some.sampled_from([None, 6, 10])),
                "wants": tuple(draw(some_ids(*others))),
                "avoids": draw(some_ids(*others)),
                "past": draw(some_ids(*others)) if role is Role.MENTOR else frozenset(),
                "together": draw(some_ids(*others)) if role is Role.MENTOR else frozenset(),
                "bars": draw(some.sampled_from([(), (), (), (Bar.CONSENTS_MISSING,)])),
                "topics": draw(some_of(TOPICS)),
                "subjects": draw(some_of(SUBJECTS)),
                "slots": draw(some_of(SLOTS)),
                "ages": draw(some_of(["age_10_12", "age_15_17"])),
                "interests": draw(some_of(["tech", "art", "sport"])),
                "format": draw(some.sampled_from(["", "any", "online", "in_person"])),
                "wished_kinds": draw(some_of(["pupil", "teacher"])),
            },
        )
        for number in range(draw(some.integers(1, 4)))
    )


@settings(max_examples=30, deadline=None)
@given(
    people(Role.MENTOR, 1),
    people(Role.MENTEE, 11),
    some.builds(
        Settings,
        weights=some.fixed_dictionaries({one: some.sampled_from([0, 10, 45]) for one in Criterion}),
        least=some.dictionaries(some.sampled_from(Criterion), some.sampled_from([40, 60]), max_size=2),
        least_total=some.sampled_from([0, 30, 60]),
        wished_kind=some.sampled_from(Strictness),
        subject=some.sampled_from(Strictness),
        forms=some.sampled_from([(), ("pupil_pupil", "pedagogues")]),
    ),
)
def test_scores_of_a_pool_are_those_of_each_two(
    mentors: tuple[Applicant, ...], mentees: tuple[Applicant, ...], tuned: Settings
) -> None:
    mentees = tuple(_apart(one, number) for number, one in enumerate(mentees))

    found = scores_of(mentors, mentees, tuned)

    fits = {(one.enrolment_id, other.enrolment_id): fit(one, other, tuned) for one in mentors for other in mentees}
    assert found == {pair: two.score for pair, two in fits.items() if two.allowed}


def _apart(one: Applicant, number: int) -> Applicant:
    """At most the first mentee is a mentor too: nobody is a mentee twice in a programme."""
    return replace(one, person_id=one.enrolment_id) if number else one
