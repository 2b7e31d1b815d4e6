"""A proposal and a pair or a group as one of its people may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from mentoring.rules import matching
from mentoring.rules.errors import NotFound
from mentoring.rules.matching import Profile
from mentoring.rules.meetings import MeetingKind, MeetingState, next_kind
from mentoring.rules.pairs import PROPOSED, STANDING, PairAnswer, PairState, on_trial
from mentoring.rules.people import AgeGroup, PersonKind, Role, called, listed
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.queries.matching import NOTHING_SAID, profiles
from storage.queries.meetings import kinds_so_far


@dataclass(frozen=True, slots=True)
class Sketch:
    """Somebody without a name, a class or a contact: ``topics`` and ``wish`` of a mentee, ``topics`` and ``experience``
    of a mentor."""

    kind: PersonKind | None
    age_group: AgeGroup | None
    topics: tuple[str, ...]
    wish: str
    experience: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What one of them may know before they are introduced to each other.

    ``others``: to a mentor all the mentees who have not said no, to a mentee the mentor. ``fellows``: how many mentees
    there would be beside the reader, or in the group of the mentor already; ``group`` names the latter to the mentor.
    ``shared_slots``, in which all of them are free, are values of the slots question («tue_evening»).
    """

    pair_id: int
    state: PairState
    role: Role  # the reader's
    my_answer: PairAnswer
    answer_by: datetime | None
    form: str
    reasons: str
    others: tuple[Sketch, ...]
    shared_slots: tuple[str, ...]
    fellows: int = 0
    group: tuple[str, ...] = ()
    taken_out: bool = False  # the reader; the others of the group go on


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
    """``others``: a mentee's mentor, a mentor's mentees; ``fellows``: how many more mentees are in a mentee's group."""

    pair_id: int
    role: Role  # the reader's
    others: tuple[PersonSeen, ...]
    fellows: int
    state: PairState
    on_trial: bool
    form: str
    started_at: datetime  # for a newcomer of a group: when they joined it
    confirmed_at: datetime | None
    last_met_at: datetime | None
    meetings_held: int
    next_meeting: NextMeeting | None
    next_kind: MeetingKind  # what the next meeting to be planned would be
    pause_reason: str = ""
    paused_until: date | None = None
    ends_on: date | None = None

    @property
    def names(self) -> str:
        """«Анна Сергеевна», «Мила и Тимур»."""
        return listed(other.name for other in self.others)

    @property
    def full_names(self) -> str:
        return listed(other.full_name for other in self.others)

    @property
    def is_group(self) -> bool:
        return self.fellows > 0 or len(self.others) > 1


def proposal_for(session: Session, pair_id: int, person_id: int) -> ProposalView:
    """Raises NotFound for those whom it does not concern: also for a mentee before the mentor has agreed."""
    me, _ = sides(session, pair_id, person_id)
    if me.role is Role.MENTEE and me.pair.state is PairState.ASKED_MENTOR:
        raise NotFound("pair")
    group = _group_to_join(session, me.pair)
    people = [*_asked(me.pair, me), *group]
    said = profiles(session, [member.enrolment_id for member in people])
    return _proposal(me, group, said, _common_slots([said.get(member.enrolment_id, NOTHING_SAID) for member in people]))


ERASED = "бывший участник"  # who has no name any more


def my_pairs(session: Session, person_id: int) -> tuple[PairView, ...]:
    """Pairs on trial, confirmed and at work, or paused; the oldest first."""
    return _views(session, _active_members(session, PairMember.person_id == person_id))


def my_pair(session: Session, pair_id: int, person_id: int) -> PairView | None:
    """None while it is only proposed, once it is over, and for those who have left the group."""
    mine = (PairMember.person_id == person_id, PairMember.pair_id == pair_id)
    return next(iter(_views(session, _active_members(session, *mine))), None)


def sides(session: Session, pair_id: int, person_id: int) -> tuple[PairMember, PairMember]:
    """The person's own membership and the other side's: of a mentor's mentees, the first."""
    members = selectinload(Pair.members).joinedload(PairMember.person)
    pair = session.get(Pair, pair_id, options=[members])
    mine = [member for member in pair.members if member.person_id == person_id] if pair else []
    if not pair or not mine:
        raise NotFound("pair")
    return mine[0], opposite(mine[0])


def opposite(member: PairMember) -> PairMember:
    return opposites(member)[0]


def opposites(member: PairMember) -> list[PairMember]:
    """A mentee's mentor, a mentor's mentees: those who are there, or all who were when nobody is."""
    present = [other for other in member.pair.present if other.role is not member.role]
    return present or [other for other in member.pair.members if other.role is not member.role]


