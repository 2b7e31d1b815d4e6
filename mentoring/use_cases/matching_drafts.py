"""Drafts of the matching: begun, copied as «что если», tuned, put away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.errors import NotFound, OutOfDate, TextEmpty, TextTooLong
from mentoring.rules.matching import DraftState
from mentoring.rules.matching_drafts import NAME_LIMIT, Outcome
from mentoring.rules.people import Actor
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from storage.models.account import CuratorAccount
from storage.models.matching import MatchingChoice, MatchingDraft, MatchingLine
from storage.models.organisation import Programme


@dataclass(frozen=True, slots=True)
class DraftCard:
    """``settings`` are as stored, empty for the programme's own; ``published_count``: lines that became proposals."""

    draft_id: int
    programme_id: int
    name: str
    state: DraftState
    settings: dict[str, Any]
    outcome: Outcome
    created_at: datetime
    run_at: datetime | None
    published_at: datetime | None
    made_by: str
    copied_from: str
    line_count: int
    published_count: int

    @property
    def open(self) -> bool:
        return self.state is DraftState.OPEN


@dataclass(frozen=True, slots=True)
class DraftChanged:
    draft_id: int
    name: str
    state: DraftState


def drafts_list(session: Session, programme_id: int, *, dropped: bool = False) -> tuple[DraftCard, ...]:
    """The newest first; ``dropped``: those that were put away instead."""
    kept = MatchingDraft.state == DraftState.DROPPED if dropped else MatchingDraft.state != DraftState.DROPPED
    found = _cards().where(MatchingDraft.programme_id == programme_id, kept).order_by(MatchingDraft.id.desc())
    return tuple(_card(*row) for row in session.execute(found))


def draft_card(session: Session, draft_id: int) -> DraftCard:
    found = session.execute(_cards().where(MatchingDraft.id == draft_id)).one_or_none()
    if found is None:
        raise NotFound("matching_draft")
    return _card(*found)


def new_draft(session: Session, programme_id: int, name: str, *, by: Actor, now: datetime) -> DraftChanged:
    """It has the programme's weights and thresholds, and no lines until it is run."""
    account_id = accounts.require_curator(session, by)
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFound("programme")
    draft = _begun(programme.id, _named(name), dict(programme.matching), account_id, now)
    session.add(draft)
    session.flush()
    record(session, "matching.draft_begun", draft, by=by, now=now)
    return draft_changed(draft)


def copy_draft(session: Session, draft_id: int, name: str, *, by: Actor, now: datetime) -> DraftChanged:
    """«Что если»: the same settings, choices and lines, to be changed without touching the first. What was published
    is not taken along: those people are asked already."""
    account_id = accounts.require_curator(session, by)
    source = locked_draft(session, draft_id)
    draft = _begun(source.programme_id, _named(name), dict(source.settings), account_id, now)
    draft.outcome, draft.run_at, draft.copied_from_id = dict(source.outcome), source.run_at, source.id
    draft.choices = [_copied_choice(choice) for choice in source.choices]
    draft.lines = [_copied_line(line) for line in source.lines if line.pair_id is None]
    session.add(draft)
    session.flush()
    record(session, "matching.draft_copied", draft, by=by, now=now, source=source.id)
    return draft_changed(draft)


def rename_draft(session: Session, draft_id: int, name: str, *, by: Actor, now: datetime) -> DraftChanged:
    accounts.require_curator(session, by)
    draft = locked_draft(session, draft_id)
    draft.name = _named(name)
    record(session, "matching.draft_renamed", draft, by=by, now=now)
    return draft_changed(draft)


def change_settings(
    session: Session, draft_id: int, settings: dict[str, Any], *, usual: bool = False, by: Actor, now: datetime
) -> DraftChanged:
    """``usual``: these are the programme's from now on, for every new draft and for candidates of one person."""
    accounts.require_curator(session, by)
    draft = open_draft(session, draft_id)
    draft.settings = settings
    record(session, "matching.settings_changed", draft, by=by, now=now)
    if usual:
        programme = session.get_one(Programme, draft.programme_id, with_for_update=True)
        programme.matching = settings
        record(session, "programme.matching_changed", programme, by=by, now=now)
    return draft_changed(draft)


