"""A draft becomes proposals: the mentors are asked, and everything goes its usual way from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mentoring.rules.errors import MentoringError, OutOfDate
from mentoring.rules.matching import ChoiceKind, DraftState
from mentoring.rules.people import Actor
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.matching_cards import Named
from mentoring.use_cases.matching_drafts import open_draft
from mentoring.use_cases.matching_table import people_named
from mentoring.use_cases.pair_proposals import propose_group
from storage.models.matching import MatchingChoice, MatchingDraft, MatchingLine
from storage.models.pair import Pair


@dataclass(frozen=True, slots=True)
class Offer:
    """Several mentees are one group. ``reasons`` is read by all of them, so it names nobody. ``joins``: the group
    of this mentor that they would come into."""

    mentor_id: int
    mentee_ids: tuple[int, ...]
    reasons: str = ""
    joins: int | None = None


@dataclass(frozen=True, slots=True)
class NotOffered:
    mentor: Named
    mentees: tuple[Named, ...]
    error: MentoringError


@dataclass(frozen=True, slots=True)
class Published:
    """``closed``: nothing is left to offer, so the draft is read-only from now on."""

    draft_id: int
    pair_ids: tuple[int, ...]
    left: tuple[NotOffered, ...]
    closed: bool


def publish(session: Session, draft_id: int, offers: Sequence[Offer], *, by: Actor, now: datetime) -> Published:
    """Each offer goes or stays by itself; what stays is said with its reason. Raises OutOfDate for a closed draft."""
    accounts.require_curator(session, by)
    draft = open_draft(session, draft_id)
    made: list[int] = []
    refused: list[tuple[Offer, MentoringError]] = []
    for offer in offers:
        try:
            with session.begin_nested():
                made.append(_offer(session, draft, offer, by, now))
        except MentoringError as error:
            refused.append((offer, error))
    closed = _close_if_done(session, draft, now)
    if made:
        record(session, "matching.published", draft, by=by, now=now, proposed=len(made))
    return Published(draft.id, tuple(made), _not_offered(session, refused), closed)


def _offer(session: Session, draft: MatchingDraft, offer: Offer, by: Actor, now: datetime) -> int:
    lines = _lines(session, draft, offer)
    group = session.get(Pair, offer.joins) if offer.joins else None
    proposed = propose_group(
        session,
        offer.mentor_id,
        offer.mentee_ids,
        role_model=group.role_model if group else "",
        reasons=offer.reasons,
        joins_pair_id=offer.joins,
        by=by,
        now=now,
    )
    for line in lines:
        line.pair_id = proposed.pair_id
    _forget_locks(session, draft, offer)
    return proposed.pair_id


def _lines(session: Session, draft: MatchingDraft, offer: Offer) -> Sequence[MatchingLine]:
    lines = session.scalars(
        select(MatchingLine).where(
            MatchingLine.draft_id == draft.id,
            MatchingLine.mentor_enrolment_id == offer.mentor_id,
            MatchingLine.mentee_enrolment_id.in_(offer.mentee_ids),
            MatchingLine.pair_id.is_(None),
        )
    ).all()
    if not lines or len(lines) != len(offer.mentee_ids):
        raise OutOfDate("matching_draft", draft.state)
    return lines


def _forget_locks(session: Session, draft: MatchingDraft, offer: Offer) -> None:
    """They are asked now: if it comes to nothing, the next run is free again."""
    session.execute(
        delete(MatchingChoice).where(
            MatchingChoice.draft_id == draft.id,
            MatchingChoice.mentee_enrolment_id.in_(offer.mentee_ids),
            MatchingChoice.kind == ChoiceKind.LOCK,
        )
    )


def _close_if_done(session: Session, draft: MatchingDraft, now: datetime) -> bool:
    session.flush()
    of_draft = select(MatchingLine.pair_id).where(MatchingLine.draft_id == draft.id)
    published = session.scalars(of_draft).all()
    if published and None not in published:
        draft.state, draft.published_at = DraftState.PUBLISHED, now
    return draft.state is DraftState.PUBLISHED


def _not_offered(session: Session, refused: Sequence[tuple[Offer, MentoringError]]) -> tuple[NotOffered, ...]:
    names = people_named(session, {one for offer, _ in refused for one in (offer.mentor_id, *offer.mentee_ids)})
    known = [(offer, error) for offer, error in refused if offer.mentor_id in names]
    return tuple(
        NotOffered(names[offer.mentor_id], tuple(names[one] for one in offer.mentee_ids if one in names), error)
        for offer, error in known
    )
