"""Groups of one mentor and several mentees: who comes in, who goes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules import pairs as rules
from mentoring.rules.errors import GroupTooLarge, LastMentee, NotFound, OutOfDate, PairExists
from mentoring.rules.pairs import EndReason, PairAct, PairAnswer, PairState, Party
from mentoring.rules.people import Actor, Role
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.pair_ends import coming_meetings, leave_group
from mentoring.use_cases.pair_news import tell_ended, tell_gone, tell_joined, tell_parted, who_knows
from mentoring.use_cases.pair_proposals import PairProposed, ensure_consents, ensure_places
from mentoring.use_cases.pair_proposals import propose_group as propose_group
from mentoring.use_cases.pair_rows import PairChanged, changed, enter, keep_paired, locked_pair, member_of, mentees_of
from mentoring.use_cases.waiting_cases import close_for
from storage.models.pair import Pair, PairMember


def add_mentees(
    session: Session,
    pair_id: int,
    mentee_enrolment_ids: Sequence[int],
    *,
    reasons: str = "",
    by: Actor,
    now: datetime,
) -> PairProposed:
    """Ask the mentor and the newcomers; the others hear of them only once the curator has confirmed."""
    pair = session.get(Pair, pair_id)
    if pair is None:
        raise NotFound("pair")
    mentor_id = member_of(pair, Role.MENTOR).enrolment_id
    return propose_group(
        session,
        mentor_id,
        mentee_enrolment_ids,
        role_model=pair.role_model,
        reasons=reasons,
        joins_pair_id=pair_id,
        by=by,
        now=now,
    )


def admit(session: Session, proposal: Pair, group: Pair, *, by: Actor, now: datetime) -> PairChanged:
    """Both rows are locked. Returns the group, which the newcomers are in now."""
    following = rules.next_state(proposal.state, PairAct.JOIN, Party.CURATOR)
    if group.state not in rules.GROWING:
        raise OutOfDate("pair", group.state)
    ensure_consents(session, proposal.present)
    ensure_places(session, proposal)
    newcomers = mentees_of(proposal)
    if len(mentees_of(group)) + len(newcomers) > rules.MOST_MENTEES:
        raise GroupTooLarge(rules.MOST_MENTEES)
    _ensure_new(group, newcomers)
    enter(session, proposal, following, by, now)
    for newcomer in newcomers:
        _let_in(session, group, newcomer, by, now)
    close_for(session, [newcomer.enrolment_id for newcomer in newcomers], by=by, now=now)
    return changed(group)


def remove_mentee(
    session: Session, pair_id: int, person_id: int, reason: EndReason, *, by: Actor, now: datetime
) -> PairChanged:
    """One mentee leaves the group, or the proposal of one; the others stay. Raises LastMentee for the only one."""
    accounts.require_curator(session, by)
    pair = locked_pair(session, pair_id)
    if pair.state not in rules.OPEN:
        raise OutOfDate("pair", pair.state)
    leaver = next((member for member in mentees_of(pair) if member.person_id == person_id), None)
    if leaver is None:
        raise NotFound("person")
    if len(mentees_of(pair)) == 1:
        raise LastMentee(pair.id)
    before, knew = pair.state, leaver in who_knows(pair)
    leave_group(session, pair, leaver, reason, by=by, now=now)
    missed = tuple(meeting.starts_at for meeting in coming_meetings(session, pair, now))
    _tell_leaver(session, pair, leaver, before, knew, now, missed)
    return changed(pair)


def _ensure_new(group: Pair, newcomers: Sequence[PairMember]) -> None:
    """The proposal held their places, but the same person may have come into this group meanwhile."""
    there = {member.enrolment_id for member in mentees_of(group)}
    for newcomer in newcomers:
        if newcomer.enrolment_id in there:
            raise PairExists(group.id)


def _let_in(session: Session, group: Pair, newcomer: PairMember, by: Actor, now: datetime) -> None:
    """Somebody who was in this group before comes back to the same row: a member is in a pair once."""
    member = next((one for one in group.members if one.enrolment_id == newcomer.enrolment_id), None)
    if member is None:
        member = _member_like(newcomer)
        group.members.append(member)
    member.joined_at, member.left_at, member.left_reason = now, None, None
    session.flush()
    record(session, "pair.mentee_joined", group, by=by, now=now, person_id=newcomer.person_id)
    keep_paired(session, group)
    tell_joined(session, group, member, now)


def _member_like(newcomer: PairMember) -> PairMember:
    return PairMember(
        organisation_id=newcomer.organisation_id,
        enrolment_id=newcomer.enrolment_id,
        person_id=newcomer.person_id,
        person=newcomer.person,
        enrolment=newcomer.enrolment,
        role=Role.MENTEE,
        answer=PairAnswer.ACCEPTED,
        answered_at=newcomer.answered_at,
    )


def _tell_leaver(
    session: Session,
    pair: Pair,
    leaver: PairMember,
    before: PairState,
    knew: bool,
    now: datetime,
    missed: tuple[datetime, ...],
) -> None:
    if before is PairState.TRIAL and leaver.left_reason is EndReason.NOT_FITTING:
        tell_parted(session, [leaver], now, missed)
    elif before in rules.STANDING:
        tell_ended(session, pair, [leaver], now, missed)
    elif knew:
        tell_gone(session, [leaver], now)
