"""Meetings of a pair: planned, answered, moved, held or not."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring.rules import meetings as rules
from mentoring.rules.deadlines import local_day
from mentoring.rules.errors import OutOfDate
from mentoring.rules.meetings import MeetingAct, MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor
from mentoring.use_cases.audit import record
from mentoring.use_cases.meeting_calendar import CalendarEvent as CalendarEvent
from mentoring.use_cases.meeting_calendar import calendar_event as calendar_event
from mentoring.use_cases.meeting_calendar import give_calendar_file as give_calendar_file
from mentoring.use_cases.meeting_news import tell_cancelled, tell_moved, tell_planned, tell_reply
from mentoring.use_cases.meeting_outcomes import TookPlace as TookPlace
from mentoring.use_cases.meeting_outcomes import close_meeting as close_meeting
from mentoring.use_cases.meeting_outcomes import log_meeting as log_meeting
from mentoring.use_cases.meeting_outcomes import say_it_took_place as say_it_took_place
from mentoring.use_cases.meeting_rows import (
    Wanted,
    close,
    ensure_short,
    length,
    meeting_of_actor,
    meeting_of_person,
    new_meeting,
    pair_of_actor,
    side_of,
)
from mentoring.use_cases.meeting_times import DayOption as DayOption
from mentoring.use_cases.meeting_times import TimeOption as TimeOption
from mentoring.use_cases.meeting_times import ensure_nobody_is_busy
from mentoring.use_cases.meeting_times import suggest_days as suggest_days
from mentoring.use_cases.meeting_times import suggest_times as suggest_times
from mentoring.use_cases.meeting_views import FeedbackDue as FeedbackDue
from mentoring.use_cases.meeting_views import MeetingView as MeetingView
from mentoring.use_cases.meeting_views import MyMeetings as MyMeetings
from mentoring.use_cases.meeting_views import feedback_due as feedback_due
from mentoring.use_cases.meeting_views import meeting_card as meeting_card
from mentoring.use_cases.meeting_views import my_meetings as my_meetings
from mentoring.use_cases.meeting_views import own_reply
from mentoring.use_cases.rights import require_own_or_curator
from storage.models.meeting import Meeting
from storage.models.organisation import Organisation
from storage.models.pair import Pair


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    meeting_id: int
    pair_id: int
    kind: MeetingKind
    state: MeetingState
    starts_at: datetime
    reply: Reply
    revision: int


STARTED = "started"
"""A word of `OutOfDate.state`: the meeting is planned, and its time has come."""

MOVED = "moved"
"""A word of `OutOfDate.state`: the meeting is planned, but not for the time that was on the button."""


def plan_meeting(
    session: Session,
    pair_id: int,
    *,
    starts_at: datetime,
    place_kind: PlaceKind,
    minutes: int | None = None,
    place: str = "",
    topic: str = "",
    kind: MeetingKind | None = None,
    by: Actor,
    now: datetime,
) -> MeetingChanged:
    """By one of the two, or by the curator for them; only a curator chooses the kind.

    Raises OutOfDate (the pair is over), TimeInPast, TimeInFuture (over a year ahead), TimeTaken.
    """
    pair = pair_of_actor(session, pair_id, by)
    rules.ensure_plannable(starts_at, now)
    wanted = Wanted(starts_at, place_kind, length(session, pair, minutes), place, topic, kind)
    ensure_nobody_is_busy(session, pair, starts_at, wanted.minutes)
    meeting = new_meeting(session, pair, wanted, by, now)
    record(session, "meeting.planned", meeting, by=by, now=now, kind=meeting.kind)
    tell_planned(session, meeting, by, now)
    return _changed(meeting)


def reply_to_meeting(
    session: Session,
    meeting_id: int,
    person_id: int,
    reply: Reply,
    *,
    revision: int | None = None,
    by: Actor,
    now: datetime,
) -> MeetingChanged:
    """Raises OutOfDate with the meeting's state, "started", or "moved" if ``revision`` is not the one that was seen."""
    require_own_or_curator(session, by, person_id)
    meeting = meeting_of_person(session, meeting_id, person_id)
    _ensure_ahead(meeting, MeetingAct.REPLY, now)
    _ensure_unmoved(meeting, revision)
    rules.ensure_may_reply(meeting.planned_by_person_id, person_id)
    if own_reply(meeting, person_id) is not reply:
        _note_reply(meeting, person_id, reply)
        record(session, f"meeting.reply_{reply}", meeting, by=by, now=now)
        tell_reply(session, meeting, person_id, reply, now)
    return _changed(meeting)


def say_still_on(
    session: Session, meeting_id: int, person_id: int, *, revision: int | None = None, by: Actor, now: datetime
) -> MeetingChanged:
    """«Всё в силе» the day before: a yes of the side that was asked, nothing new from the one that planned it."""
    require_own_or_curator(session, by, person_id)
    meeting = meeting_of_person(session, meeting_id, person_id)
    if meeting.planned_by_person_id != person_id:
        return reply_to_meeting(session, meeting_id, person_id, Reply.SUITS, revision=revision, by=by, now=now)
    _ensure_ahead(meeting, MeetingAct.REPLY, now)
    _ensure_unmoved(meeting, revision)
    return _changed(meeting)


