"""The end of pairs, and of proposals when somebody leaves."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from mentoring.rules import pairs as rules
from mentoring.rules.errors import ValueWrong
from mentoring.rules.meetings import MeetingState
from mentoring.rules.pairs import EndReason, PairAct, PairState, Party
from mentoring.rules.people import Actor, Role
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.labour_agreements import stop_with_pair
from mentoring.use_cases.pair_news import tell_ended, tell_gone, tell_left, tell_parted, who_knows
from mentoring.use_cases.pair_proposals import ensure_short, follow_answers
from mentoring.use_cases.pair_rows import PairChanged, changed, enter, keep_paired, locked_pair, mentees_of
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember


def end_pair(
    session: Session, pair_id: int, reason: EndReason, note: str = "", *, by: Actor, now: datetime
) -> PairChanged:
    """``note`` is for the curator alone. An early end under ТК 351.8 has days of its own: see `give_notice`."""
    accounts.require_curator(session, by)
    if reason in rules.BY_NOTICE:
        raise ValueWrong("reason")
    ensure_short("note", note, rules.NOTE_LIMIT)
    pair = locked_pair(session, pair_id)
    act = PairAct.COMPLETE if rules.end_state(reason) is PairState.COMPLETED else PairAct.END
    following = rules.next_state(pair.state, act, Party.CURATOR)
    pair.end_note = note.strip()
    cancelled = _end(session, pair, following, reason, by, now)
    tell_ended(session, pair, pair.present, now, cancelled)
    return changed(pair)


def end_by_itself(session: Session, pair: Pair, reason: EndReason, *, now: datetime) -> None:
    """What the rules end without anybody's word: a long silence, the last day of a notice. ``pair`` is locked."""
    following = rules.next_state(pair.state, PairAct.END, Party.SYSTEM)
    cancelled = _end(session, pair, following, reason, Actor.system(), now)
    if reason in rules.BY_NOTICE and pair.ends_on:
        stop_with_pair(session, pair, pair.ends_on, by=Actor.system(), now=now)
    tell_ended(session, pair, pair.present, now, cancelled)


def part_pair(session: Session, pair_id: int, note: str = "", *, by: Actor, now: datetime) -> PairChanged:
    """The trial showed that they do not suit each other: both are back among those who wait, and nobody is told why."""
    accounts.require_curator(session, by)
    ensure_short("note", note, rules.NOTE_LIMIT)
    pair = locked_pair(session, pair_id)
    following = rules.next_state(pair.state, PairAct.PART, Party.CURATOR)
    pair.end_note = note.strip()
    cancelled = _end(session, pair, following, EndReason.NOT_FITTING, by, now)
    tell_parted(session, pair.present, now, cancelled)
    return changed(pair)


def end_for_person(session: Session, person_id: int, reason: EndReason, *, by: Actor, now: datetime) -> int:
    """End every proposal and pair of somebody who leaves; the others are told. Returns how many there were.

    A group goes on without a mentee who leaves it.
    """
    return _end_all(session, PairMember.person_id == person_id, reason, by, now)


def end_for_enrolment(session: Session, enrolment_id: int, reason: EndReason, *, by: Actor, now: datetime) -> int:
    """The same for one role of somebody who may stay in another."""
    return _end_all(session, PairMember.enrolment_id == enrolment_id, reason, by, now)


def leave_group(
    session: Session, pair: Pair, leaver: PairMember, reason: EndReason, *, by: Actor, now: datetime
) -> None:
    """One mentee goes, and others stay. Those who stay are told if they know each other; the leaver is not, here."""
    leaver.left_at, leaver.left_reason = now, reason
    record(session, "pair.mentee_left", pair, by=by, now=now, person_id=leaver.person_id, reason=reason.value)
    keep_paired(session, pair)
    if pair.state in rules.PROPOSED:
        follow_answers(session, pair, by, now)
    else:
        tell_left(session, pair, leaver, now)


