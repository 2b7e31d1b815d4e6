"""Meetings of one organisation: what happened so far in a pair."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.meetings import MeetingKind, MeetingState
from storage.models.meeting import Meeting


def kinds_so_far(session: Session, pair_ids: Collection[int]) -> Mapping[int, list[MeetingKind]]:
    """Of held and planned meetings, by pair: they decide of which kind the next one is."""
    found: dict[int, list[MeetingKind]] = defaultdict(list)
    so_far = select(Meeting.pair_id, Meeting.kind).where(
        Meeting.pair_id.in_(pair_ids), Meeting.state.in_((MeetingState.HELD, MeetingState.PLANNED))
    )
    for pair_id, kind in session.execute(so_far):
        found[pair_id].append(kind)
    return found
