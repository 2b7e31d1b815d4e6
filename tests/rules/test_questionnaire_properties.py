"""Whatever anybody presses, a response ends complete, and nothing is left of what was not asked."""

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.rules.errors import AnswerRefused, OutOfDate
from mentoring.rules.questionnaire import Done, Raw, ResponseState, Screenful, ScreenKind, Typed
from mentoring.rules.questions.definition import Definition, Question
from mentoring.rules.questions.kinds import takes_several
from mentoring.rules.questions.parsing import parse_definition
from mentoring.rules.questions.path import (
    REVIEW,
    Standing,
    answered,
    beginning,
    gone_back,
    jumped,
    settled,
    visible_answers,
)
from mentoring.rules.questions.screens import Sheet, screenful
from tests.rules.questionnaires import CLUB, TODAY, anything, definitions, fitting
from tests.rules.satisfaction import faults, satisfies


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_way_through_ends_in_a_response_that_satisfies_the_definition(data: st.DataObject) -> None:
    definition = data.draw(definitions())
    standing = beginning(definition, {})

    for _ in range(data.draw(st.integers(0, 25))):
        standing = _wander(definition, standing, data)
        _check_screen(definition, standing)
    standing = _finish(definition, standing, data)
    for _ in range(data.draw(st.integers(0, 5))):
        standing = _change_one(definition, standing, data)

    assert settled(definition, standing) == standing == Standing(standing.answers, REVIEW)
    assert faults(definition, visible_answers(definition, standing.answers)) == []


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_going_back_and_on_again_returns_to_the_same_place(data: st.DataObject) -> None:
    definition = data.draw(definitions())
    standing = beginning(definition, {})
    for _ in range(data.draw(st.integers(0, 12))):
        standing = _answer_well(definition, standing, data)

    back = gone_back(definition, standing, standing.position)

    if back.position == REVIEW or standing == back:
        return
    assert answered(definition, back, back.position, Done(), TODAY).position == standing.position


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_repeated_press_changes_nothing(data: st.DataObject) -> None:
    definition = data.draw(definitions())
    standing = beginning(definition, {})
    for _ in range(data.draw(st.integers(0, 8))):
        standing = _answer_well(definition, standing, data)
    if standing.position == REVIEW:
        return
    key, raw = standing.position, data.draw(fitting(_on_screen(definition, standing)))

    try:
        once = answered(definition, standing, key, raw, TODAY)
    except AnswerRefused:
        return

    assert answered(definition, once, key, raw, TODAY) == once


def _wander(definition: Definition, standing: Standing, data: st.DataObject) -> Standing:
    step = data.draw(st.sampled_from(["well", "well", "well", "badly", "stale", "back", "jump", "restart"]))
    if step == "well":
        return _answer_well(definition, standing, data)
    if step == "restart":
        return _restarted(definition, standing)
    key = data.draw(st.sampled_from([question.key for question in definition.questions] + [REVIEW]))
    with suppress(AnswerRefused, OutOfDate):
        if step == "badly":
            return answered(definition, standing, standing.position, data.draw(anything), TODAY)
        if step == "stale":
            return answered(definition, standing, key, data.draw(anything), TODAY)
        return (gone_back if step == "back" else jumped)(definition, standing, key)
    return standing


def _answer_well(definition: Definition, standing: Standing, data: st.DataObject) -> Standing:
    if standing.position == REVIEW:
        return standing
    question = _on_screen(definition, standing)
    raw: Raw = data.draw(fitting(question))
    with suppress(AnswerRefused):
        standing = answered(definition, standing, question.key, raw, TODAY)
    if takes_several(question) and data.draw(st.booleans()):
        with suppress(AnswerRefused):
            standing = answered(definition, standing, question.key, Done(), TODAY)
    return standing


def _change_one(definition: Definition, standing: Standing, data: st.DataObject) -> Standing:
    """From the review page and back to it, through whatever the change has made visible."""
    key = data.draw(st.sampled_from(sorted(visible_answers(definition, standing.answers))))
    return _finish(definition, _answer_well(definition, jumped(definition, standing, key), data), data)


def _finish(definition: Definition, standing: Standing, data: st.DataObject) -> Standing:
    for _ in range(2 * len(definition.questions)):
        if standing.position == REVIEW:
            return standing
        question = _on_screen(definition, standing)
        if question.key not in standing.answers:
            raw = data.draw(fitting(question).filter(lambda raw: getattr(raw, "chosen", True)))
            standing = answered(definition, standing, question.key, raw, TODAY)
        if standing.position == question.key:
            standing = answered(definition, standing, question.key, Done(), TODAY)
    raise AssertionError("the questionnaire has no end")


def _restarted(definition: Definition, standing: Standing) -> Standing:
    """What the rows give back after the process has died."""
    kept = json.loads(json.dumps([dict(standing.answers), standing.position, standing.reviewing]))
    return settled(definition, Standing(*kept))


def _check_screen(definition: Definition, standing: Standing) -> None:
    screen: Screenful = screenful(definition, standing, Sheet(1, ResponseState.DRAFT))
    assert 1 <= screen.number <= screen.total
    assert (screen.kind is ScreenKind.REVIEW) == (standing.position == REVIEW)
    if screen.kind is ScreenKind.REVIEW:
        assert len(screen.review) == screen.total
    assert settled(definition, standing) == standing


def _on_screen(definition: Definition, standing: Standing) -> Question:
    question = definition.question(standing.position)
    assert question is not None
    return question


def test_the_checker_itself_refuses_what_does_not_fit() -> None:
    question = Question("q", "text", "Вопрос?")
    assert faults(parse_definition(CLUB), {"name": "Тимур", "likes": "robots", "role": "Гамлет", "note": None}) == [
        "robots is missing",
        "role is not asked",
    ]
    assert not satisfies(question, None)
    assert not satisfies(question, "")
    assert satisfies(question, "Мила")
    assert Typed("Мила") == Typed("Мила")
