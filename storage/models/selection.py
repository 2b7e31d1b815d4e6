"""What is known of mentors beside their questionnaire: interviews, portfolio, training, a worker's labour agreement."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentoring.rules.selection import Verdict
from storage.base import Base, Owned, OwnedMany, Word


class Interview(OwnedMany, Base):
    """``notes`` are restricted: only deciding curators open them, and each opening leaves an audit row."""

    __tablename__ = "interview"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    held_on: Mapped[date]
    interviewer: Mapped[str] = mapped_column(String(200), default="")
    verdict: Mapped[Verdict] = mapped_column(Word(Verdict))
    notes: Mapped[str] = mapped_column(String(4000), default="")
    written_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]


class Portfolio(OwnedMany, Base):
    """What methodology.md §3.3 asks of a mentor and the questionnaire does not. Years are whole; empty: not said."""

    __tablename__ = "portfolio"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    education: Mapped[str] = mapped_column(String(300), default="")
    work: Mapped[str] = mapped_column(String(300), default="")  # where, and as whom
    category: Mapped[str] = mapped_column(String(100), default="")
    years: Mapped[int | None]  # of work altogether
    years_teaching: Mapped[int | None]
    years_mentoring: Mapped[int | None]
    awards: Mapped[str] = mapped_column(String(1000), default="")
    about: Mapped[str] = mapped_column(String(1000), default="")
    reviews: Mapped[str] = mapped_column(String(1000), default="")
    written_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    written_at: Mapped[datetime]


class Training(Owned, Base):
    __tablename__ = "training"
    __table_args__ = (Index("ix_training_organisation_starts", "organisation_id", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    topic: Mapped[str] = mapped_column(String(40), default="")  # an option of the question «training»
    provider: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    hours: Mapped[int]
    created_at: Mapped[datetime]

    records: Mapped[list["TrainingRecord"]] = relationship(back_populates="training", order_by="TrainingRecord.id")


class TrainingRecord(OwnedMany, Base):
    """``hours``: attended, empty while it is only planned."""

    __tablename__ = "training_record"
    __table_args__ = (UniqueConstraint("training_id", "enrolment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    hours: Mapped[int | None]
    certificate: Mapped[str] = mapped_column(String(100), default="")  # number and date, as written on it
    noted_at: Mapped[datetime]

    training: Mapped[Training] = relationship(back_populates="records")


class LabourAgreement(OwnedMany, Base):
    """A worker's written consent to mentor another worker, and the additional agreement (ТК РФ ст. 351.8)."""

    __tablename__ = "labour_agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    consent_on: Mapped[date | None]
    number: Mapped[str] = mapped_column(String(40), default="")
    signed_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    duties: Mapped[str] = mapped_column(String(1000), default="")
    way: Mapped[str] = mapped_column(String(300), default="")  # the form in which the worker mentors
    payment: Mapped[str] = mapped_column(String(500), default="")  # size and conditions, in words
    amount: Mapped[float | None] = mapped_column(Numeric(12, 2))  # roubles a month
    stopped_on: Mapped[date | None]  # the last day after a notice
    created_at: Mapped[datetime]
