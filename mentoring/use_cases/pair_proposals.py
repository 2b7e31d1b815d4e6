"""A mentor and one to four mentees are asked whether they will try it together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from mentoring.rules import pairs as rules
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import (
    CapacityReached,
    ConsentsMissing,
    GroupTooLarge,
    NotApproved,
    NotFound,
    OutOfDate,
    PairExists,
    SamePerson,
    TextTooLong,
    ValueWrong,
)
from mentoring.rules.forms import form_of
from mentoring.rules.pairs import DeclineReason, PairAct, PairAnswer, PairState, Party
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import OrganisationSettings
from mentoring.use_cases import accounts
from mentoring.use_cases.pair_news import tell_asked, tell_gone, who_knows
from mentoring.use_cases.pair_rows import PairChanged, changed, enter, locked_pair, member_of, mentees_of
from mentoring.use_cases.rights import require_own_or_curator
from storage.models.organisation import Organisation
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment
from storage.queries.consents import missing_for
from storage.queries.pairs import places_taken, together_with


@dataclass(frozen=True, slots=True)
class PairProposed:
    pair_id: int
    state: PairState
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class ProposalAnswered:
    pair_id: int
    state: PairState
    role: Role


def propose_pair(
    session: Session,
    mentor_enrolment_id: int,
    mentee_enrolment_id: int,
    *,
    form: str = "",
    role_model: str = "",
    reasons: str = "",
    by: Actor,
    now: datetime,
) -> PairProposed:
    """Ask the mentor. ``reasons`` is read by both, so it names nobody.

    Raises NotApproved, ConsentsMissing, CapacityReached, PairExists, SamePerson.
    """
    return propose_group(
        session,
        mentor_enrolment_id,
        (mentee_enrolment_id,),
        form=form,
        role_model=role_model,
        reasons=reasons,
        by=by,
        now=now,
    )


def propose_group(
    session: Session,
    mentor_enrolment_id: int,
    mentee_enrolment_ids: Sequence[int],
    *,
    form: str = "",
    role_model: str = "",
    reasons: str = "",
    joins_pair_id: int | None = None,
    by: Actor,
    now: datetime,
) -> PairProposed:
    """The same for several mentees at once, or for more mentees of the group ``joins_pair_id``, which must be
    confirmed or at work: the curator's word then makes them its members.

    Raises GroupTooLarge too, and OutOfDate where the group is no longer one to be joined.
    """
    accounts.require_curator(session, by)
    ensure_short("reasons", reasons, rules.REASONS_LIMIT)
    group = _group(session, joins_pair_id, mentor_enrolment_id)
    mentor = _enrolment(session, mentor_enrolment_id, Role.MENTOR)
    mentees = [_enrolment(session, one, Role.MENTEE) for one in sorted(set(mentee_enrolment_ids))]
    _ensure_may_be_asked(session, mentor, mentees, group)
    pair = _new_pair(mentor, mentees, now)
    pair.form = form or (group.form if group else _form(mentor, mentees[0]))
    pair.role_model, pair.reasons, pair.joins_pair_id = role_model.strip(), reasons.strip(), joins_pair_id
    session.add(pair)
    session.flush()
    enter(session, pair, PairState.ASKED_MENTOR, by, now)
    return PairProposed(pair.id, pair.state, _ask(session, pair, Role.MENTOR, now))


def answer_proposal(
    session: Session,
    pair_id: int,
    person_id: int,
    accepted: bool,
    *,
    reason: str = "",
    reason_text: str = "",
    by: Actor,
    now: datetime,
) -> ProposalAnswered:
    """The same answer again changes nothing, except that a decline may get its reason and words afterwards.

    Raises OutOfDate with the pair's state when it is not this person's turn any more.
    """
    require_own_or_curator(session, by, person_id)
    pair, member = _membership(session, pair_id, person_id)
    answer = PairAnswer.ACCEPTED if accepted else PairAnswer.DECLINED
    if member.answer is not answer:
        _ensure_in(member)
        rules.next_state(pair.state, PairAct.ACCEPT if accepted else PairAct.DECLINE, Party(member.role))
        member.answer, member.answered_at = answer, now
        _follow_answer(session, pair, member, by, now)
    if not accepted:
        _note_reason(member, reason, reason_text)
    return ProposalAnswered(pair.id, pair.state, member.role)


def withdraw_proposal(session: Session, pair_id: int, *, by: Actor, now: datetime) -> PairChanged:
    """Those who have been asked by now are told, without a reason."""
    accounts.require_curator(session, by)
    pair = locked_pair(session, pair_id)
    following = rules.next_state(pair.state, PairAct.WITHDRAW, Party.CURATOR)
    tell_gone(session, who_knows(pair), now)
    enter(session, pair, following, by, now)
    return changed(pair)


def follow_answers(session: Session, pair: Pair, by: Actor, now: datetime) -> None:
    """Move a proposal to where its answers stand: somebody answered, or was taken out of it."""
    mentees = [member.answer for member in mentees_of(pair)]
    following = rules.answered(member_of(pair, Role.MENTOR).answer, mentees)
    if following is pair.state:
        return
    enter(session, pair, following, by, now)
    if following is PairState.ASKED_MENTEE:
        _ask(session, pair, Role.MENTEE, now)


def ensure_consents(session: Session, people: Iterable[Enrolment | PairMember]) -> None:
    if missing := missing_for(session, [someone.person_id for someone in people]):
        raise ConsentsMissing(missing)


def ensure_places(session: Session, pair: Pair) -> None:
    """Once more when they begin: how many a mentor is ready for may have been corrected since they were asked."""
    busy = places_taken(
        session, [member.enrolment_id for member in pair.present], states=rules.STANDING, beside=pair.id
    )
    for member in pair.present:
        coming = len(mentees_of(pair)) if member.role is Role.MENTOR else 1
        if busy.get(member.enrolment_id, 0) + coming > member.enrolment.capacity:
            raise CapacityReached(member.person.name.full, member.enrolment.capacity)


def ensure_short(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise TextTooLong(field, limit, len(text))


def form_between(members: Sequence[PairMember]) -> str:
    """What the mentor and the first mentee are to each other, where the curator does not say it."""
    mentor = next(member.enrolment for member in members if member.role is Role.MENTOR)
    return _form(mentor, next(member.enrolment for member in members if member.role is Role.MENTEE))


def _group(session: Session, pair_id: int | None, mentor_enrolment_id: int) -> Pair | None:
    """Locked before the enrolments, as everywhere."""
    if pair_id is None:
        return None
    group = locked_pair(session, pair_id)
    if member_of(group, Role.MENTOR).enrolment_id != mentor_enrolment_id:
        raise NotFound("pair")
    if group.state not in rules.GROWING:
        raise OutOfDate("pair", group.state)
    return group


def _enrolment(session: Session, enrolment_id: int, role: Role) -> Enrolment:
    """Locked, so that two curators cannot fill one place at once."""
    enrolment = session.get(Enrolment, enrolment_id, with_for_update=True)
    if enrolment is None or enrolment.role is not role:
        raise NotFound("enrolment")
    return enrolment


def _ensure_may_be_asked(session: Session, mentor: Enrolment, mentees: Sequence[Enrolment], group: Pair | None) -> None:
    if not mentees:
        raise ValueWrong("mentees")
    if len(mentees) + (len(mentees_of(group)) if group else 0) > rules.MOST_MENTEES:
        raise GroupTooLarge(rules.MOST_MENTEES)
    _ensure_apart(session, mentor, mentees)
    everybody = (mentor, *mentees)
    for enrolment in everybody:
        if enrolment.status is not EnrolmentStatus.APPROVED:
            raise NotApproved(enrolment.person.name.full)
    ensure_consents(session, everybody)
    taken = places_taken(session, [enrolment.id for enrolment in everybody])
    for enrolment in everybody:
        wanted = len(mentees) if enrolment is mentor else 1
        if taken.get(enrolment.id, 0) + wanted > enrolment.capacity:
            raise CapacityReached(enrolment.person.name.full, enrolment.capacity)


def _ensure_apart(session: Session, mentor: Enrolment, mentees: Sequence[Enrolment]) -> None:
    together = together_with(session, mentor.id)
    for mentee in mentees:
        if mentor.person_id == mentee.person_id:
            raise SamePerson
        if mentee.id in together:
            raise PairExists(together[mentee.id])


def _new_pair(mentor: Enrolment, mentees: Sequence[Enrolment], now: datetime) -> Pair:
    members = [
        PairMember(
            organisation_id=mentor.organisation_id,
            enrolment_id=enrolment.id,
            person_id=enrolment.person_id,
            role=enrolment.role,
            answer=PairAnswer.WAITING,
        )
        for enrolment in (mentor, *mentees)
    ]
    return Pair(
        organisation_id=mentor.organisation_id,
        programme_id=mentees[0].programme_id,
        state=PairState.ASKED_MENTOR,
        state_at=now,
        created_at=now,
        members=members,
    )


def _form(mentor: Enrolment, mentee: Enrolment) -> str:
    return mentee.form or mentor.form or form_of(mentor.person.kind, mentee.person.kind) or ""


def _ask(session: Session, pair: Pair, role: Role, now: datetime) -> datetime:
    settings = OrganisationSettings.from_stored(session.get_one(Organisation, pair.organisation_id).settings)
    pair.answer_by = now + timedelta(days=settings.proposal_days)
    for member in pair.present:
        if member.role is role:
            tell_asked(session, member, now)
    return pair.answer_by


def _membership(session: Session, pair_id: int, person_id: int) -> tuple[Pair, PairMember]:
    pair = locked_pair(session, pair_id)
    for member in pair.members:
        if member.person_id == person_id:
            return pair, member
    raise NotFound("pair")


def _ensure_in(member: PairMember) -> None:
    """Whoever is out of the proposal of a group already, by an own word or the curator's, does not come in again."""
    if member.left_at is not None:
        raise OutOfDate("pair", PairState.DECLINED)


def _follow_answer(session: Session, pair: Pair, member: PairMember, by: Actor, now: datetime) -> None:
    """A decline reaches the curator alone; a mentor who had agreed only hears that the proposal is gone."""
    others = [one for one in mentees_of(pair) if one is not member]
    if member.role is Role.MENTEE and member.answer is PairAnswer.DECLINED and others:
        member.left_at = now
    follow_answers(session, pair, by, now)
    if pair.state is PairState.DECLINED and member.role is Role.MENTEE:
        tell_gone(session, [member_of(pair, Role.MENTOR)], now)


def _note_reason(member: PairMember, reason: str, text: str) -> None:
    ensure_short("reason_text", text, rules.REASON_LIMIT)
    if reason and reason not in set(DeclineReason):
        raise ValueWrong("reason")
    member.reason = reason or member.reason
    member.reason_text = text.strip() or member.reason_text
