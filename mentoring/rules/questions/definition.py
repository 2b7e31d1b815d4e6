"""A questionnaire as data: what is asked, in which order, under which condition."""

from collections.abc import Mapping
from dataclasses import dataclass

Value = str | int | bool | list[str] | None
"""An answer as it is kept: a date is ISO text, several options are a list of values, None means skipped."""

Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when ``question`` was answered with any of ``any_of``; with none named, when it was answered at all."""

    question: str
    any_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """``limit``: options at most, or characters at most. ``lowest`` and ``highest`` bound scales and numbers.

    ``past``, ``min_age`` and ``max_age`` (full years today) bound dates. ``pair`` links the same question before and
    after; ``fills`` names the field of a record that the answer is written to (`mentoring.rules.questions.fills`);
    ``matching`` says what the answer is for `mentoring.rules.matching`.
    """

    key: str
    kind: str
    text: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    limit: int | None = None
    optional: bool = False
    show_if: Condition | None = None
    personal: bool = False
    curator_only: bool = False
    pair: str = ""
    fills: str = ""
    matching: str = ""
    lowest: int = 1
    highest: int = 10
    low: str = ""
    high: str = ""
    past: bool = False
    min_age: int | None = None
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """``source``: how sure we are of the wording: "proven", "recalled" or "ours"."""

    key: str
    title: str
    role: str
    intro: str
    source: str
    minutes: int
    questions: tuple[Question, ...]

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)
