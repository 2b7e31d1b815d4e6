"""Papers as the panel shows them: the register, one paper with what it still lacks, and its file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.document_words import file_stem
from mentoring.documents import render
from mentoring.names import NameForms, name_forms
from mentoring.rules.documents import DocumentKind, DocumentState
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import Blocker, NotFound
from mentoring.rules.pairs import OVER, STANDING
from mentoring.rules.people import Role
from mentoring.use_cases.amendments import Change, changes_for
from mentoring.use_cases.document_drafts import FOR_MANY
from mentoring.use_cases.document_facts import facts_of
from mentoring.use_cases.document_gate import blockers_of
from mentoring.use_cases.document_signing import digest_of, free_number
from mentoring.use_cases.document_templates import template_in_use
from mentoring.use_cases.indicators import own_programme
from mentoring.use_cases.ordered_pairs import mentees_of, mentor_of, own_day, people_of_pairs, standing_pairs
from mentoring.use_cases.paper_reports import OF_FIGURES, TODAY, ReportOption, chosen_report, report_options
from mentoring.use_cases.registers import register_candidates
from storage.models.account import CuratorAccount
from storage.models.document import Document
from storage.models.pair import Pair
from storage.models.person import Enrolment, Person
from storage.queries.documents import (
    DocumentFilter,
    documents_page,
    pairs_to_print,
    signed_kinds,
    waiting_for_order,
)
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
class Option:
    """Somebody or something to tick: ``value`` goes into the choice of the draft. ``note``: what to know before."""

    value: str
    label: str
    note: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PersonToCheck:
    person_id: int
    names: NameForms


@dataclass(frozen=True, slots=True)
class PaperView:
    """``options`` are ticked for the choice ``ticked``; of a draft only, as are blockers, changes and the digest.

    ``reports``: whose figures a draft may print, ``report`` whose it prints now; empty for papers without figures."""

    line: PaperLine
    programme_id: int
    amends: PaperLine | None
    choices: Mapping[str, Any]
    facts: Mapping[str, Any]
    digest: str
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


def pairs_for_papers(session: Session) -> tuple[Option, ...]:
    """Pairs that know each other, for papers about one pair: the standing first, then those that are over."""
    programme = own_programme(session)
    wanted = select(Pair.id).where(Pair.programme_id == programme.id, Pair.state.in_(STANDING | OVER))
    pairs = pairs_to_print(session, list(session.scalars(wanted)))
    ordered = sorted(pairs, key=lambda pair: (pair.state in OVER, pair_label(pair), pair.id))
    return tuple(Option(str(pair.id), pair_label(pair), pair.state, False) for pair in ordered)


def people_for_papers(session: Session) -> tuple[Option, ...]:
    """Approved participants, mentors first."""
    rows = session.execute(
        select(Person, Enrolment.role)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.programme_id == own_programme(session).id, Enrolment.status == EnrolmentStatus.APPROVED)
        .order_by(Enrolment.role != Role.MENTOR, Person.search_text)
    )
    found = {person.id: (person, role) for person, role in rows}
    return tuple(Option(str(one.id), one.name.full, one.place, False) for one, _ in found.values())


def paper_view(session: Session, document_id: int, *, now: datetime) -> PaperView:
    document = one_document(session, document_id)
    is_draft = document.state is DocumentState.DRAFT
    facts = {} if document.state is DocumentState.VOID else facts_of(session, document, now=now)
    ticked, options = _options(session, document) if is_draft else ("", ())
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
        blockers=blockers_of(session, document) if is_draft else (),
        ticked=ticked,
        options=options,
        reports=reports,
        report=str(chosen.id) if chosen else TODAY if reports else "",
        people=_people(session, document) if is_draft else (),
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


def pair_label(pair: Pair) -> str:
    """«Лебедева – Крылова Мила, Асланов Тимур»."""
    mentor = mentor_of(pair).person.name
    return f"{mentor.last or mentor.full} – {', '.join(one.person.name.full for one in mentees_of(pair))}"


def _options(session: Session, document: Document) -> tuple[str, tuple[Option, ...]]:
    if document.kind is DocumentKind.ORDER_PAIRS:
        return "pairs", _pair_options(session, document, waiting_for_order(session, document.programme_id))
    if document.kind is DocumentKind.ORDER_COMPLETION:
        standing = [pair.id for pair in standing_pairs(session, document.programme_id)]
        return "pairs", _pair_options(session, document, standing)
    if document.kind is DocumentKind.ORDER_AMENDMENT:
        return "leave_out", _change_options(session, document)
    if document.kind is DocumentKind.ORDER_REGISTER:
        return "mentors", _mentor_options(session, document)
    if _is_about_many(document):
        return "people", _people_options(session, document)
    return "", ()


def _is_about_many(document: Document) -> bool:
    return document.kind is DocumentKind.ORDER_REWARDS or (document.kind in FOR_MANY and document.person_id is None)


def _pair_options(session: Session, document: Document, pair_ids: list[int]) -> tuple[Option, ...]:
    """Those that may stand in it, and those that were chosen before and may not any more."""
    chosen = document.choices.get("pairs", [])
    found = sorted(pairs_to_print(session, {*pair_ids, *chosen}), key=lambda pair: (pair_label(pair), pair.id))
    return tuple(Option(str(pair.id), pair_label(pair), pair.state, pair.id in chosen) for pair in found)


def _change_options(session: Session, document: Document) -> tuple[Option, ...]:
    left_out = document.choices.get("leave_out", ())
    amended = one_document(session, document.amends_id or 0)
    return tuple(_change_option(one, one.key not in left_out) for one in changes_for(session, amended))


def _change_option(change: Change, kept: bool) -> Option:
    return Option(change.key, f"{change.what}: {change.new or change.old}", "", kept)


def _mentor_options(session: Session, document: Document) -> tuple[Option, ...]:
    chosen = document.choices.get("mentors", ())
    return tuple(
        Option(
            str(one.enrolment_id),
            one.name.full,
            one.order_number or ",".join(gap.value for gap in one.gaps),
            one.enrolment_id in chosen,
        )
        for one in register_candidates(session, document.programme_id)
    )


def _people_options(session: Session, document: Document) -> tuple[Option, ...]:
    """Everybody of the pairs for which the curator has decided; mentors first."""
    chosen = document.choices.get("people", ())
    decided = select(Pair.id).where(Pair.programme_id == document.programme_id, Pair.confirmed_at.is_not(None))
    people = people_of_pairs(pairs_to_print(session, list(session.scalars(decided))))
    known = {one.id for one in people}
    others = session.scalars(select(Person).where(Person.id.in_([one for one in chosen if one not in known])))
    return tuple(Option(str(one.id), one.name.full, one.place, one.id in chosen) for one in (*people, *others))


def _people(session: Session, document: Document) -> tuple[PersonToCheck, ...]:
    """Participants whom the paper names in cases, the doubtful first."""
    pair_ids = set(document.choices.get("pairs", ())) | ({document.pair_id} if document.pair_id else set())
    ids = {*document.choices.get("people", ()), *({document.person_id} if document.person_id else ())}
    people = people_of_pairs(pairs_to_print(session, pair_ids)) if pair_ids else []
    people += list(session.scalars(select(Person).where(Person.id.in_(ids)))) if ids else []
    checked = [PersonToCheck(one.id, name_forms(one.name, one.name_forms)) for one in people]
    return tuple(sorted(checked, key=lambda one: not one.names.doubtful))
