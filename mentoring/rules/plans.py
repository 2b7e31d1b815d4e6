"""Individual plan of a pupil's pair, personalised programme of pedagogues (methodology.md §3.3; 001, item 13)."""

from enum import StrEnum


class PlanState(StrEnum):
    DRAFT = "draft"  # the two build it together
    SENT = "sent"  # waits for the curator
    RETURNED = "returned"  # with a remark
    APPROVED = "approved"
    CLOSED = "closed"  # its pair is over


class ItemState(StrEnum):
    OPEN = "open"
    REPORTED = "reported"  # the mentee says what came of it; waits for the mentor's mark
    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    DROPPED = "dropped"  # no longer needed: kept, not counted
