"""What notices about meetings say."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.meetings import MeetingState, Reply
from mentoring.use_cases.meeting_views import MeetingView, meeting_card, own_reply
from mentoring.use_cases.pair_views import name_seen, opposites, sides
from storage.models.meeting import Meeting
from storage.models.person import Person
from storage.queries.consents import missing_for

Facts = dict[str, Any]


def as_planned(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    """Needless once the meeting was moved again: that has a notice of its own."""
    meeting = _unmoved(session, reader, payload, now)
    return {"meeting": meeting} if meeting else None


def moved(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    """``before`` is the time that was given up; the same as now when only the place changed."""
    meeting = _unmoved(session, reader, payload, now)
    return {"meeting": meeting, "before": datetime.fromtimestamp(payload["was_at"], UTC)} if meeting else None


def suits(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    return _replied(session, reader, payload, now, Reply.SUITS)


def other_time(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    return _replied(session, reader, payload, now, Reply.OTHER_TIME)


def cancelled(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    meeting = meeting_card(session, payload["meeting_id"], reader.id, now=now)
    return {"meeting": meeting} if meeting.state is MeetingState.CANCELLED else None


def feedback_owed(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    meeting = meeting_card(session, payload["meeting_id"], reader.id, now=now)
    if meeting.feedback_key is None or missing_for(session, [reader.id]):
        return None
    return {"meeting": meeting}


def _replied(session: Session, reader: Person, payload: dict[str, int], now: datetime, reply: Reply) -> Facts | None:
    """``who`` has said it; empty for a fellow of the group, whom the reader does not know by name."""
    meeting = _unmoved(session, reader, payload, now)
    if meeting is None:
        return None
    mine, other = sides(session, meeting.pair_id, reader.id)
    who = payload.get("who", other.person_id)
    if own_reply(session.get_one(Meeting, meeting.meeting_id), who) is not reply:
        return None
    known = {one.person_id: name_seen(one.person) for one in opposites(mine)}
    return {"meeting": meeting, "who": known.get(who, "")}


def _unmoved(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> MeetingView | None:
    meeting = meeting_card(session, payload["meeting_id"], reader.id, now=now)
    stands = meeting.may_change and meeting.revision == payload["revision"]
    return meeting if stands else None
