"""Candidates side by side, by the five criteria of the model, and each on a page (002, items 3.2–3.3)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from mentoring.rules import entry_sheets as asked_of
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.people import AgeGroup, PersonKind, PersonName, Role, age_on
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES
from mentoring.rules.selection import RegisterGap, Verdict, register_gaps
from mentoring.use_cases.interviews import InterviewLine, interviews_with
from mentoring.use_cases.portfolio_records import forget_portfolio
from mentoring.use_cases.portfolios import PortfolioFacts, portfolio_facts
from storage.models.person import Enrolment
from storage.models.questionnaire import Questionnaire, Response
from storage.models.selection import Interview, LabourAgreement, TrainingRecord
from storage.queries.candidates_list import CandidateFilter, CandidateRow, find_candidates
from storage.queries.registers import signed_papers
from storage.queries.selection import agreements


@dataclass(frozen=True, slots=True)
class Criteria:
    """A row of the table. ``age`` in full years today, None when only the group is known."""

    enrolment_id: int
    person_id: int
    name: str
    place: str
    kind: PersonKind | None
    status: EnrolmentStatus
    experience: str
    interests: str
    competences: str
    age: int | None
    age_group: AgeGroup | None
    wished_age: str
    time: str
    verdict: Verdict | None
    interviewed_on: date | None
    hours: int
    gaps: tuple[RegisterGap, ...]
    registered: bool


@dataclass(frozen=True, slots=True)
class CriteriaPage:
    rows: tuple[Criteria, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CandidateCard:
    """``agreement_id``: of the worker's agreement under ТК 351.8; ``response_id``: of the entry questionnaire."""

    portfolio: PortfolioFacts
    status: EnrolmentStatus
    interviews: tuple[InterviewLine, ...]
    gaps: tuple[RegisterGap, ...]
    register_number: str
    register_on: date | None
    response_id: int | None
    agreement_id: int | None


def criteria_page(
    session: Session,
    programme_id: int,
    asked: CandidateFilter,
    *,
    offset: int = 0,
    limit: int | None = None,
    today: date,
) -> CriteriaPage:
    """``today``: the day on which ages are counted."""
    found = find_candidates(session, programme_id, asked, offset=offset, limit=limit)
    return CriteriaPage(tuple(_criteria(row, today) for row in found.rows), found.total)


@dataclass(frozen=True, slots=True)
class MentorNamed:
    enrolment_id: int
    person_id: int
    name: PersonName


def mentor_named(session: Session, enrolment_id: int) -> MentorNamed:
    """For a page about a mentor. Raises NotFound; also for a mentee."""
    one = _mentor(session, enrolment_id)
    return MentorNamed(one.id, one.person_id, one.person.name)


def candidate_card(session: Session, enrolment_id: int, *, now: datetime) -> CandidateCard:
    """Raises NotFound; also for a mentee."""
    one = _mentor(session, enrolment_id)
    portfolio, interviews = portfolio_facts(session, enrolment_id, now=now), interviews_with(session, enrolment_id)
    order = signed_papers(session, [one.register_order_id or 0]).get(one.register_order_id or 0, ("", None))
    agreement = agreements(session, [enrolment_id]).get(enrolment_id)
    return CandidateCard(
        portfolio=portfolio,
        status=one.status,
        interviews=interviews,
        gaps=register_gaps(interviews[0].verdict if interviews else None, portfolio.hours_trained),
        register_number=order[0],
        register_on=order[1],
        response_id=_entry_response(session, enrolment_id),
        agreement_id=agreement.id if agreement else None,
    )


def forget_selection(session: Session, person_id: int) -> None:
    """At the erasure of a person: words about them go, hours without a name stay for the counts."""
    theirs = select(Enrolment.id).where(Enrolment.person_id == person_id)
    session.execute(delete(Interview).where(Interview.enrolment_id.in_(theirs)))
    session.execute(delete(LabourAgreement).where(LabourAgreement.enrolment_id.in_(theirs)))
    forget_portfolio(session, person_id)
    session.execute(update(TrainingRecord).where(TrainingRecord.enrolment_id.in_(theirs)).values(certificate=""))


def _mentor(session: Session, enrolment_id: int) -> Enrolment:
    one = session.get(Enrolment, enrolment_id, options=(joinedload(Enrolment.person),))
    if one is None or one.role is not Role.MENTOR:
        raise NotFound("enrolment")
    return one


def _criteria(row: CandidateRow, today: date) -> Criteria:
    person, said = row.person, row.said
    return Criteria(
        enrolment_id=row.enrolment.id,
        person_id=person.id,
        name=person.name.full,
        place=person.place,
        kind=person.kind,
        status=row.enrolment.status,
        experience=said.words(asked_of.EXPERIENCE),
        interests=said.words(asked_of.INTERESTS),
        competences=said.words(asked_of.COMPETENCES),
        age=age_on(person.birth_date, today) if person.birth_date else None,
        age_group=person.age_group,
        wished_age=said.words(asked_of.WISHED_AGE),
        time=said.time(),
        verdict=row.verdict,
        interviewed_on=row.interviewed_on,
        hours=row.hours,
        gaps=register_gaps(row.verdict, row.hours),
        registered=row.enrolment.register_order_id is not None,
    )


def _entry_response(session: Session, enrolment_id: int) -> int | None:
    key = ENTRY_QUESTIONNAIRES[Role.MENTOR]
    theirs = select(Response.id).join(Response.questionnaire).where(Questionnaire.key == key)
    return session.scalar(theirs.where(Response.enrolment_id == enrolment_id).order_by(Response.id.desc()).limit(1))
