"""One person: their story, and the curator's corrections."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus, Step
from mentoring.rules.errors import MissingConsent
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor, AgeGroup, Door, PersonKind, Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.use_cases.consents import ConsentLine
from mentoring.use_cases.letters import LetterView


@dataclass(frozen=True, slots=True)
class PersonCard:
    person_id: int
    name: str
    address: str  # «Анна Сергеевна», «Мила»
    kind: PersonKind | None
    age_group: AgeGroup | None
    birth_date: date | None
    place: str
    phone: str
    username: str
    channel: str  # empty: no chat
    unreachable_since: datetime | None
    unreachable_reason: str
    created_at: datetime
    erased_at: datetime | None
    is_curator: bool


@dataclass(frozen=True, slots=True)
class EnrolmentLine:
    enrolment_id: int
    role: Role
    status: EnrolmentStatus
    status_at: datetime
    step: Step
    capacity: int
    form: str
    remark: str
    left_because: str
    response_id: int | None
    programme_name: str


@dataclass(frozen=True, slots=True)
class RelativeLine:
    """A guardian of the person, or a child of theirs."""

    person_id: int
    name: str
    relation: str
    is_guardian: bool
    reachable: bool


@dataclass(frozen=True, slots=True)
class PairLine:
    pair_id: int
    state: PairState
    state_at: datetime
    own_role: Role
    others: tuple[tuple[int, str], ...]  # person id, name
    last_met_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResponseLine:
    response_id: int
    questionnaire_key: str
    title: str
    state: ResponseState
    submitted_at: datetime | None
    touched_at: datetime
    enrolment_id: int | None
    meeting_id: int | None


@dataclass(frozen=True, slots=True)
class MeetingLine:
    meeting_id: int
    pair_id: int
    kind: str
    state: str
    starts_at: datetime
    minutes: int
    place: str
    topic: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    notice_id: int
    kind: str
    state: str
    due_at: datetime
    sent_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """``act`` is the audit's word («consent.given», «enrolment.approved»); ``actor_name`` is empty for the system."""

    at: datetime
    act: str
    door: Door
    actor_name: str
    object_kind: str
    object_id: int
    details: dict[str, object]


@dataclass(frozen=True, slots=True)
class PersonStory:
    card: PersonCard
    enrolments: tuple[EnrolmentLine, ...]
    missing: tuple[MissingConsent, ...]
    relatives: tuple[RelativeLine, ...]
    pairs: tuple[PairLine, ...]
    responses: tuple[ResponseLine, ...]
    consents: tuple[ConsentLine, ...]
    meetings: tuple[MeetingLine, ...]
    letters: tuple[LetterView, ...]
    notices: tuple[NoticeLine, ...]
    events: tuple[StoryEvent, ...]
    erasure_request_id: int | None
    erasure_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonAdded:
    person_id: int
    enrolment_id: int


def person_story(session: Session, person_id: int, *, now: datetime) -> PersonStory:
    raise NotImplementedError


def add_person(
    session: Session,
    programme_id: int,
    role: Role,
    *,
    last_name: str,
    first_name: str,
    patronymic: str = "",
    kind: PersonKind | None = None,
    birth_date: date | None = None,
    place: str = "",
    phone: str = "",
    by: Actor,
    now: datetime,
) -> PersonAdded:
    """A person without a chat, for paper consents and answers."""
    raise NotImplementedError


def correct_person(
    session: Session,
    person_id: int,
    *,
    last_name: str | None = None,
    first_name: str | None = None,
    patronymic: str | None = None,
    kind: PersonKind | None = None,
    birth_date: date | None = None,
    age_group: AgeGroup | None = None,
    place: str | None = None,
    phone: str | None = None,
    by: Actor,
    now: datetime,
) -> PersonCard:
    """Only what is given changes. A birth date decides the age group, whatever group is given with it."""
    raise NotImplementedError
