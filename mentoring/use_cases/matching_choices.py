"""The curator's word about two people in a draft: these two together, never these two. The last word counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound, OutOfDate, PairBarred, PlacesLocked
from mentoring.rules.matching import ChoiceKind
from mentoring.rules.matching_fit import ABSOLUTE, Applicant, fit
from mentoring.rules.people import Actor, Role
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.matching_drafts import open_draft
from mentoring.use_cases.matching_pool import load_pool
from mentoring.use_cases.matching_runs import said_in, settings_of
from storage.models.matching import MatchingChoice, MatchingDraft
from storage.models.person import Enrolment

Words = tuple[tuple[int, ChoiceKind], ...]
"""The curator's words about one mentee: a mentor's enrolment, and the word."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Names as on the board; ``kind`` is None when the word was taken back. ``before``: what had been said of this
    mentee and which mentors, for `restore_words`."""

    draft_id: int
    mentor_id: int
    mentee_id: int
    mentor_name: str
    mentee_name: str
    kind: ChoiceKind | None
    before: Words = ()


def lock_two(
    session: Session, draft_id: int, mentor_enrolment_id: int, mentee_enrolment_id: int, *, by: Actor, now: datetime
) -> Chosen:
    """These two, whatever the total: also how a mentee is moved by hand.

    Raises PairBarred where something stands in the way that is not a matter of judgement, PlacesLocked when more would
    be locked to the mentor than there are free places, OutOfDate when one of them has a pair by now.
    """
    account_id = accounts.require_curator(session, by)
    draft = open_draft(session, draft_id)
    mentor, mentee = _two(session, draft, mentor_enrolment_id, mentee_enrolment_id)
    _ensure_possible(session, draft, mentor.id, mentee.id, now)
    before = _words(session, draft, mentee)
    others = MatchingChoice.mentor_enrolment_id != mentor.id, MatchingChoice.kind == ChoiceKind.LOCK
    session.execute(delete(MatchingChoice).where(*_about(draft, mentee), *others))
    _say(session, draft, mentor, mentee, ChoiceKind.LOCK, account_id, now)
    record(session, "matching.locked", draft, by=by, now=now, mentor=mentor.id, mentee=mentee.id)
    return _chosen(draft, mentor, mentee, ChoiceKind.LOCK, before)


def forbid_two(
    session: Session, draft_id: int, mentor_enrolment_id: int, mentee_enrolment_id: int, *, by: Actor, now: datetime
) -> Chosen:
    account_id = accounts.require_curator(session, by)
    draft = open_draft(session, draft_id)
    mentor, mentee = _two(session, draft, mentor_enrolment_id, mentee_enrolment_id)
    before = _words(session, draft, mentee)
    _say(session, draft, mentor, mentee, ChoiceKind.FORBID, account_id, now)
    record(session, "matching.forbidden", draft, by=by, now=now, mentor=mentor.id, mentee=mentee.id)
    return _chosen(draft, mentor, mentee, ChoiceKind.FORBID, before)


def take_back(
    session: Session, draft_id: int, mentor_enrolment_id: int, mentee_enrolment_id: int, *, by: Actor, now: datetime
) -> Chosen:
    """Neither locked nor forbidden: the run decides again. Once more changes nothing."""
    accounts.require_curator(session, by)
    draft = open_draft(session, draft_id)
    mentor, mentee = _two(session, draft, mentor_enrolment_id, mentee_enrolment_id)
    of_two, before = MatchingChoice.mentor_enrolment_id == mentor.id, _words(session, draft, mentee)
    gone = session.execute(delete(MatchingChoice).where(*_about(draft, mentee), of_two).returning(MatchingChoice.id))
    if gone.all():
        record(session, "matching.choice_taken_back", draft, by=by, now=now, mentor=mentor.id, mentee=mentee.id)
    return _chosen(draft, mentor, mentee, None, before)


def restore_words(
    session: Session, draft_id: int, mentee_enrolment_id: int, words: Words, *, by: Actor, now: datetime
) -> str:
    """«Отменить»: of this mentee stand these words again and no others, so the next run gives what it gave before.
    Returns the mentee's name. Raises what `lock_two` raises where a lock is no longer possible."""
    account_id = accounts.require_curator(session, by)
    draft = open_draft(session, draft_id)
    mentee = session.get(Enrolment, mentee_enrolment_id)
    if mentee is None or mentee.programme_id != draft.programme_id:
        raise NotFound("enrolment")
    session.execute(delete(MatchingChoice).where(*_about(draft, mentee)))
    for mentor_id, kind in words:
        mentor, _ = _two(session, draft, mentor_id, mentee_enrolment_id)
        if kind is ChoiceKind.LOCK:
            _ensure_possible(session, draft, mentor.id, mentee.id, now)
        _say(session, draft, mentor, mentee, kind, account_id, now)
    record(session, "matching.choice_taken_back", draft, by=by, now=now, mentee=mentee.id)
    return mentee.person.name.full


