"""The programme in one strip of numbers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
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
    live = Enrolment.status.in_(TAKING_PART)
    this_week = (Meeting.starts_at >= monday, Meeting.starts_at < next_monday)
    held = Meeting.state == MeetingState.HELD
    columns = (
        _newest_stage(session),
        _count(session, Enrolment, live, Enrolment.role == Role.MENTOR),
        _count(session, Enrolment, live, Enrolment.role == Role.MENTEE),
        _count(session, Enrolment, Enrolment.status == EnrolmentStatus.APPROVED),
        _count(session, Person, *people_conditions(PeopleFilter(missing="any"))),
        _count(session, Pair, Pair.state.in_(STANDING)),
        _count(session, Pair, Pair.state.in_(PROPOSED)),
        _count(session, Meeting, Meeting.state.in_((MeetingState.HELD, MeetingState.PLANNED)), *this_week),
        _count(session, Meeting, held),
        _count(
            session,
            Response,
            Response.meeting_id.is_not(None),
            Response.state == ResponseState.SUBMITTED,
            tells_of_meeting(),
        ),
        _expected(session, held),
    )
    return Strip(*session.execute(select(*columns)).one())


def _newest_stage(session: Session) -> ScalarSelect[int]:
    stages = select(Programme.stage).where(Programme.organisation_id == organisation_of(session))
    newest = stages.order_by(Programme.starts_on.desc()).limit(1).scalar_subquery()
    return func.coalesce(newest, 1)  # type: ignore[return-value]


def _count(
    session: Session,
    table: type[Enrolment] | type[Person] | type[Pair] | type[Meeting] | type[Response],
    *conditions: ColumnElement[bool],
) -> ScalarSelect[int]:
    own = table.organisation_id == organisation_of(session)
    counted: Select[int] = select(func.count()).select_from(table).where(own, *conditions)
    return counted.scalar_subquery()


def _expected(session: Session, held: ColumnElement[bool]) -> ScalarSelect[int]:
    added = select(func.coalesce(func.sum(Meeting.expected), 0))
    return added.where(Meeting.organisation_id == organisation_of(session), held).scalar_subquery()
