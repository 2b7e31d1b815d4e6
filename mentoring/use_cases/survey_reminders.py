"""Reminding of campaigns: of all that waits for a person at once, and only while it waits."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy.orm import Session

from mentoring.rules.deadlines import local_day
from mentoring.rules.people import AgeGroup
from mentoring.rules.reminders import FORGOTTEN_AFTER, NoticeKind, OrganisationSettings, Promptness, ladder
from mentoring.use_cases.notices import Planned
from mentoring.use_cases.schools import School
from storage.queries.survey_reminders import SilentAbout, silent_about

KIND = NoticeKind.PERSON_SURVEY_REMINDER
LADDER = ladder(KIND, OrganisationSettings())


def survey_reminders(session: Session, schools: dict[int, School], now: datetime) -> Iterator[Planned]:
    """Unfenced. Each campaign has its ladder; steps of several that fall on one day are one reminder, and what was
    written about surveys since a step came is that step."""
    lately = now - LADDER.offsets[-1] - FORGOTTEN_AFTER
    for _, about in groupby(silent_about(session, now, since=lately), key=lambda one: one.person_id):
        theirs = list(about)
        school = schools[theirs[0].organisation_id]
        step = _last_step(theirs, now)
        if step and not _written_since(theirs, step, school, now):
            planned = _reminder(theirs, school, f"{local_day(step, school.zone):%y%m%d}", Promptness.POLITE, now)
            if planned.expires_at and planned.due_at < planned.expires_at:
                yield planned


def surveys_awaited(session: Session, person_id: int, school: School, now: datetime) -> Iterator[Planned]:
    """The curator reminds this person, today at most once."""
    theirs = list(silent_about(session, now, about=person_id))
    if theirs:
        yield _reminder(theirs, school, _today(school, now), Promptness.URGENT, now)


def asked_again(
    organisation_id: int, person_id: int, age_group: AgeGroup | None, closes_at: datetime, school: School, now: datetime
) -> Planned:
    """The curator reminds all who are silent in a campaign; the same key as of `surveys_awaited`."""
    due = school.allowed(now, age_group, Promptness.URGENT)
    return Planned(organisation_id, person_id, KIND, {}, _today(school, now), due, closes_at)


def _last_step(theirs: Sequence[SilentAbout], now: datetime) -> datetime | None:
    steps = [LADDER.last(one.asked_at, now) for one in theirs]
    return max((step for step in steps if step), default=None)


def _written_since(theirs: Sequence[SilentAbout], step: datetime, school: School, now: datetime) -> bool:
    """Also today, whatever the step: two messages about surveys on one day are one too many."""
    last = theirs[0].last_written
    return last is not None and (last >= step or local_day(last, school.zone) >= local_day(now, school.zone))


def _reminder(
    theirs: Sequence[SilentAbout], school: School, step: str, promptness: Promptness, now: datetime
) -> Planned:
    one = theirs[0]
    due = school.allowed(now, one.age_group, promptness)
    return Planned(one.organisation_id, one.person_id, KIND, {}, step, due, max(about.closes_at for about in theirs))


def _today(school: School, now: datetime) -> str:
    return f"asked:{local_day(now, school.zone)}"
