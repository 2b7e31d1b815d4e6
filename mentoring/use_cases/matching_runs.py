"""What a run of the matching works with, and its result kept with the draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mentoring.rules.errors import OutOfDate
from mentoring.rules.matching import ChoiceKind
from mentoring.rules.matching_drafts import Outcome, moves
from mentoring.rules.matching_settings import Settings
from mentoring.rules.people import Actor
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.matching_drafts import DraftCard, draft_card, open_draft
from mentoring.use_cases.matching_pool import Pool, load_pool
from storage.models.matching import MatchingChoice, MatchingDraft, MatchingLine

Two = tuple[int, int]
"""Enrolments of a mentor and a mentee."""


@dataclass(frozen=True, slots=True)
class MatchingTask:
    """Everything that a result depends on: two equal tasks have the same one."""

    draft_id: int
    pool: Pool
    settings: Settings
    choices: tuple[tuple[Two, ChoiceKind], ...]

    @property
    def considered(self) -> tuple[int, ...]:
        return tuple(sorted(one.enrolment_id for one in (*self.pool.mentors, *self.pool.mentees)))


@dataclass(frozen=True, slots=True)
class Moved:
    """Names; empty for nobody."""

    mentee: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RunKept:
    """``moved``: who goes elsewhere than before this run; nobody after the first one."""

    draft_id: int
    outcome: Outcome
    moved: tuple[Moved, ...]


def matching_task(
    session: Session, draft_id: int, *, settings: dict[str, Any] | None = None, now: datetime
) -> MatchingTask:
    """``settings``: to be tried instead of the draft's own."""
    card = draft_card(session, draft_id)
    return _task(session, card, card.settings if settings is None else settings, now)


def keep_run(
    session: Session,
    seen: MatchingTask,
    placed: Mapping[int, int],
    scores: Mapping[int, int],
    outcome: Outcome,
    *,
    by: Actor,
    now: datetime,
) -> RunKept:
    """Lines that became proposals stay as they are. ``placed``, ``scores``: by the mentee's enrolment.

    Raises OutOfDate when people, settings or choices are not those that the run saw: run again.
    """
    accounts.require_curator(session, by)
    draft = open_draft(session, seen.draft_id)
    if _task(session, draft_card(session, draft.id), dict(draft.settings), now) != seen:
        raise OutOfDate("matching_draft", draft.state)
    before = placed_in(session, draft.id)
    _replace_lines(session, draft, placed, scores)
    draft.outcome, draft.run_at = outcome.to_stored(), now
    record(session, "matching.run", draft, by=by, now=now, placed=outcome.placed, total=outcome.total)
    return RunKept(draft.id, outcome, moved_in(seen.pool, before, placed) if before else ())


def moved_in(pool: Pool, before: Mapping[int, int], after: Mapping[int, int]) -> tuple[Moved, ...]:
    """Of those who still wait for a pair, by name."""
    names = {one.enrolment_id: one.name for one in (*pool.mentors, *pool.mentees)}
    found = (
        Moved(names[move.mentee_id], names.get(move.before or 0, ""), names.get(move.after or 0, ""))
        for move in moves(before, after)
        if move.mentee_id in names
    )
    return tuple(sorted(found, key=lambda move: move.mentee))


def placed_in(session: Session, draft_id: int) -> dict[int, int]:
    """Mentee's enrolment -> mentor's, of the lines that are not published yet."""
    lines = select(MatchingLine.mentee_enrolment_id, MatchingLine.mentor_enrolment_id)
    return dict(session.execute(lines.where(MatchingLine.draft_id == draft_id, MatchingLine.pair_id.is_(None))).all())


def settings_of(stored: Mapping[str, Any], pool: Pool) -> Settings:
    """A draft's own, or the programme's; the forms of mentoring are always the programme's."""
    return Settings.from_stored(stored, pool.settings.forms) if stored else pool.settings


def said_in(session: Session, draft_id: int) -> dict[Two, ChoiceKind]:
    rows = session.execute(
        select(MatchingChoice.mentor_enrolment_id, MatchingChoice.mentee_enrolment_id, MatchingChoice.kind)
        .where(MatchingChoice.draft_id == draft_id)
        .order_by(MatchingChoice.mentor_enrolment_id, MatchingChoice.mentee_enrolment_id)
    )
    return {(mentor, mentee): kind for mentor, mentee, kind in rows}


def _task(session: Session, card: DraftCard, settings: dict[str, Any], now: datetime) -> MatchingTask:
    pool = load_pool(session, card.programme_id, now=now)
    choices = tuple(said_in(session, card.draft_id).items())
    return MatchingTask(card.draft_id, pool, settings_of(settings, pool), choices)


def _replace_lines(
    session: Session, draft: MatchingDraft, placed: Mapping[int, int], scores: Mapping[int, int]
) -> None:
    """A published line gives way only to a new place of the same mentee, whose proposal has come to nothing."""
    ours = MatchingLine.draft_id == draft.id
    session.execute(delete(MatchingLine).where(ours, MatchingLine.pair_id.is_(None)))
    if placed:
        session.execute(delete(MatchingLine).where(ours, MatchingLine.mentee_enrolment_id.in_(list(placed))))
    session.add_all(
        MatchingLine(
            organisation_id=draft.organisation_id,
            draft_id=draft.id,
            mentor_enrolment_id=mentor,
            mentee_enrolment_id=mentee,
            score=scores[mentee],
        )
        for mentee, mentor in sorted(placed.items())
    )
    session.flush()
