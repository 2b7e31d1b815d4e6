"""Meetings of a pair: kinds, states, what may follow what, when feedback falls due."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from mentoring.rules.errors import NotAllowed, OutOfDate, TimeInFuture, TimeInPast
from mentoring.rules.people import Role


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
    """What those who did not plan the meeting say to it."""

    WAITING = "waiting"
    SUITS = "suits"
    OTHER_TIME = "other_time"


class MeetingAct(StrEnum):
    REPLY = "reply"
    MOVE = "move"
    CANCEL = "cancel"
    SAY_HELD = "say_held"
    SAY_MISSED = "say_missed"


FEEDBACK_AFTER = timedelta(hours=2)
"""After the end of a meeting (methodology.md §6.2, R6)."""

DAY_BEFORE = timedelta(days=1)
HOUR_BEFORE = timedelta(hours=1)
PLAN_AHEAD = timedelta(days=365)
"""A meeting further away is a slip of the finger in the year."""

SHORTEST, LONGEST = 10, 8 * 60
"""Minutes of a meeting."""

NOT_HELD_FEEDBACK = "feedback_cancelled"
"""How the keys of the questionnaires begin that ask why a meeting was not held."""

PLACE_LIMIT = 300
TOPIC_LIMIT = 500
CANCEL_REASON_LIMIT = 300


def next_kind(so_far: Collection[MeetingKind], *, on_trial: bool) -> MeetingKind:
    """By the kinds of the meetings held and planned so far; a final one is only ever chosen by a curator.

    The trial lasts until the curator decides, however many meetings it takes; a plan is made after it (002, 6.1–6.5).
    """
    if not so_far:
        return MeetingKind.FIRST
    if on_trial:
        return MeetingKind.TRIAL
    return MeetingKind.REGULAR if MeetingKind.PLANNING in so_far else MeetingKind.PLANNING


def next_state(state: MeetingState, act: MeetingAct) -> MeetingState:
    """A meeting that was said to have been missed may still turn out to have been held, never the other way round:
    one of the two remembers it, and that is enough."""
    ways = _WAYS[act]
    if state not in ways:
        raise OutOfDate("meeting", state)
    return ways[state]


def reply_of_all(replies: Collection[Reply]) -> Reply:
    """Of everybody who is asked: «другое время» of one is enough, «подходит» is said when all have said it."""
    if Reply.OTHER_TIME in replies:
        return Reply.OTHER_TIME
    return Reply.SUITS if replies and all(reply is Reply.SUITS for reply in replies) else Reply.WAITING


def ensure_plannable(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise TimeInPast(starts_at)
    if starts_at - now > PLAN_AHEAD:
        raise TimeInFuture(starts_at)


def ensure_over(starts_at: datetime, now: datetime) -> None:
    if starts_at > now:
        raise TimeInFuture(starts_at)


def ends_at(starts_at: datetime, minutes: int) -> datetime:
    return starts_at + timedelta(minutes=minutes)


def feedback_from(starts_at: datetime, minutes: int) -> datetime:
    return ends_at(starts_at, minutes) + FEEDBACK_AFTER


def feedback_key(kind: MeetingKind, role: Role, state: MeetingState, in_use: Collection[str]) -> str | None:
    """The questionnaire of methodology.md §2.10 for this kind of meeting; of one that was not held, why (None where
    the organisation does not ask). ``in_use``: keys of the organisation's questionnaires. Where it has none of its own
    for the kind, the regular one serves.
    """
    if state in _NOT_HELD:
        why = f"{NOT_HELD_FEEDBACK}_{role}"
        return why if why in in_use else None
    own, regular = f"feedback_{kind}_{role}", f"feedback_{role}"
    return own if own in in_use or (kind is MeetingKind.FIRST and regular not in in_use) else regular


def ensure_feedback_fits(key: str, state: MeetingState) -> None:
    """Of a meeting that was held, its feedback; of one that was not, why."""
    fitting = _NOT_HELD if key.startswith(NOT_HELD_FEEDBACK) else (MeetingState.HELD,)
    if state not in fitting:
        raise OutOfDate("meeting", state)


def ensure_may_reply(planned_by_person_id: int | None, person_id: int) -> None:
    """The one who planned has no need to say that it suits."""
    if planned_by_person_id == person_id:
        raise NotAllowed(MeetingAct.REPLY)


_NOT_HELD = (MeetingState.MISSED, MeetingState.CANCELLED)
_PLANNED_STAYS = {MeetingState.PLANNED: MeetingState.PLANNED}
_WAYS = {
    MeetingAct.REPLY: _PLANNED_STAYS,
    MeetingAct.MOVE: _PLANNED_STAYS,
    MeetingAct.CANCEL: {MeetingState.PLANNED: MeetingState.CANCELLED},
    MeetingAct.SAY_HELD: {
        MeetingState.PLANNED: MeetingState.HELD,
        MeetingState.MISSED: MeetingState.HELD,
        MeetingState.HELD: MeetingState.HELD,
    },
    MeetingAct.SAY_MISSED: {
        MeetingState.PLANNED: MeetingState.MISSED,
        MeetingState.MISSED: MeetingState.MISSED,
    },
}
