"""A pause of a pair, and its end."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring.rules import pairs as rules
from mentoring.rules.deadlines import at_local, local_day
from mentoring.rules.errors import ValueWrong
from mentoring.rules.pairs import PairAct, Party
from mentoring.rules.people import Actor
from mentoring.use_cases import accounts
from mentoring.use_cases.pair_ends import cancel_coming
from mentoring.use_cases.pair_news import tell_paused, tell_resumed
from mentoring.use_cases.pair_proposals import ensure_short
from mentoring.use_cases.pair_rows import PairChanged, changed, enter, locked_pair
from storage.models.organisation import Organisation
from storage.models.pair import Pair

LONGEST_PAUSE = timedelta(days=184)
"""Our own bound: after half a year it is not the same pair."""


def pause_pair(
    session: Session, pair_id: int, until: date, reason: str = "", *, by: Actor, now: datetime
) -> PairChanged:
    """``until``: the last day of the pause. Meetings within it are cancelled, later ones stay; nothing ends by itself.

    ``reason`` is read by both. Raises ValueWrong("until") for a day that is not ahead.
    """
    accounts.require_curator(session, by)
    ensure_short("pause_reason", reason, rules.PAUSE_REASON_LIMIT)
    pair = locked_pair(session, pair_id)
    following = rules.next_state(pair.state, PairAct.PAUSE, Party.CURATOR)
    zone = _zone(session, pair)
    _ensure_ahead(until, local_day(now, zone))
    pair.paused_from, pair.paused_until, pair.pause_reason = pair.state, until, reason.strip()
    enter(session, pair, following, by, now)
    over = at_local(until + timedelta(days=1), time(), zone)
    cancelled = cancel_coming(session, pair, because="pair_paused", until=over, by=by, now=now)
    tell_paused(session, pair, cancelled, now)
    return changed(pair)


def resume_pair(session: Session, pair_id: int, *, by: Actor, now: datetime) -> PairChanged:
    """The silence before and during the pause is forgotten: it counts from now."""
    accounts.require_curator(session, by)
    pair = locked_pair(session, pair_id)
    following = rules.next_state(pair.state, PairAct.RESUME, Party.CURATOR, paused_from=pair.paused_from)
    pair.paused_from, pair.paused_until, pair.pause_reason, pair.resumed_at = None, None, "", now
    enter(session, pair, following, by, now)
    tell_resumed(session, pair, now)
    return changed(pair)


def _zone(session: Session, pair: Pair) -> ZoneInfo:
    return ZoneInfo(session.get_one(Organisation, pair.organisation_id).time_zone)


def _ensure_ahead(until: date, today: date) -> None:
    if not today < until <= today + LONGEST_PAUSE:
        raise ValueWrong("until")
