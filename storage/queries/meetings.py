"""Meetings of one organisation: what happened so far in a pair, and whose phones know of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.meetings import MeetingKind, MeetingState
from storage.models.account import AuditEntry
from storage.models.meeting import Meeting

CALENDAR_GIVEN = "meeting.calendar_given"
"""An act in the journal; its details say by which method."""

REQUEST, CANCEL = "REQUEST", "CANCEL"


def kinds_so_far(session: Session, pair_ids: Collection[int]) -> Mapping[int, list[MeetingKind]]:
    """Of held and planned meetings, by pair: they decide of which kind the next one is."""
    found: dict[int, list[MeetingKind]] = defaultdict(list)
    so_far = select(Meeting.pair_id, Meeting.kind).where(
        Meeting.pair_id.in_(pair_ids), Meeting.state.in_((MeetingState.HELD, MeetingState.PLANNED))
    )
    for pair_id, kind in session.execute(so_far):
        found[pair_id].append(kind)
    return found


def in_calendar(session: Session, person_id: int, meeting_ids: Collection[int]) -> frozenset[int]:
    """Of which this person has taken the calendar's file, and none since that takes it off."""
    if not meeting_ids:
        return frozenset()
    given = session.execute(
        select(AuditEntry.object_id, AuditEntry.details)
        .where(AuditEntry.object_kind == Meeting.__tablename__, AuditEntry.object_id.in_(meeting_ids))
        .where(AuditEntry.act == CALENDAR_GIVEN, AuditEntry.person_id == person_id)
        .order_by(AuditEntry.id)
    )
    last = {meeting_id: details.get("method") for meeting_id, details in given}
    return frozenset(meeting_id for meeting_id, method in last.items() if method == REQUEST)
