"""Pairs that the clock looks at: long without a meeting, or past the last day of a notice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from mentoring.rules.meetings import MeetingState
from mentoring.rules.pairs import STANDING, WORKING, PairState
from mentoring.rules.silence import TELL_CURATOR, Silence
from storage.models.meeting import Meeting
from storage.models.notice import Letter
from storage.models.organisation import Organisation, Programme
from storage.models.pair import Pair, PairMember


@dataclass(frozen=True, slots=True)
class QuietPair:
    pair_id: int
    organisation_id: int
    silence: Silence


def quiet_pairs(session: Session, now: datetime) -> Iterator[QuietPair]:
    """Of all organisations, in programmes that are not closed; without a meeting for as long as a curator should know
    of it. One query."""
    then = now - TELL_CURATOR
    planned = exists().where(Meeting.pair_id == Pair.id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now)
    wrote = exists().where(
        Letter.person_id == PairMember.person_id,
        PairMember.pair_id == Pair.id,
        PairMember.left_at.is_(None),
        Letter.from_curator.is_(False),
        Letter.answered_at.is_(None),
        Letter.written_at > Pair.silence_told_at,
    )
    found = (
        select(Pair, wrote.label("asked"))
        .join(Programme, Programme.id == Pair.programme_id)
        .where(Programme.closed_at.is_(None), Pair.state.in_(WORKING), Pair.ends_on.is_(None), ~planned)
        .where(Pair.started_at <= then, or_(Pair.last_met_at.is_(None), Pair.last_met_at <= then))
        .where(or_(Pair.resumed_at.is_(None), Pair.resumed_at <= then))
        .order_by(Pair.id)
    )
    for pair, asked in session.execute(found):
        yield QuietPair(pair.id, pair.organisation_id, silence_of(pair, asked=asked))


def planned_after(session: Session, pair_id: int, moment: datetime) -> bool:
    """Nobody has said yet how it went, or it lies ahead."""
    found = exists().where(
        Meeting.pair_id == pair_id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > moment
    )
    return bool(session.scalar(select(found)))


def silence_of(pair: Pair, *, planned: bool = False, asked: bool = False) -> Silence:
    met = pair.last_met_at or pair.started_at or pair.state_at
    since = max(met, pair.resumed_at or met)
    return Silence(since, pair.silence_told_at, planned, asked, pair.state is PairState.TRIAL)


def under_notice(session: Session) -> Sequence[tuple[int, int, str, date]]:
    """(pair, organisation, time zone, last day) of all organisations."""
    found = (
        select(Pair.id, Pair.organisation_id, Organisation.time_zone, Pair.ends_on)
        .join(Organisation, Organisation.id == Pair.organisation_id)
        .where(Pair.ends_on.is_not(None), Pair.state.in_(STANDING))
        .order_by(Pair.id)
    )
    return [(pair_id, owner, zone, day) for pair_id, owner, zone, day in session.execute(found) if day]
