"""A worker mentors a worker: the written consent, the additional agreement, and who has neither (ТК РФ ст. 351.8)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from mentoring.rules.errors import NotFound, OutOfDate, TextTooLong, ValueWrong
from mentoring.rules.pairs import OPEN
from mentoring.rules.people import Actor, PersonName, Role
from mentoring.rules.selection import needs_labour_consent
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment
from storage.models.selection import LabourAgreement
from storage.queries.selection import agreements

LIMITS = {"number": 40, "duties": 1000, "way": 300, "payment": 500}
MOST_ROUBLES = 10_000_000


@dataclass(frozen=True, slots=True)
class Gap:
    """A mentor whose written consent is needed for the pair and is not there, or was taken back."""

    person_id: int
    name: str
    pair_id: int
    enrolment_id: int


@dataclass(frozen=True, slots=True)
class MenteeFact:
    person_id: int
    name: PersonName
    place: str
    form: str  # a word of `mentoring.rules.forms.Form`


@dataclass(frozen=True, slots=True)
class LabourFacts:
    """What the additional agreement says. ``amount``: roubles a month; ``stopped_on``: the last day after a notice."""

    agreement_id: int
    enrolment_id: int
    person_id: int
    name: PersonName
    place: str
    consent_on: date | None
    number: str
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    duties: str
    way: str
    payment: str
    amount: Decimal | None
    stopped_on: date | None
    mentees: tuple[MenteeFact, ...]


@dataclass(frozen=True, slots=True)
class AgreementSet:
    """What a curator enters from the paper. ``amount``: roubles a month."""

    consent_on: date | None = None
    number: str = ""
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    duties: str = ""
    way: str = ""
    payment: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AgreementSaved:
    agreement_id: int
    enrolment_id: int


def save_agreement(
    session: Session,
    enrolment_id: int,
    entered: AgreementSet,
    *,
    agreement_id: int | None = None,
    by: Actor,
    now: datetime,
) -> AgreementSaved:
    """A new one, or ``agreement_id`` corrected. Raises NotFound, ValueWrong, TextTooLong."""
    require_curator(session, by)
    mentor = session.get(Enrolment, enrolment_id)
    if mentor is None or mentor.role is not Role.MENTOR:
        raise NotFound("enrolment")
    fields = _checked(entered)
    one = _agreement(session, agreement_id) if agreement_id else LabourAgreement(created_at=now)
    if agreement_id and one.enrolment_id != enrolment_id:
        raise NotFound("labour_agreement")
    one.enrolment_id = enrolment_id
    for field, value in fields.items():
        setattr(one, field, value)
    session.add(one)
    session.flush()
    record(session, "labour.changed" if agreement_id else "labour.added", one, by=by, now=now)
    return AgreementSaved(one.id, enrolment_id)


def stop_agreement(session: Session, agreement_id: int, on: date, *, by: Actor, now: datetime) -> AgreementSaved:
    """``on``: the last day after a notice, or the day of the refusal. It is not taken up again: a new one is made."""
    require_curator(session, by)
    one = _agreement(session, agreement_id)
    if one.stopped_on:
        raise OutOfDate("labour_agreement", "stopped")
    one.stopped_on = on
    record(session, "labour.stopped", one, by=by, now=now)
    return AgreementSaved(one.id, one.enrolment_id)


def stop_with_pair(session: Session, pair: Pair, on: date, *, by: Actor, now: datetime) -> None:
    """After a notice: the agreement ends with the pair, unless the mentor helps another colleague by it."""
    mentor = next(one for one in pair.members if one.role is Role.MENTOR)
    one = agreements(session, [mentor.enrolment_id]).get(mentor.enrolment_id)
    others = (helped for helped in _mentees(session, mentor.enrolment_id, except_pair=pair.id))
    if one and not one.stopped_on and next(others, None) is None:
        one.stopped_on = on
        record(session, "labour.stopped", one, by=by, now=now)


def labour_facts(session: Session, agreement_id: int) -> LabourFacts:
    """Raises NotFound."""
    one = session.get(LabourAgreement, agreement_id)
    if one is None:
        raise NotFound("labour_agreement")
    mentor = session.get_one(Enrolment, one.enrolment_id, options=(joinedload(Enrolment.person),))
    return LabourFacts(
        agreement_id=one.id,
        enrolment_id=mentor.id,
        person_id=mentor.person_id,
        name=mentor.person.name,
        place=mentor.person.place,
        consent_on=one.consent_on,
        number=one.number,
        signed_on=one.signed_on,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        duties=one.duties,
        way=one.way,
        payment=one.payment,
        amount=Decimal(one.amount) if one.amount is not None else None,
        stopped_on=one.stopped_on,
        mentees=workers_helped(session, mentor.id),
    )


def workers_helped(session: Session, enrolment_id: int) -> tuple[MenteeFact, ...]:
    """Workers whom the mentor helps, or will when they have agreed."""
    return tuple(_mentees(session, enrolment_id))


def labour_gaps(session: Session, pair_ids: Collection[int]) -> tuple[Gap, ...]:
    """Three queries at any size; in the order of the pairs' numbers."""
    wanting = [(pair, mentor) for pair in _pairs(session, pair_ids) for mentor in _workers(pair)]
    known = agreements(session, [mentor.enrolment_id for _, mentor in wanting])
    return tuple(
        Gap(mentor.person_id, mentor.person.name.full, pair.id, mentor.enrolment_id)
        for pair, mentor in wanting
        if not ((one := known.get(mentor.enrolment_id)) and one.consent_on and not one.stopped_on)
    )


