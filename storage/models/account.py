"""People of the panel, and the trace of every change."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mentoring.rules.accounts import AccountRole
from mentoring.rules.people import Door
from storage.append_only import AppendOnly
from storage.base import Base, Owned, OwnedMany, Word


class CuratorAccount(Owned, Base):
    """``session_version`` ends all of the account's sessions when it grows."""

    __tablename__ = "curator_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    full_name: Mapped[str] = mapped_column(String(200))
    role: Mapped[AccountRole] = mapped_column(Word(AccountRole))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # their own chat, if linked
    session_version: Mapped[int] = mapped_column(default=1)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class AuditEntry(AppendOnly, OwnedMany, Base):
    """Append-only. ``details`` holds ids and words of the rules, never names, phones or answers."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_organisation_at", "organisation_id", "at"),
        Index("ix_audit_entry_object", "object_kind", "object_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    door: Mapped[Door] = mapped_column(Word(Door))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    act: Mapped[str] = mapped_column(String(60))  # «pair.confirmed»
    object_kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[int]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
