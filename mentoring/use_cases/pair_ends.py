"""The end of pairs, and of proposals when somebody leaves."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from mentoring.rules import pairs as rules
from mentoring.rules.meetings import MeetingState
from mentoring.rules.pairs import EndReason, PairAct, PairState, Party
from mentoring.rules.people import Actor
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.pair_news import tell_ended, tell_gone, who_knows
from mentoring.use_cases.pair_rows import PairChanged, changed, enter, locked_pair
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember


def end_pair(session: Session, pair_id: int, reason: EndReason, *, by: Actor, now: datetime) -> PairChanged:
    accounts.require_curator(session, by)
    pair = locked_pair(session, pair_id)
    act = PairAct.COMPLETE if rules.end_state(reason) is PairState.COMPLETED else PairAct.END
    following = rules.next_state(pair.state, act, Party.CURATOR)
    _end(session, pair, following, reason, by, now)
    tell_ended(session, pair.present, now)
    return changed(pair)


def end_for_person(session: Session, person_id: int, reason: EndReason, *, by: Actor, now: datetime) -> int:
    """End every proposal and pair of somebody who leaves; the others are told. Returns how many there were."""
    return _end_all(session, PairMember.person_id == person_id, reason, by, now)


def end_for_enrolment(session: Session, enrolment_id: int, reason: EndReason, *, by: Actor, now: datetime) -> int:
    """The same for one role of somebody who may stay in another."""
    return _end_all(session, PairMember.enrolment_id == enrolment_id, reason, by, now)


def _end_all(session: Session, whose: ColumnElement[bool], reason: EndReason, by: Actor, now: datetime) -> int:
    leavers = select(PairMember.id).where(whose)
    theirs = select(PairMember.pair_id).where(whose)
    leaving = set(session.scalars(leavers))
    open_pairs = select(Pair).where(Pair.id.in_(theirs), Pair.state.in_(rules.OPEN)).order_by(Pair.id)
    pairs = session.scalars(open_pairs.with_for_update(of=Pair)).all()
    for pair in pairs:
        _leave(session, pair, [member for member in pair.members if member.id not in leaving], reason, by, now)
    return len(pairs)


def _leave(session: Session, pair: Pair, others: list[PairMember], reason: EndReason, by: Actor, now: datetime) -> None:
    following = rules.next_state(pair.state, PairAct.LEAVE, Party.SYSTEM)
    knowing = [member for member in who_knows(pair) if member in others]
    if following is PairState.WITHDRAWN:
        enter(session, pair, following, by, now)
        pair.end_reason = reason
        tell_gone(session, knowing, now)
    else:
        _end(session, pair, following, reason, by, now)
        tell_ended(session, others, now)


def _end(session: Session, pair: Pair, state: PairState, reason: EndReason, by: Actor, now: datetime) -> None:
    pair.ended_at, pair.end_reason = now, reason
    enter(session, pair, state, by, now)
    for meeting in session.scalars(_coming_meetings(pair, now)):
        meeting.state, meeting.closed_at = MeetingState.CANCELLED, now
        record(session, "meeting.cancelled", meeting, by=by, now=now, because="pair_ended")


def _coming_meetings(pair: Pair, now: datetime) -> Select[Meeting]:
    return select(Meeting).where(
        Meeting.pair_id == pair.id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now
    )
