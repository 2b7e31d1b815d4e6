"""Papers as the pages of one pair and one person show them: what names them, and what may be begun there."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from mentoring.rules.documents import DocumentKind, DocumentState
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.pairs import OVER, STANDING
from mentoring.rules.people import Role
from mentoring.use_cases.documents import PaperLine, paper_lines
from mentoring.use_cases.labour_agreements import workers_helped
from storage.models.document import Document, DocumentLine
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment
from storage.queries.documents import light

OF_PAIR = (DocumentKind.PLAN, DocumentKind.DIARY, DocumentKind.AGREEMENT, DocumentKind.MENTOR_REPORT)


@dataclass(frozen=True, slots=True)
class PapersAbout:
    """``make``: kinds that may be begun here; a draft that stands is opened again instead."""

    lines: tuple[PaperLine, ...]
    make: tuple[DocumentKind, ...]


def papers_of_pair(session: Session, pair_id: int) -> PapersAbout:
    """Signed papers that name the pair, and drafts about it alone; the newest first."""
    pair = session.get(Pair, pair_id)
    if pair is None:
        raise NotFound("pair")
    named = select(DocumentLine.document_id).where(DocumentLine.pair_id == pair_id)
    found = _found(session, Document.id.in_(named) | (Document.pair_id == pair_id))
    return PapersAbout(paper_lines(session, found), OF_PAIR if pair.state in STANDING | OVER else ())


def papers_of_person(session: Session, person_id: int) -> PapersAbout:
    """Papers about the person, and those that say something of them or of a pair that they lead."""
    enrolments = session.scalars(select(Enrolment).where(Enrolment.person_id == person_id)).all()
    said = or_(
        DocumentLine.person_id == person_id,
        DocumentLine.enrolment_id.in_([one.id for one in enrolments]),
        DocumentLine.pair_id.in_(_pairs(person_id).where(PairMember.role == Role.MENTOR)),
        DocumentLine.person_id.is_(None) & DocumentLine.pair_id.in_(_pairs(person_id)),
    )
    named = select(DocumentLine.document_id).where(said)
    found = _found(session, Document.id.in_(named) | (Document.person_id == person_id))
    return PapersAbout(paper_lines(session, found), _kinds(session, enrolments))


def _found(session: Session, about: ColumnElement[bool]) -> Sequence[Document]:
    shown = select(Document).where(about, Document.state != DocumentState.VOID)
    return session.scalars(shown.options(*light()).order_by(Document.id.desc())).all()


def _pairs(person_id: int) -> Select[int]:
    return select(PairMember.pair_id).where(PairMember.person_id == person_id)


def _kinds(session: Session, enrolments: Sequence[Enrolment]) -> tuple[DocumentKind, ...]:
    """The additional agreement for a worker whose pair is with a worker; thanks for whoever takes part."""
    taking = [one for one in enrolments if one.status is EnrolmentStatus.APPROVED]
    mentor = next((one for one in taking if one.role is Role.MENTOR), None)
    kinds: list[DocumentKind] = []
    if mentor is not None:
        kinds.append(DocumentKind.PORTFOLIO)
        if workers_helped(session, mentor.id):
            kinds.append(DocumentKind.LABOUR_AGREEMENT)
    return (*kinds, DocumentKind.CERTIFICATE, DocumentKind.GRATITUDE) if taking else ()
