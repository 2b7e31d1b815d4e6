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
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OTHER = "other"
