"""A draft of an order, an old template and a case of somebody who waits: rows that the season does not tell of."""

from sqlalchemy import select

from mentoring.rules.documents import DocumentKind, DocumentState
from mentoring.rules.selection import WaitingExit
from storage.database import SyncDatabase
from storage.models.document import Document, DocumentTemplate
from storage.models.matching import WaitingCase
from tests.admin.season import Season
from tests.conftest import NOW


def paperwork_of(database: SyncDatabase, season: Season) -> dict[str, int | str]:
    """Ids by the names that addresses use. Asked again, they are the same."""
    owned = {"organisation_id": season.organisation_id}
    with database.writers.begin() as session:
        document = session.scalar(select(Document).filter_by(kind=DocumentKind.ORDER_CURATOR, **owned))
        template = session.scalar(select(DocumentTemplate).filter_by(**owned))
        case = session.scalar(select(WaitingCase).filter_by(**owned))
        if document is None:
            document = Document(
                programme_id=season.programme_id,
                kind=DocumentKind.ORDER_CURATOR,
                state=DocumentState.DRAFT,
                created_at=NOW,
                **owned,
            )
            template = DocumentTemplate(
                kind=DocumentKind.ORDER_CURATOR,
                number=1,
                body=b"PK",
                digest="",
                uploaded_at=NOW,
                retired_at=NOW,
                **owned,
            )
            case = WaitingCase(enrolment_id=season.mila_enrolment, exit=WaitingExit.SEARCH, opened_at=NOW, **owned)
            session.add_all([document, template, case])
            session.flush()
        assert template is not None
        assert case is not None
        return {"document_id": document.id, "template_id": template.id, "case_id": case.id, "who": "head"}
