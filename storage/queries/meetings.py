"""Meetings of one organisation: what happened so far, and the curator's list."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.meetings import MeetingState
from storage.models.meeting import Meeting


def meetings_so_far(session: Session, pair_ids: Collection[int]) -> dict[int, int]:
    """Held and planned meetings of each pair that has any: they decide of which kind the next one is."""
    counts = (
        select(Meeting.pair_id, func.count())
        .where(Meeting.pair_id.in_(pair_ids), Meeting.state.in_((MeetingState.HELD, MeetingState.PLANNED)))
        .group_by(Meeting.pair_id)
    )
    return dict(session.execute(counts).all())
