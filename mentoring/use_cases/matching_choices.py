"""The curator's word about two people in a draft: these two together, never these two. The last word counts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from mentoring.rules.errors import CapacityReached, NotFound, SamePerson
from mentoring.rules.matching import ChoiceKind
from mentoring.rules.people import Actor, Role
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.matching_drafts import open_draft
from storage.models.matching import MatchingChoice, MatchingDraft
from storage.models.person import Enrolment
from storage.queries.pairs import places_taken


@dataclass(frozen=True, slots=True)
class Chosen:
    """Names as on the board; ``kind`` is None when the word was taken back."""

    draft_id: int
    mentor_id: int
    mentee_id: int
    mentor_name: str
    mentee_name: str
    kind: ChoiceKind | None


def lock_two(
    session: Session, draft_id: int, mentor_enrolment_id: int, mentee_enrolment_id: int, *, by: Actor, now: datetime
) -> Chosen:
    """These two, whatever the total: also how a mentee is moved by hand. Raises CapacityReached when more would be
    locked to the mentor than there are free places."""
    account_id = accounts.require_curator(session, by)
    draft = open_draft(session, draft_id)
    mentor, mentee = _two(session, draft, mentor_enrolment_id, mentee_enrolment_id)
    _ensure_room(session, draft, mentor, mentee)
    others = MatchingChoice.mentor_enrolment_id != mentor.id, MatchingChoice.kind == ChoiceKind.LOCK
    session.execute(delete(MatchingChoice).where(*_about(draft, mentee), *others))
    _say(session, draft, mentor, mentee, ChoiceKind.LOCK, account_id, now)
    record(session, "matching.locked", draft, by=by, now=now, mentor=mentor.id, mentee=mentee.id)
    return _chosen(draft, mentor, mentee, ChoiceKind.LOCK)


def forbid_two(
    session: Session, draft_id: int, mentor_enrolment_id: int, mentee_enrolment_id: int, *, by: Actor, now: datetime
) -> Chosen:
    account_id = accounts.require_curator(session, by)
    draft = open_draft(session, draft_id)
    mentor, mentee = _two(session, draft, mentor_enrolment_id, mentee_enrolment_id)
    _say(session, draft, mentor, mentee, ChoiceKind.FORBID, account_id, now)
    record(session, "matching.forbidden", draft, by=by, now=now, mentor=mentor.id, mentee=mentee.id)
    return _chosen(draft, mentor, mentee, ChoiceKind.FORBID)


def take_back(
    session: Session, draft_id: int, mentor_enrolment_id: int, mentee_enrolment_id: int, *, by: Actor, now: datetime
) -> Chosen:
    """Neither locked nor forbidden: the run decides again. Once more changes nothing."""
    accounts.require_curator(session, by)
    draft = open_draft(session, draft_id)
    mentor, mentee = _two(session, draft, mentor_enrolment_id, mentee_enrolment_id)
    of_two = MatchingChoice.mentor_enrolment_id == mentor.id
    gone = session.execute(delete(MatchingChoice).where(*_about(draft, mentee), of_two).returning(MatchingChoice.id))
    if gone.all():
        record(session, "matching.choice_taken_back", draft, by=by, now=now, mentor=mentor.id, mentee=mentee.id)
    return _chosen(draft, mentor, mentee, None)


def _two(session: Session, draft: MatchingDraft, mentor_id: int, mentee_id: int) -> tuple[Enrolment, Enrolment]:
    mentor, mentee = (session.get(Enrolment, one) for one in (mentor_id, mentee_id))
    for found, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        if found is None or found.role is not role or found.programme_id != draft.programme_id:
            raise NotFound("enrolment")
    assert mentor is not None
    assert mentee is not None
    if mentor.person_id == mentee.person_id:
        raise SamePerson
    return mentor, mentee


def _ensure_room(session: Session, draft: MatchingDraft, mentor: Enrolment, mentee: Enrolment) -> None:
    taken = places_taken(session, (mentor.id,)).get(mentor.id, 0)
    locked = session.scalar(
        select(func.count(MatchingChoice.id))
        .join(Enrolment, Enrolment.id == MatchingChoice.mentee_enrolment_id)
        .where(
            MatchingChoice.draft_id == draft.id,
            MatchingChoice.mentor_enrolment_id == mentor.id,
            MatchingChoice.mentee_enrolment_id != mentee.id,
            MatchingChoice.kind == ChoiceKind.LOCK,
            Enrolment.paired.is_(False),  # who is in a pair by now is counted among the taken places
        )
    )
    if taken + (locked or 0) >= mentor.capacity:
        raise CapacityReached(mentor.person.name.full, mentor.capacity)


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


def _chosen(draft: MatchingDraft, mentor: Enrolment, mentee: Enrolment, kind: ChoiceKind | None) -> Chosen:
    names = mentor.person.name.full, mentee.person.name.full
    return Chosen(draft.id, mentor.id, mentee.id, *names, kind)
