"""Notices: their kinds, when they may reach a person, and when they have lost their sense."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from mentoring.rules.campaigns import REMIND_AFTER
from mentoring.rules.deadlines import Hours, Window, next_allowed
from mentoring.rules.people import AgeGroup


class NoticeState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"  # permanently: blocked, deleted account, or too many attempts
    EXPIRED = "expired"  # too late to be of use
    NEEDLESS = "needless"  # the person had done it already


class NoticeKind(StrEnum):
    """Recipient, thing, change."""

    GUARDIAN_CONSENT_ASKED = "guardian_consent_asked"
    MINOR_GUARDIAN_CONSENTED = "minor_guardian_consented"
    MINOR_GUARDIAN_REFUSED = "minor_guardian_refused"
    PERSON_CONSENT_REMINDER = "person_consent_reminder"
    MINOR_GUARDIAN_REMINDER = "minor_guardian_reminder"
    PERSON_QUESTIONNAIRE_REMINDER = "person_questionnaire_reminder"
    PERSON_QUESTIONNAIRE_RETURNED = "person_questionnaire_returned"
    PERSON_APPROVED = "person_approved"
    PERSON_DECLINED = "person_declined"
    MENTOR_PAIR_PROPOSED = "mentor_pair_proposed"
    MENTEE_PAIR_PROPOSED = "mentee_pair_proposed"
    PERSON_PROPOSAL_REMINDER = "person_proposal_reminder"
    PERSON_PROPOSAL_GONE = "person_proposal_gone"
    PERSON_TRIAL_STARTED = "person_trial_started"
    GUARDIAN_TRIAL_STARTED = "guardian_trial_started"
    PERSON_PAIR_CONFIRMED = "person_pair_confirmed"
    GUARDIAN_PAIR_CONFIRMED = "guardian_pair_confirmed"
    PERSON_PAIR_PARTED = "person_pair_parted"
    PERSON_PAIR_FIXED = "person_pair_fixed"
    PERSON_PAIR_PAUSED = "person_pair_paused"
    PERSON_PAIR_RESUMED = "person_pair_resumed"
    PERSON_PAIR_NOTICE_GIVEN = "person_pair_notice_given"
    PERSON_PAIR_GOES_ON = "person_pair_goes_on"  # the notice was taken back
    PERSON_PAIR_SILENT = "person_pair_silent"
    PERSON_PAIR_ENDED = "person_pair_ended"
    PERSON_GROUP_JOINED = "person_group_joined"
    PERSON_GROUP_LEFT = "person_group_left"
    GUARDIAN_PAIR_CHANGED = "guardian_pair_changed"
    PERSON_PLAN_CHANGED = "person_plan_changed"
    PERSON_PLAN_APPROVED = "person_plan_approved"
    PERSON_PLAN_RETURNED = "person_plan_returned"
    PERSON_PLAN_REMINDER = "person_plan_reminder"
    PERSON_FIRST_MEETING_REMINDER = "person_first_meeting_reminder"
    PERSON_SILENCE_REMINDER = "person_silence_reminder"
    PERSON_MEETING_PLANNED = "person_meeting_planned"
    PERSON_MEETING_MOVED = "person_meeting_moved"
    PERSON_MEETING_CANCELLED = "person_meeting_cancelled"
    PERSON_MEETING_SUITS = "person_meeting_suits"
    PERSON_MEETING_OTHER_TIME = "person_meeting_other_time"
    PERSON_MEETING_TOMORROW = "person_meeting_tomorrow"
    PERSON_MEETING_SOON = "person_meeting_soon"
    PERSON_FEEDBACK_ASKED = "person_feedback_asked"
    PERSON_FEEDBACK_REMINDER = "person_feedback_reminder"
    PERSON_SURVEY_ASKED = "person_survey_asked"
    PERSON_SURVEY_REMINDER = "person_survey_reminder"
    PERSON_PUBLICATION_ASKED = "person_publication_asked"
    PERSON_CURATOR_WROTE = "person_curator_wrote"
    CURATOR_DIGEST = "curator_digest"
    CURATOR_PERSON_WROTE = "curator_person_wrote"
    CURATOR_CONSENT_REFUSED = "curator_consent_refused"
    CURATOR_CONSENT_WITHDRAWN = "curator_consent_withdrawn"
    CURATOR_CAMPAIGN_CLOSED = "curator_campaign_closed"
    CURATOR_PAIR_SILENT = "curator_pair_silent"


class NoticeOutcome(StrEnum):
    """Why a notice was not delivered, where the product itself knows it; the messenger's words stand beside these."""

    NO_CHAT = "no_chat"  # the person never linked a chat: paper only
    UNREACHABLE = "unreachable"  # blocked the bot, or the account is gone
    TOO_MANY_ATTEMPTS = "too_many_attempts"


MINORS = frozenset({AgeGroup.UNDER_14, AgeGroup.FROM_14_TO_17})


