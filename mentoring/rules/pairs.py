"""The life of a pair: who is asked, in which order, and what may follow what."""

from enum import StrEnum


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