def _words(session: Session, draft: MatchingDraft, mentee: Enrolment) -> Words:
    said = select(MatchingChoice.mentor_enrolment_id, MatchingChoice.kind).where(*_about(draft, mentee))
    return tuple((mentor, kind) for mentor, kind in session.execute(said.order_by(MatchingChoice.mentor_enrolment_id)))


def _two(session: Session, draft: MatchingDraft, mentor_id: int, mentee_id: int) -> tuple[Enrolment, Enrolment]:
    mentor, mentee = (session.get(Enrolment, one) for one in (mentor_id, mentee_id))
    if mentor is None or mentor.role is not Role.MENTOR or mentor.programme_id != draft.programme_id:
        raise NotFound("enrolment")
    if mentee is None or mentee.role is not Role.MENTEE or mentee.programme_id != draft.programme_id:
        raise NotFound("enrolment")
    return mentor, mentee


def _ensure_possible(session: Session, draft: MatchingDraft, mentor_id: int, mentee_id: int, now: datetime) -> None:
    """A curator overrules judgement (a threshold, the distance of classes), never facts and people's own word."""
    pool = load_pool(session, draft.programme_id, now=now)
    mentor, mentee = pool.mentor(mentor_id), pool.mentee(mentee_id)
    if mentor is None or mentee is None:
        raise OutOfDate("matching_draft", draft.state)
    bars = [bar for bar in fit(mentor, mentee, settings_of(draft.settings, pool)).bars if bar in ABSOLUTE]
    if bars:
        raise PairBarred(mentor.name, mentee.name, tuple(bars))
    _ensure_room(session, draft, mentor, mentee_id, {one.enrolment_id for one in pool.mentees})


def _ensure_room(
    session: Session, draft: MatchingDraft, mentor: Applicant, mentee_id: int, waiting: Collection[int]
) -> None:
    """Locks of those who are in a pair by now take no place: the pair does."""
    said = said_in(session, draft.id)
    held = {one for (holder, one), kind in said.items() if holder == mentor.enrolment_id and kind is ChoiceKind.LOCK}
    if len(held & set(waiting) - {mentee_id}) >= mentor.free:
        raise PlacesLocked(mentor.name, mentor.free)


def _about(draft: MatchingDraft, mentee: Enrolment) -> tuple[ColumnElement[bool], ...]:
    return MatchingChoice.draft_id == draft.id, MatchingChoice.mentee_enrolment_id == mentee.id


def _say(
    session: Session,
    draft: MatchingDraft,
    mentor: Enrolment,
    mentee: Enrolment,
    kind: ChoiceKind,
    account_id: int,
    now: datetime,
) -> None:
    of_two = MatchingChoice.mentor_enrolment_id == mentor.id
    said = session.scalar(select(MatchingChoice).where(*_about(draft, mentee), of_two))
    if said is None:
        said = MatchingChoice(draft_id=draft.id, mentor_enrolment_id=mentor.id, mentee_enrolment_id=mentee.id)
        said.organisation_id = draft.organisation_id
        session.add(said)
    said.kind, said.made_by_account_id, said.made_at = kind, account_id, now
    session.flush()


def _chosen(
    draft: MatchingDraft, mentor: Enrolment, mentee: Enrolment, kind: ChoiceKind | None, before: Words
) -> Chosen:
    names = mentor.person.name.full, mentee.person.name.full
    return Chosen(draft.id, mentor.id, mentee.id, *names, kind, before)
