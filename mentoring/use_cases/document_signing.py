"""The signature: number, date, what the paper says for good, and what it does. All of it or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from json import dumps
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.documents import render
from mentoring.names import day_in
from mentoring.rules.document_numbers import NUMBER_LIMIT, clean_number, next_free
from mentoring.rules.documents import (
    DocumentAct,
    DocumentKind,
    LineAct,
    is_order,
    next_state,
    register_of,
)
from mentoring.rules.errors import (
    DatedTooEarly,
    NothingOrdered,
    NumberTaken,
    OrderBlocked,
    OutOfDate,
    ProfileLacks,
    TermReversed,
    TextEmpty,
    TextTooLong,
    ValueWrong,
)
from mentoring.rules.pairs import OVER, EndReason
from mentoring.rules.people import Actor
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.document_drafts import FOR_MANY, own_draft
from mentoring.use_cases.document_facts import facts_of
from mentoring.use_cases.document_gate import blockers_of, empty_list, kept_changes, lacking_in_profile
from mentoring.use_cases.document_templates import template_in_use
from mentoring.use_cases.ordered_pairs import mentees_of, own_day
from mentoring.use_cases.pair_ends import end_pair
from mentoring.use_cases.pair_orders import fix_pairs
from storage.models.document import Document, DocumentLine
from storage.models.organisation import Organisation, Programme
from storage.models.person import Enrolment
from storage.queries.documents import numbers_of, pairs_to_print, with_number

PREPARATION = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Signed:
    """``fixed``: how many pairs are official by this order."""

    document_id: int
    kind: DocumentKind
    number: str
    dated_on: date
    fixed: int


def free_number(session: Session, kind: DocumentKind, day: date) -> str:
    return next_free(numbers_of(session, register_of(kind, day.year)))


def digest_of(facts: dict[str, Any]) -> str:
    """Of what a draft says, before its number and date are written: to know that nothing has moved meanwhile."""
    return sha256(dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def sign_document(
    session: Session,
    document_id: int,
    number: str,
    dated_on: date,
    *,
    seen: str = "",
    by: Actor,
    now: datetime,
) -> Signed:
    """``seen``: the digest of what the curator has read; if the paper says something else by now, it is not signed.

    Raises OutOfDate, OrderBlocked, NumberTaken, NothingOrdered, ProfileLacks, DatedTooEarly, TermReversed,
    ValueWrong("dated_on").
    """
    account_id = require_curator(session, by)
    session.get_one(Organisation, own_draft(session, document_id).organisation_id, with_for_update=True)
    document = own_draft(session, document_id)
    _ensure_signable(session, document, dated_on, now)
    if seen and seen != digest_of(facts_of(session, document, now=now)):
        raise OutOfDate("document", "changed")
    document.number, document.register = _taken_number(session, document.kind, number, dated_on)
    document.dated_on = dated_on
    facts = facts_of(session, document, now=now)
    _ensure_term(facts)
    _freeze(session, document, facts)
    document.state = next_state(document.state, DocumentAct.SIGN)
    document.signed_by_account_id, document.signed_at = account_id, now
    document.lines.extend(_lines(session, document))
    session.flush()
    record(session, "document.signed", document, by=by, now=now, kind=document.kind.value, number=document.number)
    return Signed(document.id, document.kind, document.number, dated_on, _take_effect(session, document, by, now))


def _ensure_signable(session: Session, document: Document, dated_on: date, now: datetime) -> None:
    if lacks := lacking_in_profile(session):
        raise ProfileLacks(lacks)
    if dated_on > own_day(session, now):
        raise ValueWrong("dated_on")
    _ensure_not_too_early(session, document, dated_on)
    if blockers := blockers_of(session, document):
        raise OrderBlocked(blockers)
    if empty := empty_list(session, document):
        raise NothingOrdered(empty)


def _ensure_not_too_early(session: Session, document: Document, dated_on: date) -> None:
    """A programme is prepared for a year at most; an amendment does not come before what it changes."""
    amended = session.get(Document, document.amends_id) if document.amends_id else None
    first = session.get_one(Programme, document.programme_id).starts_on - PREPARATION
    if amended is not None and amended.dated_on is not None and dated_on < amended.dated_on:
        raise DatedTooEarly(amended.dated_on, amended.number or "")
    if dated_on < first:
        raise DatedTooEarly(first)


def _ensure_term(facts: dict[str, Any]) -> None:
    starts_on, ends_on = (day_in(facts.get(name, "")) for name in ("starts_on", "ends_on"))
    if starts_on and ends_on and ends_on < starts_on:
        raise TermReversed(starts_on, ends_on)


def _taken_number(session: Session, kind: DocumentKind, number: str, day: date) -> tuple[str, str]:
    register, clean = register_of(kind, day.year), clean_number(number)
    if not clean:
        raise TextEmpty("number")
    if len(clean) > NUMBER_LIMIT:
        raise TextTooLong("number", NUMBER_LIMIT, len(clean))
    if holder := with_number(session, register, clean):
        raise NumberTaken(clean, holder.id, free_number(session, kind, day))
    return clean, register


def _freeze(session: Session, document: Document, facts: dict[str, Any]) -> None:
    template = template_in_use(session, document.kind)
    document.frozen, document.body = facts, render(template.body, facts)
    document.template_id, document.template_digest = template.template_id, template.digest


def _lines(session: Session, document: Document) -> Iterator[DocumentLine]:
    chosen = document.choices
    if document.kind is DocumentKind.ORDER_PAIRS:
        yield from _fixed(session, document, chosen["pairs"])
    elif document.kind is DocumentKind.ORDER_AMENDMENT:
        yield from _amended(session, document)
    elif document.kind is DocumentKind.ORDER_COMPLETION:
        yield from (_line(document, LineAct.END, pair_id=one) for one in chosen["pairs"])
    elif document.kind is DocumentKind.ORDER_REGISTER:
        yield from (_line(document, LineAct.REGISTER, enrolment_id=one) for one in chosen["mentors"])
    elif document.kind is DocumentKind.ORDER_REWARDS:
        yield from (_line(document, LineAct.REWARD, person_id=one) for one in chosen["people"])
    elif document.kind in FOR_MANY and not document.person_id:
        yield from (_line(document, LineAct.ABOUT, person_id=one) for one in chosen["people"])
    elif document.pair_id or document.person_id:
        yield _line(document, LineAct.ABOUT, pair_id=document.pair_id, person_id=document.person_id)


def _fixed(session: Session, document: Document, pair_ids: list[int]) -> Iterator[DocumentLine]:
    """A line for each mentee: a later order is compared with them."""
    for pair in pairs_to_print(session, pair_ids):
        for one in mentees_of(pair):
            yield _line(document, LineAct.FIX, pair_id=pair.id, person_id=one.person_id, enrolment_id=one.enrolment_id)


def _amended(session: Session, document: Document) -> Iterator[DocumentLine]:
    changes = kept_changes(session, document)
    yield from _fixed(session, document, [one.pair_id for one in changes if one.act is LineAct.FIX])
    for one in changes:
        if one.act is not LineAct.FIX:
            yield _line(document, one.act, pair_id=one.pair_id, person_id=one.person_id, enrolment_id=one.enrolment_id)


def _line(document: Document, act: LineAct, **whom: int | None) -> DocumentLine:
    return DocumentLine(organisation_id=document.organisation_id, act=act, **whom)


def _take_effect(session: Session, document: Document, by: Actor, now: datetime) -> int:
    if not is_order(document.kind):
        return 0
    if document.kind is DocumentKind.ORDER_INTRODUCTION:
        session.get_one(Programme, document.programme_id).introduced_on = document.dated_on
    elif document.kind is DocumentKind.ORDER_REGISTER:
        wanted = select(Enrolment).where(Enrolment.id.in_(document.choices["mentors"]))
        for enrolment in session.scalars(wanted.with_for_update(of=Enrolment)):
            enrolment.register_order_id = document.id
    elif document.kind is DocumentKind.ORDER_COMPLETION:
        for pair in pairs_to_print(session, document.choices["pairs"]):
            if pair.state not in OVER:
                end_pair(session, pair.id, EndReason.TERM_OVER, by=by, now=now)
    fixed = {line.pair_id for line in document.lines if line.act in (LineAct.FIX, LineAct.ADD) and line.pair_id}
    return len(fix_pairs(session, fixed, document.id, by=by, now=now)) if fixed else 0
