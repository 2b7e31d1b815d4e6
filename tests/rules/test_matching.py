from datetime import date, time
from typing import Any

import pytest

from config.library import questionnaire_definitions
from mentoring.rules.matching import (
    Ballot,
    Profile,
    ballot,
    is_entry,
    is_free,
    matching_questions,
    profile,
    shared_slots,
    shared_topics,
)

TUESDAY = date(2026, 11, 24)


def test_both_entry_questionnaires_say_what_matching_needs() -> None:
    definitions = questionnaire_definitions()

    said = {key: set(matching_questions(definitions[key]).values()) for key in ("mentor_entry", "mentee_request")}

    both = {"slots", "day_parts", "topics", "interests", "subject", "format"}
    assert said == {"mentor_entry": both | {"experience", "age"}, "mentee_request": both | {"wish", "wish_kind"}}


@pytest.mark.parametrize("key", ["preferences_mentor", "preferences_mentee"])
def test_after_a_group_meeting_both_say_with_whom_and_with_whom_not(key: str) -> None:
    definition = questionnaire_definitions()[key]
    answers = {
        "want": ["p3", "p1"],
        "goal_helper": "p7",
        "can_help": ["p1", "p7"],
        "not_with": ["p5"],
        "not_for": ["p5"],
    }

    assert set(matching_questions(definition).values()) == {"prefer", "avoid"}
    assert ballot(definition, answers) == Ballot((3, 1, 7), frozenset({5}))
    assert not is_entry(definition)
    assert is_entry(questionnaire_definitions()["mentor_entry"])


def test_a_form_of_an_earlier_version_is_understood_without_the_new_marks() -> None:
    new = questionnaire_definitions()["mentee_request"]
    old = {**new, "question": [_unmarked(one) for one in new["question"]]}
    answers = {"mentor_kind": ["teacher"], "interests": ["tech"], "format": "any", "kind": "pupil"}

    made = profile(old, answers)

    assert (made.wished_kinds, dict(made.interests), made.format) == (
        frozenset({"teacher"}),
        {"tech": "Техника и программирование"},
        "any",
    )


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("Физика", "учитель физики", {"физи"}),
        ("химия, биология", "Химии", {"хими"}),
        ("русский язык и литература", "английский язык", set()),
        ("физкультура", "физика", set()),
        ("ИЗО", "изо и МХК", {"изо"}),
        ("по всем предметам", "физика", set()),
    ],
)
def test_a_subject_is_known_by_its_stem(one: str, other: str, shared: set[str]) -> None:
    definition = questionnaire_definitions()["mentor_entry"]

    said = [profile(definition, {"subjects": typed}).subjects for typed in (one, other)]

    assert said[0].keys() & said[1].keys() == shared


def _unmarked(question: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in question.items() if name != "matching"}


def test_real_answers_make_a_profile() -> None:
    answers: dict[str, Any] = {
        "request": ["projects"],
        "days": ["tue", "sat"],
        "day_parts": ["evening"],
        "goal": "Собрать робота",
        "request_words": None,
    }

    made = profile(questionnaire_definitions()["mentee_request"], answers)

    assert made == Profile(
        frozenset({"tue_evening", "sat_evening"}), {"projects": "Проекты и олимпиады"}, "Собрать робота", ""
    )


@pytest.mark.parametrize("use", ["topics", "interests", "format"])
def test_both_questionnaires_name_a_thing_by_the_same_value(use: str) -> None:
    definitions = questionnaire_definitions()
    one, other = (
        {
            option["value"]
            for question in definitions[key]["question"]
            if question.get("matching") == use
            for option in question["options"]
        }
        for key in ("mentor_entry", "mentee_request")
    )

    assert one == other


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ({"tue_evening"}, {"tue_evening"}, ("tue_evening",)),
        ({"tue"}, {"tue_evening", "tue_morning"}, ("tue_morning", "tue_evening")),
        ({"tue"}, {"tue"}, ("tue",)),
        ({"tue_morning"}, {"tue_evening"}, ()),
        ({"sun", "mon"}, {"mon", "sun"}, ("mon", "sun")),
        (set(), {"mon"}, ()),
    ],
)
def test_shared_hours_come_in_the_order_of_the_week(one: set[str], other: set[str], shared: tuple[str, ...]) -> None:
    assert shared_slots(Profile(frozenset(one)), Profile(frozenset(other))) == shared
    assert shared_slots(Profile(frozenset(other)), Profile(frozenset(one))) == shared


def test_topics_are_shared_in_the_mentees_words() -> None:
    mentor = Profile(topics={"study": "Учу физике", "sport": "Спорт"})
    mentee = Profile(topics={"art": "Рисование", "study": "Физика"})

    assert shared_topics(mentor, mentee) == ("Физика",)


@pytest.mark.parametrize(
    ("slots", "at", "free"),
    [
        ({"tue_evening"}, None, True),
        ({"tue_evening"}, time(17), True),
        ({"tue_evening"}, time(16, 59), False),
        ({"tue"}, time(8), True),
        ({"wed"}, None, False),
        (set(), None, False),
    ],
)
def test_hours_are_free_as_answered(slots: set[str], at: time | None, free: bool) -> None:
    assert is_free(slots, TUESDAY, at) is free
