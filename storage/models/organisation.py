"""Who runs the programme, and the programme itself."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.base import Base, Owned


class Municipality(Base):
    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))


class Organisation(Base):
    """``name`` and ``address`` are the only source of the organisation's name in consents and papers.

    ``settings`` holds what a curator may tune (quiet hours, days of silence), keyed by
    `mentoring.rules.reminders.OrganisationSettings`. ``profile`` is what papers say of the organisation (head, city,
    requisites), keyed by `mentoring.rules.documents.Profile`.
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))
    name: Mapped[str] = mapped_column(String(300))
    short_name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[str] = mapped_column(String(32), default="school")
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/Moscow")
    contact: Mapped[str] = mapped_column(String(300), default="")
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    profile: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class Programme(Owned, Base):
    """One organisation, one school year.

    ``introduced_on`` is the date of the order on introduction. ``figures`` holds what the curator enters for the
    indicators, keyed by `mentoring.rules.indicators` (numbers of pupils and young teachers, targets, thresholds);
    ``matching`` the weights and thresholds of matching, keyed by `mentoring.rules.matching`.
    """

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    school_year: Mapped[str] = mapped_column(String(16))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    forms: Mapped[list[Any]] = mapped_column(default=list)
    stage: Mapped[int] = mapped_column(default=1)
    introduced_on: Mapped[date | None]
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    matching: Mapped[dict[str, Any]] = mapped_column(default=dict)
    closed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
