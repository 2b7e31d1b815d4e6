"""How a child is doing, as far as a parent may see it: state, pair and meetings, never answers or feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.consents import Giver
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.meetings import MeetingState, PlaceKind
from mentoring.rules.pairs import STANDING, PairState, on_trial
from mentoring.rules.people import Role, listed
from mentoring.use_cases.pair_views import fellows_of, introduced, opposites
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Guardianship, Person
from storage.queries.consents import missing_for

MEETINGS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ChildPair:
    """``other_name``: of all the mentees where the child leads a group; ``fellows``: mentees beside the child."""

    other_role: Role
    other_name: str
    of_group: bool  # that the child leads
    fellows: int
    on_trial: bool
    paused: bool
    paused_until: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class ChildMeeting:
    starts_at: datetime
    place_kind: PlaceKind
    place: str


@dataclass(frozen=True, slots=True)
class ChildView:
    """``consent_missing``: the guardian's own decision is awaited. ``meetings``: the next ones, soonest first."""

    person_id: int
    name: str
    consent_missing: bool
    statuses: tuple[EnrolmentStatus, ...]
    pairs: tuple[ChildPair, ...]
    meetings: tuple[ChildMeeting, ...]


def child_view(session: Session, guardian_id: int, minor_id: int, *, now: datetime) -> ChildView:
    if session.scalar(select(Guardianship.id).filter_by(guardian_id=guardian_id, minor_id=minor_id)) is None:
        raise NotFound("person")
    minor = session.get_one(Person, minor_id)
    members = _members(session, minor_id)
    return ChildView(
        person_id=minor_id,
        name=introduced(minor),
        consent_missing=any(missing.giver == Giver.GUARDIAN for missing in missing_for(session, (minor_id,))),
        statuses=tuple(session.scalars(select(Enrolment.status).filter_by(person_id=minor_id).order_by(Enrolment.id))),
        pairs=tuple(_pair(member) for member in members),
        meetings=_meetings(session, [member.pair_id for member in members], now),
    )


def _members(session: Session, minor_id: int) -> Sequence[PairMember]:
    return session.scalars(
        select(PairMember)
        .join(PairMember.pair)
        .where(PairMember.person_id == minor_id, PairMember.left_at.is_(None), Pair.state.in_(STANDING))
        .order_by(Pair.started_at, Pair.id)
    ).all()


def _pair(member: PairMember) -> ChildPair:
    pair, others = member.pair, opposites(member)
    return ChildPair(
        other_role=others[0].role,
        other_name=listed(introduced(other.person) for other in others),
        of_group=len(others) > 1 and member.role is Role.MENTOR,
        fellows=fellows_of(member),
        on_trial=on_trial(pair.state, pair.paused_from),
        paused=pair.state is PairState.PAUSED,
        paused_until=pair.paused_until if pair.state is PairState.PAUSED else None,
        ends_on=pair.ends_on,
    )


def _meetings(session: Session, pair_ids: Sequence[int], now: datetime) -> tuple[ChildMeeting, ...]:
    coming = session.scalars(
        select(Meeting)
        .where(Meeting.pair_id.in_(pair_ids), Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now)
        .order_by(Meeting.starts_at)
        .limit(MEETINGS_SHOWN)
    )
    return tuple(ChildMeeting(one.starts_at, one.place_kind, one.place) for one in coming)
