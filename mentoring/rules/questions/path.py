"""The way through a questionnaire: a pure reducer over answers and the position.

The visible questions are computed anew from the answers each time, so that going back and changing one just works.
Answers to questions that have become hidden are kept until sending (someone who corrects a slip gets their words back),
count for nothing, and are dropped by `visible_answers`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from mentoring.rules.errors import AnswerRefused, OutOfDate
from mentoring.rules.questionnaire import Done, Raw, Skipped, Toggled
from mentoring.rules.questions.definition import Answers, Definition, Question, Value
from mentoring.rules.questions.kinds import KINDS, takes_several
from mentoring.rules.questions.problems import Problem

REVIEW = ""
"""The position of the review page."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where someone stands. ``position`` is the key of the question on the screen, or `REVIEW`.

    ``reviewing``: an answer is being changed from the review page, which comes next unless something is unanswered.
    """

    answers: Answers
    position: str
    reviewing: bool = False


def visible_questions(definition: Definition, answers: Answers) -> tuple[Question, ...]:
    """A condition on a hidden question does not hold, whatever was once answered there."""
    visible: list[Question] = []
    tokens: dict[str, frozenset[str]] = {}
    for question in definition.questions:
        if _is_shown(question, tokens):
            visible.append(question)
            tokens[question.key] = _tokens(question, answers)
    return tuple(visible)


def visible_answers(definition: Definition, answers: Answers) -> dict[str, Value]:
    visible = visible_questions(definition, answers)
    return {question.key: answers[question.key] for question in visible if question.key in answers}


def unanswered(definition: Definition, answers: Answers) -> tuple[str, ...]:
    """Keys of visible questions that were neither answered nor skipped."""
    return tuple(question.key for question in visible_questions(definition, answers) if question.key not in answers)


def beginning(definition: Definition, answers: Answers) -> Standing:
    """The first question, even where a known person's data answers it already: they may look it over."""
    return Standing(answers, visible_questions(definition, answers)[0].key)


def settled(definition: Definition, standing: Standing) -> Standing:
    """The same place, unless it is hidden or is the review page of something incomplete."""
    open_keys = unanswered(definition, standing.answers)
    if standing.position == REVIEW:
        return replace(standing, position=open_keys[0], reviewing=True) if open_keys else standing
    visible = {question.key for question in visible_questions(definition, standing.answers)}
    return standing if standing.position in visible else _reviewed(definition, standing.answers)


def answered(definition: Definition, standing: Standing, key: str, raw: Raw, today: date) -> Standing:
    """Take an answer to the question on the screen and go on.

    A press that repeats what stands already (a double tap, an old button) changes nothing. Any other press for a
    question that is not on the screen raises `OutOfDate`; an answer that does not fit, `AnswerRefused`.
    """
    if key != standing.position:
        return _repeated(definition, standing, key, raw, today)
    question = _question(definition, key)
    if isinstance(raw, Done):
        _ensure_may_leave(question, standing.answers)
        return _gone_on(definition, standing, standing.answers)
    answers = _with_answer(question, standing.answers, raw, today)
    if isinstance(raw, Toggled):
        return replace(standing, answers=answers)
    return _gone_on(definition, standing, answers)


def gone_back(definition: Definition, standing: Standing, key: str) -> Standing:
    """One question back from the one with ``key``; from a change back to the review page; from there to the last."""
    keys = [question.key for question in visible_questions(definition, standing.answers)]
    previous = _previous(keys, key)
    if standing.position != key:
        if standing.position in (previous, REVIEW):
            return standing
        raise OutOfDate("question", standing.position or "review")
    if standing.reviewing and key in standing.answers:
        return _reviewed(definition, standing.answers)
    return replace(standing, position=previous, reviewing=standing.reviewing and key != REVIEW)


def jumped(definition: Definition, standing: Standing, key: str) -> Standing:
    """To a question chosen on the review page."""
    visible = {question.key for question in visible_questions(definition, standing.answers)}
    if key not in visible or not (standing.position == REVIEW or standing.reviewing):
        raise OutOfDate("question", standing.position or "review")
    return replace(standing, position=key, reviewing=True)


def _is_shown(question: Question, tokens: dict[str, frozenset[str]]) -> bool:
    condition = question.show_if
    if condition is None:
        return True
    given = tokens.get(condition.question, frozenset())
    return bool(given & condition.any_of if condition.any_of else given)


def _tokens(question: Question, answers: Answers) -> frozenset[str]:
    value = answers.get(question.key)
    return frozenset() if value is None else KINDS[question.kind].tokens(value)


def _repeated(definition: Definition, standing: Standing, key: str, raw: Raw, today: date) -> Standing:
    visible = {question.key: question for question in visible_questions(definition, standing.answers)}
    if key not in visible or key not in standing.answers or not _says_the_same(visible[key], standing, raw, today):
        raise OutOfDate("question", standing.position or "review")
    return standing


def _says_the_same(question: Question, standing: Standing, raw: Raw, today: date) -> bool:
    if isinstance(raw, Done):
        return True
    try:
        again = _with_answer(question, standing.answers, raw, today)
    except AnswerRefused:
        return False
    return again == standing.answers


def _question(definition: Definition, key: str) -> Question:
    question = definition.question(key)
    if question is None:
        raise OutOfDate("question", "review")
    return question


def _ensure_may_leave(question: Question, answers: Answers) -> None:
    if question.key not in answers:
        raise AnswerRefused(Problem.NOTHING_CHOSEN if takes_several(question) else Problem.REQUIRED)


def _with_answer(question: Question, answers: Answers, raw: Raw, today: date) -> Answers:
    if isinstance(raw, Skipped):
        if not question.optional:
            raise AnswerRefused(Problem.REQUIRED)
        return {**answers, question.key: None}
    value = KINDS[question.kind].read(question, raw, answers.get(question.key), today)
    if value == []:  # the last choice was taken back
        return {key: kept for key, kept in answers.items() if key != question.key}
    return {**answers, question.key: value}


def _gone_on(definition: Definition, standing: Standing, answers: Answers) -> Standing:
    if not standing.reviewing:
        keys = [question.key for question in visible_questions(definition, answers)]
        following = keys[keys.index(standing.position) + 1 :]
        if following:
            return Standing(answers, following[0])
    return _reviewed(definition, answers)


def _reviewed(definition: Definition, answers: Answers) -> Standing:
    """The review page, or first what a changed answer has made visible."""
    open_key = _first(unanswered(definition, answers))
    return Standing(answers, open_key, reviewing=open_key != REVIEW)


def _previous(keys: list[str], key: str) -> str:
    if key == REVIEW:
        return keys[-1]
    return keys[max(0, keys.index(key) - 1)] if key in keys else REVIEW


def _first(keys: Iterable[str]) -> str:
    return next(iter(keys), REVIEW)
