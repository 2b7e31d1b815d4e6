"""All messages of the system with what became of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from mentoring.rules.people import PersonName
from mentoring.rules.reminders import NoticeKind, NoticeOutcome, NoticeState
from mentoring.rules.results import RECENT
from storage.models.notice import Notice
from storage.models.person import Person
from storage.queries.counting import count_up_to


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """``need``: failed (lately, of people who have a chat: the others are told by other means anyway)."""

    state: str = ""
    kind: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    notice_id: int
    kind: NoticeKind
    state: NoticeState
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    outcome: str
    person_id: int
    person_name: str


@dataclass(frozen=True, slots=True)
class NoticesPage:
    rows: tuple[NoticeRow, ...]
    total: int


def notices_page(session: Session, asked: NoticeFilter, *, offset: int, limit: int, now: datetime) -> NoticesPage:
    conditions = tuple(notice_conditions(asked, now))
    rows = tuple(_row(found) for found in session.execute(_found(conditions).offset(offset).limit(limit)))
    return NoticesPage(rows, count_up_to(session, select(Notice.id).where(*conditions)))


def all_notices(session: Session, asked: NoticeFilter, *, now: datetime) -> Iterator[NoticeRow]:
    for found in session.execute(_found(tuple(notice_conditions(asked, now))).execution_options(yield_per=500)):
        yield _row(found)


def notice_conditions(asked: NoticeFilter, now: datetime) -> Iterator[ColumnElement[bool]]:
    if asked.state:
        yield Notice.state == NoticeState(asked.state)
    if asked.kind:
        yield Notice.kind == NoticeKind(asked.kind)
    if asked.need == "failed":
        yield Notice.state == NoticeState.FAILED
        yield Notice.closed_at > now - RECENT
        yield Notice.outcome != NoticeOutcome.NO_CHAT


def _found(conditions: tuple[ColumnElement[bool], ...]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Notice.id.label("notice_id"),
            Notice.kind,
            Notice.state,
            Notice.created_at,
            Notice.due_at,
            Notice.sent_at,
            Notice.outcome,
            Person.id.label("person_id"),
            Person.last_name,
            Person.first_name,
            Person.patronymic,
        )
        .join(Person, Person.id == Notice.person_id)
        .where(*conditions)
        .order_by(Notice.created_at.desc(), Notice.id.desc())
    )


def _row(found: Any) -> NoticeRow:
    return NoticeRow(
        notice_id=found.notice_id,
        kind=found.kind,
        state=found.state,
        created_at=found.created_at,
        due_at=found.due_at,
        sent_at=found.sent_at,
        outcome=found.outcome,
        person_id=found.person_id,
        person_name=PersonName(found.last_name, found.first_name, found.patronymic).full,
    )
