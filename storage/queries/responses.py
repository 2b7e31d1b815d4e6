"""Responses as the panel lists them, and the answers of many at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.people import Door, PersonName
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES, ResponseState
from mentoring.rules.questions.definition import Value
from mentoring.rules.search import search_words
from storage.models.account import AuditEntry
from storage.models.campaign import Campaign
from storage.models.notice import Letter
from storage.models.person import Enrolment, Person
from storage.models.questionnaire import Answer, Questionnaire, QuestionnaireVersion, Response

PAGE = 50
HELP_GIVEN = "response.help_given"
"""An act in the journal: the curator has done what the person asked for."""


@dataclass(frozen=True, slots=True)
class ResponseFilters:
    """Empty means any. ``role`` is the questionnaire's: "mentor" or "mentee"; ``text`` is looked for in people.

    ``need``: "review" (an entry questionnaire waits for the curator), "help" (feedback asks for the curator's help or
    for another mentor; no curator has said that it is done or has written since, nor has the person said otherwise).
    """

    state: ResponseState | None = None
    questionnaire: str = ""
    role: str = ""
    text: str = ""
    person_id: int | None = None
    need: str = ""


@dataclass(frozen=True, slots=True)
class ResponseRow:
    response_id: int
    questionnaire_key: str
    title: str
    role: str
    person_id: int
    person_name: str
    place: str
    enrolment_id: int | None
    meeting_id: int | None
    state: ResponseState
    door: Door
    started_at: datetime
    touched_at: datetime
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResponsePage:
    rows: tuple[ResponseRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ResponseCount:
    questionnaire_key: str
    title: str
    state: ResponseState
    n: int


def responses_page(
    session: Session, filters: ResponseFilters, *, page: int = 1, size: int | None = PAGE
) -> ResponsePage:
    """Last touched first, in two queries. ``size`` None gives all, for an export."""
    conditions = response_conditions(filters)
    total = session.scalar(_joined(select(func.count(Response.id))).where(*conditions)) or 0
    query = _joined(_ROWS).where(*conditions).order_by(Response.touched_at.desc(), Response.id.desc())
    if size is not None:
        query = query.limit(size).offset((max(page, 1) - 1) * size)
    return ResponsePage(tuple(_row(found) for found in session.execute(query)), total)


def response_counts(session: Session) -> tuple[ResponseCount, ...]:
    """How many of each questionnaire stand in each state."""
    counted = session.execute(
        select(Questionnaire.key, Questionnaire.title, Response.state, func.count(Response.id))
        .join(Response.questionnaire)
        .where(under_a_name())
        .group_by(Questionnaire.key, Questionnaire.title, Response.state)
        .order_by(Questionnaire.title, Response.state)
    )
    return tuple(ResponseCount(*row) for row in counted)


def answers_by_key(session: Session, response_ids: Collection[int]) -> dict[int, dict[str, Value]]:
    """Answers of each response by the question's key; skipped ones are None. One query."""
    rows = session.execute(
        select(Answer.response_id, Answer.key, Answer.value).where(Answer.response_id.in_(response_ids))
    )
    found: dict[int, dict[str, Value]] = defaultdict(dict)
    for row in rows:
        found[row.response_id][row.key] = row.value
    return dict(found)


def sent_answers(session: Session, questionnaire_id: int) -> tuple[int, dict[str, list[Value]]]:
    """How many responses were sent, and all that was answered to each question. Two queries."""
    sent = (Response.questionnaire_id == questionnaire_id, Response.state == ResponseState.SUBMITTED)
    found: dict[str, list[Value]] = defaultdict(list)
    for key, value in session.execute(select(Answer.key, Answer.value).join(Answer.response).where(*sent)):
        found[key].append(value)
    return session.scalar(select(func.count(Response.id)).where(*sent)) or 0, dict(found)


_ROWS: Select[Any] = select(
    Response.id,
    Questionnaire.key,
    Questionnaire.title,
    QuestionnaireVersion.definition["role"].as_string().label("role"),
    Person.id.label("person_id"),
    Person.last_name,
    Person.first_name,
    Person.patronymic,
    Person.place,
    Response.enrolment_id,
    Response.meeting_id,
    Response.state,
    Response.door,
    Response.started_at,
    Response.touched_at,
    Response.submitted_at,
)


def _joined(query: Select[Any]) -> Select[Any]:
    return query.join(Response.questionnaire).join(Response.version).join(Response.person)


def under_a_name() -> ColumnElement[bool]:
    """No answer of an anonymous campaign is shown beside the person who is about to send it."""
    return ~exists().where(Campaign.id == Response.campaign_id, Campaign.anonymous)


def response_conditions(filters: ResponseFilters) -> list[ColumnElement[bool]]:
    conditions = [under_a_name()]
    conditions += [Person.search_text.contains(word, autoescape=True) for word in search_words(filters.text)]
    if filters.state is not None:
        conditions.append(Response.state == filters.state)
    if filters.questionnaire:
        conditions.append(Questionnaire.key == filters.questionnaire)
    if filters.role:
        conditions.append(QuestionnaireVersion.definition["role"].as_string() == filters.role)
    if filters.person_id is not None:
        conditions.append(Response.person_id == filters.person_id)
    if filters.need == "review":
        waiting = exists().where(Enrolment.id == Response.enrolment_id, Enrolment.status == EnrolmentStatus.SUBMITTED)
        entry = Response.questionnaire.has(Questionnaire.key.in_(ENTRY_QUESTIONNAIRES.values()))
        conditions += [waiting, entry]
    if filters.need == "help":
        conditions += _asking_for_help()
    return conditions


def help_given(response_id: int | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Entries of the journal which say so."""
    mine = AuditEntry.object_id == response_id
    return and_(AuditEntry.object_kind == Response.__tablename__, mine, AuditEntry.act == HELP_GIVEN)


def _asking_for_help() -> list[ColumnElement[bool]]:
    """In feedback or in the monthly pulse, until a curator or the person says otherwise: nothing goes by itself. What
    the person said later counts, if it was asked there at all."""
    later, said = aliased(Response), cast(Answer.value, String)
    asks = or_(
        and_(Answer.key == "need_help", said == "true"),
        and_(Answer.key == "go_on", said == '"no"'),
    )
    return [
        or_(Response.meeting_id.is_not(None), Response.pair_id.is_not(None)),
        Response.state == ResponseState.SUBMITTED,
        exists().where(Answer.response_id == Response.id, asks),
        ~exists().where(help_given(Response.id), AuditEntry.at >= Response.submitted_at),
        ~exists().where(
            Letter.person_id == Response.person_id,
            Letter.from_curator.is_(True),
            Letter.written_at > Response.submitted_at,
        ),
        ~exists().where(
            later.person_id == Response.person_id,
            later.submitted_at > Response.submitted_at,
            exists().where(Answer.response_id == later.id, Answer.key.in_(("need_help", "go_on"))),
        ),
    ]


def _row(found: Any) -> ResponseRow:
    return ResponseRow(
        response_id=found.id,
        questionnaire_key=found.key,
        title=found.title,
        role=found.role or "",
        person_id=found.person_id,
        person_name=PersonName(found.last_name, found.first_name, found.patronymic).full,
        place=found.place,
        enrolment_id=found.enrolment_id,
        meeting_id=found.meeting_id,
        state=found.state,
        door=found.door,
        started_at=found.started_at,
        touched_at=found.touched_at,
        submitted_at=found.submitted_at,
    )
