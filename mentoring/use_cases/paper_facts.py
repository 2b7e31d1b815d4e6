"""Who tells what each paper says that is not an order; by the names of `mentoring.rules.document_fields_papers`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.documents import DocumentKind
from mentoring.use_cases.evidence import evidence_facts
from mentoring.use_cases.paper_facts_pairs import agreement, diary, mentor_report, plan
from mentoring.use_cases.paper_facts_people import (
    certificate,
    gratitude,
    labour_agreement,
    portfolio,
    register_of_mentees,
    register_of_mentors,
)
from mentoring.use_cases.paper_facts_programme import programme_of_year, regulation
from mentoring.use_cases.paper_facts_reports import analytic_note, final_report
from storage.models.document import Document

BUILDERS: Mapping[DocumentKind, Callable[[Session, Document, datetime], dict[str, Any]]] = {
    DocumentKind.REGULATION: regulation,
    DocumentKind.PROGRAMME: programme_of_year,
    DocumentKind.REGISTER_MENTORS: register_of_mentors,
    DocumentKind.REGISTER_MENTEES: register_of_mentees,
    DocumentKind.PORTFOLIO: portfolio,
    DocumentKind.PLAN: plan,
    DocumentKind.DIARY: diary,
    DocumentKind.MENTOR_REPORT: mentor_report,
    DocumentKind.AGREEMENT: agreement,
    DocumentKind.LABOUR_AGREEMENT: labour_agreement,
    DocumentKind.FINAL_REPORT: final_report,
    DocumentKind.ANALYTIC_NOTE: analytic_note,
    DocumentKind.CERTIFICATE: certificate,
    DocumentKind.GRATITUDE: gratitude,
    DocumentKind.EVIDENCE: evidence_facts,
}
