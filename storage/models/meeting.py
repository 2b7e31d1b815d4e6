"""Meetings of pairs."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from storage.base import Base, OwnedMany, Word
from storage.models.pair import Pair


class Meeting(OwnedMany, Base):
    """``revision`` grows with each move: it is the SEQUENCE of the calendar file and part of reminders' keys.

    ``replies``: what each person who was asked has said to this revision, by id; ``reply`` is what follows from them.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_organisation_starts_at", "organisation_id", "starts_at"),
        Index("ix_meeting_state_starts_at", "state", "starts_at"),
        Index("ix_meeting_organisation_state", "organisation_id", "state", "starts_at", "id", "pair_id", "expected"),
        Index("ix_meeting_pair_state", "pair_id", "state", "starts_at", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id"))
    kind: Mapped[MeetingKind] = mapped_column(Word(MeetingKind))
    state: Mapped[MeetingState] = mapped_column(Word(MeetingState))
    starts_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(default=45)
    place_kind: Mapped[PlaceKind] = mapped_column(Word(PlaceKind))
    place: Mapped[str] = mapped_column(String(300), default="")  # a room, an address or a link
    topic: Mapped[str] = mapped_column(String(500), default="")
    was_planned: Mapped[bool] = mapped_column(default=True)
    reply: Mapped[Reply] = mapped_column(Word(Reply), default=Reply.WAITING)
    replies: Mapped[dict[str, Any]] = mapped_column(default=dict)
    planned_by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    planned_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    cancel_reason: Mapped[str] = mapped_column(String(300), default="")
    revision: Mapped[int] = mapped_column(default=0)
    expected: Mapped[int] = mapped_column(default=0)  # how many should tell of it; kept by `storage.kept`
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # when it became held, missed or cancelled

    pair: Mapped[Pair] = relationship()
