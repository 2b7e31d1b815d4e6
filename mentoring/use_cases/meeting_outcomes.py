"""How a meeting went: held, or not, or held without having been planned."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules import meetings as rules
from mentoring.rules.errors import TimeInPast
from mentoring.rules.meetings import MeetingAct, MeetingKind, MeetingState, PlaceKind
from mentoring.rules.pairs import STANDING
from mentoring.rules.people import Actor
from mentoring.use_cases import accounts
from mentoring.use_cases.meeting_rows import (
    Wanted,
    close,
    length,
    locked_meeting,
    meeting_of_person,
    new_meeting,
    pair_of_actor,
    side_of,
)
from mentoring.use_cases.meeting_views import own_feedback_key
from mentoring.use_cases.rights import require_own_or_curator
from storage.models.meeting import Meeting
from storage.models.pair import Pair


@dataclass(frozen=True, slots=True)
class TookPlace:
    """``feedback_key`` names the questionnaire to start now with this ``meeting_id``; None: nothing to ask."""

    meeting_id: int
    state: MeetingState
    feedback_key: str | None


def say_it_took_place(
    session: Session, meeting_id: int, person_id: int, took_place: bool, *, by: Actor, now: datetime
) -> TookPlace:
    """One of the two remembers: held as soon as one says so, even if the other had said that it was missed.

    Raises OutOfDate("meeting", "held") for a «не состоялась» after the other's «состоялась».
    """
    require_own_or_curator(session, by, person_id)
    meeting = meeting_of_person(session, meeting_id, person_id)
    _say(session, meeting, took_place, by, now)
    return _took_place(session, meeting, person_id)


def close_meeting(session: Session, meeting_id: int, took_place: bool, *, by: Actor, now: datetime) -> TookPlace:
    """The curator says how it went."""
    accounts.require_curator(session, by)
    meeting = locked_meeting(session, meeting_id)
    _say(session, meeting, took_place, by, now)
    return TookPlace(meeting.id, meeting.state, None)


def log_meeting(
    session: Session,
    pair_id: int,
    *,
    held_at: datetime,
    place_kind: PlaceKind = PlaceKind.ORGANISATION,
    minutes: int | None = None,
    kind: MeetingKind | None = None,
    topic: str = "",
    by: Actor,
    now: datetime,
) -> TookPlace:
    """A meeting that was held without having been planned here; one that stands at that very time is said to be held.
    Also during a pause, which stops only what is ahead.

    Raises TimeInFuture, and TimeInPast for more than a year ago.
    """
    pair = pair_of_actor(session, pair_id, by, allowed=STANDING)
    rules.ensure_over(held_at, now)
    if now - held_at > rules.PLAN_AHEAD:
        raise TimeInPast(held_at)
    meeting = _at(session, pair, held_at)
    if meeting is None:
        wanted = Wanted(held_at, place_kind, length(session, pair, minutes), "", topic, kind, was_planned=False)
        meeting = new_meeting(session, pair, wanted, by, now)
    _say(session, meeting, True, by, now)
    person_id = side_of(pair, by)
    return _took_place(session, meeting, person_id) if person_id else TookPlace(meeting.id, meeting.state, None)


def _say(session: Session, meeting: Meeting, took_place: bool, by: Actor, now: datetime) -> None:
    state = rules.next_state(meeting.state, MeetingAct.SAY_HELD if took_place else MeetingAct.SAY_MISSED)
    rules.ensure_over(meeting.starts_at, now)
    if meeting.state is not state:
        close(session, meeting, state, by, now)
    if state is MeetingState.HELD:
        met = meeting.pair.last_met_at
        meeting.pair.last_met_at = max(met, meeting.starts_at) if met else meeting.starts_at


def _took_place(session: Session, meeting: Meeting, person_id: int) -> TookPlace:
    return TookPlace(meeting.id, meeting.state, own_feedback_key(session, meeting, person_id))


def _at(session: Session, pair: Pair, held_at: datetime) -> Meeting | None:
    return session.scalar(
        select(Meeting)
        .where(Meeting.pair_id == pair.id, Meeting.starts_at == held_at, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.id)
        .limit(1)
    )
