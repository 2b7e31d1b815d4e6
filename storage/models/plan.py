"""The plan of a pair, and its items."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, String, event, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentoring.rules.plans import ItemState, PlanState, plan_listed_as
from storage.base import Base, OwnedMany, Word
from storage.models.pair import Pair


class Plan(OwnedMany, Base):
    """``goals`` are lines of text; ``notes`` are the paragraphs of the explanatory note, by their keys in the template.

    ``revision`` grows with each approval: an approved plan that is changed goes to the
    curator again, and ``approved`` holds the items as they were approved last."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id"), unique=True)
    template: Mapped[str] = mapped_column(String(40), default="")  # a key of `mentoring.rules.plans`
    state: Mapped[PlanState] = mapped_column(Word(PlanState))
    state_at: Mapped[datetime]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    goals: Mapped[list[Any]] = mapped_column(default=list)
    notes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    remark: Mapped[str] = mapped_column(String(1000), default="")
    revision: Mapped[int] = mapped_column(default=0)
    approved: Mapped[dict[str, Any] | None]
    approved_at: Mapped[datetime | None]
    approved_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    created_at: Mapped[datetime]

    pair: Mapped[Pair] = relationship()
    items: Mapped[list["PlanItem"]] = relationship(back_populates="plan", order_by="(PlanItem.position, PlanItem.id)")


class PlanItem(OwnedMany, Base):
    __tablename__ = "plan_item"
    __table_args__ = (Index("ix_plan_item_organisation_due", "organisation_id", "state", "due_on", "plan_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    position: Mapped[int]
    section: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str] = mapped_column(String(500))
    due_on: Mapped[date | None]
    planned_result: Mapped[str] = mapped_column(String(500), default="")
    actual_result: Mapped[str] = mapped_column(String(500), default="")
    mark: Mapped[str] = mapped_column(String(300), default="")  # the mentor's words
    state: Mapped[ItemState] = mapped_column(Word(ItemState))
    reported_at: Mapped[datetime | None]
    marked_at: Mapped[datetime | None]
    added_by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

    plan: Mapped[Plan] = relationship(back_populates="items")


@event.listens_for(Plan, "after_insert")
@event.listens_for(Plan, "after_update")
def _keep_listed(_: Any, connection: Connection, plan: Plan) -> None:
    """What the list of pairs says of their plans."""
    told = {"plan_state": plan.state, "plan_at": plan.state_at, "plan_listed_as": plan_listed_as(plan.state)}
    connection.execute(update(Pair).where(Pair.id == plan.pair_id).values(told))
