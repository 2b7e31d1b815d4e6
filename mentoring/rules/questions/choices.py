"""Kinds answered by options: one_of, several_of, slots, yes_no, people, and the numbers of a scale."""

import re
from datetime import date

from mentoring.rules.errors import AnswerRefused
from mentoring.rules.questionnaire import Picked, Raw, Toggled, Typed
from mentoring.rules.questions.definition import Option, Question, Value
from mentoring.rules.questions.problems import Problem
from mentoring.rules.questions.words import GONE, NO, WEEKDAYS, YES, alike

YES_NO = (Option("yes", YES), Option("no", NO))
DAYS = tuple(Option(value, label) for value, label in WEEKDAYS.items())


def listed_options(question: Question) -> tuple[Option, ...]:
    return question.options


def yes_no_options(question: Question) -> tuple[Option, ...]:
    return question.options or YES_NO


def day_options(question: Question) -> tuple[Option, ...]:
    return question.options or DAYS


def scale_options(question: Question) -> tuple[Option, ...]:
    return tuple(Option(str(number), str(number)) for number in range(question.lowest, question.highest + 1))


def read_one(question: Question, raw: Raw, present: Value, today: date) -> str:
    return _the_one(listed_options(question), raw)


def read_yes_no(question: Question, raw: Raw, present: Value, today: date) -> bool:
    return _the_one(yes_no_options(question), raw) == "yes"


def read_scale(question: Question, raw: Raw, present: Value, today: date) -> int:
    try:
        return int(_the_one(scale_options(question), raw, by_place=False))
    except AnswerRefused:
        raise AnswerRefused(Problem.OUT_OF_RANGE, {"lowest": question.lowest, "highest": question.highest}) from None


def read_several(question: Question, raw: Raw, present: Value, today: date) -> list[str]:
    return _several(listed_options(question), question, raw, present)


def read_days(question: Question, raw: Raw, present: Value, today: date) -> list[str]:
    return _several(day_options(question), question, raw, present)


def read_people(question: Question, raw: Raw, present: Value, today: date) -> Value:
    """Several stay in the order in which they were chosen. A part of a name is enough where it means one person."""
    options = listed_options(question)
    named = Typed(_in_full(options, raw.text)) if isinstance(raw, Typed) else raw
    return _chosen(options, question, named, present) if question.several else _the_one(options, named)


def one_in_words(question: Question, value: Value) -> str:
    return _labels(listed_options(question), {str(value)})


def yes_no_in_words(question: Question, value: Value) -> str:
    return _labels(yes_no_options(question), tokens_of_yes_no(value))


def several_in_words(question: Question, value: Value) -> str:
    return _labels(listed_options(question), tokens_of_several(value))


def days_in_words(question: Question, value: Value) -> str:
    return _labels(day_options(question), tokens_of_several(value))


def people_in_words(question: Question, value: Value) -> str:
    names = {option.value: option.label for option in question.options}
    chosen = value if isinstance(value, list) else [str(value)]
    return ", ".join(names.get(one, GONE) for one in chosen)


def tokens_of_one(value: Value) -> frozenset[str]:
    return frozenset({str(value)})


def tokens_of_yes_no(value: Value) -> frozenset[str]:
    return frozenset({"yes" if value else "no"})


def tokens_of_several(value: Value) -> frozenset[str]:
    return frozenset(value) if isinstance(value, list) else frozenset()


def tokens_of_people(value: Value) -> frozenset[str]:
    return tokens_of_several(value) if isinstance(value, list) else tokens_of_one(value)


def _the_one(options: tuple[Option, ...], raw: Raw, *, by_place: bool = True) -> str:
    if isinstance(raw, Picked):
        found = raw.option if any(option.value == raw.option for option in options) else None
    else:
        found = _meant(options, raw.text, by_place=by_place) if isinstance(raw, Typed) else None
    if found is None:
        raise AnswerRefused(Problem.CHOOSE_FROM_LIST)
    return found


def _several(options: tuple[Option, ...], question: Question, raw: Raw, present: Value) -> list[str]:
    chosen = _chosen(options, question, raw, present)
    return [option.value for option in options if option.value in chosen]


def _chosen(options: tuple[Option, ...], question: Question, raw: Raw, present: Value) -> list[str]:
    """In the order of choosing."""
    if isinstance(raw, Toggled):
        chosen = _toggled(options, raw, present if isinstance(present, list) else [])
    else:
        chosen = _all_meant(options, raw)
    if question.limit and len(chosen) > question.limit:
        raise AnswerRefused(Problem.TOO_MANY, {"limit": question.limit})
    return chosen


def _toggled(options: tuple[Option, ...], raw: Toggled, present: list[str]) -> list[str]:
    if all(option.value != raw.option for option in options):
        raise AnswerRefused(Problem.CHOOSE_FROM_LIST)
    if raw.chosen and raw.option in present:
        return present
    others = [value for value in present if value != raw.option]
    return [*others, raw.option] if raw.chosen else others


def _all_meant(options: tuple[Option, ...], raw: Raw) -> list[str]:
    """A label may hold a comma itself, so the whole is tried before its parts."""
    if not isinstance(raw, Typed):
        raise AnswerRefused(Problem.CHOOSE_FROM_LIST)
    parts = [part for part in re.split(r"[;\n]", raw.text) if part.strip()]
    if any(_meant(options, part) is None for part in parts):
        parts = [part for part in re.split(r"[,;\n]", raw.text) if part.strip()]
    found = [_meant(options, part) for part in parts]
    if not found:
        raise AnswerRefused(Problem.NOTHING_CHOSEN)
    if None in found:
        raise AnswerRefused(Problem.CHOOSE_FROM_LIST)
    return list(dict.fromkeys(value for value in found if value is not None))


def _in_full(options: tuple[Option, ...], text: str) -> str:
    """Whole labels before their parts: namesakes are told apart by a class after a comma."""
    if _meant(options, text) is not None:
        return text
    return ";".join(_name_meant(options, part) for part in re.split(r"[,;\n]", text) if part.strip())


def _name_meant(options: tuple[Option, ...], part: str) -> str:
    """«лебедева», «олег т» -> the value of the only one who is called so; else the words as they are."""
    typed = alike(part).split()
    if not typed or _meant(options, part) is not None:
        return part
    found = [
        option.value
        for option in options
        if all(any(name.startswith(word) for name in alike(option.label).split()) for word in typed)
    ]
    return found[0] if len(found) == 1 else part


def _meant(options: tuple[Option, ...], text: str, *, by_place: bool = True) -> str | None:
    """An option by its value, its label, or its place in the list, as people number them on paper."""
    typed = alike(text)
    for option in options:
        if typed in (alike(option.value), alike(option.label)):
            return option.value
    if by_place and re.fullmatch(r"[0-9]{1,2}", typed) and 1 <= int(typed) <= len(options):
        return options[int(typed) - 1].value
    return None


def _labels(options: tuple[Option, ...], chosen: frozenset[str] | set[str]) -> str:
    return ", ".join(option.label for option in options if option.value in chosen)
