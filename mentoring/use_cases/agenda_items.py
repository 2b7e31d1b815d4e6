"""What stands in a person's menu."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class AgendaKind(StrEnum):
    """In the order of urgency."""

    AGE = "age"
    OWN_CONSENT = "own_consent"
    CHILD_CONSENT = "child_consent"  # a guardian must decide; object: the child
    GUARDIAN_STATEMENT = (
        "guardian_statement"  # the guardian said yes and has not introduced themselves; object: the child
    )
    GUARDIAN_LINK = "guardian_link"  # the child waits for a parent; object: the child's enrolment
    CORRECT = "correct"
    QUESTIONNAIRE = "questionnaire"
    MEETING_REPLY = "meeting_reply"
    PROPOSAL = "proposal"
    FEEDBACK = "feedback"
    SURVEY = "survey"  # of a campaign; object: the recipient whose window closes first
    PLAN = "plan"  # of a pair; object: the pair
    WAIT_PAIR = "wait_pair"  # said yes to a proposal; the others and the curator have not decided yet
    PAIR = "pair"
    MEETINGS = "meetings"
    WAIT_REVIEW = "wait_review"
    CHILD = "child"
    STOPPED = "stopped"  # left, declined or refused; ``data["because"]`` says which
    MY_RESPONSES = "my_responses"
    MY_DATA = "my_data"
    WRITE_CURATOR = "write_curator"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """``object_id``: what a button should name; of several, the most urgent.

    ``data`` by kind. OWN_CONSENT: consent, person_id, reconsider (after a «no»). QUESTIONNAIRE and CORRECT: key, role,
    response_id (0: not begun), answered, remark. CHILD_CONSENT, GUARDIAN_STATEMENT, CHILD: name (empty if unknown);
    CHILD also decision (of the guardians' last consent, "withdrawn" if taken back). STOPPED: because, role, remark.
    WAIT_REVIEW: role. PROPOSAL: answer_by, PAIR and MEETINGS: next_at (ISO, UTC); PAIR also group, on_trial, paused
    (all of them) and paused_until (ISO date, may be empty). FEEDBACK: took_place (False: ask).
    SURVEY: title, anonymous, closes_at (ISO, UTC), begun. PLAN: awaits ("returned": the curator asks to mend it,
    "mark": the mentor's marks, "due": what came of items whose day has come).
    """

    kind: AgendaKind
    object_id: int | None = None
    count: int = 1
    urgent: bool = False
    data: dict[str, Any] = field(default_factory=dict)
