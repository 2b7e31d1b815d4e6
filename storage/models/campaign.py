"""Campaigns: who is asked what, until when; answers without a name; codes of printed forms."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentoring.rules.campaigns import CampaignState, RecipientState
from storage.base import Base, Owned, OwnedMany, Word
from storage.models.person import Person
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion


class Campaign(Owned, Base):
    """``audience`` is a stored `AudienceFilter`. ``rolling``: who comes to fit while it is open is asked too.

    ``origin`` names the calendar's rule and occasion («monthly:2026-11»), empty for one made by hand; with it planning
    twice plans once. ``present`` lists the people from whom `person` questions choose. ``tell`` lists the accounts that
    are told at the end.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        Index("ix_campaign_organisation_state", "organisation_id", "state"),
        Index("ix_campaign_state_closes_at", "state", "closes_at"),
        Index("uq_campaign_origin", "programme_id", "origin", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    audience: Mapped[dict[str, Any]]
    present: Mapped[list[Any]] = mapped_column(default=list)
    anonymous: Mapped[bool] = mapped_column(default=False)
    rolling: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[CampaignState] = mapped_column(Word(CampaignState))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    tell: Mapped[list[Any]] = mapped_column(default=list)
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    questionnaire: Mapped[Questionnaire] = relationship()


class CampaignRecipient(OwnedMany, Base):
    """One questionnaire of one person. ``response_id`` is empty until begun, and for good once an anonymous one is
    sent; then no time is kept either."""

    __tablename__ = "campaign_recipient"
    __table_args__ = (
        Index("ix_campaign_recipient_campaign_state", "campaign_id", "state"),
        Index("ix_campaign_recipient_person_state", "person_id", "state"),
        Index("uq_campaign_recipient_subject", "campaign_id", "person_id", "subject", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    subject: Mapped[str] = mapped_column(String(40))  # «pair:12», «enrolment:7», «person:3»: never asked twice
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"))
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id"), index=True)
    state: Mapped[RecipientState] = mapped_column(Word(RecipientState))
    response_id: Mapped[int | None] = mapped_column(ForeignKey("response.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    campaign: Mapped[Campaign] = relationship()
    person: Mapped[Person] = relationship()


class AnonymousSheet(Owned, Base):
    """Answers that nobody's name is kept with: no person, no time, and a random id, so that not even the order of
    coming tells anything; SQLite numbers its hidden rows in that order, so this table goes without them."""

    __tablename__ = "anonymous_sheet"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    answers: Mapped[dict[str, Any]]

    version: Mapped[QuestionnaireVersion] = relationship()


class PaperCode(OwnedMany, Base):
    """What is printed on a form, so that its answers find the person: see `mentoring.rules.paper_codes`."""

    __tablename__ = "paper_code"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_recipient.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id"))
    printed_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    version: Mapped[QuestionnaireVersion] = relationship()
