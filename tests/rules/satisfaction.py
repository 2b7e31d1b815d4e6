"""Whether answers satisfy a definition: the engine's own promise, told a second time and from the other end."""

from datetime import date

from mentoring.rules.questions.definition import Answers, Definition, Question, Value
from mentoring.rules.questions.kinds import KINDS
from mentoring.rules.questions.numbers import date_bounds
from tests.rules.questionnaires import TODAY

LIMITS = {"text": 200, "long_text": 1000}


def faults(definition: Definition, answers: Answers) -> list[str]:
    """What is wrong with a response that was sent."""
    asked = [question for question in definition.questions if is_asked(definition, question, answers)]
    missing = [f"{one.key} is missing" for one in asked if one.key not in answers]
    unasked = [f"{key} is not asked" for key in answers if all(one.key != key for one in asked)]
    given = [one for one in asked if one.key in answers]
    wrong = [f"{one.key}: {answers[one.key]}" for one in given if not satisfies(one, answers[one.key])]
    return missing + unasked + wrong


def is_asked(definition: Definition, question: Question, answers: Answers) -> bool:
    """The meaning of ``show_if``, told a second time and from the other end."""
    condition = question.show_if
    if condition is None:
        return True
    parent = definition.question(condition.question)
    assert parent is not None
    value = answers.get(parent.key)
    if value is None or not is_asked(definition, parent, answers):
        return False
    said = {str(word) for word in value} if isinstance(value, list) else {str(value)}
    if isinstance(value, bool):
        said = {"yes" if value else "no"}
    return not condition.any_of or bool(said & condition.any_of)


def satisfies(question: Question, value: Value) -> bool:
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
