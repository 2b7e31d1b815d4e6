"""Meetings of a pair: kinds, states, when feedback falls due."""

from enum import StrEnum


class MeetingKind(StrEnum):
    """The five types of methodology.md §1.5 (002, items 6.1–6.5)."""

    FIRST = "first"
    TRIAL = "trial"
    PLANNING = "planning"
    REGULAR = "regular"
    FINAL = "final"


class MeetingState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


class PlaceKind(StrEnum):
    ORGANISATION = "organisation"
    ONLINE = "online"
    OTHER = "other"


class Reply(StrEnum):
    """What the side that did not plan the meeting says to it."""

    WAITING = "waiting"
    SUITS = "suits"
    OTHER_TIME = "other_time"
