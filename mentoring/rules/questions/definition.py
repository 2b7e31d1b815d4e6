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
    ``matching`` says what the answer is for `mentoring.rules.matching`. ``section`` is the heading under which the
    question stands in papers and results. ``aspect`` is the parameter group of the influence monitoring
    ("organisational", "methodical", "personal"; methodology.md §3.7). ``importance``: it asks how much something
    matters, so the difference to the answer after is «ожидание против опыта», never growth (§2.8, rule 3).
    ``satisfaction``: it counts when a participant is called satisfied (§2.8, rule 5). ``source``: of this wording,
    where it differs from the whole's.

    A `person` question lists no ``options``: people are put in when a response is loaded. ``several``: more than one
    may be named, in the order of preference. ``of``: "mentors", "mentees" or "anyone"; empty means the other side.
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
    section: str = ""
    aspect: str = ""
    importance: bool = False
    satisfaction: bool = False
    source: str = ""
    several: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """``source``: how sure we are of the wording: "proven", "recalled" or "ours".

    ``use``: what the questionnaire is for (`mentoring.rules.questions.parsing.USES`); ``subject``: what an answered one
    is about (a word of `mentoring.rules.campaigns.Subject`); ``form``: the form of mentoring it is written for, empty
    for any; ``moment``: "before" or "after" in a pair of surveys, whose questions are linked by their ``pair`` keys.
    """

    key: str
    title: str
    role: str
    intro: str
    source: str
    minutes: int
    questions: tuple[Question, ...]
    use: str = "other"
    subject: str = "enrolment"
    form: str = ""
    moment: str = ""

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)
