"""The questionnaire engine's words: what a door brings in, and what it gets to draw.

The engine itself is `mentoring.rules.questions`. Nothing here knows a chat, a web form or a sheet of paper.
"""

from dataclasses import dataclass
from enum import StrEnum

from mentoring.rules.people import Role
from mentoring.rules.questions.problems import Problem

__all__ = [
    "ENTRY_QUESTIONNAIRES",
    "Done",
    "OptionView",
    "Picked",
    "Problem",
    "QuestionView",
    "Raw",
    "ResponseState",
    "ReviewRow",
    "ScreenKind",
    "Screenful",
    "Shared",
    "Skipped",
    "Toggled",
    "Typed",
]


class ResponseState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"


ENTRY_QUESTIONNAIRES = {Role.MENTOR: "mentor_entry", Role.MENTEE: "mentee_request"}
"""The questionnaire by which someone comes into a programme; sending it is what the curator waits for."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Words typed or written on paper. Choices understand an option's label, value or number in the list."""

    text: str


@dataclass(frozen=True, slots=True)
class Picked:
    """A press on the only answer: of `one_of`, `scale` («7») and `yes_no` («yes», «no»)."""

    option: str


@dataclass(frozen=True, slots=True)
class Toggled:
    """A press in `several_of` and `slots`. ``chosen`` is the state asked for: a repeated tap changes nothing."""

    option: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Done:
    """«Готово» under several choices; under any other answered question: leave the answer as it is and go on."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """«Пропустить», for optional questions only."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A contact shared from the phone."""

    phone: str


Raw = Typed | Picked | Toggled | Done | Skipped | Shared


class ScreenKind(StrEnum):
    QUESTION = "question"
    REVIEW = "review"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class OptionView:
    value: str
    label: str  # at most 30 characters
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """``kind``: text, long_text, one_of, several_of, scale, yes_no, number, date, slots, phone or person.

    ``options`` are given for one_of, several_of, slots, yes_no, person and scale (its numbers); ``several`` says that
    they are toggled and end with `Done`. ``answer`` is the present answer in words; ``answered`` with an empty
    ``answer`` means skipped. An answered question may be left as it is with `Done`.
    """

    key: str
    kind: str
    text: str
    hint: str
    options: tuple[OptionView, ...]
    several: bool
    low: str  # words for the ends of a scale
    high: str
    optional: bool
    curator_only: bool  # «Это увидит только куратор»
    personal: bool
    limit: int | None  # options at most, or characters at most
    answered: bool
    answer: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    number: int
    key: str
    text: str
    answer: str  # in words, empty when skipped
    curator_only: bool


@dataclass(frozen=True, slots=True)
class Screenful:
    """Where a response stands, ready to be drawn. ``review`` is filled on the review page and after sending.

    ``number`` of ``total`` visible questions; on the review page and after sending both are the total.
    """

    response_id: int
    questionnaire_key: str
    title: str
    intro: str  # who will see the answers
    minutes: int  # how long the whole takes
    state: ResponseState
    kind: ScreenKind
    question: QuestionView | None
    number: int
    total: int
    may_go_back: bool
    reviewing: bool  # an answer is being changed from the review page: «Назад» leads to the review
    review: tuple[ReviewRow, ...]
    enrolment_id: int | None
    meeting_id: int | None
    pair_id: int | None = None
    campaign_id: int | None = None
    anonymous: bool = False  # sent answers are parted from the name for good
