"""Meetings and pairs loaded for whoever acts, and new meetings made for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules import meetings as rules
from mentoring.rules.errors import NotAllowed, NotFound, OutOfDate, TextTooLong, ValueWrong
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.rules.pairs import WORKING, PairState, on_trial
from mentoring.rules.people import Actor
from mentoring.rules.reminders import OrganisationSettings
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.meeting_views import takes_part
from storage.models.meeting import Meeting
from storage.models.organisation import Organisation
from storage.models.pair import Pair
from storage.queries.meetings import kinds_so_far


@dataclass(frozen=True, slots=True)
class Wanted:
    starts_at: datetime
    place_kind: PlaceKind
    minutes: int
    place: str
    topic: str
    kind: MeetingKind | None
    was_planned: bool = True


def pair_of_actor(session: Session, pair_id: int, by: Actor, *, allowed: Collection[PairState] = WORKING) -> Pair:
    pair = session.get(Pair, pair_id, with_for_update=True)
    if pair is None:
        raise NotFound("pair")
    _ensure_concerns(session, pair, by, "pair")
    if pair.state not in allowed:
        raise OutOfDate("pair", pair.state)
    return pair


def _ensure_concerns(session: Session, pair: Pair, by: Actor, noun: str) -> None:
    """A curator may act for any pair; to anyone else a foreign pair does not exist."""
    if side_of(pair, by) is None:
        try:
            accounts.require_curator(session, by)
        except NotAllowed:
            raise NotFound(noun) from None


def side_of(pair: Pair, by: Actor) -> int | None:
    return next((member.person_id for member in pair.present if member.person_id == by.person_id), None)


def new_meeting(session: Session, pair: Pair, wanted: Wanted, by: Actor, now: datetime) -> Meeting:
    ensure_short("place", wanted.place, rules.PLACE_LIMIT)
    ensure_short("topic", wanted.topic, rules.TOPIC_LIMIT)
    if wanted.kind is not None:
        accounts.require_curator(session, by)
    meeting = Meeting(
        organisation_id=pair.organisation_id,
        pair_id=pair.id,
        kind=wanted.kind or _next_kind(session, pair),
        state=MeetingState.PLANNED,
        starts_at=wanted.starts_at,
        minutes=wanted.minutes,
        place_kind=wanted.place_kind,
        place=wanted.place.strip(),
        topic=wanted.topic.strip(),
        was_planned=wanted.was_planned,
        reply=Reply.WAITING,
        replies={},
        planned_by_person_id=side_of(pair, by),
        planned_by_account_id=by.account_id,
        revision=0,
        created_at=now,
    )
    session.add(meeting)
    session.flush()
    return meeting


def _next_kind(session: Session, pair: Pair) -> MeetingKind:
    so_far = kinds_so_far(session, [pair.id]).get(pair.id, ())
    return rules.next_kind(so_far, on_trial=on_trial(pair.state, pair.paused_from))


def ensure_short(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise TextTooLong(field, limit, len(text))


def length(session: Session, pair: Pair, wanted: int | None) -> int:
    """In minutes; the organisation's usual one when none is wanted."""
    if wanted is None:
        stored = session.get_one(Organisation, pair.organisation_id).settings
        return OrganisationSettings.from_stored(stored).meeting_minutes
    if not rules.SHORTEST <= wanted <= rules.LONGEST:
        raise ValueWrong("minutes")
    return wanted


def locked_meeting(session: Session, meeting_id: int) -> Meeting:
    meeting = session.get(Meeting, meeting_id, with_for_update=True)
    if meeting is None:
        raise NotFound("meeting")
    return meeting


def meeting_of_actor(session: Session, meeting_id: int, by: Actor) -> Meeting:
    meeting = locked_meeting(session, meeting_id)
    _ensure_concerns(session, meeting.pair, by, "meeting")
    return meeting


def meeting_of_person(session: Session, meeting_id: int, person_id: int) -> Meeting:
    meeting = locked_meeting(session, meeting_id)
    theirs = [member for member in meeting.pair.members if member.person_id == person_id]
    if not any(takes_part(member, meeting.starts_at) for member in theirs):
        raise NotFound("meeting")
    return meeting


def close(session: Session, meeting: Meeting, state: MeetingState, by: Actor, now: datetime) -> None:
    meeting.state, meeting.closed_at = state, now
    record(session, f"meeting.{state}", meeting, by=by, now=now)
