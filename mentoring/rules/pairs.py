"""The life of a pair: who is asked, in which order, and what may follow what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentoring.rules.errors import NotAllowed, OutOfDate


class PairState(StrEnum):
    """methodology.md §7: a pair is proposed, tried, confirmed by the curator, fixed by an order, works, and is over."""

    ASKED_MENTOR = "asked_mentor"
    ASKED_MENTEE = "asked_mentee"
    AGREED = "agreed"  # both said yes; waits for the curator
    TRIAL = "trial"  # they know each other and meet; 002, items 5.2–5.3
    CONFIRMED = "confirmed"  # the curator decided; waits for the order
    ACTIVE = "active"  # fixed by an order
    PAUSED = "paused"
    COMPLETED = "completed"  # the goal is reached, or the term is over
    ENDED = "ended"  # before that
    PARTED = "parted"  # the trial showed that they do not suit each other
    JOINED = "joined"  # the mentee went into a group that the mentor had already
    DECLINED = "declined"  # one of the two said no
    WITHDRAWN = "withdrawn"  # the curator took the proposal back


class PairAnswer(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class DeclineReason(StrEnum):
    TIME = "time"
    TOO_MANY = "too_many"
    NOT_MY_TOPIC = "not_my_topic"
    PREFER_OTHER = "prefer_other"
    OTHER = "other"


class EndReason(StrEnum):
    """Why a pair is over. The groups in which a curator chooses are `END_GROUPS`; none of them blames anybody."""

    COMPLETED = "completed"  # the goal is reached
    TERM_OVER = "term_over"
    BY_AGREEMENT = "by_agreement"
    NOT_FITTING = "not_fitting"
    SCHEDULE = "schedule"
    WORKLOAD = "workload"
    MOVED = "moved"  # to another class, school, town or job
    PERSONAL = "personal"  # circumstances; nobody is asked which (methodology.md §5.4)
    OTHER_REQUEST = "other_request"  # the request has changed: another mentor is needed
    NO_MEETINGS = "no_meetings"
    WORKER_REFUSED = "worker_refused"  # ТК РФ ст. 351.8: the worker gave notice
    EMPLOYER_CANCELLED = "employer_cancelled"  # ТК РФ ст. 351.8: the employer gave notice
    LEFT = "left"  # one of the two left the programme
    DECLINED = "declined"  # the curator did not take one of them in after all
    CONSENT_REFUSED = "consent_refused"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    ERASED = "erased"
    OTHER = "other"


class EndGroup(StrEnum):
    """The first question about an end; the second is the reason."""

    REACHED = "reached"
    CIRCUMSTANCES = "circumstances"
    NOT_WORKED_OUT = "not_worked_out"
    PAPERS = "papers"


class PairAct(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    START_TRIAL = "start_trial"
    CONFIRM = "confirm"
    PART = "part"
    JOIN = "join"  # become one more mentee of a group that the mentor leads
    FIX = "fix"  # the order is signed
    PAUSE = "pause"
    RESUME = "resume"
    COMPLETE = "complete"
    END = "end"
    LEAVE = "leave"  # one of the two stops taking part; whatever stood between them is over


class Party(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    CURATOR = "curator"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Stay:
    """From when to when somebody was in a pair, which may have ``begun`` before or, for what is written down later,
    after. ``joined`` is empty where it was not kept: from the beginning then."""

    begun: datetime | None
    joined: datetime | None
    left: datetime | None

    def at(self, moment: datetime) -> bool:
        came_later = self.begun and self.joined and self.begun < self.joined
        return not (came_later and self.joined and moment < self.joined) and not (self.left and self.left < moment)

    def between(self, since: datetime, until: datetime) -> bool:
        """At any moment of it; ``until`` is exclusive."""
        return (self.joined is None or self.joined < until) and (self.left is None or self.left >= since)


PROPOSED = frozenset({PairState.ASKED_MENTOR, PairState.ASKED_MENTEE, PairState.AGREED})
WORKING = frozenset({PairState.TRIAL, PairState.CONFIRMED, PairState.ACTIVE})
"""States in which the two know each other and meet."""
STANDING = WORKING | {PairState.PAUSED}
OFFICIAL = STANDING - {PairState.TRIAL}
"""The curator has decided for the pair; a pause on trial counts with them as long as it lasts."""
OPEN = PROPOSED | STANDING
"""States in which a pair takes a place of a mentor and of a mentee."""
OVER = frozenset({PairState.COMPLETED, PairState.ENDED})
ACQUAINTED = STANDING | OVER | {PairState.PARTED}
"""States in which both know who the other is."""

GROWING = frozenset({PairState.CONFIRMED, PairState.ACTIVE})
"""States in which one more mentee may join."""

END_GROUPS: Mapping[EndGroup, tuple[EndReason, ...]] = {
    EndGroup.REACHED: (EndReason.COMPLETED, EndReason.TERM_OVER),
    EndGroup.CIRCUMSTANCES: (
        EndReason.SCHEDULE,
        EndReason.WORKLOAD,
        EndReason.MOVED,
        EndReason.PERSONAL,
        EndReason.LEFT,
        EndReason.OTHER,
    ),
    EndGroup.NOT_WORKED_OUT: (
        EndReason.BY_AGREEMENT,
        EndReason.NOT_FITTING,
        EndReason.OTHER_REQUEST,
        EndReason.NO_MEETINGS,
    ),
    EndGroup.PAPERS: (
        EndReason.CONSENT_WITHDRAWN,
        EndReason.WORKER_REFUSED,
        EndReason.EMPLOYER_CANCELLED,
    ),
}
"""What a curator chooses from. The two of ТК 351.8 come with a notice and its days: `mentoring.rules.labour`."""

BY_NOTICE = frozenset({EndReason.WORKER_REFUSED, EndReason.EMPLOYER_CANCELLED})

MOST_MENTEES = 4
"""In one group (methodology.md §1.3, our own bound for a group that one mentor can hear)."""


def listed_as(state: PairState) -> int:
    """The place in the curator's lists: what waits for the curator, then what goes on, then what is over."""
    if state is PairState.AGREED:
        return 0
    return 1 if state in OPEN else 2


