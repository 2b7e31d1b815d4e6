"""Sums over meetings and feedback, counted where the rows are."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Float, Select, String, case, cast, func, select
from sqlalchemy.orm import Session

from mentoring.rules.meetings import MeetingState
from mentoring.rules.people import Role
from mentoring.rules.questionnaire import ResponseState
from storage.models.meeting import Meeting
from storage.models.pair import PairMember
from storage.models.questionnaire import Answer, Response

RATED = ("comfort", "useful")
"""Keys of the questions on a scale of ten in the feedback questionnaires."""


def meeting_counts(session: Session, pair_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Held and missed meetings of each pair that has any."""
    held = func.sum(case((Meeting.state == MeetingState.HELD, 1), else_=0))
    missed = func.sum(case((Meeting.state == MeetingState.MISSED, 1), else_=0))
    counted = select(Meeting.pair_id, held, missed).where(Meeting.pair_id.in_(pair_ids)).group_by(Meeting.pair_id)
    return {pair_id: (int(met), int(lost)) for pair_id, met, lost in session.execute(counted)}


def mean_ratings(session: Session, pair_ids: Collection[int]) -> dict[tuple[int, str], tuple[float, int]]:
    """By pair and question: the mean of what both have sent, and of how many answers."""
    rows = session.execute(
        _rated(Meeting.pair_id, Answer.key).where(Meeting.pair_id.in_(pair_ids)).group_by(Meeting.pair_id, Answer.key)
    )
    return {(pair_id, key): (mean, count) for pair_id, key, mean, count in rows}


def ratings_by_role(session: Session) -> dict[tuple[str, Role], tuple[float, int]]:
    """By question and by who rated, over the whole organisation."""
    rows = session.execute(
        _rated(Answer.key, PairMember.role)
        .join(PairMember, (PairMember.pair_id == Meeting.pair_id) & (PairMember.person_id == Response.person_id))
        .group_by(Answer.key, PairMember.role)
    )
    return {(key, role): (mean, count) for key, role, mean, count in rows}


def rating_counts(session: Session) -> dict[tuple[str, int], int]:
    """How often each number was chosen: (question, number) -> answers."""
    number = cast(cast(Answer.value, String), Float)
    rows = session.execute(_numbers(Answer.key, number, func.count()).group_by(Answer.key, number))
    return {(key, int(chosen)): count for key, chosen, count in rows}


def _rated(*by: Any) -> Select[Any]:
    number = cast(cast(Answer.value, String), Float)
    return _numbers(*by, func.avg(number), func.count())


def _numbers(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Answer)
        .join(Response, Response.id == Answer.response_id)
        .join(Meeting, Meeting.id == Response.meeting_id)
        .where(
            Answer.key.in_(RATED),
            cast(Answer.value, String) != "null",
            Response.state == ResponseState.SUBMITTED,
        )
    )
