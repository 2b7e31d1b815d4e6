"""Who goes with whom: the curator proposes, the two answer one after the other, the curator confirms."""

from dataclasses import dataclass
from datetime import datetime

from mentoring.rules.meetings import MeetingKind
from mentoring.rules.pairs import PairAnswer, PairState
from mentoring.rules.people import AgeGroup, PersonKind, Role


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why the two fit. ``shared_slots`` are values of the slots question («tue_evening»), ``topics`` labels of options."""

    shared_slots: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the curator may choose. ``obstacles`` are words: "not_approved", "consents_missing",
    "capacity_reached", "already_together"; with none the proposal will go through."""

    enrolment_id: int
    person_id: int
    name: str
    place: str
    kind: PersonKind | None
    age_group: AgeGroup | None
    capacity: int
    taken: int
    reasons: Reasons
    obstacles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairProposed:
    pair_id: int
    state: PairState
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class ProposalAnswered:
    pair_id: int
    state: PairState
    role: Role


@dataclass(frozen=True, slots=True)
class PairChanged:
    pair_id: int
    state: PairState
    mentor_name: str
    mentee_name: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What one of the two may know before the curator has confirmed: never a name, a class or a contact.

    ``topics`` and ``wish`` describe the mentee to a mentor; ``topics`` and ``experience`` the mentor to a mentee.
    ``shared_slots`` are values of the slots question.
    """

    pair_id: int
    state: PairState
    role: Role  # the reader's
    my_answer: PairAnswer
    answer_by: datetime | None
    form: str
    reasons: str
    other_kind: PersonKind | None
    other_age_group: AgeGroup | None
    topics: tuple[str, ...]
    wish: str
    experience: str
    shared_slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """The other side as the reader may call them: adults by имя-отчество, pupils by first name."""

    person_id: int
    name: str
    place: str
    kind: PersonKind | None


@dataclass(frozen=True, slots=True)
class NextMeeting:
    meeting_id: int
    kind: MeetingKind
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class PairView:
    pair_id: int
    role: Role  # the reader's
    other: PersonSeen
    form: str
    confirmed_at: datetime
    last_met_at: datetime | None
    meetings_held: int
    next_meeting: NextMeeting | None
    next_kind: MeetingKind  # what the next meeting to be planned would be


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """``what`` is «pair.<state>», «meeting.<state>» or «feedback.<role>»; ``object_id`` is the pair's, meeting's or response's."""

    at: datetime
    what: str
    object_id: int
    who: str  # full name of the person or curator, "" for the system
    details: dict[str, str]


@dataclass(frozen=True, slots=True)
class PairTimeline:
    pair_id: int
    state: PairState
    state_at: datetime
    form: str
    role_model: str
    reasons: str
    answer_by: datetime | None
    mentor_id: int
    mentor_name: str
    mentee_id: int
    mentee_name: str
    confirmed_at: datetime | None
    last_met_at: datetime | None
    end_reason: str
    entries: tuple[TimelineEntry, ...]
