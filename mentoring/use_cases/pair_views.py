"""A proposal and a pair as one of the two may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from mentoring.rules import matching
from mentoring.rules.errors import NotFound
from mentoring.rules.matching import Profile
from mentoring.rules.meetings import MeetingKind, MeetingState, next_kind
from mentoring.rules.pairs import PROPOSED, STANDING, PairAnswer, PairState
from mentoring.rules.people import AgeGroup, PersonKind, Role, called
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.queries.matching import NOTHING_SAID, profiles


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What one of the two may know before the curator has confirmed: never a name, a class or a contact.

    ``topics`` and ``wish`` describe the mentee to a mentor; ``topics`` and ``experience`` the mentor to a mentee.
    ``shared_slots`` are values of the slots question («tue_evening»).
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
    """The other side as the reader may call them: «Анна Сергеевна» or «Мила»; ``full_name`` adds the surname."""

    person_id: int
    name: str
    full_name: str
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
    state: PairState
    form: str
    started_at: datetime
    last_met_at: datetime | None
    meetings_held: int
    next_meeting: NextMeeting | None
    next_kind: MeetingKind  # what the next meeting to be planned would be


def proposal_for(session: Session, pair_id: int, person_id: int) -> ProposalView:
    """Raises NotFound for those whom it does not concern: also for a mentee before the mentor has agreed."""
    me, other = sides(session, pair_id, person_id)
    if me.role is Role.MENTEE and me.pair.state is PairState.ASKED_MENTOR:
        raise NotFound("pair")
    said = profiles(session, [me.enrolment_id, other.enrolment_id])
    mine, theirs = said.get(me.enrolment_id, NOTHING_SAID), said.get(other.enrolment_id, NOTHING_SAID)
    return _proposal(me, other, mine, theirs)


def my_pairs(session: Session, person_id: int) -> tuple[PairView, ...]:
    """Pairs on trial, confirmed and at work, or paused; the oldest first."""
    return _views(session, _active_members(session, PairMember.person_id == person_id))


def my_pair(session: Session, pair_id: int, person_id: int) -> PairView | None:
    """None while it is only proposed, and once it is over."""
    mine = (PairMember.person_id == person_id, PairMember.pair_id == pair_id)
    return next(iter(_views(session, _active_members(session, *mine))), None)


def sides(session: Session, pair_id: int, person_id: int) -> tuple[PairMember, PairMember]:
    """The person's own membership and the other side's."""
    members = selectinload(Pair.members).joinedload(PairMember.person)
    pair = session.get(Pair, pair_id, options=[members])
    mine = [member for member in pair.members if member.person_id == person_id] if pair else []
    if not pair or not mine:
        raise NotFound("pair")
    return mine[0], opposite(mine[0])


def opposite(member: PairMember) -> PairMember:
    return next(other for other in (*member.pair.present, *member.pair.members) if other.role is not member.role)


def person_seen(person: Person) -> PersonSeen:
    return PersonSeen(person.id, name_seen(person), introduced(person), person.place, person.kind)


def name_seen(person: Person) -> str:
    return called(person.name, person.kind, person.age_group)


def introduced(person: Person) -> str:
    """As people are introduced to each other: «Анна Сергеевна Лебедева», «Мила Крылова»."""
    return f"{name_seen(person)} {person.last_name}".strip() if person.first_name else person.last_name


def _proposal(me: PairMember, other: PairMember, mine: Profile, theirs: Profile) -> ProposalView:
    pair = me.pair
    mentor, mentee = (mine, theirs) if me.role is Role.MENTOR else (theirs, mine)
    shared = matching.shared_topics(mentor, mentee)
    return ProposalView(
        pair_id=pair.id,
        state=pair.state,
        role=me.role,
        my_answer=me.answer,
        answer_by=pair.answer_by if pair.state in PROPOSED else None,
        form=pair.form,
        reasons=pair.reasons,
        other_kind=other.person.kind,
        other_age_group=other.person.age_group,
        topics=shared or tuple(theirs.topics.values()),
        wish=theirs.wish if me.role is Role.MENTOR else "",
        experience=theirs.experience if me.role is Role.MENTEE else "",
        shared_slots=matching.shared_slots(mine, theirs),
    )


def _active_members(session: Session, *mine: ColumnElement[bool]) -> Sequence[PairMember]:
    return session.scalars(
        select(PairMember)
        .join(PairMember.pair)
        .where(*mine, PairMember.left_at.is_(None), Pair.state.in_(STANDING))
        .order_by(Pair.started_at, Pair.id)
        .options(contains_eager(PairMember.pair).selectinload(Pair.members).joinedload(PairMember.person))
    ).all()


def _views(session: Session, members: Sequence[PairMember]) -> tuple[PairView, ...]:
    pair_ids = [member.pair_id for member in members]
    coming, held = _coming(session, pair_ids), _held(session, pair_ids)
    return tuple(_pair_view(member, coming.get(member.pair_id), held.get(member.pair_id, 0)) for member in members)


def _coming(session: Session, pair_ids: Sequence[int]) -> dict[int, NextMeeting]:
    """A planned meeting counts until somebody says how it went, so that one that is on right now is shown."""
    meetings = session.scalars(
        select(Meeting)
        .where(Meeting.pair_id.in_(pair_ids), Meeting.state == MeetingState.PLANNED)
        .order_by(Meeting.starts_at.desc())
    )
    return {meeting.pair_id: NextMeeting(meeting.id, meeting.kind, meeting.starts_at) for meeting in meetings}


def _held(session: Session, pair_ids: Sequence[int]) -> dict[int, int]:
    counts = (
        select(Meeting.pair_id, func.count())
        .where(Meeting.pair_id.in_(pair_ids), Meeting.state == MeetingState.HELD)
        .group_by(Meeting.pair_id)
    )
    return dict(session.execute(counts).all())


def _pair_view(member: PairMember, coming: NextMeeting | None, held: int) -> PairView:
    pair = member.pair
    assert pair.started_at is not None  # they know each other
    return PairView(
        pair_id=pair.id,
        role=member.role,
        other=person_seen(opposite(member).person),
        form=pair.form,
        state=pair.state,
        started_at=pair.started_at,
        last_met_at=pair.last_met_at,
        meetings_held=held,
        next_meeting=coming,
        next_kind=next_kind(held + (coming is not None)),
    )
