"""Consent texts, and what was given, refused and withdrawn. Rows are added, never changed or deleted."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentoring.rules.consents import ConsentKind, Decision
from mentoring.rules.people import Door
from storage.append_only import AppendOnly
from storage.base import Base, Owned, OwnedMany, Word
from storage.models.person import Person


class ConsentText(AppendOnly, Owned, Base):
    """All as people read it, with the organisation's name in it.

    ``digest`` is the SHA-256 of title, summary and body with an empty line between them.
    """

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ConsentKind] = mapped_column(Word(ConsentKind))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(String(1000))
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]


class Consent(AppendOnly, Owned, Base):
    """A decision about ``person_id``'s data, taken by ``given_by_id`` (the person or a guardian)."""

    __tablename__ = "consent"
    __table_args__ = (
        Index("ix_consent_person_kind", "person_id", "kind"),
        Index("ix_consent_organisation_decision", "organisation_id", "decision", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("consent_text.id"))
    kind: Mapped[ConsentKind] = mapped_column(Word(ConsentKind))
    decision: Mapped[Decision] = mapped_column(Word(Decision))
    door: Mapped[Door] = mapped_column(Word(Door))
    accepted_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))  # a paper was seen
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    decided_at: Mapped[datetime]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    given_by: Mapped[Person] = relationship(foreign_keys=[given_by_id])
    text: Mapped[ConsentText] = relationship()
    withdrawal: Mapped["ConsentWithdrawal | None"] = relationship(back_populates="consent")


class ConsentWithdrawal(AppendOnly, OwnedMany, Base):
    __tablename__ = "consent_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"), unique=True)
    withdrawn_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    door: Mapped[Door] = mapped_column(Word(Door))
    withdrawn_at: Mapped[datetime]

    consent: Mapped[Consent] = relationship(back_populates="withdrawal")


class ErasureRequest(Owned, Base):
    """A demand to destroy data: from a withdrawn consent, or asked for. Due in 30 days (152-ФЗ ст. 21 ч. 5)."""

    __tablename__ = "erasure_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]  # a new consent came in time
    done_at: Mapped[datetime | None]
    done_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))

    person: Mapped[Person] = relationship()
