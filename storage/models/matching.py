"""Drafts of the matching of a whole pool, and the queue of those who stay without a pair."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentoring.rules.matching import ChoiceKind, DraftState
from mentoring.rules.selection import WaitingExit
from storage.base import Base, Owned, OwnedMany, Word


class MatchingDraft(Owned, Base):
    """``settings``: weights and thresholds of this draft; empty ones are the programme's. ``outcome``: totals of the
    last run. The lines are what the run proposes, as the curator's choices ask; both survive a new run's beginning."""

    __tablename__ = "matching_draft"
    __table_args__ = (Index("ix_matching_draft_programme_state", "programme_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[DraftState] = mapped_column(Word(DraftState))
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("matching_draft.id"))
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    created_at: Mapped[datetime]
    run_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

    lines: Mapped[list["MatchingLine"]] = relationship(back_populates="draft", order_by="MatchingLine.id")
    choices: Mapped[list["MatchingChoice"]] = relationship(back_populates="draft", order_by="MatchingChoice.id")


class MatchingChoice(OwnedMany, Base):
    """The curator's word about a mentor and a mentee in this draft: these two together, or never."""

    __tablename__ = "matching_choice"
    __table_args__ = (UniqueConstraint("draft_id", "mentor_enrolment_id", "mentee_enrolment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("matching_draft.id"))
    mentor_enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    mentee_enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    kind: Mapped[ChoiceKind] = mapped_column(Word(ChoiceKind))
    made_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    made_at: Mapped[datetime]

    draft: Mapped[MatchingDraft] = relationship(back_populates="choices")


class MatchingLine(OwnedMany, Base):
    """One proposed place. ``score`` of 0–100; ``pair_id`` once it was published."""

    __tablename__ = "matching_line"
    __table_args__ = (UniqueConstraint("draft_id", "mentee_enrolment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("matching_draft.id"))
    mentor_enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    mentee_enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    score: Mapped[int]
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id"), index=True)

    draft: Mapped[MatchingDraft] = relationship(back_populates="lines")


class WaitingCase(Owned, Base):
    """Somebody approved without a pair: which of the three exits, who sees to it, by when (002, item 5.4)."""

    __tablename__ = "waiting_case"
    __table_args__ = (Index("ix_waiting_case_organisation_closed", "organisation_id", "closed_at", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    exit: Mapped[WaitingExit] = mapped_column(Word(WaitingExit))
    owner: Mapped[str] = mapped_column(String(200), default="")  # whoever sees to it, as the curator calls them
    due_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(1000), default="")
    outcome: Mapped[str] = mapped_column(String(1000), default="")
    opened_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
