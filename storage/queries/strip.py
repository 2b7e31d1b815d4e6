"""The programme in one strip of numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    Subquery,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import TAKING_PART, EnrolmentStatus
from mentoring.rules.meetings import MeetingState
from mentoring.rules.pairs import PROPOSED, STANDING
from mentoring.rules.people import Role
from mentoring.rules.questionnaire import ResponseState
from storage.models.meeting import Meeting
from storage.models.organisation import Programme
from storage.models.pair import Pair
from storage.models.person import Enrolment, Person
from storage.models.questionnaire import Response
from storage.queries.feedback import tells_of_meeting
from storage.queries.people_list import PeopleFilter, people_conditions
from storage.scope import organisation_of


@dataclass(frozen=True, slots=True)
class Strip:
    """``meetings_this_week``: held and planned. ``feedback_expected``: of each held meeting, one from everybody who was
    in the pair then."""

    stage: int
    mentors: int
    mentees: int
    approved: int
    consents_missing: int
    pairs_active: int
    pairs_proposed: int
    meetings_this_week: int
    meetings_held: int
    feedback_given: int
    feedback_expected: int


def strip(session: Session, monday: datetime, next_monday: datetime) -> Strip:
    """One query; needs a fenced session."""
    asked = {"organisation_id": organisation_of(session), "monday": monday, "next_monday": next_monday}
    row: Any = session.execute(_STATEMENT, asked).one()
    return _strip(*row)


def _strip(
    stage: int,
    approved_mentors: int,
    coming_mentors: int,
    approved_mentees: int,
    coming_mentees: int,
    consents_missing: int,
    pairs_active: int,
    pairs_proposed: int,
    meetings_this_week: int,
    feedback_given: int,
    meetings_held: int,
    feedback_expected: int,
) -> Strip:
    return Strip(
        stage=stage,
        mentors=approved_mentors + coming_mentors,
        mentees=approved_mentees + coming_mentees,
        approved=approved_mentors + approved_mentees,
        consents_missing=consents_missing,
        pairs_active=pairs_active,
        pairs_proposed=pairs_proposed,
        meetings_this_week=meetings_this_week,
        meetings_held=meetings_held,
        feedback_given=feedback_given,
        feedback_expected=feedback_expected,
    )


def _newest_stage() -> ScalarSelect[int]:
    stages = select(Programme.stage).where(Programme.organisation_id == _OWN)
    newest = stages.order_by(Programme.starts_on.desc()).limit(1).scalar_subquery()
    return func.coalesce(newest, 1)  # type: ignore[return-value]


def _count(
    table: type[Enrolment] | type[Person] | type[Pair] | type[Meeting] | type[Response],
    *conditions: ColumnElement[bool],
) -> ScalarSelect[int]:
    counted: Select[int] = select(func.count()).select_from(table).where(table.organisation_id == _OWN, *conditions)
    return counted.scalar_subquery()


def _held() -> Subquery:
    """How many meetings, and how many should tell of them."""
    columns = func.count().label("meetings"), func.coalesce(func.sum(Meeting.expected), 0).label("expected")
    of = Meeting.organisation_id == _OWN, Meeting.state == MeetingState.HELD
    return select(*columns).where(*of).subquery()


def _statement() -> Select[*tuple[Any, ...]]:
    held = _held()
    return select(
        _newest_stage(),
        *(_count(Enrolment, status, role) for role in _ROLES for status in _STATUSES),
        _count(Person, *people_conditions(PeopleFilter(missing="any"))),
        _count(Pair, Pair.state.in_(STANDING)),
        _count(Pair, Pair.state.in_(PROPOSED)),
        _count(Meeting, Meeting.state.in_((MeetingState.HELD, MeetingState.PLANNED)), *_THIS_WEEK),
        _count(
            Response, Response.meeting_id.is_not(None), Response.state == ResponseState.SUBMITTED, tells_of_meeting()
        ),
        held.c.meetings,
        held.c.expected,
    )


_OWN: BindParameter[int] = bindparam("organisation_id", type_=Integer())
_THIS_WEEK = Meeting.starts_at >= bindparam("monday"), Meeting.starts_at < bindparam("next_monday")
_ROLES = (Enrolment.role == Role.MENTOR, Enrolment.role == Role.MENTEE)
_COMING = tuple(status for status in TAKING_PART if status is not EnrolmentStatus.APPROVED)
_STATUSES = (Enrolment.status == EnrolmentStatus.APPROVED, Enrolment.status.in_(_COMING))
_STATEMENT = _statement()
"""Made once: making it costs as much as running it."""