REASON_LIMIT = 500
REASONS_LIMIT = 1000
NOTE_LIMIT = 500
PAUSE_REASON_LIMIT = 300


def next_state(state: PairState, act: PairAct, party: Party, *, paused_from: PairState | None = None) -> PairState:
    """Where ``act`` by ``party`` leads. Only the curator makes a pair official (DESIGN §4, invariant 2).

    ``paused_from``: the state to which a paused pair goes back.
    """
    if act is PairAct.RESUME:
        return _resumed(state, party, paused_from)
    ways = _WAYS[act]
    if all(party not in parties for parties, _ in ways.values()):
        raise NotAllowed(act)
    parties, following = ways.get(state, (frozenset(), state))
    if party not in parties:
        raise OutOfDate("pair", state)
    return following


def on_trial(state: PairState, paused_from: PairState | None) -> bool:
    """The curator has not decided for the pair yet; also while its trial has a pause."""
    return PairState.TRIAL in (state, paused_from if state is PairState.PAUSED else None)


def answered(mentor: PairAnswer, mentees: Collection[PairAnswer]) -> PairState:
    """Where a proposal stands: a mentee's no takes only that mentee out, as long as somebody is left."""
    if mentor is PairAnswer.WAITING:
        return PairState.ASKED_MENTOR
    if mentor is PairAnswer.DECLINED or all(answer is PairAnswer.DECLINED for answer in mentees):
        return PairState.DECLINED
    return PairState.ASKED_MENTEE if PairAnswer.WAITING in mentees else PairState.AGREED


def asked_now(state: PairState) -> Party | None:
    """Whose answer is awaited."""
    return {PairState.ASKED_MENTOR: Party.MENTOR, PairState.ASKED_MENTEE: Party.MENTEE}.get(state)


def knows_of_proposal(state: PairState) -> frozenset[Party]:
    """Who of the two has been asked by now, and so must be told when the proposal is gone."""
    if state is PairState.ASKED_MENTOR:
        return _MENTOR
    return _BOTH if state in PROPOSED else frozenset()


def end_state(reason: EndReason) -> PairState:
    return PairState.COMPLETED if reason in _REACHED else PairState.ENDED


def _resumed(state: PairState, party: Party, paused_from: PairState | None) -> PairState:
    if party is not Party.CURATOR:
        raise NotAllowed(PairAct.RESUME)
    if state is not PairState.PAUSED or paused_from is None:
        raise OutOfDate("pair", state)
    return paused_from


_REACHED = frozenset({EndReason.COMPLETED, EndReason.TERM_OVER})

_MENTOR = frozenset({Party.MENTOR})
_MENTEE = frozenset({Party.MENTEE})
_BOTH = _MENTOR | _MENTEE
_CURATOR = frozenset({Party.CURATOR})
_DECIDING = frozenset({Party.CURATOR, Party.SYSTEM})
"""The system ends only what has been silent for too long, and what a notice under ТК 351.8 ends on its day."""
_ANYONE = frozenset(Party)

_WAYS: dict[PairAct, dict[PairState, tuple[frozenset[Party], PairState]]] = {
    PairAct.ACCEPT: {
        PairState.ASKED_MENTOR: (_MENTOR, PairState.ASKED_MENTEE),
        PairState.ASKED_MENTEE: (_MENTEE, PairState.AGREED),
    },
    PairAct.DECLINE: {
        PairState.ASKED_MENTOR: (_MENTOR, PairState.DECLINED),
        PairState.ASKED_MENTEE: (_MENTEE, PairState.DECLINED),
    },
    PairAct.WITHDRAW: dict.fromkeys(PROPOSED, (_CURATOR, PairState.WITHDRAWN)),
    PairAct.START_TRIAL: {PairState.AGREED: (_CURATOR, PairState.TRIAL)},
    PairAct.CONFIRM: dict.fromkeys((PairState.AGREED, PairState.TRIAL), (_CURATOR, PairState.CONFIRMED)),
    PairAct.PART: {PairState.TRIAL: (_CURATOR, PairState.PARTED)},
    PairAct.JOIN: {PairState.AGREED: (_CURATOR, PairState.JOINED)},
    PairAct.FIX: {PairState.CONFIRMED: (_CURATOR, PairState.ACTIVE)},
    PairAct.PAUSE: dict.fromkeys(WORKING, (_CURATOR, PairState.PAUSED)),
    PairAct.COMPLETE: dict.fromkeys(
        (PairState.CONFIRMED, PairState.ACTIVE, PairState.PAUSED), (_CURATOR, PairState.COMPLETED)
    ),
    PairAct.END: dict.fromkeys((PairState.CONFIRMED, PairState.ACTIVE, PairState.PAUSED), (_DECIDING, PairState.ENDED)),
    PairAct.LEAVE: {
        **dict.fromkeys(PROPOSED, (_ANYONE, PairState.WITHDRAWN)),
        **dict.fromkeys(STANDING, (_ANYONE, PairState.ENDED)),
    },
}
