"""What a definition may not be, and what the starting questionnaires are."""

from copy import deepcopy
from typing import Any

import pytest

from config.library import questionnaire_definitions
from mentoring.rules.errors import DefinitionBroken
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.fills import FILLS
from mentoring.rules.questions.kinds import KINDS
from mentoring.rules.questions.parsing import Fault, parse_definition
from mentoring.rules.questions.path import visible_questions
from tests.rules.questionnaires import CLUB, questionnaire

CONTENT = questionnaire_definitions()
ASK: dict[str, Any] = {"key": "asked", "kind": "text", "text": "Вопрос?"}
DAYS: dict[str, Any] = ASK | {"kind": "slots"}
CHOICE: dict[str, Any] = {"key": "choice", "kind": "one_of", "text": "Что?", "options": [{"value": "a", "label": "А"}]}


def broken(definition: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(DefinitionBroken) as refusal:
        parse_definition(definition)
    return refusal.value.place, refusal.value.reason


@pytest.mark.parametrize(
    ("question", "place", "fault"),
    [
        (ASK | {"kind": "hologram"}, "kind", Fault.UNKNOWN_KIND),
        (ASK | {"key": "Ключ"}, "key", Fault.BAD_KEY),
        (ASK | {"key": "k" * 25}, "key", Fault.TOO_LONG),
        (ASK | {"text": " "}, "text", Fault.MISSING),
        (ASK | {"text": "я" * 601}, "text", Fault.TOO_LONG),
        (ASK | {"text": 5}, "text", Fault.WRONG_TYPE),
        (ASK | {"limit": 0}, "limit", Fault.LIMIT_BELOW_ONE),
        (ASK | {"optional": "yes"}, "optional", Fault.WRONG_TYPE),
        (ASK | {"colour": "red"}, "colour", Fault.UNKNOWN_FIELD),
        (ASK | {"past": True}, "past", Fault.NOT_FOR_THIS_KIND),
        (ASK | {"options": CHOICE["options"]}, "options", Fault.NOT_FOR_THIS_KIND),
        (ASK | {"matching": "stars"}, "matching", Fault.UNKNOWN_WORD),
        (ASK | {"fills": "person.shoe_size"}, "fills", Fault.UNKNOWN_FILL),
        (ASK | {"fills": "person.birth_date"}, "fills", Fault.FILL_OF_WRONG_KIND),
        (CHOICE | {"fills": "person.kind"}, "fills", Fault.FILL_OF_WRONG_VALUE),
        (CHOICE | {"options": []}, "options", Fault.NO_OPTIONS),
        (CHOICE | {"options": CHOICE["options"] * 2}, "options[2]", Fault.DUPLICATE),
        (CHOICE | {"options": [{"value": "a", "label": "я" * 31}]}, "options[1].label", Fault.TOO_LONG),
        (CHOICE | {"options": [{"value": "a:b", "label": "я"}]}, "options[1].value", Fault.BAD_KEY),
        (CHOICE | {"options": [{"value": "a"}]}, "options[1].label", Fault.MISSING),
        (
            ASK | {"kind": "slots", "options": [{"value": "monday", "label": "Пн"}]},
            "options[1].value",
            Fault.UNKNOWN_WORD,
        ),
        (ASK | {"kind": "scale", "min": 5, "max": 5}, "max", Fault.BOUNDS),
        (ASK | {"kind": "scale", "min": 0, "max": 100}, "max", Fault.BOUNDS),
        (ASK | {"kind": "scale", "ends": ["плохо"]}, "ends", Fault.WRONG_TYPE),
        (ASK | {"kind": "scale", "ends": ["я" * 101, ""]}, "ends", Fault.TOO_LONG),
        (ASK | {"kind": "number", "max": 10**9}, "max", Fault.BOUNDS),
        (ASK | {"kind": "date", "min_age": 18, "max_age": 10}, "max_age", Fault.BOUNDS),
        (ASK | {"kind": "date", "min_age": -1}, "max_age", Fault.BOUNDS),
        (ASK | {"kind": "person", "of": "everyone"}, "of", Fault.UNKNOWN_WORD),
        (ASK | {"kind": "person", "options": CHOICE["options"]}, "options", Fault.NOT_FOR_THIS_KIND),
        (ASK | {"several": True}, "several", Fault.NOT_FOR_THIS_KIND),
        (ASK | {"show_if": {"question": "first"}}, "show_if", Fault.MISSING),
        (ASK | {"show_if": {"question": "nobody", "answered": True}}, "show_if", Fault.CONDITION_ON_UNKNOWN),
        (ASK | {"show_if": {"question": "later", "answered": True}}, "show_if", Fault.CONDITION_ON_LATER),
        (ASK | {"show_if": {"question": "asked", "answered": True}}, "show_if", Fault.CONDITION_ON_LATER),
        (ASK | {"show_if": {"question": "first", "equals": "b"}}, "show_if", Fault.CONDITION_ON_UNKNOWN_OPTION),
    ],
)
def test_a_broken_question_is_refused_with_place_and_reason(question: dict[str, Any], place: str, fault: Fault) -> None:
    definition = questionnaire(CHOICE | {"key": "first"}, question, ASK | {"key": "later"})

    assert broken(definition) == (f"question[2].{place}", fault)


@pytest.mark.parametrize(
    ("change", "place", "fault"),
    [
        ({"question": []}, "question", Fault.NO_QUESTIONS),
        ({"question": [ASK, ASK]}, "question[2]", Fault.DUPLICATE),
        ({"question": ["Как дела?"]}, "question[1]", Fault.WRONG_TYPE),
        ({"title": ""}, "title", Fault.MISSING),
        ({"source": "heard"}, "source", Fault.UNKNOWN_WORD),
        ({"role": "director"}, "role", Fault.UNKNOWN_WORD),
        ({"minutes": "five"}, "minutes", Fault.WRONG_TYPE),
        ({"questions": [ASK]}, "questions", Fault.UNKNOWN_FIELD),
    ],
)
def test_a_broken_questionnaire_is_refused_with_place_and_reason(
    change: dict[str, Any], place: str, fault: Fault
) -> None:
    assert broken(questionnaire(ASK) | change) == (place, fault)


def test_parsing_leaves_the_source_as_it_was() -> None:
    source = deepcopy(CLUB)

    parse_definition(source)

    assert source == CLUB


@pytest.mark.parametrize("key", sorted(CONTENT))
def test_every_starting_questionnaire_is_whole(key: str) -> None:
    definition = parse_definition(CONTENT[key])

    assert definition.key == key
    assert definition.intro
    assert all(len(KINDS[asked.kind].options(asked)) <= 8 for asked in definition.questions if asked.kind != "scale")


@pytest.mark.parametrize("key", sorted(CONTENT))
def test_no_hint_says_what_every_door_says_by_itself(key: str) -> None:
    hints = " ".join(question.hint for question in parse_definition(CONTENT[key]).questions)

    assert not [words for words in ("несколько", "пропустить.", "только куратор") if words in hints]


def test_both_roles_have_an_entry_questionnaire_for_each_kind_of_person() -> None:
    mentor, mentee = (_definition(ENTRY_QUESTIONNAIRES[role]) for role in ENTRY_QUESTIONNAIRES)

    assert {option.value for option in mentor.questions[0].options} == {"pupil", "student", "teacher", "specialist"}
    assert {option.value for option in mentee.questions[0].options} == {"pupil", "student", "teacher"}


@pytest.mark.parametrize("kind", ["pupil", "student", "teacher"])
def test_a_mentee_is_asked_at_most_sixteen_questions(kind: str) -> None:
    definition = _definition("mentee_request")
    answers: dict[str, Any] = {question.key: "есть" for question in definition.questions if question.kind == "text"}

    assert len(visible_questions(definition, answers | {"kind": kind})) <= 16


@pytest.mark.parametrize("key", ["mentor_entry", "mentee_request"])
def test_an_entry_questionnaire_gives_the_record_what_it_needs(key: str) -> None:
    filled = {question.fills for question in _definition(key).questions}

    assert {field for field in FILLS if field.startswith("person.")} <= filled


@pytest.mark.parametrize(("asked", "offered"), [("request", "can_help"), ("request_teacher", "can_help_teacher")])
def test_request_and_offer_speak_of_the_same_topics(asked: str, offered: str) -> None:
    request, offer = _definition("mentee_request").question(asked), _definition("mentor_entry").question(offered)

    assert request is not None
    assert offer is not None
    assert request.options == offer.options
    assert request.matching == offer.matching == "topics"


def _definition(key: str) -> Definition:
    return parse_definition(CONTENT[key])
