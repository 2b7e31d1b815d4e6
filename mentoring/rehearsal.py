"""A walk through a questionnaire that leaves no rows: each step makes the next standing out of the last.

The same engine and the same cards as in the chat, so that a curator sees exactly what people will.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from mentoring.phones import phone_number
from mentoring.question_card import Act, Card, Press, choice_of_answer_card, question_card, review_card
from mentoring.rules.errors import AnswerRefused, DefinitionBroken
from mentoring.rules.questionnaire import (
    Done,
    Picked,
    Problem,
    Raw,
    ResponseState,
    Screenful,
    ScreenKind,
    Skipped,
    Toggled,
    Typed,
)
from mentoring.rules.questions import path
from mentoring.rules.questions.definition import Definition, Option
from mentoring.rules.questions.flaws import questions_of
from mentoring.rules.questions.kinds import KINDS
from mentoring.rules.questions.parsing import parse_definition
from mentoring.rules.questions.path import Standing
from mentoring.rules.questions.screens import Sheet, question_view, screenful

_HEAD: dict[str, Any] = {"key": "draft", "title": "Без названия", "role": "", "source": "ours"}
_QUESTION = {"key": "draft", "kind": "text", "text": "?"}
INVENTED = ("Анна Сергеевна Лебедева", "Игорь Павлович Ветров", "Олег Титов", "Тимур Асланов", "Мила Крылова")


def rehearsed(definition: Definition) -> Definition:
    """With invented people where a question asks for people: the real ones are known only in a campaign."""
    people = tuple(Option(f"p{number}", name) for number, name in enumerate(INVENTED, 1))
    questions = (replace(one, options=people) if one.kind == "person" else one for one in definition.questions)
    return replace(definition, questions=tuple(questions))


def beginning(definition: Definition) -> Standing:
    return path.beginning(definition, {})


def pressed(definition: Definition, standing: Standing, press: Press, today: date) -> Standing:
    """Where a press leads. Turning a page, pausing and sending leave everything where it is."""
    if press.act is Act.BACK:
        return path.gone_back(definition, standing, press.question)
    if press.act is Act.CHANGE:
        return path.jumped(definition, standing, press.question)
    answer = _answer(press)
    return path.answered(definition, standing, press.question, answer, today) if answer else standing


def typed(definition: Definition, standing: Standing, text: str, today: date) -> Standing:
    """Raises AnswerRefused."""
    question = definition.question(standing.position)
    if question is None:
        return standing
    if question.kind == "phone":
        text = phone_number(text) or ""
        if not text:
            raise AnswerRefused(Problem.NOT_A_PHONE)
    return path.answered(definition, standing, question.key, Typed(text), today)


def seen(definition: Definition, standing: Standing) -> Screenful:
    return screenful(definition, path.settled(definition, standing), Sheet(0, ResponseState.DRAFT))


def card_of(screen: Screenful, *, page: int = 0, choosing: bool = False) -> Card:
    """``choosing``: on the review page, which answer to change."""
    if screen.question is not None:
        return question_card(screen, screen.question, page)
    return choice_of_answer_card(screen, page) if choosing else review_card(screen)


def sample(raw: Mapping[str, Any], key: str) -> Card | None:
    """One question of a draft as it will be asked, if it can be: a neighbour's flaw is no matter."""
    questions = questions_of(raw)
    number, own = next(((at, one) for at, one in enumerate(questions, 1) if one.get("key") == key), (0, {}))
    alone = {name: value for name, value in own.items() if name != "show_if"}
    try:
        definition = rehearsed(parse_definition({**_head_of(raw), "question": [alone]}))
    except DefinitionBroken:
        return None
    view = question_view(definition.questions[0], {})
    screen = seen(definition, beginning(definition))
    return question_card(replace(screen, number=number, total=len(questions), may_go_back=number > 1), view)


def _head_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The head as it stands above the first question, if it is sound."""
    head = {name: value for name, value in raw.items() if name != "question"}
    try:
        parse_definition({**head, "question": [_QUESTION]})
    except DefinitionBroken:
        return _HEAD
    return head


def options_of(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Value and label of what a raw question is answered with, as far as it is sound."""
    alone = {name: value for name, value in raw.items() if name != "show_if"}
    try:
        question = parse_definition({**_HEAD, "question": [alone]}).questions[0]
    except DefinitionBroken:
        return []
    return [(option.value, option.label) for option in KINDS[question.kind].options(question)]


def is_reviewed(screen: Screenful) -> bool:
    return screen.kind is ScreenKind.REVIEW


def _answer(press: Press) -> Raw | None:
    if press.act is Act.PICK:
        return Picked(press.option)
    if press.act is Act.TOGGLE:
        return Toggled(press.option, press.chosen)
    if press.act is Act.FINISH:
        return Done()
    return Skipped() if press.act is Act.SKIP else None
