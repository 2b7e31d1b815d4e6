"""Pairs, their members, and the dated states through which they went."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentoring.rules.pairs import EndReason, PairAnswer, PairState, listed_as
from mentoring.rules.people import Role
from mentoring.rules.plans import PlanState, plan_listed_as
from storage.base import Base, OwnedMany, Word, part_of_index
from storage.models.organisation import Programme
from storage.models.person import Enrolment, Person


class Pair(OwnedMany, Base):
    """One mentor and one to four mentees. ``reasons`` is why the curator put them together, in words, without names.

    ``started_at``: they learned who the other is, at the beginning of the trial or at the confirmation without one.
    ``order_id``: the signed order that fixed the pair. ``joins_pair_id``: a proposal to become a mentee of that group.
    ``ends_on``: the last day after a notice under ТК 351.8. ``silence_told_at``: when both were told that without a
    meeting the pair will be ended.

    ``listed_as`` and ``quiet_since`` repeat what other columns say, as the lists are sorted: the database can walk an
    index over them, and could not over an expression. ``plan_state``, ``plan_at`` (of that state) and
    ``plan_listed_as`` say the same of the pair's plan, if it has one; ``order_outdated`` (not as its order says) and
    ``labour_gap`` (a worker who mentors a worker has not agreed in writing) are kept by `storage.kept`.
    """

    __tablename__ = "pair"
    __table_args__ = (
        Index("ix_pair_organisation_listed", "organisation_id", "listed_as", "quiet_since", "id"),
        Index("ix_pair_organisation_state", "organisation_id", "state", "listed_as", "quiet_since", "id"),
        Index("ix_pair_organisation_entered", "organisation_id", "state", "state_at", "id"),
        Index("ix_pair_organisation_outdated", "organisation_id", "order_outdated", "state_at", "id"),
        Index("ix_pair_organisation_labour", "organisation_id", "labour_gap", "state_at", "id"),
        Index("ix_pair_organisation_met", "organisation_id", "last_met_at", "id", "state", "resumed_at"),
        Index(
            "ix_pair_organisation_planned", "organisation_id", "plan_listed_as", "plan_at", "id", "state", "plan_state"
        ),
        part_of_index(
            "ix_pair_organisation_never_met",
            ("organisation_id", "started_at", "id", "state", "resumed_at"),
            where="last_met_at IS NULL",
        ),
        part_of_index(
            "ix_pair_organisation_unordered",
            ("organisation_id", "confirmed_at", "id", "state"),
            where="order_id IS NULL AND confirmed_at IS NOT NULL",
        ),
        part_of_index(
            "ix_pair_organisation_ends", ("organisation_id", "ends_on", "state"), where="ends_on IS NOT NULL"
        ),
        part_of_index(
            "ix_pair_organisation_paused",
            ("organisation_id", "paused_until", "state"),
            where="paused_until IS NOT NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    form: Mapped[str] = mapped_column(String(40), default="")
    role_model: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[PairState] = mapped_column(Word(PairState))
    state_at: Mapped[datetime]
    reasons: Mapped[str] = mapped_column(String(1000), default="")
    answer_by: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    decision_note: Mapped[str] = mapped_column(String(500), default="")  # why without a trial or some of its papers
    order_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    joins_pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id"), index=True)
    paused_from: Mapped[PairState | None] = mapped_column(Word(PairState))
    paused_until: Mapped[date | None]
    pause_reason: Mapped[str] = mapped_column(String(300), default="")
    ends_on: Mapped[date | None]
    notice_reason: Mapped[str] = mapped_column(String(40), default="")  # EndReason of the notice under ТК 351.8
    resumed_at: Mapped[datetime | None]  # after the last pause: silence counts from here
    silence_told_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(40), default="")
    end_note: Mapped[str] = mapped_column(String(500), default="")
    last_met_at: Mapped[datetime | None] = mapped_column(index=True)  # kept with the meeting that sets it
    listed_as: Mapped[int]
    quiet_since: Mapped[datetime]
    plan_state: Mapped[PlanState | None] = mapped_column(Word(PlanState))
    plan_at: Mapped[datetime | None]
    plan_listed_as: Mapped[int] = mapped_column(default=plan_listed_as(None))
    order_outdated: Mapped[bool] = mapped_column(default=False)
    labour_gap: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    members: Mapped[list["PairMember"]] = relationship(back_populates="pair", order_by="PairMember.id")
    programme: Mapped[Programme] = relationship()

    @property
    def present(self) -> list["PairMember"]:
        """Those who are in it now, or were to its end: not those who had left the group before."""
        return [member for member in self.members if member.left_at is None]


class PairMember(OwnedMany, Base):
    """``joined_at``: from when the person counts as a member (empty while the pair is only proposed); ``left_at``: when
    they left a group that went on without them."""

    __tablename__ = "pair_member"
    __table_args__ = (
        UniqueConstraint("pair_id", "enrolment_id"),
        Index("ix_pair_member_pair_role", "pair_id", "role", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(Word(Role))
    answer: Mapped[PairAnswer] = mapped_column(Word(PairAnswer))
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(40), default="")  # a word of `mentoring.rules.pairs.DeclineReason`
    reason_text: Mapped[str] = mapped_column(String(500), default="")
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    left_reason: Mapped[EndReason | None] = mapped_column(Word(EndReason))

    pair: Mapped[Pair] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()
    enrolment: Mapped[Enrolment] = relationship()

    @property
    def was_in(self) -> bool:
        """Not of who said no to the proposal of a group, which then came to be without them."""
        return self.joined_at is not None or self.left_at is None


class PairEvent(OwnedMany, Base):
    """A dated state of a pair: who moved it there, by which door."""

    __tablename__ = "pair_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id"), index=True)
    state: Mapped[PairState] = mapped_column(Word(PairState))
    at: Mapped[datetime]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))


@event.listens_for(Pair, "before_insert")
@event.listens_for(Pair, "before_update")
def _keep_listed(_: Any, __: Any, pair: Pair) -> None:
    pair.listed_as = listed_as(pair.state)
    pair.quiet_since = pair.last_met_at or pair.started_at or pair.state_at
