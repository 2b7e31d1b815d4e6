"""What the organisation can show the region, and what it cannot yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring import evidence_words as words
from mentoring.document_words import paper_name
from mentoring.names import date_facts, short_date
from mentoring.report_words import plural
from mentoring.rules.documents import DocumentKind, DocumentState, Profile
from mentoring.rules.evidence import Proof
from mentoring.rules.people import Role
from mentoring.use_cases.indicators import own_programme
from mentoring.use_cases.ordered_pairs import own_day, standing_pairs, totals_of
from storage.models.document import Document
from storage.models.organisation import Organisation, Programme
from storage.queries.paper_facts import approved_in_role, evidence_draft, signed_papers_of


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the checklist. ``document_id``: the paper that proves it; ``kind``: the one to make if it is absent,
    None where something else is to be done: the curator writes it into the checklist (``written``), or it comes with
    another paper."""

    proof: Proof
    details: str = ""
    on: date | None = None
    document_id: int | None = None
    kind: DocumentKind | None = None

    @property
    def there(self) -> bool:
        return bool(self.details)

    @property
    def written(self) -> bool:
        return self.proof in _WRITTEN


@dataclass(frozen=True, slots=True)
class Evidence:
    """``document_id``: the checklist itself, where the curator writes addresses in; None without one. A ``signed`` one
    is changed by another."""

    as_of: date
    shown: tuple[Shown, ...]
    ordered_pairs: int
    document_id: int | None
    signed: bool

    @property
    def there(self) -> tuple[Shown, ...]:
        return tuple(one for one in self.shown if one.there)

    @property
    def missing(self) -> tuple[Shown, ...]:
        return tuple(one for one in self.shown if not one.there)


def evidence(session: Session, *, now: datetime) -> Evidence:
    """Of the programme of this year."""
    programme = own_programme(session)
    draft = evidence_draft(session, programme.id)
    return _evidence(session, programme, draft.choices if draft else {}, own_day(session, now), draft)


def evidence_facts(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    """For the paper."""
    programme = session.get_one(Programme, document.programme_id)
    day = document.dated_on or own_day(session, now)
    found = _evidence(session, programme, document.choices, day, document)
    numbered = list(enumerate(found.shown, 1))
    return {
        **date_facts("as_of", found.as_of),
        "proofs": [_row(number, one) for number, one in numbered],
        "missing": [
            {"number": str(number), "what": words.WHAT[one.proof], "advice": words.ADVICE[one.proof]}
            for number, one in numbered
            if not one.there
        ],
        "there": len(found.there),
        "total": len(found.shown),
        "ordered_pairs": found.ordered_pairs,
    }


def _evidence(
    session: Session, programme: Programme, choices: Mapping[str, Any], day: date, draft: Document | None
) -> Evidence:
    papers = signed_papers_of(session, programme.id)
    pairs = standing_pairs(session, programme.id)
    said = {
        Proof.SITE: _said(choices, "site_section") or _site(session, programme),
        Proof.PAYMENT: _said(choices, "payment_act"),
        Proof.PRACTICES: "\n".join(line.strip() for line in _said(choices, "practices").splitlines() if line.strip()),
        Proof.NUMBER: totals_of(pairs)["pairs_words"] if pairs else "",
        Proof.MENTEES: _mentees(session, programme),
    }
    shown = tuple(_shown(proof, papers, said) for proof in Proof)
    signed = draft is not None and draft.state is DocumentState.SIGNED
    return Evidence(day, shown, len(pairs), draft.id if draft else None, signed)


def _shown(proof: Proof, papers: Mapping[DocumentKind, Document], said: Mapping[Proof, str]) -> Shown:
    kind = _PAPERS.get(proof)
    paper = papers.get(kind) if kind else None
    if paper is None:
        return Shown(proof, said.get(proof, ""), kind=None if proof in _BESIDE else kind)
    name = paper_name(paper.kind, paper.number, paper.dated_on)
    if proof is Proof.ROAD_MAP:
        name = words.ROAD_MAP.format(order=name[:1].lower() + name[1:])
    return Shown(proof, said.get(proof) or name, paper.dated_on, paper.id, kind)


def _said(choices: Mapping[str, Any], name: str) -> str:
    return str(choices.get(name) or "").strip()


def _site(session: Session, programme: Programme) -> str:
    """The profile's, unless the curator has written another one into the list."""
    return Profile.from_stored(session.get_one(Organisation, programme.organisation_id).profile).site.strip()


def _mentees(session: Session, programme: Programme) -> str:
    many = approved_in_role(session, programme.id, Role.MENTEE)
    return plural(many, *words.PEOPLE) if many else ""


def _row(number: int, one: Shown) -> dict[str, Any]:
    return {
        "number": str(number),
        "what": words.WHAT[one.proof],
        "details": one.details,
        "date": short_date(one.on),
        "there": one.there,
    }


_PAPERS: Mapping[Proof, DocumentKind] = {
    Proof.INTRODUCTION: DocumentKind.ORDER_INTRODUCTION,
    Proof.REGULATION: DocumentKind.REGULATION,
    Proof.ROAD_MAP: DocumentKind.ORDER_INTRODUCTION,
    Proof.PROGRAMME: DocumentKind.PROGRAMME,
    Proof.CURATOR: DocumentKind.ORDER_CURATOR,
    Proof.MENTEES: DocumentKind.REGISTER_MENTEES,
    Proof.MENTORS: DocumentKind.ORDER_REGISTER,
    Proof.PAIRS: DocumentKind.ORDER_PAIRS,
    Proof.NUMBER: DocumentKind.ORDER_PAIRS,
}

_WRITTEN = frozenset({Proof.SITE, Proof.PAYMENT, Proof.PRACTICES})
_BESIDE = frozenset({Proof.ROAD_MAP, Proof.MENTEES, Proof.NUMBER})
"""They come with another paper of the list, or from what people do."""
