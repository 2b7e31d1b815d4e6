"""Trainings of mentors, as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, contains_eager

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.people import Role
from mentoring.rules.questions.words import GONE
from storage.models.person import Enrolment, Person
from storage.models.selection import Training, TrainingRecord


@dataclass(frozen=True, slots=True)
class TrainingLine:
    training_id: int
    title: str
    topic: str
    provider: str
    place: str
    starts_on: date
    ends_on: date | None
    hours: int
    expected: int
    attended: int


@dataclass(frozen=True, slots=True)
class RecordLine:
    enrolment_id: int
    person_id: int
    name: str
    place: str
    hours: int | None
    certificate: str


@dataclass(frozen=True, slots=True)
class TrainedLine:
    """One attendance, for the table that is taken away."""

    name: str
    place: str
    title: str
    provider: str
    starts_on: date
    ends_on: date | None
    hours: int | None
    certificate: str


@dataclass(frozen=True, slots=True)
class MentorHours:
    enrolment_id: int
    person_id: int
    name: str
    place: str
    hours: int
    attended: int
    expected: int


def training_lines(session: Session, programme_id: int) -> tuple[TrainingLine, ...]:
    """The next ones and the newest first."""
    rows = session.execute(
        _lines().where(Training.programme_id == programme_id).order_by(Training.starts_on.desc(), Training.id.desc())
    )
    return tuple(_line(row) for row in rows)


def training_line(session: Session, training_id: int) -> TrainingLine:
    """Raises NotFound."""
    row = session.execute(_lines().where(Training.id == training_id)).first()
    if row is None:
        raise NotFound("training")
    return _line(row)


def records_of(session: Session, training_id: int) -> tuple[RecordLine, ...]:
    """By name."""
    rows = session.execute(
        select(TrainingRecord, Person)
        .join(Enrolment, Enrolment.id == TrainingRecord.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(TrainingRecord.training_id == training_id)
        .order_by(Person.search_text, TrainingRecord.id)
    )
    return tuple(
        RecordLine(one.enrolment_id, person.id, _name(person), person.place, one.hours, one.certificate)
        for one, person in rows
    )


def mentors_for_training(session: Session, programme_id: int) -> tuple[MentorHours, ...]:
    """Mentors who take part or wait for the curator, by name, with what they have attended in this programme."""
    attended = func.sum(case((TrainingRecord.hours.is_not(None), 1), else_=0))
    rows = session.execute(
        select(Enrolment, func.sum(TrainingRecord.hours), attended, func.count(TrainingRecord.id))
        .join(Enrolment.person)
        .outerjoin(TrainingRecord, TrainingRecord.enrolment_id == Enrolment.id)
        .options(contains_eager(Enrolment.person))
        .where(Enrolment.programme_id == programme_id, Enrolment.role == Role.MENTOR)
        .where(Enrolment.status.in_((EnrolmentStatus.APPROVED, EnrolmentStatus.SUBMITTED)))
        .group_by(Enrolment.id, Person.id)
        .order_by(Person.search_text, Enrolment.id)
    )
    return tuple(
        MentorHours(one.id, one.person_id, one.person.name.full, one.person.place, hours or 0, came or 0, all_)
        for one, hours, came, all_ in rows
    )


def trained_lines(session: Session, programme_id: int) -> tuple[TrainedLine, ...]:
    rows = session.execute(
        select(TrainingRecord, Training, Person)
        .join(Training, Training.id == TrainingRecord.training_id)
        .join(Enrolment, Enrolment.id == TrainingRecord.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Training.programme_id == programme_id)
        .order_by(Person.search_text, Training.starts_on, TrainingRecord.id)
    )
    return tuple(
        TrainedLine(
            _name(person),
            person.place,
            what.title,
            what.provider,
            what.starts_on,
            what.ends_on,
            one.hours,
            one.certificate,
        )
        for one, what, person in rows
    )


def _name(person: Person) -> str:
    """Hours of somebody whose data are gone still count."""
    return GONE if person.erased_at else person.name.full


def _lines() -> Any:
    expected = func.count(TrainingRecord.id)
    attended = func.count(TrainingRecord.hours)
    joined = select(Training, expected, attended).outerjoin(TrainingRecord, TrainingRecord.training_id == Training.id)
    return joined.group_by(Training.id)


def _line(row: Sequence[Any]) -> TrainingLine:
    one, expected, attended = row
    return TrainingLine(
        training_id=one.id,
        title=one.title,
        topic=one.topic,
        provider=one.provider,
        place=one.place,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        hours=one.hours,
        expected=expected,
        attended=attended,
    )
