"""How the mentors of the story were chosen: talks, the school of the mentor, Anna's agreement as a worker."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from mentoring.demo.acts import School
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.people import Role
from mentoring.rules.selection import Verdict
from mentoring.use_cases.interviews import write_interview
from mentoring.use_cases.labour_agreements import AgreementSet, save_agreement
from mentoring.use_cases.trainings import (
    Attendance,
    TrainingSet,
    expect_at_training,
    note_attendance,
    plan_training,
)
from storage.models.person import Enrolment
from storage.scope import fenced

PSYCHOLOGIST = "педагог-психолог гимназии"


def prepare_mentors(school: School, day: Callable[..., datetime]) -> None:
    with fenced(school.session, school.organisation_id):
        mentors = _mentors(school)
        _talks(school, day, mentors)
        _first_training(school, day, list(mentors.values()))
        _next_training(school, day, list(mentors.values()))


def agree_as_a_worker(school: School, day: Callable[..., datetime], enrolment_id: int) -> None:
    """Before the order: a pair of workers is not put into one without the mentor's written consent."""
    paper = AgreementSet(
        consent_on=day(37).date(),
        number="3",
        signed_on=day(36).date(),
        starts_on=day(36).date(),
        ends_on=day(-180).date(),
        duties="Помогать молодому учителю готовить уроки, разбирать их после посещения",
        way="очно: посещение уроков и разбор раз в неделю",
        payment="доплата ежемесячно, по Положению об оплате труда",
        amount=Decimal(3000),
    )
    with fenced(school.session, school.organisation_id):
        save_agreement(school.session, enrolment_id, paper, by=school.curator, now=day(36))


def _mentors(school: School) -> dict[str, int]:
    found = select(Enrolment).where(Enrolment.role == Role.MENTOR, Enrolment.status == EnrolmentStatus.APPROVED)
    return {one.person.last_name: one.id for one in school.session.scalars(found.order_by(Enrolment.id))}


def _talks(school: School, day: Callable[..., datetime], mentors: dict[str, int]) -> None:
    for name, ago, verdict, notes in TALKS:
        write_interview(
            school.session,
            mentors[name],
            held_on=day(ago).date(),
            interviewer=PSYCHOLOGIST,
            verdict=verdict,
            notes=notes,
            by=school.curator,
            now=day(ago, 16),
        )


def _first_training(school: School, day: Callable[..., datetime], mentors: list[int]) -> None:
    when = day(9, 14)
    entered = TrainingSet(
        "Наставник: роль, цели, границы", when.date(), 4, topic="roles", provider=PSYCHOLOGIST, place="кабинет 12"
    )
    training = plan_training(school.session, school.programme_id, entered, by=school.curator, now=day(14)).training_id
    expect_at_training(school.session, training, mentors, by=school.curator, now=day(14))
    came = {key: Attendance(4, f"№ {number} от {when:%d.%m.%Y}") for number, key in enumerate(mentors, 1)}
    note_attendance(school.session, training, came, by=school.curator, now=day(9, 18))


def _next_training(school: School, day: Callable[..., datetime], mentors: list[int]) -> None:
    entered = TrainingSet(
        "Как разговаривать и слушать", day(-6).date(), 3, topic="talking", provider=PSYCHOLOGIST, place="кабинет 12"
    )
    training = plan_training(school.session, school.programme_id, entered, by=school.curator, now=day(2)).training_id
    expect_at_training(school.session, training, mentors, by=school.curator, now=day(2))


TALKS = (
    ("Лебедева", 37, Verdict.RECOMMENDED, "Спокойна, умеет слушать, готова пускать на свои уроки."),
    ("Титов", 9, Verdict.WITH_SUPPORT, "Увлечён. Торопится: первую встречу лучше провести вместе с куратором."),
)
