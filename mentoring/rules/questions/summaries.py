"""What many answers to one question say together."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mentoring.rules.questions.definition import Option, Question, Value
from mentoring.rules.questions.words import GONE


@dataclass(frozen=True, slots=True)
class Count:
    value: str
    label: str
    n: int


@dataclass(frozen=True, slots=True)
class Summary:
    """``n`` people answered; ``counts`` of options in their order; of numbers ``mean`` and ``median``; ``texts`` as
    written."""

    n: int
    counts: tuple[Count, ...] = ()
    mean: float | None = None
    median: float | None = None
    texts: tuple[str, ...] = ()


def count_options(
    options: Callable[[Question], tuple[Option, ...]], tokens: Callable[[Value], frozenset[str]]
) -> Callable[[Question, Sequence[Value]], Summary]:
    def summarise(question: Question, values: Sequence[Value]) -> Summary:
        found = Counter(token for value in values for token in tokens(value))
        counts = tuple(Count(option.value, option.label, found[option.value]) for option in options(question))
        return Summary(len(values), counts, *_middles(values))

    return summarise


def count_people(question: Question, values: Sequence[Value]) -> Summary:
    """Those who were named, most often named first."""
    names = {option.value: option.label for option in question.options}
    named = Counter(one for value in values for one in (value if isinstance(value, list) else [str(value)]))
    return Summary(len(values), tuple(Count(one, names.get(one, GONE), n) for one, n in named.most_common()))


def list_numbers(question: Question, values: Sequence[Value]) -> Summary:
    found = Counter(str(value) for value in values)
    ordered = sorted(found, key=lambda number: int(number))
    return Summary(len(values), tuple(Count(number, number, found[number]) for number in ordered), *_middles(values))


def list_texts(question: Question, values: Sequence[Value]) -> Summary:
    return Summary(len(values), texts=tuple(str(value) for value in values))


def _middles(values: Sequence[Value]) -> tuple[float | None, float | None]:
    """Mean and median of what is a number."""
    numbers = sorted(value for value in values if isinstance(value, int) and not isinstance(value, bool))
    if not numbers:
        return None, None
    half = len(numbers) // 2
    return sum(numbers) / len(numbers), (numbers[half] + numbers[~half]) / 2