def drop_draft(session: Session, draft_id: int, *, by: Actor, now: datetime) -> DraftChanged:
    """Put away; nothing that was proposed from it is taken back."""
    accounts.require_curator(session, by)
    draft = locked_draft(session, draft_id)
    if draft.state is not DraftState.DROPPED:
        draft.state = DraftState.DROPPED
        record(session, "matching.draft_dropped", draft, by=by, now=now)
    return draft_changed(draft)


def restore_draft(session: Session, draft_id: int, *, by: Actor, now: datetime) -> DraftChanged:
    accounts.require_curator(session, by)
    draft = locked_draft(session, draft_id)
    if draft.state is DraftState.DROPPED:
        draft.state = DraftState.PUBLISHED if draft.published_at else DraftState.OPEN
        record(session, "matching.draft_restored", draft, by=by, now=now)
    return draft_changed(draft)


def locked_draft(session: Session, draft_id: int) -> MatchingDraft:
    """One curator after the other: whoever holds the row decides on choices and lines."""
    draft = session.get(MatchingDraft, draft_id, with_for_update=True)
    if draft is None:
        raise NotFound("matching_draft")
    return draft


def open_draft(session: Session, draft_id: int) -> MatchingDraft:
    """Raises OutOfDate for one that is published or put away: it is read-only."""
    draft = locked_draft(session, draft_id)
    if draft.state is not DraftState.OPEN:
        raise OutOfDate("matching_draft", draft.state)
    return draft


def draft_changed(draft: MatchingDraft) -> DraftChanged:
    return DraftChanged(draft.id, draft.name, draft.state)


def _begun(programme_id: int, name: str, settings: dict[str, Any], account_id: int, now: datetime) -> MatchingDraft:
    return MatchingDraft(
        programme_id=programme_id,
        name=name,
        state=DraftState.OPEN,
        settings=settings,
        outcome={},
        created_by_account_id=account_id,
        created_at=now,
    )


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise TextEmpty("name")
    if len(name) > NAME_LIMIT:
        raise TextTooLong("name", NAME_LIMIT, len(name))
    return name


def _copied_choice(choice: MatchingChoice) -> MatchingChoice:
    return MatchingChoice(
        mentor_enrolment_id=choice.mentor_enrolment_id,
        mentee_enrolment_id=choice.mentee_enrolment_id,
        kind=choice.kind,
        made_by_account_id=choice.made_by_account_id,
        made_at=choice.made_at,
    )


def _copied_line(line: MatchingLine) -> MatchingLine:
    return MatchingLine(
        mentor_enrolment_id=line.mentor_enrolment_id, mentee_enrolment_id=line.mentee_enrolment_id, score=line.score
    )


def _cards() -> Any:
    source = aliased(MatchingDraft)
    lines = (
        select(func.count(MatchingLine.id)).where(MatchingLine.draft_id == MatchingDraft.id).correlate(MatchingDraft)
    )
    return (
        select(
            MatchingDraft,
            func.coalesce(CuratorAccount.full_name, ""),
            func.coalesce(source.name, ""),
            lines.scalar_subquery(),
            lines.where(MatchingLine.pair_id.is_not(None)).scalar_subquery(),
        )
        .outerjoin(CuratorAccount, CuratorAccount.id == MatchingDraft.created_by_account_id)
        .outerjoin(source, source.id == MatchingDraft.copied_from_id)
    )


def _card(draft: MatchingDraft, made_by: str, copied_from: str, line_count: int, published_count: int) -> DraftCard:
    return DraftCard(
        draft_id=draft.id,
        programme_id=draft.programme_id,
        name=draft.name,
        state=draft.state,
        settings=dict(draft.settings),
        outcome=Outcome.from_stored(draft.outcome),
        created_at=draft.created_at,
        run_at=draft.run_at,
        published_at=draft.published_at,
        made_by=made_by,
        copied_from=copied_from,
        line_count=line_count,
        published_count=published_count,
    )
