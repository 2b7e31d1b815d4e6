"""Named SELECTs over papers, and what the signed ones say of pairs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, defer, selectinload

from mentoring.rules.documents import DocumentKind, DocumentState, LineAct
from mentoring.rules.pairs import OVER, PairState
from mentoring.rules.people import Role
from storage.models.document import Document, DocumentLine, DocumentTemplate
from storage.models.pair import Pair, PairMember
from storage.queries.counting import count_up_to

ORDERS_ON_PAIRS = (DocumentKind.ORDER_PAIRS, DocumentKind.ORDER_AMENDMENT)
FIXABLE = (PairState.CONFIRMED, PairState.ACTIVE, PairState.PAUSED)


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Empty: all. ``group`` is "orders" or "papers"; ``find`` is looked for in numbers and titles."""

    kind: str = ""
    state: str = ""
    group: str = ""
    find: str = ""


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """A line of a signed order on pairs, in the order of signing."""

    document_id: int
    act: LineAct
    pair_id: int
    person_id: int | None


def documents_page(session: Session, asked: DocumentFilter, offset: int, limit: int) -> tuple[list[Document], int]:
    """The newest first; two queries."""
    conditions = document_conditions(asked)
    newest = Document.listed_at.desc(), Document.id.desc()
    found = select(Document).where(*conditions).order_by(*newest).offset(offset).limit(limit)
    rows = list(session.scalars(found.options(*light())))
    return rows, count_up_to(session, select(Document.id).where(*conditions))


def light() -> tuple[Any, ...]:
    """A list does not read what the papers say: of an order for two hundred pairs that is a hundred pages."""
    return defer(Document.frozen), defer(Document.choices)


def document_conditions(asked: DocumentFilter) -> list[ColumnElement[bool]]:
    """Drafts that were thrown away are shown only when they are asked for."""
    states = [DocumentState(asked.state)] if asked.state in list(DocumentState) else _SHOWN
    conditions: list[ColumnElement[bool]] = [Document.state.in_(states)]
    if asked.kind in list(DocumentKind):
        conditions.append(Document.kind == DocumentKind(asked.kind))
    if asked.group:
        orders = [kind for kind in DocumentKind if kind.startswith("order_")]
        conditions.append(Document.kind.in_(orders) if asked.group == "orders" else Document.kind.not_in(orders))
    if asked.find:
        sought = f"%{asked.find.replace('%', '').replace('_', '')}%"
        conditions.append(or_(Document.number.like(sought), Document.title.like(sought)))
    return conditions


def numbers_of(session: Session, register: str) -> list[str]:
    found = select(Document.number).where(Document.register == register, Document.number.is_not(None))
    return [number for number in session.scalars(found) if number]


def with_number(session: Session, register: str, number: str) -> Document | None:
    return session.scalar(select(Document).where(Document.register == register, Document.number == number))


def newest_template(session: Session, kind: DocumentKind) -> DocumentTemplate | None:
    return session.scalar(
        select(DocumentTemplate)
        .where(DocumentTemplate.kind == kind, DocumentTemplate.retired_at.is_(None))
        .order_by(DocumentTemplate.number.desc())
        .limit(1)
    )


def signed_kinds(session: Session, programme_id: int) -> dict[DocumentKind, tuple[int, date | None]]:
    """Kinds of which the programme has a signed paper: how many, and the newest date."""
    rows = session.execute(
        select(Document.kind, func.count(), func.max(Document.dated_on))
        .where(Document.programme_id == programme_id, Document.state == DocumentState.SIGNED)
        .group_by(Document.kind)
    )
    return {kind: (count, newest) for kind, count, newest in rows}


def pairs_to_print(session: Session, pair_ids: Collection[int]) -> list[Pair]:
    """With members, people and enrolments; four queries at any size."""
    found = session.scalars(
        select(Pair)
        .where(Pair.id.in_(pair_ids))
        .options(
            selectinload(Pair.members).selectinload(PairMember.person),
            selectinload(Pair.members).selectinload(PairMember.enrolment),
        )
    )
    return list(found)


def waiting_for_order(session: Session, programme_id: int) -> list[int]:
    """Confirmed pairs, and standing ones that no order has fixed yet."""
    return list(
        session.scalars(select(Pair.id).where(Pair.programme_id == programme_id, waits_for_order()).order_by(Pair.id))
    )


def waits_for_order() -> ColumnElement[bool]:
    return and_(Pair.state.in_(FIXABLE), Pair.order_id.is_(None), Pair.confirmed_at.is_not(None))


def ordered_lines(session: Session, programme_id: int) -> list[OrderedLine]:
    rows: Sequence[Any] = session.execute(
        select(DocumentLine.document_id, DocumentLine.act, DocumentLine.pair_id, DocumentLine.person_id)
        .join(Document, Document.id == DocumentLine.document_id)
        .where(
            Document.programme_id == programme_id,
            Document.state == DocumentState.SIGNED,
            DocumentLine.pair_id.is_not(None),
            DocumentLine.act.in_((LineAct.FIX, LineAct.ADD, LineAct.REMOVE, LineAct.END)),
        )
        .order_by(Document.signed_at, DocumentLine.id)
    ).all()
    return [OrderedLine(*row) for row in rows]


def orders_on_pairs(session: Session, programme_id: int) -> Sequence[Document]:
    """Signed ones, the oldest first."""
    return session.scalars(
        select(Document)
        .where(
            Document.programme_id == programme_id,
            Document.state == DocumentState.SIGNED,
            Document.kind.in_(ORDERS_ON_PAIRS),
        )
        .order_by(Document.signed_at, Document.id)
    ).all()


def changed_since_order() -> ColumnElement[bool]:
    """Pairs that an order fixed and that do not stand as it says: over without an order on it, or other mentees."""
    return _CHANGED


_LINE, _LATER, _ENDED, _MEMBER = (
    aliased(DocumentLine),
    aliased(DocumentLine),
    aliased(DocumentLine),
    aliased(PairMember),
)
_REMOVED_LATER = exists().where(
    _LATER.pair_id == _LINE.pair_id,
    _LATER.person_id == _LINE.person_id,
    _LATER.act == LineAct.REMOVE,
    _LATER.id > _LINE.id,
)
_ORDERED = exists().where(
    _LINE.pair_id == _MEMBER.pair_id,
    _LINE.person_id == _MEMBER.person_id,
    _LINE.act.in_((LineAct.FIX, LineAct.ADD)),
    ~_REMOVED_LATER.correlate(_LINE),
)
"""The last word of the orders about this mentee of the pair is that they are in it."""
_OF_PAIR = and_(_MEMBER.pair_id == Pair.id, _MEMBER.role == Role.MENTEE)
_JOINED = exists().where(_OF_PAIR, _MEMBER.left_at.is_(None), ~_ORDERED)
_LEFT = exists().where(_OF_PAIR, _MEMBER.left_at.is_not(None), _ORDERED)
_ENDED_BY_ORDER = exists().where(_ENDED.pair_id == Pair.id, _ENDED.act == LineAct.END)
_CHANGED = and_(
    Pair.order_id.is_not(None),
    or_(and_(Pair.state.in_(OVER), ~_ENDED_BY_ORDER), and_(Pair.state.not_in(OVER), or_(_JOINED, _LEFT))),
)
_SHOWN = [DocumentState.DRAFT, DocumentState.SIGNED]
