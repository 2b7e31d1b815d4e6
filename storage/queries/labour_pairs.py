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
    return _LACKS


def of_workers() -> ColumnElement[bool]:
    """Of `Pair`: a worker mentors a worker (`mentoring.rules.selection.needs_labour_consent`)."""
    return _OF_WORKERS


def _is_worker(person: type[Person]) -> ColumnElement[bool]:
    return or_(person.kind.is_(None), person.kind.not_in(LEARNERS))


def _both_teach(one: type[Person], other: type[Person]) -> ColumnElement[bool]:
    return and_(one.kind == PersonKind.TEACHER, other.kind == PersonKind.TEACHER)


_MENTOR, _MENTEE, _WORKER, _HELPED = aliased(PairMember), aliased(PairMember), aliased(Person), aliased(Person)
_NEWER = aliased(LabourAgreement)
_NEWEST = select(func.max(_NEWER.id)).where(_NEWER.enrolment_id == _MENTOR.enrolment_id)
_AGREED = exists().where(
    LabourAgreement.id == _NEWEST.correlate(_MENTOR).scalar_subquery(),
    LabourAgreement.consent_on.is_not(None),
    LabourAgreement.stopped_on.is_(None),
)
"""By the newest paper."""
_HELPS_WORKER = exists().where(
    _MENTEE.pair_id == Pair.id,
    _MENTEE.role == Role.MENTEE,
    _MENTEE.left_at.is_(None),
    _MENTEE.person_id == _HELPED.id,
    _is_worker(_HELPED),
    or_(Pair.form.in_(LABOUR_FORMS), and_(Pair.form == "", _both_teach(_WORKER, _HELPED))),
)


def _mentored_by_worker(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """One in the other, so that most pairs are passed over after a look at the mentor."""
    return exists().where(
        _MENTOR.pair_id == Pair.id,
        _MENTOR.role == Role.MENTOR,
        _MENTOR.person_id == _WORKER.id,
        _is_worker(_WORKER),
        _HELPS_WORKER.correlate(Pair, _WORKER),
        *conditions,
    )


_OF_WORKERS = _mentored_by_worker()
_LACKS = and_(
    Pair.state.in_(BEFORE_ORDER), Pair.form.in_((*LABOUR_FORMS, "")), _mentored_by_worker(~_AGREED.correlate(_MENTOR))
)
