"""Meetings of a pair: planned, answered, moved, held or not, and spoken about afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.rules.people import Role


@dataclass(frozen=True, slots=True)
class DayOption:
    day: date
    both_free: bool  # by their answers about free time


@dataclass(frozen=True, slots=True)
class TimeOption:
    starts_at: datetime
    both_free: bool


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    meeting_id: int
    pair_id: int
    kind: MeetingKind
    state: MeetingState
    starts_at: datetime
    reply: Reply
    revision: int


@dataclass(frozen=True, slots=True)
class TookPlace:
    """``feedback_key`` names the questionnaire to start now with this ``meeting_id``; None: nothing to ask."""

    meeting_id: int
    state: MeetingState
    feedback_key: str | None


@dataclass(frozen=True, slots=True)
class MeetingView:
    meeting_id: int
    pair_id: int
    role: Role  # the reader's
    other_name: str
    kind: MeetingKind
    state: MeetingState
    starts_at: datetime
    ends_at: datetime
    minutes: int
    place_kind: PlaceKind
    place: str
    topic: str
    reply: Reply
    planned_by_me: bool
    revision: int
    cancel_reason: str
    may_reply: bool
    may_change: bool  # move or cancel
    may_say_outcome: bool
    feedback_key: str | None  # due from the reader and not sent yet


@dataclass(frozen=True, slots=True)
class FeedbackDue:
    meeting_id: int
    key: str
    other_name: str
    kind: MeetingKind
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """``method`` is REQUEST or CANCEL; ``updated_at`` is when the file is made."""

    uid: str
    sequence: int
    method: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str
    organisation: str
    updated_at: datetime