def cancel_coming(
    session: Session, pair: Pair, *, because: str, until: datetime | None = None, by: Actor, now: datetime
) -> tuple[datetime, ...]:
    """Meetings ahead, up to ``until``. Nobody is told of each: the news of what stopped them says it.

    Returns when they were to begin, the soonest first.
    """
    meetings = coming_meetings(session, pair, now, until=until)
    for meeting in meetings:
        meeting.state, meeting.closed_at = MeetingState.CANCELLED, now
        meeting.revision += 1
        record(session, "meeting.cancelled", meeting, by=by, now=now, because=because)
    return tuple(meeting.starts_at for meeting in meetings)


def coming_meetings(session: Session, pair: Pair, now: datetime, *, until: datetime | None = None) -> Sequence[Meeting]:
    ahead = [Meeting.pair_id == pair.id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now]
    if until is not None:
        ahead.append(Meeting.starts_at < until)
    return session.scalars(select(Meeting).where(*ahead).order_by(Meeting.starts_at, Meeting.id)).all()


def _end_all(session: Session, whose: ColumnElement[bool], reason: EndReason, by: Actor, now: datetime) -> int:
    theirs = select(PairMember.pair_id).where(whose, PairMember.left_at.is_(None))
    open_pairs = select(Pair).where(Pair.id.in_(theirs), Pair.state.in_(rules.OPEN)).order_by(Pair.id)
    pairs = session.scalars(open_pairs.with_for_update(of=Pair).execution_options(populate_existing=True)).all()
    leaving = set(session.scalars(select(PairMember.id).where(whose)))
    for pair in sorted(pairs, key=_joining_first):
        _leave(session, pair, leaving, reason, by, now)
    return len(pairs)


def _joining_first(pair: Pair) -> bool:
    """Before the group that they were to join: its end would tell the leaver too that they are gone."""
    return pair.joins_pair_id is None


def _leave(session: Session, pair: Pair, leaving: Collection[int], reason: EndReason, by: Actor, now: datetime) -> None:
    leavers = [member for member in pair.present if member.id in leaving]
    staying = [member for member in mentees_of(pair) if member not in leavers]
    if staying and all(member.role is Role.MENTEE for member in leavers):
        for leaver in leavers:
            leave_group(session, pair, leaver, reason, by=by, now=now)
    else:
        _break_up(session, pair, [member for member in pair.present if member not in leavers], reason, by, now)


def _break_up(
    session: Session, pair: Pair, others: list[PairMember], reason: EndReason, by: Actor, now: datetime
) -> None:
    following = rules.next_state(pair.state, PairAct.LEAVE, Party.SYSTEM)
    if following is PairState.WITHDRAWN:
        knowing = [member for member in who_knows(pair) if member in others]
        enter(session, pair, following, by, now)
        pair.end_reason = reason
        tell_gone(session, knowing, now)
    else:
        cancelled = _end(session, pair, following, reason, by, now)
        tell_ended(session, pair, others, now, cancelled)


def _end(
    session: Session, pair: Pair, state: PairState, reason: EndReason, by: Actor, now: datetime
) -> tuple[datetime, ...]:
    """Returns the beginnings of the meetings that are off now."""
    pair.ended_at, pair.end_reason = now, reason
    enter(session, pair, state, by, now)
    _drop_joining(session, pair, by, now)
    return cancel_coming(session, pair, because="pair_ended", by=by, now=now)


def _drop_joining(session: Session, group: Pair, by: Actor, now: datetime) -> None:
    """Proposals to join a group that is no more."""
    joining = select(Pair).where(Pair.joins_pair_id == group.id, Pair.state.in_(rules.PROPOSED)).order_by(Pair.id)
    locked = joining.with_for_update(of=Pair).execution_options(populate_existing=True)
    for proposal in session.scalars(locked).all():
        tell_gone(session, who_knows(proposal), now)
        enter(session, proposal, PairState.WITHDRAWN, by, now)
