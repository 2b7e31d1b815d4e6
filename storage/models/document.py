"""Papers: the organisation's own templates, documents, and what each document does to pairs and people."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from mentoring.rules.documents import DocumentKind, DocumentState, LineAct
from storage.base import Base, Owned, OwnedMany, Word


class DocumentTemplate(Owned, Base):
    """A version of a Word template that a curator uploaded. The newest one that is not retired is used; with none, the
    product's own from `config/documents`. ``fields`` are the names that it prints."""

    __tablename__ = "document_template"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(Word(DocumentKind))
    number: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    digest: Mapped[str] = mapped_column(String(64))
    fields: Mapped[list[Any]] = mapped_column(default=list)
    uploaded_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    uploaded_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class Document(OwnedMany, Base):
    """``choices`` is what the curator entered (dates, basis, persons, blocks of text), by field; ``frozen`` everything
    that the paper says and ``body`` the DOCX itself, both empty until it is signed and never changed after.

    ``number`` is unique within a register (orders have one, each other kind its own) and a year: see ``register``.
    ``listed_at``: signed, or begun; the register is sorted by it.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_organisation_listed", "organisation_id", "listed_at", "id", "state", "kind"),
        Index("ix_document_organisation_kind", "organisation_id", "kind", "listed_at", "id", "state"),
        Index("ix_document_organisation_dated", "organisation_id", "dated_on", "id"),
        UniqueConstraint("organisation_id", "register", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    kind: Mapped[DocumentKind] = mapped_column(Word(DocumentKind))
    state: Mapped[DocumentState] = mapped_column(Word(DocumentState))
    register: Mapped[str] = mapped_column(String(40), default="")  # «orders:2026»
    number: Mapped[str | None] = mapped_column(String(40))
    dated_on: Mapped[date | None]
    title: Mapped[str] = mapped_column(String(300), default="")
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    frozen: Mapped[dict[str, Any] | None]
    body: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    template_id: Mapped[int | None] = mapped_column(ForeignKey("document_template.id"))
    template_digest: Mapped[str] = mapped_column(String(64), default="")
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id", use_alter=True), index=True)  # of one pair
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # about one person
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    created_at: Mapped[datetime]
    signed_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("curator_account.id"))
    signed_at: Mapped[datetime | None]
    listed_at: Mapped[datetime]

    lines: Mapped[list["DocumentLine"]] = relationship(back_populates="document", order_by="DocumentLine.id")


class DocumentLine(OwnedMany, Base):
    """What the document does. A line of an order in force counts from the moment of its signature."""

    __tablename__ = "document_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    act: Mapped[LineAct] = mapped_column(Word(LineAct))
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id", use_alter=True), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id", use_alter=True), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(String(500), default="")

    document: Mapped[Document] = relationship(back_populates="lines")


@event.listens_for(Document, "before_insert")
@event.listens_for(Document, "before_update")
def _keep_listed(_: Any, __: Any, document: Document) -> None:
    document.listed_at = document.signed_at or document.created_at
