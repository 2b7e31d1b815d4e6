"""People, how they are reached, who stands for a minor, and their part in a programme."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, String, UniqueConstraint, event, exists, inspect, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentoring.rules.consents import ConsentGap
from mentoring.rules.enrolment import TAKING_PART, EnrolmentStatus, InvitationPurpose, LeftBecause
from mentoring.rules.people import AgeGroup, PersonKind, PersonName, Role
from storage.base import Base, Owned, OwnedMany, Word, part_of_index
from storage.models.organisation import Programme


class Person(OwnedMany, Base):
    """``search_text`` is casefolded, ё as е, with the phone's digits: see `mentoring.rules.search`.

    It begins with the name, so lists are sorted by it. ``nameless``, ``missing_consents``, ``taking_part`` (in any
    enrolment) and how often they were reminded (of consents: for their data, the guardians too) repeat what other
    columns and rows say, for filters and sorting only: no step is decided by them. `mentoring.use_cases.listing` keeps
    the first two, the rows of enrolments the third, `mark_sent` the others.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_organisation_listed", "organisation_id", "erased_at", "nameless", "search_text"),
        part_of_index(
            "ix_person_organisation_missing",
            ("organisation_id", "taking_part", "missing_consents", "reminded_of_consents", "erased_at"),
            where="missing_consents != 'none'",
        ),
        part_of_index(
            "ix_person_organisation_reminded",
            ("organisation_id", "reminded_of_questionnaire"),
            where="reminded_of_questionnaire > 0",
        ),
        Index("ix_person_organisation_kind", "organisation_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PersonKind | None] = mapped_column(Word(PersonKind))
    last_name: Mapped[str] = mapped_column(String(100), default="")
    first_name: Mapped[str] = mapped_column(String(100), default="")
    patronymic: Mapped[str] = mapped_column(String(100), default="")
    birth_date: Mapped[date | None]
    age_group: Mapped[AgeGroup | None] = mapped_column(Word(AgeGroup))
    place: Mapped[str] = mapped_column(String(200), default="")  # «7 „Б“», «учитель физики»
    phone: Mapped[str] = mapped_column(String(20), default="")  # E.164
    search_text: Mapped[str] = mapped_column(String(600), default="")
    name_forms: Mapped[dict[str, Any]] = mapped_column(default=dict)  # corrected cases: {"dative": "Ивановой Анне"}
    nameless: Mapped[bool] = mapped_column(default=True)
    missing_consents: Mapped[ConsentGap] = mapped_column(Word(ConsentGap), default=ConsentGap.AGE)
    taking_part: Mapped[bool] = mapped_column(default=False)
    reminded_of_consents: Mapped[int] = mapped_column(default=0)
    reminded_of_questionnaire: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]

    accounts: Mapped[list["ChannelAccount"]] = relationship(back_populates="person")
    enrolments: Mapped[list["Enrolment"]] = relationship(back_populates="person")

    @property
    def name(self) -> PersonName:
        return PersonName(self.last_name, self.first_name, self.patronymic)


class ChannelAccount(OwnedMany, Base):
    """A way to reach a person in a messenger. ``expecting`` says what the next typed words mean.

    The chat's state is this row and not the messenger library's memory, so that a restart forgets nothing.
    ``screen_message_id`` is the message that is edited in place while the person presses buttons;
    ``step_message_id`` the one question of a questionnaire that is in the chat. Zero and empty: none.
    """

    __tablename__ = "channel_account"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_channel_account_unreachable", "organisation_id", "unreachable_since", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    external_id: Mapped[str] = mapped_column(String(64))
    username: Mapped[str] = mapped_column(String(64), default="")
    unreachable_since: Mapped[datetime | None]
    unreachable_reason: Mapped[str] = mapped_column(String(32), default="")
    linked_at: Mapped[datetime]
    expecting: Mapped[dict[str, Any]] = mapped_column(default=dict)
    screen_message_id: Mapped[int | None]
    step_message_id: Mapped[int | None]

    person: Mapped[Person] = relationship(back_populates="accounts")


class Guardianship(OwnedMany, Base):
    __tablename__ = "guardianship"
    __table_args__ = (UniqueConstraint("guardian_id", "minor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    minor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    relation: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime]

    guardian: Mapped[Person] = relationship(foreign_keys=[guardian_id])
    minor: Mapped[Person] = relationship(foreign_keys=[minor_id])


class Invitation(Owned, Base):
    """A deep link. A role's link is shared by many; a guardian's or a named person's serves one.

    The token is kept readable, since the curator copies and prints it again; what it opens is a request that
    the curator approves (ADR 0007).
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(43), unique=True)
    purpose: Mapped[InvitationPurpose] = mapped_column(Word(InvitationPurpose))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # whose parent, or who is meant
    account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))  # a curator's own chat
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Enrolment(OwnedMany, Base):
    """A person in a programme as mentor or mentee.

    ``paired``: stands in a proposal or a pair that goes on; kept for the lists by `mentoring.use_cases.pair_rows`.
    ``register_order_id``: the signed order that took the mentor into the register (002, item 4.1).
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id", "role"),
        Index("ix_enrolment_programme_role", "programme_id", "role", "status", "person_id"),
        part_of_index(
            "ix_enrolment_programme_registered",
            ("programme_id", "register_order_id"),
            where="register_order_id IS NOT NULL",
        ),
        Index("ix_enrolment_person_status", "person_id", "status", "organisation_id"),
        Index("ix_enrolment_organisation_status", "organisation_id", "status", "role", "paired", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(Word(Role))
    form: Mapped[str] = mapped_column(String(40), default="")
    role_model: Mapped[str] = mapped_column(String(80), default="")
    capacity: Mapped[int] = mapped_column(default=1)
    paired: Mapped[bool] = mapped_column(default=False)
    status: Mapped[EnrolmentStatus] = mapped_column(Word(EnrolmentStatus))
    status_at: Mapped[datetime]
    remark: Mapped[str] = mapped_column(String(1000), default="")  # why the curator returned or declined it
    left_because: Mapped[LeftBecause | None] = mapped_column(Word(LeftBecause))  # of LEFT only
    register_order_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship(back_populates="enrolments")
    programme: Mapped[Programme] = relationship()


@event.listens_for(Enrolment, "after_insert")
@event.listens_for(Enrolment, "after_update")
def _keep_taking_part(_: Any, connection: Connection, enrolment: Enrolment) -> None:
    """Written only when it changes: nobody waits for a person's row without need."""
    if not inspect(enrolment).attrs.status.history.has_changes():
        return
    mine = exists().where(Enrolment.person_id == enrolment.person_id, Enrolment.status.in_(TAKING_PART))
    takes_part = bool(connection.scalar(select(mine)))
    changed = Person.id == enrolment.person_id, Person.taking_part.is_not(takes_part)
    connection.execute(update(Person).where(*changed).values(taking_part=takes_part))
