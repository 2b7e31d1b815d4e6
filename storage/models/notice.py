"""Messages to people, the letters between participants and curators, and the inbox of the chat."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentoring.rules.reminders import NoticeKind, NoticeState
from storage.base import Base, Owned, OwnedMany, Word, part_of_index
from storage.models.person import Person


class Notice(OwnedMany, Base):
    """A message to be sent. ``payload`` holds ids, never personal data; ``dedup_key`` makes planning twice plan once.

    ``due_at`` already respects quiet hours; ``expires_at`` is when it loses its sense; a claim is good until
    ``lease_until``.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_state_due_at", "state", "due_at"),
        Index("ix_notice_organisation_created_at", "organisation_id", "created_at"),
        part_of_index(
            "ix_notice_organisation_closed", ("organisation_id", "state", "closed_at"), where="closed_at IS NOT NULL"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[NoticeKind] = mapped_column(Word(NoticeKind))
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    dedup_key: Mapped[str] = mapped_column(String(120), unique=True)
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[NoticeState] = mapped_column(Word(NoticeState))
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(120), default="")
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]  # when it failed, expired or became needless

    person: Mapped[Person] = relationship()


class Letter(Owned, Base):
    """«Написать куратору», and the curator's answer or own message to a person."""

    __tablename__ = "letter"
    __table_args__ = (
        part_of_index(
            "ix_letter_organisation_open",
            ("organisation_id", "from_curator", "written_at"),
            where="answered_at IS NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_curator: Mapped[bool]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]  # of a person's letter: when a curator answered or closed it

    person: Mapped[Person] = relationship()


class InboxUpdate(Base):
    """An update taken from the messenger, committed before its offset is confirmed.

    ``applied_at`` is set in the transaction that the update caused, ``done_at`` once the person was answered;
    then ``body`` is emptied. ``tries`` counts the restarts that found it unfinished; ``error`` names what made the
    bot give up.
    """

    __tablename__ = "inbox_update"
    __table_args__ = (Index("ix_inbox_update_done_at_update_id", "done_at", "update_id"),)

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    body: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(80), default="")


class BotProfile(Base):
    """How the bot introduces itself; written by the bot's process, read by the panel to make links."""

    __tablename__ = "bot_profile"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    username: Mapped[str] = mapped_column(String(64))
    link_prefix: Mapped[str] = mapped_column(String(200))  # «https://t.me/name?start=»
    seen_at: Mapped[datetime]


class Heartbeat(Base):
    """When a process last did its work: "bot", "delivery", "reminders"."""

    __tablename__ = "heartbeat"

    process: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]
