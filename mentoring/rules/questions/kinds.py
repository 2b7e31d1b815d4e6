"""The registry of kinds of questions. To add one, add a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.rules.questionnaire import Raw
from mentoring.rules.questions import choices, numbers, texts
from mentoring.rules.questions.definition import Option, Question, Value
from mentoring.rules.questions.summaries import Summary, count_options, count_people, list_numbers, list_texts


def _no_options(question: Question) -> tuple[Option, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """``read`` turns what came in into a value or raises `AnswerRefused`; its third argument is the present answer.

    ``tokens`` are what a condition of another question compares with. ``options_in_file``: may, must or must not a
    definition list options (None: may). ``own_fields`` are the fields that only such questions may have.
    """

    read: Callable[[Question, Raw, Value, date], Value]
    words: Callable[[Question, Value], str]
    summarise: Callable[[Question, Sequence[Value]], Summary]
    tokens: Callable[[Value], frozenset[str]] = choices.tokens_of_one
    options: Callable[[Question], tuple[Option, ...]] = _no_options
    several: bool = False
    options_in_file: bool | None = False
    allowed_values: frozenset[str] = frozenset()
    own_fields: frozenset[str] = frozenset()


KINDS: dict[str, Kind] = {
    "text": Kind(texts.read_line, texts.line_in_words, list_texts, own_fields=frozenset({"limit"})),
    "long_text": Kind(texts.read_lines, texts.line_in_words, list_texts, own_fields=frozenset({"limit"})),
    "phone": Kind(texts.read_phone, texts.phone_in_words, list_texts),
    "number": Kind(numbers.read_number, numbers.number_in_words, list_numbers, own_fields=frozenset({"min", "max"})),
    "date": Kind(
        numbers.read_date, numbers.date_in_words, list_texts, own_fields=frozenset({"past", "min_age", "max_age"})
    ),
    "one_of": Kind(
        choices.read_one,
        choices.one_in_words,
        count_options(choices.listed_options, choices.tokens_of_one),
        options=choices.listed_options,
        options_in_file=True,
    ),
    "several_of": Kind(
        choices.read_several,
        choices.several_in_words,
        count_options(choices.listed_options, choices.tokens_of_several),
        choices.tokens_of_several,
        choices.listed_options,
        several=True,
        options_in_file=True,
        own_fields=frozenset({"limit"}),
    ),
    "slots": Kind(
        choices.read_days,
        choices.days_in_words,
        count_options(choices.day_options, choices.tokens_of_several),
        choices.tokens_of_several,
        choices.day_options,
        several=True,
        options_in_file=None,
        allowed_values=frozenset(option.value for option in choices.DAYS),
        own_fields=frozenset({"limit"}),
    ),
    "yes_no": Kind(
        choices.read_yes_no,
        choices.yes_no_in_words,
        count_options(choices.yes_no_options, choices.tokens_of_yes_no),
        choices.tokens_of_yes_no,
        choices.yes_no_options,
        options_in_file=None,
        allowed_values=frozenset({"yes", "no"}),
    ),
    "scale": Kind(
        choices.read_scale,
        numbers.number_in_words,
        count_options(choices.scale_options, choices.tokens_of_one),
        options=choices.scale_options,
        own_fields=frozenset({"min", "max", "ends"}),
    ),
    "person": Kind(
        choices.read_people,
        choices.people_in_words,
        count_people,
        choices.tokens_of_people,
        choices.listed_options,
        own_fields=frozenset({"limit", "several", "of"}),
    ),
}


def takes_several(question: Question) -> bool:
    """Its options are toggled one by one and left with `Done`."""
    return KINDS[question.kind].several or question.several


def in_words(question: Question, value: Value) -> str:
    """Empty for a skipped question."""
    return "" if value is None else KINDS[question.kind].words(question, value)


def summarise(question: Question, values: Sequence[Value]) -> Summary:
    """Skipped answers are not counted."""
    return KINDS[question.kind].summarise(question, [value for value in values if value is not None])
