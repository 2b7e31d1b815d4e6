"""Who goes with whom: the curator proposes, the two answer one after the other, the curator confirms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from mentoring.rules import pairs as rules
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import (
    CapacityReached,
    ConsentsMissing,
    NotApproved,
    NotFound,
    PairExists,
    SamePerson,
    TextTooLong,
    ValueWrong,
)
from mentoring.rules.forms import Form, form_of
from mentoring.rules.pairs import DeclineReason, PairAct, PairAnswer, PairState, Party
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import OrganisationSettings
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.candidates import Candidate as Candidate
from mentoring.use_cases.candidates import possible_mentees as possible_mentees
from mentoring.use_cases.candidates import possible_mentors as possible_mentors
from mentoring.use_cases.pair_ends import end_for_enrolment as end_for_enrolment
from mentoring.use_cases.pair_ends import end_for_person as end_for_person
from mentoring.use_cases.pair_ends import end_pair as end_pair
from mentoring.use_cases.pair_news import tell_asked, tell_confirmed, tell_gone, who_knows
from mentoring.use_cases.pair_rows import PairChanged as PairChanged
from mentoring.use_cases.pair_rows import changed, enter, locked_pair, member_of
from mentoring.use_cases.pair_timeline import PairTimeline as PairTimeline
from mentoring.use_cases.pair_timeline import pair_timeline as pair_timeline
from mentoring.use_cases.pair_views import PairView as PairView
from mentoring.use_cases.pair_views import ProposalView as ProposalView
from mentoring.use_cases.pair_views import my_pairs as my_pairs
from mentoring.use_cases.pair_views import proposal_for as proposal_for
from mentoring.use_cases.rights import require_own_or_curator
from storage.models.organisation import Organisation
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment
from storage.queries.consents import missing_for
from storage.queries.pairs import open_pair_of, places_taken


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
    accounts.require_curator(session, by)
    _ensure_short("reasons", reasons, rules.REASONS_LIMIT)
    mentor = _enrolment(session, mentor_enrolment_id, Role.MENTOR)
    mentee = _enrolment(session, mentee_enrolment_id, Role.MENTEE)
    _ensure_may_be_asked(session, mentor, mentee)
    pair = _new_pair(mentor, mentee, form or _form(mentor, mentee), role_model, reasons, now)
    session.add(pair)
    session.flush()
    enter(session, pair, PairState.ASKED_MENTOR, by, now)
    return PairProposed(pair.id, pair.state, _ask(session, pair, Role.MENTOR, now))


def set_pair_form(
    session: Session, pair_id: int, form: str, role_model: str, *, by: Actor, now: datetime
) -> PairChanged:
    """``form``: a word of `mentoring.rules.forms.Form`, empty for what the two are. Surveys and reports go by it."""
    accounts.require_curator(session, by)
    if form and form not in list(Form):
        raise ValueWrong("form")
    pair = locked_pair(session, pair_id)
    two = [member_of(pair, role).enrolment for role in (Role.MENTOR, Role.MENTEE)]
    pair.form, pair.role_model = form or _form(*two), role_model.strip()
    record(session, "pair.form_set", pair, by=by, now=now, form=pair.form)
    return changed(pair)


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
        act = PairAct.ACCEPT if accepted else PairAct.DECLINE
        following = rules.next_state(pair.state, act, Party(member.role))
        member.answer, member.answered_at = answer, now
        _follow_answer(session, pair, member, following, by, now)
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


def confirm_pair(session: Session, pair_id: int, *, by: Actor, now: datetime) -> PairChanged:
    """Make the pair official, and tell both and the minors' guardians who it is and what to do first."""
    accounts.require_curator(session, by)
    pair = locked_pair(session, pair_id)
    following = rules.next_state(pair.state, PairAct.CONFIRM, Party.CURATOR)
    _ensure_consents(session, pair.present)
    pair.confirmed_at = now
    pair.started_at = pair.started_at or now
    for member in pair.present:
        member.joined_at = member.joined_at or now
    enter(session, pair, following, by, now)
    tell_confirmed(session, pair, now)
    return changed(pair)


def _enrolment(session: Session, enrolment_id: int, role: Role) -> Enrolment:
    """Locked, so that two curators cannot fill one place at once."""
    enrolment = session.get(Enrolment, enrolment_id, with_for_update=True)
    if enrolment is None or enrolment.role is not role:
        raise NotFound("enrolment")
    return enrolment


def _ensure_may_be_asked(session: Session, mentor: Enrolment, mentee: Enrolment) -> None:
    if mentor.person_id == mentee.person_id:
        raise SamePerson
    if existing := open_pair_of(session, mentor.id, mentee.id):
        raise PairExists(existing)
    for enrolment in (mentor, mentee):
        if enrolment.status is not EnrolmentStatus.APPROVED:
            raise NotApproved(enrolment.person.name.full)
    _ensure_consents(session, (mentor, mentee))
    taken = places_taken(session, [mentor.id, mentee.id])
    for enrolment in (mentor, mentee):
        if taken.get(enrolment.id, 0) >= enrolment.capacity:
            raise CapacityReached(enrolment.person.name.full, enrolment.capacity)


def _ensure_consents(session: Session, people: Iterable[Enrolment | PairMember]) -> None:
    if missing := missing_for(session, [someone.person_id for someone in people]):
        raise ConsentsMissing(missing)


def _ensure_short(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise TextTooLong(field, limit, len(text))


def _new_pair(mentor: Enrolment, mentee: Enrolment, form: str, role_model: str, reasons: str, now: datetime) -> Pair:
    owner = mentor.organisation_id
    members = [
        PairMember(
            organisation_id=owner,
            enrolment_id=enrolment.id,
            person_id=enrolment.person_id,
            role=enrolment.role,
            answer=PairAnswer.WAITING,
        )
        for enrolment in (mentor, mentee)
    ]
    return Pair(
        organisation_id=owner,
        programme_id=mentee.programme_id,
        form=form,
        role_model=role_model,
        reasons=reasons.strip(),
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
    tell_asked(session, member_of(pair, role), now)
    return pair.answer_by


def _membership(session: Session, pair_id: int, person_id: int) -> tuple[Pair, PairMember]:
    pair = locked_pair(session, pair_id)
    for member in pair.members:
        if member.person_id == person_id:
            return pair, member
    raise NotFound("pair")


def _follow_answer(
    session: Session, pair: Pair, member: PairMember, following: PairState, by: Actor, now: datetime
) -> None:
    """A decline reaches the curator alone; a mentor who had agreed only hears that the proposal is gone."""
    enter(session, pair, following, by, now)
    if following is PairState.ASKED_MENTEE:
        _ask(session, pair, Role.MENTEE, now)
    elif following is PairState.DECLINED and member.role is Role.MENTEE:
        tell_gone(session, [member_of(pair, Role.MENTOR)], now)


def _note_reason(member: PairMember, reason: str, text: str) -> None:
    _ensure_short("reason_text", text, rules.REASON_LIMIT)
    if reason and reason not in set(DeclineReason):
        raise ValueWrong("reason")
    member.reason = reason or member.reason
    member.reason_text = text.strip() or member.reason_text
