"""What the choosing of mentors left about a person, for the file that they get about themselves."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring import paper_words
from mentoring.rules.people import Role
from mentoring.use_cases.portfolio_records import portfolio_record
from storage.models.person import Enrolment
from storage.models.selection import LabourAgreement
from storage.queries.selection import interviews_of, records_with_training

NOTES = "есть, их покажет куратор"
"""The notes are the interviewer's words: the person learns that they are there, and from whom to get them."""


def selection_kept(session: Session, person_id: int) -> dict[str, Any]:
    """Russian words, ready for JSON; nothing for somebody who was never a mentor."""
    own = select(Enrolment.id).where(Enrolment.person_id == person_id, Enrolment.role == Role.MENTOR)
    ids = session.scalars(own.order_by(Enrolment.id)).all()
    found = {
        "Собеседования": [line for one in ids for line in _interviews(session, one)],
        "Портфолио": paper_words.portfolio(portfolio_record(session, person_id)),
        "Обучение": [line for one in ids for line in _trainings(session, one)],
        "Соглашения работника": [line for one in ids for line in _agreements(session, one)],
    }
    return {title: lines for title, lines in found.items() if lines}


def _interviews(session: Session, enrolment_id: int) -> Iterator[dict[str, str]]:
    for one in interviews_of(session, enrolment_id):
        said = {"Когда": f"{one.held_on:%d.%m.%Y}", "Кто провёл": one.interviewer}
        yield said | ({"Заметки": NOTES} if one.notes else {})


def _trainings(session: Session, enrolment_id: int) -> Iterator[dict[str, Any]]:
    for one in records_with_training(session, enrolment_id):
        yield {
            "Занятие": one.training.title,
            "Когда": f"{one.training.starts_on:%d.%m.%Y}",
            "Часов": one.hours,
            "Удостоверение": one.certificate,
        }


def _agreements(session: Session, enrolment_id: int) -> Iterator[dict[str, str]]:
    for one in session.scalars(select(LabourAgreement).filter_by(enrolment_id=enrolment_id)):
        yield {
            "Письменное согласие": f"{one.consent_on:%d.%m.%Y}" if one.consent_on else "",
            "Соглашение": " от ".join(filter(None, (one.number, f"{one.signed_on:%d.%m.%Y}" if one.signed_on else ""))),
            "Выплата": one.payment or (f"{one.amount} ₽ в месяц" if one.amount is not None else ""),
        }
