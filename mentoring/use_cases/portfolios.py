"""A mentor's portfolio: what they said of themselves, what they learned, whom they helped (002, item 3.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from mentoring.register_words import pair_result
from mentoring.rules import entry_sheets as asked
from mentoring.rules.entry_sheets import NOTHING_SAID
from mentoring.rules.errors import NotFound
from mentoring.rules.pairs import ACQUAINTED
from mentoring.rules.people import PersonKind, PersonName, Role
from mentoring.use_cases.organisation_card import own_organisation
from mentoring.use_cases.portfolio_records import PortfolioRecord, portfolio_record
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment
from storage.queries.entry_sheets import entry_sheets
from storage.queries.registers import entered_on
from storage.queries.results import meeting_counts
from storage.queries.selection import records_with_training


@dataclass(frozen=True, slots=True)
class TrainingFact:
    """``hours``: attended; None while it is only planned."""

    title: str
    provider: str
    starts_on: date
    ends_on: date | None
    hours: int | None
    certificate: str


@dataclass(frozen=True, slots=True)
class PairFact:
    """``form`` is a word of `mentoring.rules.forms.Form`; ``meetings``: held."""

    pair_id: int
    mentees: tuple[PersonName, ...]
    form: str
    role_model: str
    started_on: date | None
    ended_on: date | None
    meetings: int
    result: str


@dataclass(frozen=True, slots=True)
class PortfolioFacts:
    """``been_mentor``: where and whom they helped before. ``days`` in words, «вторник, вечером»."""

    enrolment_id: int
    person_id: int
    name: PersonName
    kind: PersonKind | None
    place: str
    phone: str
    competences: tuple[str, ...]
    experience: str
    been_mentor: str
    interests: tuple[str, ...]
    whom: tuple[str, ...]
    hours: str
    days: str
    format: str
    why: str
    trainings: tuple[TrainingFact, ...]
    hours_trained: int
    pairs: tuple[PairFact, ...]
    entered_on: date | None
    record: PortfolioRecord


def portfolio_facts(session: Session, enrolment_id: int, *, now: datetime) -> PortfolioFacts:
    """Raises NotFound; also for a mentee, who has none."""
    enrolment = session.get(Enrolment, enrolment_id, options=(joinedload(Enrolment.person),))
    if enrolment is None or enrolment.role is not Role.MENTOR:
        raise NotFound("enrolment")
    zone = ZoneInfo(own_organisation(session).time_zone)
    said = entry_sheets(session, [enrolment_id]).get(enrolment_id, NOTHING_SAID)
    trainings = tuple(_trainings(session, enrolment_id))
    return PortfolioFacts(
        enrolment_id=enrolment_id,
        person_id=enrolment.person_id,
        name=enrolment.person.name,
        kind=enrolment.person.kind,
        place=enrolment.person.place,
        phone=enrolment.person.phone,
        competences=said.lines(asked.COMPETENCES),
        experience=said.words(asked.EXPERIENCE),
        been_mentor=said.words(asked.BEEN_MENTOR),
        interests=said.lines(asked.INTERESTS),
        whom=said.lines(asked.WISHED_AGE),
        hours=said.words(asked.HOURS),
        days=said.words(asked.DAYS),
        format=said.words(asked.FORMAT),
        why=said.words(asked.WHY),
        trainings=trainings,
        hours_trained=sum(one.hours or 0 for one in trainings),
        pairs=tuple(_pairs(session, enrolment_id, zone)),
        entered_on=entered_on(session, [enrolment], zone).get(enrolment_id),
        record=portfolio_record(session, enrolment.person_id),
    )


def _trainings(session: Session, enrolment_id: int) -> Iterator[TrainingFact]:
    for one in records_with_training(session, enrolment_id):
        what = one.training
        yield TrainingFact(what.title, what.provider, what.starts_on, what.ends_on, one.hours, one.certificate)


def _pairs(session: Session, enrolment_id: int, zone: ZoneInfo) -> Iterator[PairFact]:
    found = session.scalars(
        select(Pair)
        .join(Pair.members)
        .where(PairMember.enrolment_id == enrolment_id, PairMember.role == Role.MENTOR, Pair.state.in_(ACQUAINTED))
        .options(selectinload(Pair.members).joinedload(PairMember.person))
        .order_by(Pair.started_at, Pair.id)
    ).all()
    met = meeting_counts(session, [pair.id for pair in found])
    for pair in found:
        yield PairFact(
            pair_id=pair.id,
            mentees=tuple(one.person.name for one in pair.members if one.role is Role.MENTEE and one.was_in),
            form=pair.form,
            role_model=pair.role_model,
            started_on=pair.started_at.astimezone(zone).date() if pair.started_at else None,
            ended_on=pair.ended_at.astimezone(zone).date() if pair.ended_at else None,
            meetings=met.get(pair.id, (0, 0))[0],
            result=pair_result(pair.state, pair.end_reason),
        )
