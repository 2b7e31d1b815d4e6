"""The life of a pair: who is asked, in which order, and what may follow what."""

from enum import StrEnum

from mentoring.rules.errors import NotAllowed, OutOfDate


class PairState(StrEnum):
    ASKED_MENTOR = "asked_mentor"
    ASKED_MENTEE = "asked_mentee"
    AGREED = "agreed"  # both said yes; waits for the curator
    ACTIVE = "active"  # the curator confirmed
    DECLINED = "declined"  # one of the two said no
    WITHDRAWN = "withdrawn"  # the curator took the proposal back
    ENDED = "ended"


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
    COMPLETED = "completed"
    BY_AGREEMENT = "by_agreement"
    NO_MEETINGS = "no_meetings"
    LEFT = "left"  # one of the two left the programme
    DECLINED = "declined"  # the curator did not take one of them in after all
    CONSENT_REFUSED = "consent_refused"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    ERASED = "erased"
    OTHER = "other"


class PairAct(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    END = "end"
    LEAVE = "leave"  # one of the two stops taking part; whatever stood between them is over


class Party(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    CURATOR = "curator"
    SYSTEM = "system"


PROPOSED = frozenset({PairState.ASKED_MENTOR, PairState.ASKED_MENTEE, PairState.AGREED})
OPEN = PROPOSED | {PairState.ACTIVE}
"""States in which a pair takes a place of a mentor and of a mentee."""


def listed_as(state: PairState) -> int:
    """The place in the curator's lists: what waits for the curator, then what goes on, then what is over."""
    if state is PairState.AGREED:
        return 0
    return 1 if state in OPEN else 2


REASON_LIMIT = 500
REASONS_LIMIT = 1000


def next_state(state: PairState, act: PairAct, party: Party) -> PairState:
    """Where ``act`` by ``party`` leads. Only the curator makes a pair official (DESIGN §4, invariant 2)."""
    ways = _WAYS[act]
    if all(party not in parties for parties, _ in ways.values()):
        raise NotAllowed(act)
    parties, following = ways.get(state, (frozenset(), state))
    if party not in parties:
        raise OutOfDate("pair", state)
    return following


def asked_now(state: PairState) -> Party | None:
    """Whose answer is awaited."""
    return {PairState.ASKED_MENTOR: Party.MENTOR, PairState.ASKED_MENTEE: Party.MENTEE}.get(state)


def knows_of_proposal(state: PairState) -> frozenset[Party]:
    """Who of the two has been asked by now, and so must be told when the proposal is gone."""
    if state is PairState.ASKED_MENTOR:
        return _MENTOR
    return _BOTH if state in PROPOSED else frozenset()


_MENTOR = frozenset({Party.MENTOR})
_MENTEE = frozenset({Party.MENTEE})
_BOTH = _MENTOR | _MENTEE
_CURATOR = frozenset({Party.CURATOR})
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
    PairAct.CONFIRM: {PairState.AGREED: (_CURATOR, PairState.ACTIVE)},
    PairAct.WITHDRAW: dict.fromkeys(PROPOSED, (_CURATOR, PairState.WITHDRAWN)),
    PairAct.END: {PairState.ACTIVE: (_CURATOR, PairState.ENDED)},
    PairAct.LEAVE: {
        **dict.fromkeys(PROPOSED, (_ANYONE, PairState.WITHDRAWN)),
        PairState.ACTIVE: (_ANYONE, PairState.ENDED),
    },
}
