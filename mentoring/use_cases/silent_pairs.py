"""What happens to pairs by the clock: a long silence, and the last day of a notice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring.rules.deadlines import local_day
from mentoring.rules.pairs import STANDING, WORKING, EndReason
from mentoring.rules.people import Actor
from mentoring.rules.selection import WaitingExit
from mentoring.rules.silence import GRACE, SilenceStep, step
from mentoring.use_cases.audit import record
from mentoring.use_cases.pair_ends import end_by_itself
from mentoring.use_cases.pair_news import tell_curators_of_silence, tell_silent
from mentoring.use_cases.pair_rows import locked_pair, mentees_of
from mentoring.use_cases.waiting_cases import open_case
from storage.models.organisation import Organisation
from storage.models.pair import Pair
from storage.queries.silent_pairs import QuietPair, planned_after, quiet_pairs, silence_of, under_notice
from storage.scope import fenced

LOOKED_FOR = timedelta(days=7)
"""By when the curator has looked for a new mentor after a notice; our own bound."""


def follow_silence(session: Session, *, now: datetime) -> int:
    """Unfenced, idempotent. Tell curators, warn pairs, end those that were warned a week ago and have not met since.

    Returns how many pairs were warned or ended.
    """
    due = [(one, step(one.silence, now)) for one in quiet_pairs(session, now)]
    moved = 0
    for quiet, following in due:
        if following is None:
            continue
        with fenced(session, quiet.organisation_id):
            moved += _follow(session, quiet, following, now)
    return moved


def follow_last_days(session: Session, *, now: datetime) -> int:
    """Unfenced, idempotent. End the pairs whose last day is over where they live, and ask the curator to look for a new
    mentor; how many pairs there were."""
    over = [
        (pair_id, owner)
        for pair_id, owner, zone, last_day in under_notice(session)
        if local_day(now, ZoneInfo(zone)) > last_day
    ]
    for pair_id, owner in over:
        with fenced(session, owner):
            _end_on_its_day(session, locked_pair(session, pair_id), now)
    return len(over)


def _end_on_its_day(session: Session, pair: Pair, now: datetime) -> None:
    if pair.state not in STANDING or pair.ends_on is None:
        return
    end_by_itself(session, pair, EndReason(pair.notice_reason), now=now)
    due_on, by = pair.ends_on + LOOKED_FOR, Actor.system()
    for mentee in mentees_of(pair):
        open_case(session, mentee.enrolment_id, WaitingExit.SEARCH, due_on=due_on, by=by, now=now)


def _follow(session: Session, quiet: QuietPair, following: SilenceStep, now: datetime) -> bool:
    pair = locked_pair(session, quiet.pair_id)
    if following is SilenceStep.TELL_CURATOR:
        tell_curators_of_silence(session, pair, quiet.silence.since, now)
        return False
    silence = silence_of(pair, planned=planned_after(session, pair.id, now), asked=quiet.silence.asked)
    if pair.state not in WORKING or step(silence, now) is not following:
        return False  # the two, or the curator, were quicker
    if following is SilenceStep.WARN:
        _warn(session, pair, now)
    else:
        end_by_itself(session, pair, EndReason.NO_MEETINGS, now=now)
    return True


def _warn(session: Session, pair: Pair, now: datetime) -> None:
    zone = ZoneInfo(session.get_one(Organisation, pair.organisation_id).time_zone)
    pair.silence_told_at = now
    record(session, "pair.silence_told", pair, by=Actor.system(), now=now)
    tell_silent(session, pair, local_day(now + GRACE, zone), now)
