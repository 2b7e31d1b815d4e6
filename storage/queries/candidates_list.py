"""Candidate mentors as the curator compares them: fifty at a time, filtered by what they still lack."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, contains_eager

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.entry_sheets import NOTHING_SAID, EntrySheet
from mentoring.rules.people import Role
from mentoring.rules.search import search_words
from mentoring.rules.selection import FAVOURABLE, Verdict
from storage.models.person import Enrolment, Person
from storage.models.selection import Interview, TrainingRecord
from storage.queries.counting import MANY, MANY_FOUND, MoreThan, count_up_to
from storage.queries.entry_sheets import entry_sheets

CANDIDATES = (EnrolmentStatus.SUBMITTED, EnrolmentStatus.RETURNED, EnrolmentStatus.APPROVED)


@dataclass(frozen=True, slots=True)
class CandidateFilter:
    """``stage``: interview, training (what is lacking), ready (for the register), register (there by an order)."""

    words: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class CandidateRow:
    enrolment: Enrolment
    person: Person
    verdict: Verdict | None
    interviewed_on: date | None
    hours: int
    said: EntrySheet


@dataclass(frozen=True, slots=True)
class CandidatesFound:
    rows: tuple[CandidateRow, ...]
    total: int


def find_candidates(
    session: Session, programme_id: int, asked: CandidateFilter, *, offset: int = 0, limit: int | None = None
) -> CandidatesFound:
    """By name; five queries at any size."""
    theirs = [Enrolment.programme_id == programme_id, *_of_enrolments(asked)]
    people = list(_of_people(asked))
    along = _page(people, theirs, many=True)
    counted = along if asked.words else select(Enrolment.id).join(Enrolment.person).where(*theirs, *people)
    total = count_up_to(session, counted, MANY_FOUND if asked.words or asked.stage else MANY)
    many = bool(asked.words) or isinstance(total, MoreThan)
    page = (along if many else _page(people, theirs, many=False)).offset(offset).limit(limit)
    found = session.execute(
        select(Enrolment, _last(Interview.verdict), _last(Interview.held_on), _HOURS)
        .join(Enrolment.person)
        .options(contains_eager(Enrolment.person))
        .where(*theirs, Enrolment.person_id.in_(page))
        .order_by(*_BY_NAME)
    ).all()
    sheets = entry_sheets(session, [one.id for one, *_ in found])
    rows = tuple(
        CandidateRow(one, one.person, verdict, held_on, hours or 0, sheets.get(one.id, NOTHING_SAID))
        for one, verdict, held_on, hours in found
    )
    return CandidatesFound(rows, total)


def _page(
    people: Collection[ColumnElement[bool]], theirs: Collection[ColumnElement[bool]], *, many: bool
) -> Select[int]:
    """Of many, the first are soon met along the list of people; of few, they are found first and sorted then."""
    along = exists().where(Enrolment.person_id == Person.id, *theirs)
    taken = along if many else Person.id.in_(select(Enrolment.person_id).where(*theirs))
    return select(Person.id).where(*people, taken).order_by(*_BY_NAME)


def _of_enrolments(asked: CandidateFilter) -> Iterator[ColumnElement[bool]]:
    yield Enrolment.role == Role.MENTOR
    yield Enrolment.status.in_(CANDIDATES)
    yield from _STAGES.get(asked.stage, ())


def _of_people(asked: CandidateFilter) -> Iterator[ColumnElement[bool]]:
    yield Person.erased_at.is_(None)
    for word in search_words(asked.words):
        yield Person.search_text.contains(word, autoescape=True)


def _last(column: Any) -> Any:
    newest = (Interview.held_on.desc(), Interview.id.desc())
    theirs = select(column).where(Interview.enrolment_id == Enrolment.id)
    return theirs.order_by(*newest).limit(1).correlate(Enrolment).scalar_subquery()


_BY_NAME = (Person.nameless, Person.search_text, Person.id)
_HOURS = (
    select(func.sum(TrainingRecord.hours))
    .where(TrainingRecord.enrolment_id == Enrolment.id)
    .correlate(Enrolment)
    .scalar_subquery()
)
_TRAINED = func.coalesce(_HOURS, 0) > 0

_STAGES: dict[str, tuple[ColumnElement[bool], ...]] = {
    "interview": (_last(Interview.id).is_(None),),
    "training": (~_TRAINED,),
    "ready": (
        Enrolment.status == EnrolmentStatus.APPROVED,
        Enrolment.register_order_id.is_(None),
        Enrolment.id.in_(select(Interview.enrolment_id)),  # by far not all: the search begins with them
        _last(Interview.verdict).in_(FAVOURABLE),
        _TRAINED,
    ),
    "register": (Enrolment.register_order_id.is_not(None),),
}
