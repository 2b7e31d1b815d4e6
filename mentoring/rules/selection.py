"""Mentors before they are in the register: interview, training; and those who wait for a pair in vain."""

from enum import StrEnum


class Verdict(StrEnum):
    """What an interview with a candidate came to (002, item 3.3)."""

    RECOMMENDED = "recommended"
    WITH_SUPPORT = "with_support"  # may begin, somebody helps
    LATER = "later"
    NOT_NOW = "not_now"


class WaitingExit(StrEnum):
    """The three ways out of the queue of the unpaired (002, item 5.4)."""

    SUPPORT = "support"  # talk with the psychologist or the class teacher
    SEARCH = "search"  # go on looking
    DIRECTIVE = "directive"  # the curator assigns a mentor, and says why
