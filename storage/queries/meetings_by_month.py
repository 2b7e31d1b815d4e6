"""How many meetings took place in each month."""

from dataclasses import dataclass

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from mentoring.rules.meetings import MeetingState
from storage.models.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    month: int
    held: int


def meetings_by_month(session: Session) -> tuple[Month, ...]:
    """Oldest first, months without meetings left out; by UTC dates, which moves a meeting only near midnight."""
    year, month = extract("year", Meeting.starts_at), extract("month", Meeting.starts_at)
    rows = session.execute(
        select(year, month, func.count())
        .where(Meeting.state == MeetingState.HELD)
        .group_by(year, month)
        .order_by(year, month)
    )
    return tuple(Month(int(in_year), int(in_month), held) for in_year, in_month, held in rows)
