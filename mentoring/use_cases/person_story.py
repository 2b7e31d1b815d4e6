"""One person's whole story, for the curator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from mentoring.rules.enrolment import EnrolmentStatus, LeftBecause, Step
from mentoring.rules.errors import MissingConsent, NotFound
from mentoring.rules.meetings import MeetingKind, MeetingState
from mentoring.rules.pairs import PairState
from mentoring.rules.people import AgeGroup, PersonKind, Role, called
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES
from mentoring.rules.reminders import NoticeKind, NoticeState
from mentoring.use_cases.consents import ConsentLine, my_consents
from mentoring.use_cases.letters import LetterView, letters_with
from mentoring.use_cases.meeting_views import takes_part
from mentoring.use_cases.pair_views import opposites
from mentoring.use_cases.participation import enrolments_with_steps
from mentoring.use_cases.responses import ResponseLine, my_responses
from mentoring.use_cases.story_events import SHOWN, StoryEvent, events_of
from storage.models.account import CuratorAccount
from storage.models.consent import ErasureRequest
from storage.models.meeting import Meeting
from storage.models.notice import Notice
from storage.models.pair import Pair, PairMember
from storage.models.person import Guardianship, Person
from storage.queries.consents import missing_for


@dataclass(frozen=True, slots=True)
class PersonCard:
    person_id: int
    name: str
    last_name: str
    first_name: str
    patronymic: str
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
    left_because: LeftBecause | None
    response_id: int | None
    programme_name: str


@dataclass(frozen=True, slots=True)
class RelativeLine:
    """A guardian of the person, or a child of theirs; ``relation`` is the guardian's to the child."""

    person_id: int
    name: str
    relation: str
    is_guardian: bool
    reachable: bool


@dataclass(frozen=True, slots=True)
class PairLine:
    """``state``: for this person; of a group that goes on without them it is over. ``since`` and ``until``: while they
    were in it."""

    pair_id: int
    state: PairState
    state_at: datetime
    own_role: Role
    others: tuple[tuple[int, str], ...]  # the other side's person ids and full names, never a group's other mentees
    last_met_at: datetime | None
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class MeetingLine:
    meeting_id: int
    pair_id: int
    kind: MeetingKind
    state: MeetingState
    starts_at: datetime
    minutes: int
    place: str
    topic: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    notice_id: int
    kind: NoticeKind
    state: NoticeState
    due_at: datetime
    sent_at: datetime | None
    outcome: str


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


def person_story(session: Session, person_id: int) -> PersonStory:
    """Some twenty queries, whatever the length of the story. An erased person has a card and events without names."""
    person = session.get(Person, person_id, options=[selectinload(Person.accounts)])
    if person is None:
        raise NotFound("person")
    responses = my_responses(session, person.id)
    enrolments = tuple(_enrolments(session, person, responses))
    active = any(line.status not in (EnrolmentStatus.LEFT, EnrolmentStatus.DECLINED) for line in enrolments)
    pairs = tuple(_pairs(session, person))
    erasure = _open_erasure(session, person)
    return PersonStory(
        card=card_of(session, person),
        enrolments=enrolments,
        missing=missing_for(session, (person.id,)) if active else (),
        relatives=tuple(_relatives(session, person)),
        pairs=pairs,
        responses=responses,
        consents=my_consents(session, person.id),
        meetings=tuple(_meetings(session, person, pairs)),
        letters=letters_with(session, person.id),
        notices=tuple(_notices(session, person)),
        events=tuple(events_of(session, person)),
        erasure_request_id=erasure.id if erasure else None,
        erasure_due_at=erasure.due_at if erasure else None,
    )


def card_of(session: Session, person: Person) -> PersonCard:
    account = min(person.accounts, key=lambda one: (one.unreachable_since is not None, one.id), default=None)
    curator = select(CuratorAccount.id).where(CuratorAccount.person_id == person.id).limit(1)
    return PersonCard(
        person_id=person.id,
        name=person.name.full,
        last_name=person.last_name,
        first_name=person.first_name,
        patronymic=person.patronymic,
        address=called(person.name, person.kind, person.age_group),
        kind=person.kind,
        age_group=person.age_group,
        birth_date=person.birth_date,
        place=person.place,
        phone=person.phone,
        username=account.username if account else "",
        channel=account.channel if account else "",
        unreachable_since=account.unreachable_since if account else None,
        unreachable_reason=account.unreachable_reason if account else "",
        created_at=person.created_at,
        erased_at=person.erased_at,
        is_curator=session.scalar(curator) is not None,
    )


