"""Workers who mentor workers, each with what their agreement still lacks (ТК РФ ст. 351.8)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.pairs import OPEN
from mentoring.rules.people import Role
from mentoring.rules.selection import LABOUR_FORMS, agreement_lacks, needs_labour_consent
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person
from storage.models.selection import LabourAgreement
from storage.queries.labour_pairs import of_workers
from storage.queries.selection import agreements


@dataclass(frozen=True, slots=True)
class Helped:
    """A colleague who is helped, and in which pair."""

    pair_id: int
    name: str


@dataclass(frozen=True, slots=True)
class LabourLine:
    """``lacks``: names of the fields that are empty; all of them while there is no agreement."""

    enrolment_id: int
    person_id: int
    name: str
    place: str
    mentees: tuple[Helped, ...]
    agreement_id: int | None
    consent_on: date | None
    number: str
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    payment: str
    amount: Decimal | None
    stopped_on: date | None
    lacks: tuple[str, ...]


def labour_list(session: Session, programme_id: int) -> tuple[LabourLine, ...]:
    """Who is in a pair or a proposal with a colleague, or has an agreement; by name. Five queries at any size."""
    helped = _helped(session, programme_id)
    with_paper = select(LabourAgreement.enrolment_id)
    found = session.scalars(
        select(Enrolment)
        .join(Enrolment.person)
        .options(joinedload(Enrolment.person))
        .where(Enrolment.programme_id == programme_id, Enrolment.role == Role.MENTOR, Person.erased_at.is_(None))
        .where(Enrolment.status == EnrolmentStatus.APPROVED)
        .where(or_(Enrolment.id.in_(list(helped)), Enrolment.id.in_(with_paper)))
        .order_by(Person.search_text, Enrolment.id)
    ).all()
    known = agreements(session, [one.id for one in found])
    return tuple(_line(one, helped.get(one.id, []), known.get(one.id)) for one in found)


def _helped(session: Session, programme_id: int) -> dict[int, list[Helped]]:
    found: dict[int, list[Helped]] = defaultdict(list)
    chosen = select(Pair).where(Pair.programme_id == programme_id, Pair.state.in_(OPEN)).order_by(Pair.id)
    chosen = chosen.where(Pair.form.in_([*LABOUR_FORMS, ""]), of_workers())
    for pair in session.scalars(chosen.options(selectinload(Pair.members).joinedload(PairMember.person))):
        mentor = next((one for one in pair.members if one.role is Role.MENTOR), None)
        if mentor:
            found[mentor.enrolment_id] += _colleagues(pair, mentor)
    return {key: helped for key, helped in found.items() if helped}


def _colleagues(pair: Pair, mentor: PairMember) -> Iterable[Helped]:
    mentees = (one.person for one in pair.present if one.role is Role.MENTEE)
    return [
        Helped(pair.id, one.name.full)
        for one in mentees
        if needs_labour_consent(pair.form, mentor.person.kind, one.kind)
    ]


def _line(one: Enrolment, helped: list[Helped], paper: LabourAgreement | None) -> LabourLine:
    return LabourLine(
        enrolment_id=one.id,
        person_id=one.person_id,
        name=one.person.name.full,
        place=one.person.place,
        mentees=tuple(helped),
        agreement_id=paper.id if paper else None,
        consent_on=paper.consent_on if paper else None,
        number=paper.number if paper else "",
        signed_on=paper.signed_on if paper else None,
        starts_on=paper.starts_on if paper else None,
        ends_on=paper.ends_on if paper else None,
        payment=paper.payment if paper else "",
        amount=Decimal(paper.amount) if paper and paper.amount is not None else None,
        stopped_on=paper.stopped_on if paper else None,
        lacks=_lacks(paper),
    )


def _lacks(paper: LabourAgreement | None) -> tuple[str, ...]:
    return agreement_lacks(
        consent=bool(paper and paper.consent_on),
        number=bool(paper and paper.number),
        signed=bool(paper and paper.signed_on),
        paid=bool(paper and (paper.payment or paper.amount is not None)),
    )
