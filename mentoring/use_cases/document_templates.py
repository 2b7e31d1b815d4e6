"""Word templates: the product's own, and those that a curator uploads; old ones are kept."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.document_templates import own_template
from mentoring.document_checks import check_template, fields_in
from mentoring.document_files import LARGEST
from mentoring.document_repair import mended
from mentoring.rules.documents import DocumentKind
from mentoring.rules.errors import NotFound, TemplateRefused
from mentoring.rules.people import Actor
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from storage.models.account import CuratorAccount
from storage.models.document import DocumentTemplate
from storage.queries.documents import newest_template

NOTE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class TemplateInUse:
    """``template_id`` None: the product's own."""

    template_id: int | None
    number: int
    body: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class TemplateLine:
    template_id: int
    kind: DocumentKind
    number: int
    file_name: str
    note: str
    uploaded_by: str
    uploaded_at: datetime
    in_use: bool


def template_in_use(session: Session, kind: DocumentKind) -> TemplateInUse:
    found = newest_template(session, kind)
    if found is not None:
        return TemplateInUse(found.id, found.number, found.body, found.digest)
    body = own_template(kind)
    return TemplateInUse(None, 0, body, sha256(body).hexdigest())


def own_uploads(session: Session) -> dict[DocumentKind, int]:
    """Kinds that print by an uploaded template, with its number."""
    rows = session.execute(
        select(DocumentTemplate.kind, func.max(DocumentTemplate.number))
        .where(DocumentTemplate.retired_at.is_(None))
        .group_by(DocumentTemplate.kind)
    )
    return dict(rows.all())


def template_lines(session: Session, kind: DocumentKind) -> tuple[TemplateLine, ...]:
    """The newest first; without their bodies."""
    names = dict(session.execute(select(CuratorAccount.id, CuratorAccount.full_name)).all())
    using = newest_template(session, kind)
    found = session.scalars(
        select(DocumentTemplate).where(DocumentTemplate.kind == kind).order_by(DocumentTemplate.number.desc())
    )
    return tuple(
        TemplateLine(
            one.id,
            one.kind,
            one.number,
            one.file_name,
            one.note,
            names.get(one.uploaded_by_account_id or 0, ""),
            one.uploaded_at,
            using is not None and one.id == using.id,
        )
        for one in found
    )


def template_body(session: Session, template_id: int) -> tuple[DocumentKind, int, bytes]:
    found = _template(session, template_id)
    return found.kind, found.number, found.body


def upload_template(
    session: Session,
    kind: DocumentKind,
    body: bytes,
    *,
    file_name: str = "",
    note: str = "",
    by: Actor,
    now: datetime,
) -> int:
    """Checked, and in use from now on; what is signed already stays as it is. Raises TemplateRefused."""
    account_id = require_curator(session, by)
    body = mended(body) if len(body) <= LARGEST else body
    if faults := check_template(body, kind):
        raise TemplateRefused(faults)
    last = session.scalar(select(func.max(DocumentTemplate.number)).where(DocumentTemplate.kind == kind)) or 0
    template = DocumentTemplate(
        kind=kind,
        number=last + 1,
        file_name=file_name.strip()[:200],
        note=note.strip()[:NOTE_LIMIT],
        body=body,
        digest=sha256(body).hexdigest(),
        fields=list(fields_in(body)),
        uploaded_by_account_id=account_id,
        uploaded_at=now,
    )
    session.add(template)
    session.flush()
    record(session, "document.template_uploaded", template, by=by, now=now, kind=kind.value, number=template.number)
    return template.number


def use_template(session: Session, kind: DocumentKind, template_id: int | None, *, by: Actor, now: datetime) -> None:
    """Go back to an old one; None: to the product's own."""
    require_curator(session, by)
    chosen = _template(session, template_id) if template_id is not None else None
    if chosen is not None and chosen.kind is not kind:
        raise NotFound("template")
    for one in session.scalars(select(DocumentTemplate).where(DocumentTemplate.kind == kind)):
        one.retired_at = None if one is chosen else one.retired_at or now
        if one is chosen or (chosen is None and one.retired_at == now):
            record(session, "document.template_chosen", one, by=by, now=now, kind=kind.value, used=one is chosen)


def _template(session: Session, template_id: int) -> DocumentTemplate:
    found = session.get(DocumentTemplate, template_id)
    if found is None:
        raise NotFound("template")
    return found
