"""Whether the columns that lists are sorted and narrowed by say what the rows behind them say (ADR 16 and 24)."""

from typing import Any

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mentoring.rules.enrolment import TAKING_PART
from mentoring.rules.pairs import PairState, listed_as
from mentoring.rules.plans import PlanState, plan_listed_as
from storage.kept import people_there
from storage.models.document import Document
from storage.models.meeting import Meeting
from storage.models.pair import Pair
from storage.models.person import Enrolment, Person
from storage.models.plan import Plan
from storage.queries.documents import changed_since_order
from storage.queries.labour_pairs import lacks_labour_consent
from storage.queries.reminded import consent_reminders, questionnaire_reminders


def wrong_columns(session: Session) -> dict[str, list[int]]:
    """Names of columns with the ids of rows that they are wrong about; of the session's organisation, if it has one."""
    session.flush()
    found = {str(column): _wrong(session, column, truth) for column, truth in _TRUTH}
    return {name: ids for name, ids in found.items() if ids}


def _wrong(session: Session, column: InstrumentedAttribute[Any], truth: Any) -> list[int]:
    table = column.class_
    return list(session.scalars(select(table.id).where(column.is_distinct_from(truth)).order_by(table.id)))


def _of_plan(column: InstrumentedAttribute[Any]) -> Any:
    return select(column).where(Plan.pair_id == Pair.id).scalar_subquery()


_TAKES_PART = exists().where(Enrolment.person_id == Person.id, Enrolment.status.in_(TAKING_PART))
_PLACES = case({state.value: listed_as(state) for state in PairState}, value=Pair.state)
_PLAN_PLACES = case(
    {state.value: plan_listed_as(state) for state in PlanState}, value=_of_plan(Plan.state), else_=plan_listed_as(None)
)
_TRUTH: tuple[tuple[InstrumentedAttribute[Any], Any], ...] = (
    (Person.taking_part, _TAKES_PART),
    (Person.reminded_of_consents, consent_reminders(Person.id)),
    (Person.reminded_of_questionnaire, questionnaire_reminders(Person.id)),
    (Pair.listed_as, _PLACES),
    (Pair.quiet_since, func.coalesce(Pair.last_met_at, Pair.started_at, Pair.state_at)),
    (Pair.plan_state, _of_plan(Plan.state)),
    (Pair.plan_at, _of_plan(Plan.state_at)),
    (Pair.plan_listed_as, _PLAN_PLACES),
    (Pair.order_outdated, changed_since_order()),
    (Pair.labour_gap, lacks_labour_consent()),
    (Meeting.expected, people_there()),
    (Document.listed_at, func.coalesce(Document.signed_at, Document.created_at)),
)
