"""Papers as the panel shows them: the register, one paper with what it still lacks, and its file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.document_words import file_stem
from mentoring.documents import render
from mentoring.rules.documents import DocumentKind, DocumentState
from mentoring.rules.errors import Blocker, NotFound
from mentoring.use_cases.document_facts import facts_of
from mentoring.use_cases.document_gate import blockers_of, empty_list, lacking_in_profile
from mentoring.use_cases.document_options import Option, PersonToCheck, options_of, people_to_check
from mentoring.use_cases.document_signing import digest_of, free_number
from mentoring.use_cases.document_templates import template_in_use
from mentoring.use_cases.ordered_pairs import own_day
from mentoring.use_cases.paper_reports import OF_FIGURES, TODAY, ReportOption, chosen_report, report_options
from storage.models.account import CuratorAccount
from storage.models.document import Document
from storage.queries.documents import DocumentFilter, documents_page, signed_kinds
from storage.queries.today import pair_names, person_names

PAGE = 50


@dataclass(frozen=True, slots=True)
class PaperLine:
    document_id: int
    kind: DocumentKind
    state: DocumentState
    number: str
    dated_on: date | None
    title: str
    created_at: datetime
    signed_at: datetime | None
    signed_by: str
    about: str  # the pair or the person, if it is about one

    @property
    def file_stem(self) -> str:
        return file_stem(self.kind, self.number or None, self.dated_on)


@dataclass(frozen=True, slots=True)
class PapersPage:
    lines: tuple[PaperLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PaperView:
    """``options`` are ticked for the choice ``ticked``; of a draft only, as are blockers, changes and the digest.

    ``lacks``: fields of the profile without which a draft cannot be signed; ``empty``: its list in which nobody stands.
    ``reports``: whose figures a draft may print, ``report`` whose it prints now; empty for papers without figures."""

    line: PaperLine
    programme_id: int
    amends: PaperLine | None
    choices: Mapping[str, Any]
    facts: Mapping[str, Any]
    digest: str
    lacks: tuple[str, ...]
    empty: str
    blockers: tuple[Blocker, ...]
    ticked: str
    options: tuple[Option, ...]
    reports: tuple[ReportOption, ...]
    report: str
    people: tuple[PersonToCheck, ...]
    free_number: str

    @property
    def is_draft(self) -> bool:
        return self.line.state is DocumentState.DRAFT

    @property
    def may_be_signed(self) -> bool:
        return self.is_draft and not (self.lacks or self.empty or self.blockers)


@dataclass(frozen=True, slots=True)
class KindLine:
    kind: DocumentKind
    signed: int
    newest: date | None


def papers_page(session: Session, asked: DocumentFilter, page: int, size: int = PAGE) -> PapersPage:
    """Five queries at any size."""
    found, total = documents_page(session, asked, (page - 1) * size, size)
    return PapersPage(paper_lines(session, found), total)


def kind_lines(session: Session, programme_id: int) -> dict[DocumentKind, KindLine]:
    signed = signed_kinds(session, programme_id)
    return {kind: KindLine(kind, *signed.get(kind, (0, None))) for kind in DocumentKind}


def paper_line(session: Session, document_id: int) -> PaperLine:
    return paper_lines(session, [one_document(session, document_id)])[0]


def paper_view(session: Session, document_id: int, *, now: datetime) -> PaperView:
    document = one_document(session, document_id)
    is_draft = document.state is DocumentState.DRAFT
    facts = {} if document.state is DocumentState.VOID else facts_of(session, document, now=now)
    ticked, options = options_of(session, document) if is_draft else ("", ())
    reports = report_options(session, document) if is_draft and document.kind in OF_FIGURES else ()
    chosen = chosen_report(session, document) if reports else None
    amends = session.get(Document, document.amends_id) if document.amends_id else None
    return PaperView(
        line=paper_lines(session, [document])[0],
        programme_id=document.programme_id,
        amends=paper_lines(session, [amends])[0] if amends else None,
        choices=document.choices,
        facts=facts,
        digest=digest_of(facts),
        lacks=lacking_in_profile(session) if is_draft else (),
        empty=empty_list(session, document) if is_draft else "",
        blockers=blockers_of(session, document) if is_draft else (),
        ticked=ticked,
        options=options,
        reports=reports,
        report=str(chosen.id) if chosen else TODAY if reports else "",
        people=people_to_check(session, document) if is_draft else (),
        free_number=free_number(session, document.kind, document.dated_on or own_day(session, now)),
    )


def paper_file(session: Session, document_id: int, *, now: datetime) -> tuple[str, bytes]:
    """Name without its ending, and the DOCX: of a signed paper the very bytes that were signed."""
    document = one_document(session, document_id)
    if document.state is DocumentState.VOID:
        raise NotFound("document")
    body = document.body or render(template_in_use(session, document.kind).body, facts_of(session, document, now=now))
    return file_stem(document.kind, document.number, document.dated_on), body


def one_document(session: Session, document_id: int) -> Document:
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound("document")
    return document


def paper_lines(session: Session, found: Sequence[Document]) -> tuple[PaperLine, ...]:
    """Three queries."""
    accounts = dict(session.execute(select(CuratorAccount.id, CuratorAccount.full_name)).all())
    pairs = pair_names(session, {one.pair_id for one in found if one.pair_id})
    people = person_names(session, {one.person_id for one in found if one.person_id})
    return tuple(_line(one, accounts, pairs, people) for one in found)


def _line(
    document: Document, accounts: Mapping[int, str], pairs: Mapping[int, str], people: Mapping[int, str]
) -> PaperLine:
    return PaperLine(
        document.id,
        document.kind,
        document.state,
        document.number or "",
        document.dated_on,
        document.title,
        document.created_at,
        document.signed_at,
        accounts.get(document.signed_by_account_id or 0, ""),
        pairs.get(document.pair_id or 0, "") or people.get(document.person_id or 0, ""),
    )
