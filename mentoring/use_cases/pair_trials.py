"""The trial of a pair, what it lacks, and the curator's decision after it or without it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules import pairs as rules
from mentoring.rules.errors import NotAllowed, NotFound, TrialIncomplete
from mentoring.rules.meetings import MeetingKind
from mentoring.rules.pairs import PairAct, PairState, Party
from mentoring.rules.people import Actor, Role
from mentoring.rules.trials import GoOn, Lacking, Said, lacking
from mentoring.use_cases import accounts
from mentoring.use_cases.pair_groups import admit
from mentoring.use_cases.pair_news import tell_confirmed, tell_trial
from mentoring.use_cases.pair_proposals import ensure_consents, ensure_places, ensure_short
from mentoring.use_cases.pair_rows import PairChanged, changed, enter, locked_pair
from storage.models.pair import Pair, PairMember
from storage.queries.trials import TrialFacts, trial_facts


@dataclass(frozen=True, slots=True)
class TrialView:
    """``said``: of the mentor first. ``lacks``: what stands between the trial and the decision."""

    pair_id: int
    started_at: datetime | None
    held: frozenset[MeetingKind]
    said: tuple[Said, ...]
    lacks: tuple[Lacking, ...]


def trial_view(session: Session, pair_id: int) -> TrialView:
    """Also of a pair that is past its trial, as it looks now."""
    pair = session.get(Pair, pair_id)
    if pair is None:
        raise NotFound("pair")
    return view_of(pair, trial_facts(session, [pair.id])[pair.id])


def view_of(pair: Pair, facts: TrialFacts) -> TrialView:
    said = tuple(_said(member, facts) for member in sorted(pair.present, key=_mentor_first))
    held = frozenset(facts.held)
    return TrialView(pair.id, pair.started_at, held, said, lacking(held, said))


def start_trial(session: Session, pair_id: int, *, by: Actor, now: datetime) -> PairChanged:
    """They learn each other's names and meet twice before the curator decides.

    NotAllowed for a proposal to join a group: its members have met already, a newcomer looks on from inside.
    """
    accounts.require_curator(session, by)
    pair = locked_pair(session, pair_id)
    following = rules.next_state(pair.state, PairAct.START_TRIAL, Party.CURATOR)
    if pair.joins_pair_id is not None:
        raise NotAllowed(PairAct.START_TRIAL)
    ensure_consents(session, pair.present)
    ensure_places(session, pair)
    _acquaint(pair, now)
    enter(session, pair, following, by, now)
    tell_trial(session, pair, now)
    return changed(pair)


def confirm_pair(session: Session, pair_id: int, *, note: str = "", by: Actor, now: datetime) -> PairChanged:
    """The curator's word for the pair, which now waits for the order. Both and the minors' guardians are told.

    ``note``: why without a trial, or without all that belongs to it. Raises TrialIncomplete where a trial lacks
    something and there is no note, CapacityReached where somebody who begins only now has no place any more.
    A proposal to join a group makes the mentee a member of that group.
    """
    accounts.require_curator(session, by)
    ensure_short("note", note, rules.NOTE_LIMIT)
    pair, group = _locked_with_group(session, pair_id)
    if group is not None:
        return admit(session, pair, group, by=by, now=now)
    following = rules.next_state(pair.state, PairAct.CONFIRM, Party.CURATOR)
    ensure_consents(session, pair.present)
    on_trial = pair.state is PairState.TRIAL
    if not on_trial:
        ensure_places(session, pair)
    elif not note.strip():
        _ensure_complete(session, pair)
    pair.confirmed_at, pair.decision_note = now, note.strip()
    _acquaint(pair, now)
    enter(session, pair, following, by, now)
    tell_confirmed(session, pair, now, after_trial=on_trial)
    return changed(pair)


def _said(member: PairMember, facts: TrialFacts) -> Said:
    sent = frozenset(kind for person_id, kind in facts.sent if person_id == member.person_id)
    said = {kind: facts.go_on.get((member.person_id, kind), "") for kind in sent}
    known = {kind: GoOn(word) for kind, word in said.items() if word in list(GoOn)}
    return Said(member.person_id, member.person.name.full, member.role, sent, known)


def _mentor_first(member: PairMember) -> tuple[bool, int]:
    return member.role is not Role.MENTOR, member.id


def _locked_with_group(session: Session, pair_id: int) -> tuple[Pair, Pair | None]:
    """The group first, as everywhere: two that take the same two rows in two orders would wait for each other."""
    seen = session.get(Pair, pair_id)
    if seen is None:
        raise NotFound("pair")
    group = locked_pair(session, seen.joins_pair_id) if seen.joins_pair_id else None
    return locked_pair(session, pair_id), group


def _ensure_complete(session: Session, pair: Pair) -> None:
    view = view_of(pair, trial_facts(session, [pair.id])[pair.id])
    if view.lacks:
        raise TrialIncomplete(tuple((one.lack.value, one.name) for one in view.lacks))


def _acquaint(pair: Pair, now: datetime) -> None:
    pair.started_at = pair.started_at or now
    for member in pair.present:
        member.joined_at = member.joined_at or now
