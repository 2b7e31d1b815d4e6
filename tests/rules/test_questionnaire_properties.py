"""Whatever anybody presses, a response ends complete, and nothing is left of what was not asked."""

import json
from contextlib import suppress
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.rules.errors import AnswerRefused, OutOfDate
from mentoring.rules.questionnaire import Done, Raw, ResponseState, Screenful, ScreenKind, Typed
from mentoring.rules.questions.definition import Answers, Definition, Question, Value
from mentoring.rules.questions.kinds import KINDS, takes_several
from mentoring.rules.questions.numbers import date_bounds
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
from tests.rules.questionnaires import TODAY, anything, definitions, fitting

LIMITS = {"text": 200, "long_text": 1000}


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
    answers = visible_answers(definition, standing.answers)
    asked = [question for question in definition.questions if _is_asked(definition, question, standing.answers)]
    assert set(answers) == {question.key for question in asked}
    for question in asked:
        assert _satisfies(question, answers[question.key]), question


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


def _is_asked(definition: Definition, question: Question, answers: Answers) -> bool:
    """The meaning of ``show_if``, told a second time and from the other end."""
    condition = question.show_if
    if condition is None:
        return True
    parent = definition.question(condition.question)
    assert parent is not None
    value = answers.get(parent.key)
    if value is None or not _is_asked(definition, parent, answers):
        return False
    said = {str(word) for word in value} if isinstance(value, list) else {str(value)}
    if isinstance(value, bool):
        said = {"yes" if value else "no"}
    return not condition.any_of or bool(said & condition.any_of)


def _satisfies(question: Question, value: Value) -> bool:
    if value is None:
        return question.optional
    values = [option.value for option in KINDS[question.kind].options(question)]
    match question.kind:
        case "several_of" | "slots":
            if not isinstance(value, list) or not 1 <= len(value) <= (question.limit or len(values)):
                return False
            return value == [option for option in values if option in value]
        case "one_of":
            return value in values
        case "yes_no":
            return isinstance(value, bool)
        case "scale" | "number":
            return isinstance(value, int) and question.lowest <= value <= question.highest
        case "person" if question.several:
            most = question.limit or len(values)
            return isinstance(value, list) and 1 <= len(set(value)) == len(value) <= most and set(value) <= set(values)
        case "person":
            return value in values
        case "date":
            earliest, latest = date_bounds(question, TODAY)
            return earliest <= date.fromisoformat(str(value)) <= latest
        case "phone":
            return str(value).lstrip("+").isdigit()
        case _:
            return isinstance(value, str) and 1 <= len(value) <= (question.limit or LIMITS[question.kind])


def test_the_checker_itself_refuses_what_does_not_fit() -> None:
    question = Question("q", "text", "Вопрос?")
    assert not _satisfies(question, None)
    assert not _satisfies(question, "")
    assert _satisfies(question, "Мила")
    assert Typed("Мила") == Typed("Мила")
