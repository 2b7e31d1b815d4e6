"""Who is reminded of what: planned by looking at what waits. Planning twice plans once; what is done is not found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import chain

from sqlalchemy.orm import Session

from mentoring.rules.deadlines import at_local, local_day
from mentoring.rules.errors import NotFound
from mentoring.rules.meetings import DAY_BEFORE, FEEDBACK_AFTER, HOUR_BEFORE, MeetingState, feedback_from
from mentoring.rules.people import Actor
from mentoring.rules.reminders import (
    FEEDBACK_ASKED_FOR,
    FEEDBACK_REMINDER_AFTER,
    NoticeKind,
    Promptness,
    ladder,
)
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.meeting_views import FEEDBACK_OPEN
from mentoring.use_cases.notices import Payload, Planned, plan_notices
from mentoring.use_cases.plan_reminders import plans_awaited, reminders_of_plans
from mentoring.use_cases.schools import School, all_schools
from mentoring.use_cases.survey_reminders import survey_reminders, surveys_awaited
from storage.models.person import Person
from storage.queries import reminders as queries
from storage.queries.notices import known_keys, last_due
from storage.queries.reminders import MeetingGuest, Waiting

ONCE_A_DAY = frozenset(
    {
        NoticeKind.PERSON_CONSENT_REMINDER,
        NoticeKind.MINOR_GUARDIAN_REMINDER,
        NoticeKind.PERSON_QUESTIONNAIRE_REMINDER,
        NoticeKind.PERSON_PROPOSAL_REMINDER,
        NoticeKind.PERSON_FIRST_MEETING_REMINDER,
        NoticeKind.PERSON_SILENCE_REMINDER,
        NoticeKind.PERSON_FEEDBACK_REMINDER,
        NoticeKind.PERSON_SURVEY_REMINDER,
        NoticeKind.PERSON_PLAN_REMINDER,
    }
)
"""Of these nobody gets two on one day, whatever they are about: the second waits for its next step."""

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RemindersPlanned:
    count: int


def plan_reminders(session: Session, *, now: datetime) -> RemindersPlanned:
    """Unfenced, for all organisations at once, in a dozen queries however many people there are."""
    schools = all_schools(session)
    planned = chain(
        _by_ladders(session, schools, now),
        _about_meetings(session, schools, now),
        survey_reminders(session, schools, now),
        reminders_of_plans(session, schools, now),
        _digests(session, schools, now),
    )
    return RemindersPlanned(plan_notices(session, _chosen(session, planned, schools, now), now=now))


def remind_now(session: Session, person_id: int, *, by: Actor, now: datetime) -> tuple[NoticeKind, ...]:
    """The curator reminds: of everything that this person is being waited for, once a day of each kind.

    A guardian's consent is asked of the guardian, or, with none in a chat, of the minor. Empty: nothing is awaited,
    there is no chat, or it was done today.
    """
    accounts.require_curator(session, by)
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("person")
    schools = all_schools(session)
    school = schools[person.organisation_id]
    awaited = [
        *_awaited_now(session, person_id, schools, now),
        *_feedback_awaited(session, person_id, school, now),
        *surveys_awaited(session, person_id, school, now),
        *plans_awaited(session, person_id, school, now),
    ]
    planned = _chosen(session, awaited, schools, now)
    if plan_notices(session, planned, now=now):
        record(session, "person.reminded", person, by=by, now=now, kinds=[notice.kind for notice in planned])
    return tuple(notice.kind for notice in planned)


def _by_ladders(session: Session, schools: dict[int, School], now: datetime) -> Iterator[Planned]:
    for waiting in _waiting(session, now):
        school = schools[waiting.organisation_id]
        step = ladder(waiting.kind, school.settings).step(waiting.since, now)
        if step:
            yield _reminder(waiting, school, f"{step}", Promptness.POLITE, now)


def _waiting(session: Session, now: datetime, about: int | None = None) -> Iterator[Waiting]:
    yield from queries.consents(session, about)
    yield from queries.guardians(session, about)
    yield from queries.questionnaires(session, about)
    yield from queries.proposals(session, about)
    yield from queries.quiet_pairs(session, now, about)


def _reminder(waiting: Waiting, school: School, step: str, promptness: Promptness, now: datetime) -> Planned:
    due = school.allowed(now, waiting.age_group, promptness)
    key = f"{waiting.key}:{step}"
    return Planned(waiting.organisation_id, waiting.person_id, waiting.kind, waiting.payload, key, due)


def _about_meetings(session: Session, schools: dict[int, School], now: datetime) -> Iterator[Planned]:
    since = now - FEEDBACK_REMINDER_AFTER - FEEDBACK_ASKED_FOR - FEEDBACK_AFTER
    for guest in queries.guests(session, since, now + DAY_BEFORE):
        school = schools[guest.organisation_id]
        for planned in (_before(guest, school, now), _after(guest, school, now)):
            if planned and (planned.expires_at is None or planned.due_at < planned.expires_at):
                yield planned


def _before(guest: MeetingGuest, school: School, now: datetime) -> Planned | None:
    """The day before and the hour before, unless the meeting was arranged at shorter notice than that."""
    meeting = guest.meeting
    left, notice_given = meeting.starts_at - now, meeting.starts_at - meeting.created_at
    if meeting.state is not MeetingState.PLANNED or left <= timedelta(0):
        return None
    if left <= HOUR_BEFORE:
        kind, promptness, expires_at = NoticeKind.PERSON_MEETING_SOON, Promptness.URGENT, meeting.starts_at
        timely = notice_given > HOUR_BEFORE
    else:
        kind, promptness = NoticeKind.PERSON_MEETING_TOMORROW, Promptness.POLITE
        expires_at, timely = meeting.starts_at - HOUR_BEFORE, notice_given > DAY_BEFORE
    if not timely:
        return None
    return _about_meeting(guest, school, kind, f"{meeting.revision}", promptness, expires_at, now)


def _after(guest: MeetingGuest, school: School, now: datetime) -> Planned | None:
    waited = now - _feedback_since(guest)
    if guest.answered or waited < timedelta(0) or waited >= FEEDBACK_REMINDER_AFTER + FEEDBACK_ASKED_FOR:
        return None
    again = waited >= FEEDBACK_REMINDER_AFTER
    kind = NoticeKind.PERSON_FEEDBACK_REMINDER if again else NoticeKind.PERSON_FEEDBACK_ASKED
    return _about_meeting(guest, school, kind, "feedback", Promptness.POLITE, None, now)


def _feedback_since(guest: MeetingGuest) -> datetime:
    """Whoever noted down a meeting was offered the form there and then, and is left in peace for two hours."""
    meeting = guest.meeting
    since = feedback_from(meeting.starts_at, meeting.minutes)
    if meeting.was_planned:
        return since
    by_them = meeting.planned_by_person_id == guest.person_id
    return max(since, meeting.created_at + (FEEDBACK_AFTER if by_them else timedelta(0)))


def _about_meeting(
    guest: MeetingGuest,
    school: School,
    kind: NoticeKind,
    step: str,
    promptness: Promptness,
    expires_at: datetime | None,
    now: datetime,
) -> Planned:
    meeting = guest.meeting
    payload: Payload = {"meeting_id": meeting.id, "revision": meeting.revision}
    due = school.allowed(now, guest.age_group, promptness)
    return Planned(guest.organisation_id, guest.person_id, kind, payload, f"{meeting.id}:{step}", due, expires_at)


def _digests(session: Session, schools: dict[int, School], now: datetime) -> Iterator[Planned]:
    """On the chosen weekday from the chosen hour on; a machine that stood still all day skips the week."""
    for organisation_id, person_id in queries.curators(session):
        school = schools[organisation_id]
        local = now.astimezone(school.zone)
        if local.weekday() == school.settings.digest_weekday and local.time() >= school.settings.digest_at:
            midnight = at_local(local.date() + timedelta(days=1), time(), school.zone)
            day, kind = f"{local.date()}", NoticeKind.CURATOR_DIGEST
            yield Planned(organisation_id, person_id, kind, {}, day, now, midnight)


def _chosen(session: Session, planned: Iterable[Planned], schools: dict[int, School], now: datetime) -> list[Planned]:
    """What is new, less what would be a second reminder of its kind on one day."""
    wanted = list(planned)
    known = known_keys(session, [notice.key for notice in wanted])
    return _once_a_day(session, [notice for notice in wanted if notice.key not in known], schools, now)


def _once_a_day(
    session: Session, planned: Iterable[Planned], schools: dict[int, School], now: datetime
) -> list[Planned]:
    last = last_due(session, ONCE_A_DAY, now - A_DAY)
    kept = []
    for notice in planned:
        if notice.kind in ONCE_A_DAY:
            zone, about = schools[notice.organisation_id].zone, (notice.person_id, notice.kind)
            if about in last and local_day(last[about], zone) >= local_day(notice.due_at, zone):
                continue
            last[about] = notice.due_at
        kept.append(notice)
    return kept


def _awaited_now(session: Session, person_id: int, schools: dict[int, School], now: datetime) -> Iterator[Planned]:
    """Pairs only once they have been without a meeting for as long as the clock would wait itself."""
    for waiting in _waiting(session, now, about=person_id):
        school = schools[waiting.organisation_id]
        quiet = waiting.kind in (NoticeKind.PERSON_SILENCE_REMINDER, NoticeKind.PERSON_FIRST_MEETING_REMINDER)
        if quiet and now - waiting.since < ladder(waiting.kind, school.settings).offsets[0]:
            continue
        yield _reminder(waiting, school, _today(school, now), Promptness.URGENT, now)


def _feedback_awaited(session: Session, person_id: int, school: School, now: datetime) -> Iterator[Planned]:
    for guest in queries.guests(session, now - FEEDBACK_OPEN, now, about=person_id):
        if not guest.answered and feedback_from(guest.meeting.starts_at, guest.meeting.minutes) <= now:
            kind, step = NoticeKind.PERSON_FEEDBACK_REMINDER, _today(school, now)
            yield _about_meeting(guest, school, kind, step, Promptness.URGENT, None, now)


def _today(school: School, now: datetime) -> str:
    return f"asked:{local_day(now, school.zone)}"
