"""Pairs of workers on their way to an order, whose mentor has not agreed in writing (ТК РФ ст. 351.8)."""

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from mentoring.rules.pairs import PairState
from mentoring.rules.people import PersonKind, Role
from mentoring.rules.selection import LABOUR_FORMS, LEARNERS
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.models.selection import LabourAgreement

BEFORE_ORDER = (PairState.AGREED, PairState.TRIAL, PairState.CONFIRMED)


def lacks_labour_consent() -> ColumnElement[bool]:
    """Of `Pair`: the same as `mentoring.use_cases.labour_agreements.labour_gaps`, before there is an order."""
    mentor, mentee, worker, helped = aliased(PairMember), aliased(PairMember), aliased(Person), aliased(Person)
    of_workers = exists().where(
        mentor.pair_id == Pair.id,
        mentor.role == Role.MENTOR,
        mentor.person_id == worker.id,
        mentee.pair_id == Pair.id,
        mentee.role == Role.MENTEE,
        mentee.left_at.is_(None),
        mentee.person_id == helped.id,
        _is_worker(worker),
        _is_worker(helped),
        or_(Pair.form.in_(LABOUR_FORMS), and_(Pair.form == "", _both_teach(worker, helped))),
        ~_agreed(mentor),
    )
    return and_(Pair.state.in_(BEFORE_ORDER), of_workers)


def _is_worker(person: type[Person]) -> ColumnElement[bool]:
    return or_(person.kind.is_(None), person.kind.not_in(LEARNERS))


def _both_teach(one: type[Person], other: type[Person]) -> ColumnElement[bool]:
    return and_(one.kind == PersonKind.TEACHER, other.kind == PersonKind.TEACHER)


def _agreed(mentor: type[PairMember]) -> ColumnElement[bool]:
    """By the newest paper."""
    newer = aliased(LabourAgreement)
    newest = select(func.max(newer.id)).where(newer.enrolment_id == mentor.enrolment_id)
    return exists().where(
        LabourAgreement.id == newest.correlate(mentor).scalar_subquery(),
        LabourAgreement.consent_on.is_not(None),
        LabourAgreement.stopped_on.is_(None),
    )
