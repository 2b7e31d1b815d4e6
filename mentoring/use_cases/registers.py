"""The registers of mentors and mentees in the columns of the model (methodology.md §3.1, §3.2), as of a day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from mentoring.rules import entry_sheets as asked
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.entry_sheets import NOTHING_SAID, EntrySheet
from mentoring.rules.people import PersonName, Role
from mentoring.rules.selection import RegisterGap, Verdict, register_gaps
from mentoring.use_cases.register_book import RegisterScope, open_book
from mentoring.use_cases.register_rows import MenteeRow, MentorRow, mentee_rows, mentor_rows
from storage.models.person import Enrolment
from storage.models.selection import Interview
from storage.queries.entry_sheets import entry_sheets
from storage.queries.registers import register_enrolments, signed_papers
from storage.queries.selection import certificates_of, forms_of, hours_trained, last_interviews


@dataclass(frozen=True, slots=True)
class Candidate:
    """An approved mentor for the order on the register. ``gaps``: why not yet; empty for one who is ready.

    ``forms``: words of `mentoring.rules.forms.Form` of the pairs, else of the enrolment. ``order_id``: the order by
    which the mentor stands in the register already.
    """

    enrolment_id: int
    person_id: int
    name: PersonName
    place: str
    competences: str
    forms: tuple[str, ...]
    verdict: Verdict | None
    hours: int
    certificate: str
    gaps: tuple[RegisterGap, ...]
    order_id: int | None
    order_number: str
    order_on: date | None


@dataclass(frozen=True, slots=True)
class MentorsPage:
    """``total``: people, not rows."""

    rows: tuple[MentorRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class MenteesPage:
    rows: tuple[MenteeRow, ...]
    total: int


def register_rows_mentors(
    session: Session, programme_id: int, *, now: datetime, on: date | None = None, order_id: int | None = None
) -> tuple[MentorRow, ...]:
    """All of them; what the words mean: `RegisterScope`."""
    return mentors_page(session, programme_id, RegisterScope(now, on, order_id)).rows


def register_rows_mentees(
    session: Session, programme_id: int, *, now: datetime, on: date | None = None
) -> tuple[MenteeRow, ...]:
    return mentees_page(session, programme_id, RegisterScope(now, on)).rows


def mentors_page(session: Session, programme_id: int, scope: RegisterScope) -> MentorsPage:
    book = open_book(session, programme_id, Role.MENTOR, scope)
    people = enumerate(book.enrolments, book.first)
    return MentorsPage(tuple(row for number, one in people for row in mentor_rows(book, number, one)), book.total)


def mentees_page(session: Session, programme_id: int, scope: RegisterScope) -> MenteesPage:
    book = open_book(session, programme_id, Role.MENTEE, scope)
    people = enumerate(book.enrolments, book.first)
    return MenteesPage(tuple(row for number, one in people for row in mentee_rows(book, number, one)), book.total)


def register_candidates(session: Session, programme_id: int) -> tuple[Candidate, ...]:
    """Approved mentors by name; seven queries at any size."""
    found = [
        one for one in register_enrolments(session, programme_id, Role.MENTOR) if one.status is EnrolmentStatus.APPROVED
    ]
    ids = [one.id for one in found]
    sheets, interviews = entry_sheets(session, ids), last_interviews(session, ids)
    hours, certificates = hours_trained(session, ids), certificates_of(session, ids)
    orders = signed_papers(session, [one.register_order_id for one in found if one.register_order_id])
    forms = forms_of(session, ids)
    return tuple(
        _candidate(
            one,
            sheets.get(one.id, NOTHING_SAID),
            interviews.get(one.id),
            hours.get(one.id, 0),
            certificates.get(one.id, ""),
            tuple(forms.get(one.id) or filter(None, (one.form,))),
            orders.get(one.register_order_id or 0),
        )
        for one in found
    )


def _candidate(
    one: Enrolment,
    said: EntrySheet,
    interview: Interview | None,
    hours: int,
    certificate: str,
    forms: tuple[str, ...],
    order: tuple[str, date | None] | None,
) -> Candidate:
    verdict = interview.verdict if interview else None
    return Candidate(
        enrolment_id=one.id,
        person_id=one.person_id,
        name=one.person.name,
        place=one.person.place,
        competences=said.words(asked.COMPETENCES),
        forms=forms,
        verdict=verdict,
        hours=hours,
        certificate=certificate,
        gaps=register_gaps(verdict, hours),
        order_id=one.register_order_id if order else None,
        order_number=order[0] if order else "",
        order_on=order[1] if order else None,
    )
