"""Notice of an early end of a worker's mentoring of a worker (ТК РФ ст. 351.8): nobody owes a reason."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring.rules import labour
from mentoring.rules.deadlines import local_day
from mentoring.rules.errors import NotAllowed, OutOfDate, ValueWrong
from mentoring.rules.pairs import STANDING, PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.selection import needs_labour_consent
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.pair_news import tell_goes_on, tell_notice_given
from mentoring.use_cases.pair_rows import PairChanged, changed, locked_pair, member_of
from storage.models.organisation import Organisation
from storage.models.pair import Pair


def give_notice(session: Session, pair_id: int, who: labour.Side, on: date, *, by: Actor, now: datetime) -> PairChanged:
    """``on``: the day on which the paper came. The pair ends by itself after its last day.

    NotAllowed where no worker mentors a worker, ValueWrong("on") for a day ahead or before the pair began.
    """
    accounts.require_curator(session, by)
    pair = _standing(session, pair_id)
    if pair.ends_on is not None:
        raise OutOfDate("pair", "notice_given")
    if not is_between_workers(pair):
        raise NotAllowed("give_notice")
    _ensure_past(session, pair, on, now)
    pair.ends_on, pair.notice_reason = labour.last_day(on), labour.REASONS[who]
    record(session, "pair.notice_given", pair, by=by, now=now, who=who.value, on=f"{on}", ends_on=f"{pair.ends_on}")
    tell_notice_given(session, pair, now)
    return changed(pair)


def put_off_end(session: Session, pair_id: int, ends_on: date, *, by: Actor, now: datetime) -> PairChanged:
    """Later than it is, never earlier: the days are the other side's right."""
    accounts.require_curator(session, by)
    pair = _standing(session, pair_id)
    if pair.ends_on is None:
        raise OutOfDate("pair", pair.state)
    if not pair.ends_on < ends_on <= pair.ends_on + labour.LONGEST_NOTICE:
        raise ValueWrong("last_day")
    record(session, "pair.end_put_off", pair, by=by, now=now, ends_on=f"{ends_on}")
    pair.ends_on = ends_on
    tell_notice_given(session, pair, now)
    return changed(pair)


def take_back_notice(session: Session, pair_id: int, *, by: Actor, now: datetime) -> PairChanged:
    """They have thought it over; the same pair goes on."""
    accounts.require_curator(session, by)
    pair = _standing(session, pair_id)
    if pair.ends_on is not None:
        pair.ends_on, pair.notice_reason = None, ""
        record(session, "pair.notice_taken_back", pair, by=by, now=now)
        tell_goes_on(session, pair, now)
    return changed(pair)


def is_between_workers(pair: Pair) -> bool:
    mentor, mentee = (member_of(pair, role).person.kind for role in (Role.MENTOR, Role.MENTEE))
    return needs_labour_consent(pair.form, mentor, mentee)


def _standing(session: Session, pair_id: int) -> Pair:
    """A trial is no assignment yet: it is parted or confirmed."""
    pair = locked_pair(session, pair_id)
    if pair.state not in STANDING or pair.state is PairState.TRIAL:
        raise OutOfDate("pair", pair.state)
    return pair


def _ensure_past(session: Session, pair: Pair, on: date, now: datetime) -> None:
    zone = ZoneInfo(session.get_one(Organisation, pair.organisation_id).time_zone)
    if on > local_day(now, zone) or (pair.started_at and on < local_day(pair.started_at, zone)):
        raise ValueWrong("on")
