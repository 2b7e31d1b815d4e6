"""How the pairs are doing: last meeting, silence, ratings."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.pairs import PairState
from mentoring.rules.people import Role
from storage.queries.pairs_list import PairFilter, PairRow, pairs_page
from storage.queries.results import mean_ratings, meeting_counts, rating_counts, ratings_by_role

PAGE = 50


@dataclass(frozen=True, slots=True)
class Rating:
    """A mean to one decimal over ``answers`` submitted feedbacks; None for none."""

    mean: float | None = None
    answers: int = 0


@dataclass(frozen=True, slots=True)
class PairResult:
    """``mentee_name``: all names, of a group."""

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


@dataclass(frozen=True, slots=True)
class Ratings:
    """``numbers``: how often 1 … 10 was chosen, by question ("comfort", "useful")."""

    comfort_of_mentors: Rating
    comfort_of_mentees: Rating
    usefulness_of_mentors: Rating
    usefulness_of_mentees: Rating
    numbers: dict[str, tuple[int, ...]]


def pair_results(session: Session, asked: PairFilter, *, page: int = 1, size: int = PAGE, now: datetime) -> PairResults:
    found = pairs_page(session, asked, offset=(page - 1) * size, limit=size, now=now)
    ids = [row.pair_id for row in found.rows]
    counts, means = meeting_counts(session, ids), mean_ratings(session, ids)
    rows = tuple(_result(row, counts.get(row.pair_id, (0, 0)), means, now) for row in found.rows)
    return PairResults(rows, found.total, page, max(1, -(-found.total // size)))


def ratings(session: Session) -> Ratings:
    """Of the whole organisation, from both sides; two queries."""
    means, numbers = ratings_by_role(session), rating_counts(session)
    return Ratings(
        comfort_of_mentors=_rating(means.get(("comfort", Role.MENTOR))),
        comfort_of_mentees=_rating(means.get(("comfort", Role.MENTEE))),
        usefulness_of_mentors=_rating(means.get(("useful", Role.MENTOR))),
        usefulness_of_mentees=_rating(means.get(("useful", Role.MENTEE))),
        numbers={key: tuple(numbers.get((key, number), 0) for number in range(1, 11)) for key in ("comfort", "useful")},
    )


def _result(
    row: PairRow, counts: tuple[int, int], means: dict[tuple[int, str], tuple[float, int]], now: datetime
) -> PairResult:
    return PairResult(
        pair_id=row.pair_id,
        state=row.state,
        mentor_name=row.mentor.name,
        mentee_name=row.mentee_names,
        confirmed_at=row.confirmed_at,
        last_met_at=row.last_met_at,
        silence_days=row.silence(now),
        meetings_held=counts[0],
        meetings_missed=counts[1],
        comfort=_rating(means.get((row.pair_id, "comfort"))),
        usefulness=_rating(means.get((row.pair_id, "useful"))),
    )


def _rating(mean_and_answers: tuple[float, int] | None) -> Rating:
    if mean_and_answers is None:
        return Rating()
    mean, answers = mean_and_answers
    return Rating(round(float(mean), 1), answers)
