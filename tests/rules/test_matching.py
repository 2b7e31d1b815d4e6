from datetime import date, time
from typing import Any

import pytest

from config.library import questionnaire_definitions
from mentoring.rules.matching import Profile, is_free, matching_questions, profile, shared_slots, shared_topics

TUESDAY = date(2026, 11, 24)


def test_both_entry_questionnaires_say_what_matching_needs() -> None:
    definitions = questionnaire_definitions()

    said = {key: set(matching_questions(definitions[key]).values()) for key in ("mentor_entry", "mentee_request")}

    assert said == {
        "mentor_entry": {"slots", "day_parts", "topics", "experience"},
        "mentee_request": {"slots", "day_parts", "topics", "wish"},
    }


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


def test_both_questionnaires_name_a_topic_by_the_same_value() -> None:
    definitions = questionnaire_definitions()
    topics = [
        {
            option["value"]
            for question in definitions[key]["question"]
            if question.get("matching") == "topics"
            for option in question["options"]
        }
        for key in ("mentor_entry", "mentee_request")
    ]

    assert topics[0] == topics[1]


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