def move_meeting(
    session: Session,
    meeting_id: int,
    starts_at: datetime,
    *,
    place_kind: PlaceKind | None = None,
    place: str | None = None,
    by: Actor,
    now: datetime,
) -> MeetingChanged:
    """To another time, another place, or both. Whoever moves it has planned it; the other side answers anew."""
    meeting = meeting_of_actor(session, meeting_id, by)
    _ensure_ahead(meeting, MeetingAct.MOVE, now)
    wanted = (starts_at, place_kind or meeting.place_kind, meeting.place if place is None else place.strip())
    if wanted != (meeting.starts_at, meeting.place_kind, meeting.place):
        _move(session, meeting, *wanted, by, now)
    return _changed(meeting)


def set_place(
    session: Session, meeting_id: int, place_kind: PlaceKind, place: str, *, by: Actor, now: datetime
) -> MeetingChanged:
    """At the same time elsewhere; what the others have said to the time stays said."""
    meeting = meeting_of_actor(session, meeting_id, by)
    said, planner = (meeting.reply, meeting.replies), (meeting.planned_by_person_id, meeting.planned_by_account_id)
    move_meeting(session, meeting_id, meeting.starts_at, place_kind=place_kind, place=place, by=by, now=now)
    meeting.reply, meeting.replies = said
    meeting.planned_by_person_id, meeting.planned_by_account_id = planner
    return _changed(meeting)


def cancel_meeting(session: Session, meeting_id: int, reason: str = "", *, by: Actor, now: datetime) -> MeetingChanged:
    """The other side is told, with the reason. Cancelling twice changes nothing."""
    ensure_short("reason", reason, rules.CANCEL_REASON_LIMIT)
    meeting = meeting_of_actor(session, meeting_id, by)
    if meeting.state is not MeetingState.CANCELLED:
        _ensure_ahead(meeting, MeetingAct.CANCEL, now)
        meeting.cancel_reason = reason.strip()
        meeting.revision += 1
        close(session, meeting, MeetingState.CANCELLED, by, now)
        tell_cancelled(session, meeting, by, now)
    return _changed(meeting)


def set_topic(session: Session, meeting_id: int, topic: str, *, by: Actor, now: datetime) -> MeetingChanged:
    ensure_short("topic", topic, rules.TOPIC_LIMIT)
    meeting = meeting_of_actor(session, meeting_id, by)
    meeting.topic = topic.strip()
    record(session, "meeting.topic_set", meeting, by=by, now=now)
    return _changed(meeting)


def _ensure_ahead(meeting: Meeting, act: MeetingAct, now: datetime) -> None:
    rules.next_state(meeting.state, act)
    if meeting.starts_at <= now:
        raise OutOfDate("meeting", STARTED)


def _ensure_unmoved(meeting: Meeting, revision: int | None) -> None:
    if revision is not None and revision != meeting.revision:
        raise OutOfDate("meeting", MOVED)


def _note_reply(meeting: Meeting, person_id: int, reply: Reply) -> None:
    meeting.replies = meeting.replies | {str(person_id): reply.value}
    asked = [one.person_id for one in meeting.pair.present if one.person_id != meeting.planned_by_person_id]
    meeting.reply = rules.reply_of_all([own_reply(meeting, asked_id) for asked_id in asked])


def _move(
    session: Session,
    meeting: Meeting,
    starts_at: datetime,
    place_kind: PlaceKind,
    place: str,
    by: Actor,
    now: datetime,
) -> None:
    rules.ensure_plannable(starts_at, now)
    ensure_short("place", place, rules.PLACE_LIMIT)
    _ensure_not_within_pause(session, meeting.pair, starts_at)
    ensure_nobody_is_busy(session, meeting.pair, starts_at, meeting.minutes, except_meeting=meeting.id)
    was_at = meeting.starts_at
    meeting.starts_at, meeting.place_kind, meeting.place = starts_at, place_kind, place
    meeting.revision += 1
    meeting.reply, meeting.replies = Reply.WAITING, {}
    meeting.planned_by_person_id, meeting.planned_by_account_id = side_of(meeting.pair, by), by.account_id
    record(session, "meeting.moved", meeting, by=by, now=now, revision=meeting.revision)
    tell_moved(session, meeting, by, now, was_at=was_at)


def _ensure_not_within_pause(session: Session, pair: Pair, starts_at: datetime) -> None:
    """A meeting that was planned for after the pause may be moved, but not into it."""
    if pair.state is PairState.PAUSED and pair.paused_until:
        zone = ZoneInfo(session.get_one(Organisation, pair.organisation_id).time_zone)
        if local_day(starts_at, zone) <= pair.paused_until:
            raise OutOfDate("pair", pair.state)


def _changed(meeting: Meeting) -> MeetingChanged:
    return MeetingChanged(
        meeting.id,
        meeting.pair_id,
        meeting.kind,
        meeting.state,
        meeting.starts_at,
        meeting.reply,
        meeting.revision,
    )
