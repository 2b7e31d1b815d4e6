"""Papers that are being made: begun with what is known, changed by the curator, thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.document_words import KINDS
from mentoring.rules.document_field import ChoiceKind
from mentoring.rules.document_fields_papers import SUBJECTS
from mentoring.rules.document_order_choices import CHOICES
from mentoring.rules.documents import DocumentAct, DocumentKind, DocumentState, next_state
from mentoring.rules.errors import NotFound, NothingToAmend, TextTooLong, ValueWrong
from mentoring.rules.pairs import OVER, STANDING
from mentoring.rules.people import Actor
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.amendments import changes_for
from mentoring.use_cases.audit import record
from mentoring.use_cases.document_gate import blockers_of
from mentoring.use_cases.indicators import own_programme
from mentoring.use_cases.ordered_pairs import standing_pairs
from mentoring.use_cases.paper_reports import report_options
from mentoring.use_cases.registers import register_candidates
from storage.models.document import Document
from storage.models.organisation import Programme
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.queries.documents import orders_on_pairs, waiting_for_order

LINE_LIMIT = 500
TEXT_LIMIT = 6000
LISTS = frozenset({"pairs", "mentors", "people", "leave_out"})
"""Choices that are ids or keys, ticked on the page."""

FOR_MANY = frozenset({DocumentKind.CERTIFICATE, DocumentKind.GRATITUDE})


@dataclass(frozen=True, slots=True)
class DocumentBegun:
    """``already``: a draft of the same was there."""

    document_id: int
    already: bool


def new_document(
    session: Session,
    kind: DocumentKind,
    *,
    pair_id: int | None = None,
    person_id: int | None = None,
    amends_id: int | None = None,
    by: Actor,
    now: datetime,
) -> DocumentBegun:
    """An order on pairs begins with all that wait for one, an amendment with the newest order on pairs.

    Raises NothingToAmend.
    """
    account_id = require_curator(session, by)
    programme = own_programme(session)
    _ensure_about(session, kind, pair_id, person_id)
    if kind is DocumentKind.ORDER_AMENDMENT:
        amends_id = _amended(session, programme, amends_id).id
    standing = _standing_draft(session, programme, kind, pair_id, person_id, amends_id)
    if standing is not None:
        return DocumentBegun(standing, already=True)
    document = Document(
        programme_id=programme.id,
        kind=kind,
        state=DocumentState.DRAFT,
        title=KINDS[kind].title,
        choices=_first_choices(session, programme, kind, person_id),
        amends_id=amends_id,
        pair_id=pair_id,
        person_id=person_id,
        created_by_account_id=account_id,
        created_at=now,
    )
    session.add(document)
    session.flush()
    record(session, "document.begun", document, by=by, now=now, kind=kind.value)
    return DocumentBegun(document.id, already=False)


def change_draft(
    session: Session,
    document_id: int,
    said: Mapping[str, str | bool],
    *,
    title: str | None = None,
    dated_on: date | None = None,
    by: Actor,
    now: datetime,
) -> int:
    """``said``: by the names of `CHOICES`; an emptied one goes back to what the product suggests. Returns the id."""
    require_curator(session, by)
    document = own_draft(session, document_id)
    kept = dict(document.choices)
    for name, value in said.items():
        kept[name] = _checked(session, document, name, value)
    document.choices = {name: value for name, value in kept.items() if value not in ("", False)}
    if title is not None:
        document.title = _short("title", title, 300) or KINDS[document.kind].title
    document.dated_on = dated_on
    record(session, "document.changed", document, by=by, now=now)
    return document.id


def choose(
    session: Session, document_id: int, name: str, chosen: Sequence[int | str], *, by: Actor, now: datetime
) -> None:
    """Who or what stands in the paper: pairs, mentors (enrolments), people, changes that are left out."""
    require_curator(session, by)
    document = own_draft(session, document_id)
    if name not in LISTS:
        raise ValueWrong(name)
    document.choices = {**document.choices, name: list(chosen)}
    record(session, "document.changed", document, by=by, now=now, chosen=len(chosen))


def leave_blocked_out(session: Session, document_id: int, *, by: Actor, now: datetime) -> int:
    """Without those who lack something; the rest may be signed. Returns how many were left out."""
    require_curator(session, by)
    document = own_draft(session, document_id)
    blockers = blockers_of(session, document)
    pairs, people = {one.pair_id for one in blockers} - {0}, {one.person_id for one in blockers}
    choices = dict(document.choices)
    if document.kind is DocumentKind.ORDER_AMENDMENT:
        keys = [f"{act}:{one}" for one in pairs for act in ("fix", "add")]
        choices["leave_out"] = sorted({*choices.get("leave_out", ()), *_keys_of(session, document, keys)})
    elif document.kind in (DocumentKind.ORDER_PAIRS, DocumentKind.ORDER_COMPLETION):
        choices["pairs"] = [one for one in choices.get("pairs", ()) if one not in pairs]
    else:
        known = {one.enrolment_id: one.person_id for one in register_candidates(session, document.programme_id)}
        choices["mentors"] = [one for one in choices.get("mentors", ()) if known.get(one, -1) not in {*people, -1}]
    document.choices = choices
    record(session, "document.changed", document, by=by, now=now, left_out=len(blockers))
    return len(pairs or people)


def throw_away(session: Session, document_id: int, *, by: Actor, now: datetime) -> None:
    require_curator(session, by)
    document = own_draft(session, document_id)
    document.state = next_state(document.state, DocumentAct.THROW_AWAY)
    record(session, "document.thrown_away", document, by=by, now=now)


def forget_drafts(session: Session, person_id: int) -> None:
    """At the erasure of a person: papers about them or a pair of theirs that nobody signed say nothing any more."""
    theirs = select(PairMember.pair_id).where(PairMember.person_id == person_id)
    about = (Document.person_id == person_id) | Document.pair_id.in_(theirs)
    for document in session.scalars(select(Document).where(about, Document.state != DocumentState.SIGNED)):
        document.choices, document.title, document.state = {}, "", DocumentState.VOID


def own_draft(session: Session, document_id: int) -> Document:
    """Locked. Raises OutOfDate for a signed one and for one thrown away."""
    document = session.get(Document, document_id, with_for_update=True)
    if document is None:
        raise NotFound("document")
    next_state(document.state, DocumentAct.CHANGE)
    return document


def _ensure_about(session: Session, kind: DocumentKind, pair_id: int | None, person_id: int | None) -> None:
    """A paper about one pair or person names it; certificates and letters of thanks may be for many."""
    subject = SUBJECTS.get(kind) if kind not in FOR_MANY else None
    if (subject == "pair" and pair_id is None) or (subject == "person" and person_id is None):
        raise NotFound(subject)
    if pair_id is not None and session.get(Pair, pair_id) is None:
        raise NotFound("pair")
    if person_id is not None and session.get(Person, person_id) is None:
        raise NotFound("person")


def _amended(session: Session, programme: Programme, amends_id: int | None) -> Document:
    """The first order of its line: an amendment of an amendment changes the order itself."""
    orders = {one.id: one for one in orders_on_pairs(session, programme.id)}
    chosen = orders.get(amends_id or 0) or next(reversed(orders.values()), None)
    if chosen is None:
        raise NothingToAmend
    return orders.get(chosen.amends_id or 0, chosen)


def _standing_draft(
    session: Session,
    programme: Programme,
    kind: DocumentKind,
    pair_id: int | None,
    person_id: int | None,
    amends_id: int | None,
) -> int | None:
    return session.scalar(
        select(Document.id).where(
            Document.programme_id == programme.id,
            Document.kind == kind,
            Document.state == DocumentState.DRAFT,
            Document.pair_id.is_(None) if pair_id is None else Document.pair_id == pair_id,
            Document.person_id.is_(None) if person_id is None else Document.person_id == person_id,
            Document.amends_id.is_(None) if amends_id is None else Document.amends_id == amends_id,
        )
    )


def _first_choices(session: Session, programme: Programme, kind: DocumentKind, person_id: int | None) -> dict[str, Any]:
    if kind is DocumentKind.ORDER_PAIRS:
        return {"pairs": waiting_for_order(session, programme.id)}
    if kind is DocumentKind.ORDER_REGISTER:
        ready = [one for one in register_candidates(session, programme.id) if not one.gaps and one.order_id is None]
        return {"mentors": [one.enrolment_id for one in ready]}
    if kind is DocumentKind.ORDER_COMPLETION:
        return {"pairs": [pair.id for pair in standing_pairs(session, programme.id) if pair.state in STANDING | OVER]}
    return {}


def _keys_of(session: Session, document: Document, beginnings: Sequence[str]) -> list[str]:
    changes = changes_for(session, session.get_one(Document, document.amends_id))
    return [one.key for one in changes if ":".join(one.key.split(":")[:2]) in beginnings]


def _checked(session: Session, document: Document, name: str, value: str | bool) -> str | bool:
    known = {one.name: one.kind for one in CHOICES.get(document.kind, ())}
    if name not in known:
        raise ValueWrong(name)
    if known[name] is ChoiceKind.YES:
        return bool(value)
    if known[name] is ChoiceKind.REPORT:
        return _offered(name, str(value), {one.value for one in report_options(session, document)})
    return _short(name, str(value), LINE_LIMIT if known[name] is not ChoiceKind.TEXT else TEXT_LIMIT)


def _offered(field: str, value: str, offered: set[str]) -> str:
    if value and value not in offered:
        raise ValueWrong(field)
    return value


def _short(field: str, text: str, limit: int) -> str:
    clean = text.strip().replace("\r\n", "\n")
    if len(clean) > limit:
        raise TextTooLong(field, limit, len(clean))
    return clean
