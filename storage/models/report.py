"""Reports of a period, and what a signed one is made of."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mentoring.rules.reporting import PeriodKind, ReportState
from storage.base import Base, Owned, Word


class Report(Owned, Base):
    """``texts`` are the blocks that the curator writes, by section. ``frozen`` is empty until the report is signed, and
    holds then all that it says, with the submissions behind each figure: it never changes after."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_organisation_ends_on", "organisation_id", "ends_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[PeriodKind] = mapped_column(Word(PeriodKind))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(200))
    state: Mapped[ReportState] = mapped_column(Word(ReportState))
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    frozen: Mapped[dict[str, Any] | None]
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    created_at: Mapped[datetime]
    signed_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    signed_at: Mapped[datetime | None]