class Promptness(StrEnum):
    """How much a notice may disturb."""

    POLITE = "polite"  # a minor only outside lessons, an adult only by day
    URGENT = "urgent"  # by day, lessons or not
    AT_ONCE = "at_once"  # the answer to what the person did seconds ago, even at night


@dataclass(frozen=True, slots=True)
class OrganisationSettings:
    """What a curator may tune; kept in `Organisation.settings` under these very names, absent ones at their defaults.

    Days are counted in whole days; times are local to the organisation.
    """

    quiet_from: time = time(21)
    quiet_to: time = time(8)
    minors_from: time = time(15, 30)
    minors_to: time = time(20)
    minors_weekend_from: time = time(10)
    minors_weekend_to: time = time(20)
    silence_days: int = 10
    silence_days_curator: int = 21
    first_meeting_days: int = 3
    proposal_days: int = 5
    meeting_minutes: int = 45
    digest_weekday: int = 0  # Monday
    digest_at: time = time(9)

    def silence_again(self) -> tuple[int, ...]:
        """The second reminder of a silence, a week later; from ``silence_days_curator`` on it is the curator's."""
        again = self.silence_days + 7
        return (again,) if again < self.silence_days_curator else ()

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "OrganisationSettings":
        """Unknown names are ignored, so that an older version can read what a newer one wrote."""
        defaults = cls()
        known = {field.name: getattr(defaults, field.name) for field in fields(cls)}
        return cls(**{name: _read(stored[name], default) for name, default in known.items() if name in stored})

    def to_stored(self) -> dict[str, Any]:
        return {field.name: _written(getattr(self, field.name)) for field in fields(self)}

    def hours(self, *, minor: bool, promptness: Promptness) -> Hours | None:
        """When a notice may come; None: at any time."""
        if promptness is Promptness.AT_ONCE:
            return None
        if minor and promptness is Promptness.POLITE:
            return Hours(
                Window(self.minors_from, self.minors_to), Window(self.minors_weekend_from, self.minors_weekend_to)
            )
        day = Window(self.quiet_to, self.quiet_from)
        return Hours(day, day)

    def allowed(self, at: datetime, zone: ZoneInfo, *, minor: bool, promptness: Promptness) -> datetime:
        """``at``, or the first later moment at which the person may be disturbed."""
        hours = self.hours(minor=minor, promptness=promptness)
        return next_allowed(at, zone, hours) if hours else at


MOST_REMINDERS = 3
"""Unanswered ones about one thing; then the curator is told instead (DESIGN §6)."""

FORGOTTEN_AFTER = timedelta(days=7)
"""Past the last reminder of a ladder: what was not said by then (the machine stood still) is not said any more."""

FEEDBACK_REMINDER_AFTER = timedelta(days=1)
FEEDBACK_ASKED_FOR = timedelta(days=3)
"""So long after a meeting a first asking for feedback still makes sense."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """When to remind of one thing: so long after it began to wait."""

    offsets: tuple[timedelta, ...]

    def step(self, since: datetime, now: datetime) -> int | None:
        """The number of the last reminder whose time has come; None before the first and long after the last.

        Those that were missed are passed over, so that a machine that stood still does not send three at once.
        """
        waited = now - since
        if waited >= self.offsets[-1] + FORGOTTEN_AFTER:
            return None
        return sum(offset <= waited for offset in self.offsets) or None

    def last(self, since: datetime, now: datetime) -> datetime | None:
        """When the time of that reminder came."""
        step = self.step(since, now)
        return since + self.offsets[step - 1] if step else None


def ladder(kind: NoticeKind, settings: "OrganisationSettings") -> Ladder:
    """methodology.md §6.2, R4 and R5, and our own rules for joining."""
    if kind is NoticeKind.PERSON_PROPOSAL_REMINDER:
        return _in_days(2, 4)
    if kind is NoticeKind.PERSON_SURVEY_REMINDER:
        return _in_days(*REMIND_AFTER)
    if kind is NoticeKind.PERSON_FIRST_MEETING_REMINDER:
        return _in_days(*(settings.first_meeting_days * times for times in (1, 2, 3)))
    if kind is NoticeKind.PERSON_SILENCE_REMINDER:
        return _in_days(settings.silence_days, *settings.silence_again())
    return _in_days(1, 3, 7)


def _in_days(*days: int) -> Ladder:
    return Ladder(tuple(timedelta(days=count) for count in days))


LEASE = timedelta(minutes=10)
"""A claim that was not marked by then died with its process."""

MAX_ATTEMPTS = 12
"""Sendings of one notice before it is given up: with the growing pauses, about six hours of a messenger's trouble."""

LONGEST_PAUSE = timedelta(hours=1)


def pause_before_retry(attempts: int) -> timedelta:
    """Beside what the messenger itself asks for: none after the first failure, then 1, 3, 7, 15, … minutes."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10) - 1), LONGEST_PAUSE)


def _read(value: Any, default: Any) -> Any:
    return time.fromisoformat(value) if isinstance(default, time) else int(value)


def _written(value: Any) -> Any:
    return value.strftime("%H:%M") if isinstance(value, time) else value
