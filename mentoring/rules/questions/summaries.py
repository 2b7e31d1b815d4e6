"""What many answers to one question say together."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mentoring.rules.questions.definition import Option, Question, Value


@dataclass(frozen=True, slots=True)
class Count:
    value: str
    label: str
    n: int


@dataclass(frozen=True, slots=True)
class Summary:
    """``n`` people answered; ``counts`` of options in their order; ``mean`` of numbers; ``texts`` as written."""

    n: int
    counts: tuple[Count, ...] = ()
    mean: float | None = None
    texts: tuple[str, ...] = ()


def count_options(
    options: Callable[[Question], tuple[Option, ...]], tokens: Callable[[Value], frozenset[str]]
) -> Callable[[Question, Sequence[Value]], Summary]:
    def summarise(question: Question, values: Sequence[Value]) -> Summary:
        found = Counter(token for value in values for token in tokens(value))
        counts = tuple(Count(option.value, option.label, found[option.value]) for option in options(question))
        return Summary(len(values), counts, _mean(values))

    return summarise


def list_numbers(question: Question, values: Sequence[Value]) -> Summary:
    found = Counter(str(value) for value in values)
    ordered = sorted(found, key=lambda number: int(number))
    return Summary(len(values), tuple(Count(number, number, found[number]) for number in ordered), _mean(values))


def list_texts(question: Question, values: Sequence[Value]) -> Summary:
    return Summary(len(values), texts=tuple(str(value) for value in values))


def _mean(values: Sequence[Value]) -> float | None:
    numbers = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    return sum(numbers) / len(numbers) if numbers else None
