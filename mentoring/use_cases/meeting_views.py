"""A meeting as one of the two may see it, and what they still owe it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.errors import NotFound
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply, ends_at, feedback_key
from mentoring.rules.pairs import ACQUAINTED, STANDING, Stay, on_trial
from mentoring.rules.people import Role, listed
from mentoring.rules.questionnaire import ResponseState
from mentoring.use_cases.pair_views import is_group, name_seen, opposites
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.questionnaire import Response
from storage.queries.feedback import feedback_in_use, tells_of_meeting
from storage.queries.meetings import in_calendar

FEEDBACK_OPEN = timedelta(days=14)
"""For so long after a meeting its outcome and feedback are asked for."""

PAST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class MeetingView:
    meeting_id: int
    pair_id: int
    role: Role  # the reader's
    other_name: str  # of a group «Мила и Тимур» to the mentor
    in_group: bool
    on_trial: bool  # the pair
    kind: MeetingKind
    state: MeetingState
    starts_at: datetime
    ends_at: datetime
    minutes: int
    place_kind: PlaceKind
    place: str
    topic: str
    reply: Reply
    my_reply: Reply
    planned_by_me: bool
    revision: int
    cancel_reason: str
    may_reply: bool
    may_change: bool  # move or cancel
    may_say_outcome: bool
    feedback_key: str | None  # due from the reader and not sent yet
    in_calendar: bool = False  # of the reader's phone; told only of a single meeting


@dataclass(frozen=True, slots=True)
class MyMeetings:
    """``coming``: soonest first; ``past``: newest first, the last twenty."""

    coming: tuple[MeetingView, ...]
    past: tuple[MeetingView, ...]


@dataclass(frozen=True, slots=True)
class FeedbackDue:
    """With ``state`` planned nobody has said yet whether it took place: ask that first."""

    meeting_id: int
    key: str
    other_name: str
    kind: MeetingKind
    state: MeetingState
    starts_at: datetime


def my_meetings(session: Session, person_id: int, *, now: datetime) -> MyMeetings:
    members = _memberships(session, person_id)
    meetings = [one for one in _meetings(session, members.keys()) if takes_part(members[one.pair_id], one.starts_at)]
    given = feedback_given(session, person_id, [meeting.id for meeting in meetings])
    in_use = feedback_in_use(session) if meetings else frozenset()
    views = [_view(meeting, members[meeting.pair_id], given, in_use, now) for meeting in meetings]
    coming = [view for view in views if _is_coming(view, now)]
    past = [view for view in views if not _is_coming(view, now)]
    return MyMeetings(tuple(reversed(coming)), tuple(past[:PAST_SHOWN]))


def meeting_card(session: Session, meeting_id: int, person_id: int, *, now: datetime) -> MeetingView:
    meeting, member = _concerning(session, meeting_id, person_id)
    view = _view(meeting, member, feedback_given(session, person_id, [meeting.id]), feedback_in_use(session), now)
    return replace(view, in_calendar=meeting.id in in_calendar(session, person_id, [meeting.id]))


def feedback_due(session: Session, person_id: int, *, now: datetime) -> tuple[FeedbackDue, ...]:
    """Oldest first."""
    mine = my_meetings(session, person_id, now=now)
    return tuple(
        FeedbackDue(view.meeting_id, view.feedback_key, view.other_name, view.kind, view.state, view.starts_at)
        for view in reversed(mine.past)
        if view.feedback_key
    )


def takes_part(member: PairMember, starts_at: datetime) -> bool:
    """Meetings of a group are theirs who were in it at the time; of a pair all, also one written down later."""
    return Stay(member.pair.started_at, member.joined_at, member.left_at).at(starts_at)


def own_reply(meeting: Meeting, person_id: int) -> Reply:
    """What this person has said to the meeting as it is planned now; of the one who planned it, nothing."""
    if not meeting.replies:  # nobody yet, or before replies were kept by person
        return meeting.reply
    return Reply(meeting.replies.get(str(person_id), Reply.WAITING))


def own_feedback_key(session: Session, meeting: Meeting, person_id: int) -> str | None:
    """None: there is nothing to tell of, or the person has told already. Who cancels a meeting has said why."""
    told = {MeetingState.HELD: feedback_given, MeetingState.MISSED: reason_given}.get(meeting.state)
    if told is None or meeting.id in told(session, person_id, [meeting.id]):
        return None
    member = next(member for member in meeting.pair.members if member.person_id == person_id)
    return feedback_key(meeting.kind, member.role, meeting.state, feedback_in_use(session))


def feedback_given(session: Session, person_id: int, meeting_ids: Collection[int]) -> frozenset[int]:
    """Meetings about which this person has sent feedback."""
    return frozenset(session.scalars(_told(person_id, meeting_ids).where(tells_of_meeting())))


def reason_given(session: Session, person_id: int, meeting_ids: Collection[int]) -> frozenset[int]:
    """Meetings of which this person has said why they were not held."""
    return frozenset(session.scalars(_told(person_id, meeting_ids).where(~tells_of_meeting())))


def _told(person_id: int, meeting_ids: Collection[int]) -> Select[Any]:
    return select(Response.meeting_id).where(
        Response.person_id == person_id,
        Response.meeting_id.in_(meeting_ids),
        Response.state == ResponseState.SUBMITTED,
    )


def _memberships(session: Session, person_id: int) -> dict[int, PairMember]:
    """Of confirmed pairs; those that have ended too, since their last meeting may still be spoken about."""
    members = session.scalars(
        select(PairMember)
        .join(PairMember.pair)
        .where(PairMember.person_id == person_id, Pair.state.in_(ACQUAINTED))
        .options(joinedload(PairMember.pair).selectinload(Pair.members).joinedload(PairMember.person))
    )
    return {member.pair_id: member for member in members.unique()}


def _meetings(session: Session, pair_ids: Collection[int]) -> Sequence[Meeting]:
    """Newest first; as many as can be shown, with room for those ahead."""
    return session.scalars(
        select(Meeting).where(Meeting.pair_id.in_(pair_ids)).order_by(Meeting.starts_at.desc(), Meeting.id).limit(100)
    ).all()


def _concerning(session: Session, meeting_id: int, person_id: int) -> tuple[Meeting, PairMember]:
    members = joinedload(Meeting.pair).selectinload(Pair.members).joinedload(PairMember.person)
    meeting = session.get(Meeting, meeting_id, options=[members])
    mine = [member for member in meeting.pair.members if member.person_id == person_id] if meeting else []
    if not meeting or not mine or not takes_part(mine[0], meeting.starts_at):
        raise NotFound("meeting")
    return meeting, mine[0]


def _view(
    meeting: Meeting, member: PairMember, given: frozenset[int], in_use: frozenset[str], now: datetime
) -> MeetingView:
    planned = meeting.state is MeetingState.PLANNED
    ahead = planned and meeting.starts_at > now and member.pair.state in STANDING
    by_me = meeting.planned_by_person_id == member.person_id
    ends = ends_at(meeting.starts_at, meeting.minutes)
    fresh = ends <= now < ends + FEEDBACK_OPEN
    owed = fresh and meeting.id not in given and meeting.state in (MeetingState.PLANNED, MeetingState.HELD)
    return MeetingView(
        meeting_id=meeting.id,
        pair_id=meeting.pair_id,
        role=member.role,
        other_name=listed(name_seen(other.person) for other in opposites(member)),
        in_group=is_group(member.pair),
        on_trial=on_trial(member.pair.state, member.pair.paused_from),
        kind=meeting.kind,
        state=meeting.state,
        starts_at=meeting.starts_at,
        ends_at=ends,
        minutes=meeting.minutes,
        place_kind=meeting.place_kind,
        place=meeting.place,
        topic=meeting.topic,
        reply=meeting.reply,
        my_reply=own_reply(meeting, member.person_id),
        planned_by_me=by_me,
        revision=meeting.revision,
        cancel_reason=meeting.cancel_reason,
        may_reply=ahead and not by_me,
        may_change=ahead,
        may_say_outcome=fresh and meeting.state in (MeetingState.PLANNED, MeetingState.MISSED),
        feedback_key=feedback_key(meeting.kind, member.role, meeting.state, in_use) if owed else None,
    )


def _is_coming(view: MeetingView, now: datetime) -> bool:
    return view.state is MeetingState.PLANNED and view.ends_at > now
