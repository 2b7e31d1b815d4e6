"""Questionnaires, their immutable versions, and what people answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from mentoring.rules.people import Door
from mentoring.rules.questionnaire import ResponseState
from storage.append_only import EvidenceTouched
from storage.base import Base, Owned, OwnedMany, Word
from storage.models.person import Person


class Questionnaire(Owned, Base):
    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))  # "mentor_entry", "mentee_request", "feedback_mentee", …
    title: Mapped[str] = mapped_column(String(200))
    hidden_at: Mapped[datetime | None]  # the curator does not use it: not offered, not planned, answers stay

    versions: Mapped[list["QuestionnaireVersion"]] = relationship(
        back_populates="questionnaire", order_by="QuestionnaireVersion.number"
    )


class QuestionnaireVersion(Owned, Base):
    """``definition`` is the parsed TOML as `mentoring.rules.questionnaire` reads it; never changed once published.

    Without ``published_at`` it is the curator's draft of the next version: at most one for a questionnaire, it may be
    broken while it is being written, and nobody answers it.
    """

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    number: Mapped[int]
    definition: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime | None] = mapped_column(active_history=True)
    edited_at: Mapped[datetime | None]
    edited_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))

    questionnaire: Mapped[Questionnaire] = relationship(back_populates="versions")


@event.listens_for(QuestionnaireVersion, "before_update")
def _refuse_update(mapper: Mapper[Any], _: Any, version: QuestionnaireVersion) -> None:
    """A published version never changes. The database says the same by triggers."""
    attributes = inspect(version).attrs
    changed = [column.key for column in mapper.column_attrs if attributes[column.key].history.has_changes()]
    was_published = attributes.published_at.history.deleted != [None] and version.published_at is not None
    if changed and was_published:
        raise EvidenceTouched(mapper.class_.__name__)


@event.listens_for(QuestionnaireVersion, "before_delete")
def _refuse_delete(mapper: Mapper[Any], _: Any, version: QuestionnaireVersion) -> None:
    if version.published_at is not None:
        raise EvidenceTouched(mapper.class_.__name__)


class Response(OwnedMany, Base):
    """One person's answers to one version, about one subject: an enrolment, a meeting or a pair, or in a campaign.

    ``position`` is the key of the question on the screen, empty on the review page.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("person_id", "questionnaire_id", "enrolment_id", "meeting_id"),
        Index("ix_response_organisation_state", "organisation_id", "state"),
        Index("ix_response_questionnaire_state", "questionnaire_id", "state", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id", use_alter=True), index=True)
    state: Mapped[ResponseState] = mapped_column(Word(ResponseState))
    position: Mapped[str] = mapped_column(String(60), default="")
    reviewing: Mapped[bool] = mapped_column(default=False)  # an answer is being changed from the review page
    door: Mapped[Door] = mapped_column(Word(Door), default=Door.CHAT)
    entered_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    started_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    version: Mapped[QuestionnaireVersion] = relationship()
    questionnaire: Mapped[Questionnaire] = relationship()
    answers: Mapped[list["Answer"]] = relationship(back_populates="response", cascade="all, delete-orphan")


class Answer(OwnedMany, Base):
    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("response_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(JSON)
    answered_at: Mapped[datetime]

    response: Mapped[Response] = relationship(back_populates="answers")


class Submission(OwnedMany, Base):
    """What exactly was sent, each time: a correction adds one and never rewrites an earlier one."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("response_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    number: Mapped[int]
    answers: Mapped[dict[str, Any]]
    submitted_at: Mapped[datetime]
