"""Meetings in the calendars of people's phones: given out as files, and taken back when nothing comes of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.errors import NotFound
from mentoring.rules.meetings import MeetingState, PlaceKind, ends_at
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.audit import record
from mentoring.use_cases.meeting_views import takes_part
from mentoring.use_cases.rights import require_own_or_curator
from storage.models.meeting import Meeting
from storage.models.organisation import Organisation
from storage.models.pair import PairMember
from storage.queries.meetings import CANCEL, REQUEST, in_calendar


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """``method`` is REQUEST or CANCEL; ``updated_at`` is when the file is made; ``role`` is the reader's."""

    uid: str
    sequence: int
    method: str
    role: Role
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place_kind: PlaceKind
    place: str
    organisation: str
    updated_at: datetime

    @property
    def is_off(self) -> bool:
        return self.method == CANCEL


@dataclass(frozen=True, slots=True)
class LeftInCalendar:
    meeting_id: int
    starts_at: datetime


def calendar_event(session: Session, meeting_id: int, person_id: int, *, now: datetime) -> CalendarEvent:
    """What takes a meeting off again is for those who have it: of a group also for who has left it since."""
    meeting = session.get(Meeting, meeting_id)
    member = _membership(session, meeting.pair_id, person_id) if meeting else None
    if meeting is None or member is None:
        raise NotFound("meeting")
    if not takes_part(member, meeting.starts_at) and meeting.id not in in_calendar(session, person_id, [meeting.id]):
        raise NotFound("meeting")
    organisation = session.get_one(Organisation, meeting.organisation_id)
    return CalendarEvent(
        uid=f"meeting-{meeting.id}-{meeting.created_at:%Y%m%d%H%M%S}@nastavnik",
        sequence=meeting.revision,
        method=CANCEL if _is_off(meeting, member) else REQUEST,
        role=member.role,
        starts_at=meeting.starts_at,
        ends_at=ends_at(meeting.starts_at, meeting.minutes),
        time_zone=organisation.time_zone,
        place_kind=meeting.place_kind,
        place=meeting.place,
        organisation=organisation.short_name,
        updated_at=now,
    )


def give_calendar_file(session: Session, meeting_id: int, person_id: int, *, by: Actor, now: datetime) -> CalendarEvent:
    """The same, remembered: whoever has it hears how to put it right when the meeting changes."""
    require_own_or_curator(session, by, person_id)
    event = calendar_event(session, meeting_id, person_id, now=now)
    record(session, "meeting.calendar_given", session.get_one(Meeting, meeting_id), by=by, now=now, method=event.method)
    return event


def left_in_calendar(session: Session, person_id: int, pair_id: int, *, now: datetime) -> tuple[LeftInCalendar, ...]:
    """Meetings ahead that are off for this person and still stand in their phone; the soonest first."""
    member = _membership(session, pair_id, person_id)
    ahead = select(Meeting).where(Meeting.pair_id == pair_id, Meeting.starts_at > now).order_by(Meeting.starts_at)
    off = [one for one in session.scalars(ahead) if member and _is_off(one, member)]
    known = in_calendar(session, person_id, [one.id for one in off])
    return tuple(LeftInCalendar(one.id, one.starts_at) for one in off if one.id in known)


def _membership(session: Session, pair_id: int, person_id: int) -> PairMember | None:
    theirs = select(PairMember).filter_by(pair_id=pair_id, person_id=person_id)
    member = session.scalar(theirs.options(joinedload(PairMember.pair)))
    return member if member and member.was_in else None


def _is_off(meeting: Meeting, member: PairMember) -> bool:
    return meeting.state is MeetingState.CANCELLED or not takes_part(member, meeting.starts_at)
