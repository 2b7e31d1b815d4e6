"""What a curator looks at: things to do, the programme in one strip, and how the pairs are doing."""

from dataclasses import dataclass
from datetime import datetime

from mentoring.rules.pairs import PairState
from mentoring.rules.results import TodayKind


@dataclass(frozen=True, slots=True)
class Example:
    """One of at most five named rows. ``days`` and ``times``: of silence, of asking, as the item says."""

    object_id: int
    label: str
    person_id: int | None = None
    days: int | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class TodayItem:
    """``listing`` and ``filters`` open exactly ``count`` rows. Listings: people, pairs, meetings, responses, notices,
    letters, erasures."""

    kind: TodayKind
    count: int
    examples: tuple[Example, ...]
    listing: str
    filters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Strip:
    stage: int
    mentors: int
    mentees: int
    approved: int
    consents_missing: int
    pairs_active: int
    pairs_proposed: int
    meetings_this_week: int  # held and planned, Monday to Sunday
    meetings_held: int
    feedback_given: int
    feedback_expected: int


@dataclass(frozen=True, slots=True)
class Today:
    items: tuple[TodayItem, ...]
    strip: Strip


@dataclass(frozen=True, slots=True)
class Rating:
    """A mean to one decimal over ``answers`` submitted feedbacks; None for none."""

    mean: float | None
    answers: int


@dataclass(frozen=True, slots=True)
class PairResult:
    pair_id: int
    state: PairState
    mentor_name: str
    mentee_name: str
    confirmed_at: datetime | None
    last_met_at: datetime | None
    silence_days: int | None
    meetings_held: int
    meetings_missed: int
    comfort: Rating
    usefulness: Rating


@dataclass(frozen=True, slots=True)
class PairResults:
    rows: tuple[PairResult, ...]
    total: int
    page: int
    pages: int