def fellows_of(member: PairMember) -> int:
    """How many more mentees there are in the group of this one; none for a mentor."""
    mentees = [other for other in member.pair.present if other.role is Role.MENTEE and other is not member]
    return len(mentees) if member.role is Role.MENTEE else 0


def is_group(pair: Pair) -> bool:
    """More than one mentee, as it stands now."""
    return sum(member.role is Role.MENTEE for member in pair.present) > 1


def person_seen(person: Person) -> PersonSeen:
    return PersonSeen(person.id, name_seen(person), introduced(person), person.place, person.kind)


def name_seen(person: Person) -> str:
    return called(person.name, person.kind, person.age_group) or (ERASED if person.erased_at else "")


def introduced(person: Person) -> str:
    """As people are introduced to each other: «Анна Сергеевна Лебедева», «Мила Крылова»."""
    seen = name_seen(person)
    return f"{seen} {person.last_name}".strip() if person.first_name else person.last_name or seen


def _group_to_join(session: Session, pair: Pair) -> list[PairMember]:
    group = session.get(Pair, pair.joins_pair_id) if pair.joins_pair_id else None
    return [member for member in group.present if member.role is Role.MENTEE] if group else []


def _asked(pair: Pair, me: PairMember) -> list[PairMember]:
    """Who is still meant by the proposal: whoever said no is not, except to themselves."""
    return [member for member in pair.present if member is me or member.answer is not PairAnswer.DECLINED]


def _common_slots(said: Sequence[Profile]) -> tuple[str, ...]:
    """Of those who named any; a single one has nothing in common with others."""
    named = [profile for profile in said if profile.slots]
    if len(named) < 2:
        return ()
    both = reduce(_narrowed, named)
    return matching.shared_slots(both, both)


def _narrowed(one: Profile, other: Profile) -> Profile:
    return Profile(slots=frozenset(matching.shared_slots(one, other)))


def _proposal(
    me: PairMember, group: Sequence[PairMember], said: dict[int, Profile], shared_slots: tuple[str, ...]
) -> ProposalView:
    pair = me.pair
    asked = _asked(pair, me)
    others = [member for member in asked if member.role is not me.role] or [opposite(me)]
    fellows = sum(member.role is Role.MENTEE and member is not me for member in asked)
    return ProposalView(
        pair_id=pair.id,
        state=pair.state,
        role=me.role,
        my_answer=me.answer,
        answer_by=pair.answer_by if pair.state in PROPOSED else None,
        form=pair.form,
        reasons=pair.reasons,
        others=tuple(_sketch(me, other, said) for other in others),
        shared_slots=shared_slots,
        fellows=len(group) + (fellows if me.role is Role.MENTEE else 0),
        group=tuple(name_seen(member.person) for member in group) if me.role is Role.MENTOR else (),
        taken_out=me.left_at is not None,
    )


def _sketch(me: PairMember, other: PairMember, said: dict[int, Profile]) -> Sketch:
    mine, theirs = (said.get(member.enrolment_id, NOTHING_SAID) for member in (me, other))
    mentor, mentee = (mine, theirs) if me.role is Role.MENTOR else (theirs, mine)
    return Sketch(
        kind=other.person.kind,
        age_group=other.person.age_group,
        topics=matching.shared_topics(mentor, mentee) or tuple(theirs.topics.values()),
        wish=theirs.wish if me.role is Role.MENTOR else "",
        experience=theirs.experience if me.role is Role.MENTEE else "",
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
    coming, held, kinds = _coming(session, pair_ids), _held(session, pair_ids), kinds_so_far(session, pair_ids)
    return tuple(
        _pair_view(member, coming.get(member.pair_id), held.get(member.pair_id, 0), kinds.get(member.pair_id, ()))
        for member in members
    )


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


def _pair_view(member: PairMember, coming: NextMeeting | None, held: int, kinds: Sequence[MeetingKind]) -> PairView:
    pair = member.pair
    assert pair.started_at is not None  # they know each other
    trial = on_trial(pair.state, pair.paused_from)
    return PairView(
        pair_id=pair.id,
        role=member.role,
        others=tuple(person_seen(other.person) for other in opposites(member)),
        fellows=fellows_of(member),
        state=pair.state,
        on_trial=trial,
        form=pair.form,
        started_at=max(pair.started_at, member.joined_at or pair.started_at),
        confirmed_at=pair.confirmed_at,
        last_met_at=pair.last_met_at,
        meetings_held=held,
        next_meeting=coming,
        next_kind=next_kind(kinds, on_trial=trial),
        pause_reason=pair.pause_reason if pair.state is PairState.PAUSED else "",
        paused_until=pair.paused_until if pair.state is PairState.PAUSED else None,
        ends_on=pair.ends_on,
    )
