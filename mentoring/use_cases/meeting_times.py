"""When the two could meet."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound, TimeTaken
from mentoring.rules.matching import Profile, is_free
from mentoring.rules.meetings import LONGEST, MeetingState, ends_at
from mentoring.rules.pairs import PairState
from mentoring.rules.reminders import OrganisationSettings
from storage.models.meeting import Meeting
from storage.models.organisation import Organisation
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.queries.matching import profiles

DAYS_AHEAD = 14
FIRST_HOUR, LAST_HOUR = 8, 20
"""Local hours at whose beginning a meeting is offered."""


@dataclass(frozen=True, slots=True)
class DayOption:
    day: date
    both_free: bool  # by their answers about free time


@dataclass(frozen=True, slots=True)
class TimeOption:
    starts_at: datetime
    both_free: bool


def suggest_days(session: Session, pair_id: int, *, now: datetime) -> tuple[DayOption, ...]:
    """Two weeks from today, the days on which both are free first; today only while an hour of it is left.

    None within a pause, and none after the last day of a pair under notice.
    """
    pair, zone, _ = _pair(session, pair_id)
    said = _profiles(session, pair)
    first = now.astimezone(zone).date()
    if pair.state is PairState.PAUSED and pair.paused_until:
        first = max(first, pair.paused_until + timedelta(days=1))
    days = [first + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)]
    days = [day for day in days if _starts(day, zone)[-1] > now and (pair.ends_on is None or day <= pair.ends_on)]
    options = [DayOption(day, _both_free(said, day)) for day in days]
    return tuple(sorted(options, key=lambda option: (not option.both_free, option.day)))


def suggest_times(session: Session, pair_id: int, day: date, *, now: datetime) -> tuple[TimeOption, ...]:
    """Full hours of the day that are ahead and at which neither of the two has a meeting."""
    pair, zone, settings = _pair(session, pair_id)
    said = _profiles(session, pair)
    length = timedelta(minutes=settings.meeting_minutes)
    starts = [at for at in _starts(day, zone) if at > now]
    busy = _busy(session, pair, starts[0], starts[-1] + length) if starts else []
    return tuple(
        TimeOption(at, _both_free(said, day, at.astimezone(zone).time()))
        for at in starts
        if not any(begins < at + length and ends > at for begins, ends, _ in busy)
    )


def ensure_nobody_is_busy(
    session: Session, pair: Pair, starts_at: datetime, minutes: int, *, except_meeting: int = 0
) -> None:
    """Neither of the two can be at two meetings at once, in whatever pair. Raises TimeTaken.

    Both people are locked first, so that two plans cannot cross.
    """
    people = [member.person_id for member in pair.present]
    session.execute(select(Person.id).where(Person.id.in_(people)).order_by(Person.id).with_for_update())
    for _, _, person in _busy(session, pair, starts_at, ends_at(starts_at, minutes), except_meeting=except_meeting):
        raise TimeTaken(person.name.full, starts_at)


def _pair(session: Session, pair_id: int) -> tuple[Pair, ZoneInfo, OrganisationSettings]:
    pair = session.get(Pair, pair_id)
    if pair is None:
        raise NotFound("pair")
    organisation = session.get_one(Organisation, pair.organisation_id)
    return pair, ZoneInfo(organisation.time_zone), OrganisationSettings.from_stored(organisation.settings)


def _profiles(session: Session, pair: Pair) -> list[Profile]:
    said = profiles(session, [member.enrolment_id for member in pair.present])
    return [said.get(member.enrolment_id, Profile()) for member in pair.present]


def _both_free(said: list[Profile], day: date, at: time | None = None) -> bool:
    return all(is_free(profile.slots, day, at) for profile in said)


def _starts(day: date, zone: ZoneInfo) -> list[datetime]:
    return [datetime.combine(day, time(hour), zone) for hour in range(FIRST_HOUR, LAST_HOUR + 1)]


def _busy(
    session: Session, pair: Pair, starts: datetime, until: datetime, *, except_meeting: int = 0
) -> list[tuple[datetime, datetime, Person]]:
    """Planned meetings of either person that overlap."""
    people = [member.person_id for member in pair.present]
    rows = session.execute(
        select(Meeting, Person)
        .join(PairMember, PairMember.pair_id == Meeting.pair_id)
        .join(Person, Person.id == PairMember.person_id)
        .where(
            PairMember.person_id.in_(people),
            PairMember.left_at.is_(None),
            Meeting.state == MeetingState.PLANNED,
            Meeting.id != except_meeting,
            Meeting.starts_at > starts - timedelta(minutes=LONGEST),
            Meeting.starts_at < until,
        )
        .order_by(Meeting.starts_at, Person.id)
    )
    found = [(meeting.starts_at, ends_at(meeting.starts_at, meeting.minutes), person) for meeting, person in rows]
    return [taken for taken in found if taken[1] > starts]