def _enrolments(session: Session, person: Person, responses: Sequence[ResponseLine]) -> Iterator[EnrolmentLine]:
    entries = {(line.enrolment_id, line.questionnaire_key): line.response_id for line in responses}
    for enrolment, step in enrolments_with_steps(session, person):
        yield EnrolmentLine(
            enrolment_id=enrolment.id,
            role=enrolment.role,
            status=enrolment.status,
            status_at=enrolment.status_at,
            step=step,
            capacity=enrolment.capacity,
            form=enrolment.form,
            remark=enrolment.remark,
            left_because=enrolment.left_because,
            response_id=entries.get((enrolment.id, ENTRY_QUESTIONNAIRES[enrolment.role])),
            programme_name=enrolment.programme.name,
        )


def _relatives(session: Session, person: Person) -> Iterator[RelativeLine]:
    both = select(Guardianship).options(
        joinedload(Guardianship.guardian).selectinload(Person.accounts),
        joinedload(Guardianship.minor).selectinload(Person.accounts),
    )
    mine = (Guardianship.guardian_id == person.id) | (Guardianship.minor_id == person.id)
    for one in session.scalars(both.where(mine).order_by(Guardianship.id)):
        other = one.minor if one.guardian_id == person.id else one.guardian
        reachable = any(account.unreachable_since is None for account in other.accounts)
        yield RelativeLine(other.id, other.name.full, one.relation, other is one.guardian, reachable)


def _pairs(session: Session, person: Person) -> Iterator[PairLine]:
    theirs = select(PairMember.pair_id).where(PairMember.person_id == person.id)
    found = select(Pair).options(selectinload(Pair.members).joinedload(PairMember.person)).where(Pair.id.in_(theirs))
    for pair in session.scalars(found.order_by(Pair.id.desc())):
        own = next(member for member in pair.members if member.person_id == person.id)
        others = tuple((one.person_id, one.person.name.full) for one in opposites(own))
        until = own.left_at or pair.ended_at
        at = own.left_at or pair.state_at
        yield PairLine(pair.id, _own_state(own), at, own.role, others, pair.last_met_at, own.joined_at, until)


def _own_state(member: PairMember) -> PairState:
    if member.left_at is None:
        return member.pair.state
    return PairState.ENDED if member.joined_at else PairState.DECLINED


def _meetings(session: Session, person: Person, pairs: Sequence[PairLine]) -> Iterator[MeetingLine]:
    """Of a group, those of the time when the person was in it."""
    if not pairs:
        return
    own = session.scalars(select(PairMember).where(PairMember.person_id == person.id))
    members = {member.pair_id: member for member in own}
    theirs = select(Meeting).where(Meeting.pair_id.in_([pair.pair_id for pair in pairs]))
    found = session.scalars(theirs.order_by(Meeting.starts_at.desc()).limit(SHOWN))
    for one in (meeting for meeting in found if takes_part(members[meeting.pair_id], meeting.starts_at)):
        yield MeetingLine(one.id, one.pair_id, one.kind, one.state, one.starts_at, one.minutes, one.place, one.topic)


def _notices(session: Session, person: Person) -> Iterator[NoticeLine]:
    theirs = select(Notice).where(Notice.person_id == person.id).order_by(Notice.id.desc()).limit(SHOWN)
    for one in session.scalars(theirs):
        yield NoticeLine(one.id, one.kind, one.state, one.due_at, one.sent_at, one.outcome)


def _open_erasure(session: Session, person: Person) -> ErasureRequest | None:
    return session.scalar(
        select(ErasureRequest)
        .where(
            ErasureRequest.person_id == person.id,
            ErasureRequest.done_at.is_(None),
            ErasureRequest.cancelled_at.is_(None),
        )
        .order_by(ErasureRequest.due_at)
        .limit(1)
    )