def _agreement(session: Session, agreement_id: int) -> LabourAgreement:
    one = session.get(LabourAgreement, agreement_id, with_for_update=True)
    if one is None:
        raise NotFound("labour_agreement")
    return one


def _checked(entered: AgreementSet) -> dict[str, Any]:
    fields = {field: getattr(entered, field) for field in AgreementSet.__slots__}
    for field, limit in LIMITS.items():
        fields[field] = " ".join(fields[field].split())
        if len(fields[field]) > limit:
            raise TextTooLong(field, limit, len(fields[field]))
    if entered.starts_on and entered.ends_on and entered.ends_on < entered.starts_on:
        raise ValueWrong("ends_on")
    if entered.amount is not None and not 0 <= entered.amount < MOST_ROUBLES:
        raise ValueWrong("amount")
    return fields


def _mentees(session: Session, enrolment_id: int, *, except_pair: int = 0) -> Iterator[MenteeFact]:
    own = select(PairMember.pair_id).where(PairMember.enrolment_id == enrolment_id, PairMember.role == Role.MENTOR)
    open_pairs = select(Pair).where(Pair.id.in_(own), Pair.id != except_pair, Pair.state.in_(OPEN)).order_by(Pair.id)
    for pair in session.scalars(open_pairs.options(selectinload(Pair.members).joinedload(PairMember.person))):
        mentor = next(one.person for one in pair.members if one.role is Role.MENTOR)
        for one in pair.present:
            if one.role is Role.MENTEE and needs_labour_consent(pair.form, mentor.kind, one.person.kind):
                yield MenteeFact(one.person_id, one.person.name, one.person.place, pair.form)


def _pairs(session: Session, pair_ids: Collection[int]) -> list[Pair]:
    chosen = select(Pair).where(Pair.id.in_(tuple(pair_ids))).order_by(Pair.id)
    return list(session.scalars(chosen.options(selectinload(Pair.members).joinedload(PairMember.person))))


def _workers(pair: Pair) -> Iterator[PairMember]:
    """The mentor of a pair of workers."""
    kinds = [one.person.kind for one in pair.present if one.role is Role.MENTEE]
    for one in pair.present:
        if one.role is Role.MENTOR and any(needs_labour_consent(pair.form, one.person.kind, kind) for kind in kinds):
            yield one
