"""The rows behind a figure of a report: of a draft as they are now, of a signed one as they were counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.kinds import in_words
from mentoring.rules.reporting import Facts, Figure, Listed, Row, SectionKey, Trace
from mentoring.use_cases.indicators import SATISFACTION, satisfaction_keys
from mentoring.use_cases.organisation_card import own_organisation
from mentoring.use_cases.questionnaire_versions import definition_of
from mentoring.use_cases.report_facts import span_of
from mentoring.use_cases.report_results import shown_answer_keys
from mentoring.use_cases.reports import facts_of, one_report
from storage.queries.report_lists import (
    MeetingSeen,
    PairSeen,
    PersonSeen,
    SheetSeen,
    Span,
    enrolments_seen,
    meetings_seen,
    pairs_seen,
    people_seen,
    recipients_seen,
    sheets_seen,
)

PAGE = 50


@dataclass(frozen=True, slots=True)
class ListedRow:
    """``erased``: there was such a row and its person's data are gone; numbers stay. Ids lead to pages, None to none.

    ``answer`` and ``before``: in words, of what was sent. ``done``: of an asking, whether it was answered.
    """

    person_id: int | None = None
    name: str = ""
    place: str = ""
    role: str = ""
    other: str = ""
    pair_id: int | None = None
    meeting_id: int | None = None
    response_id: int | None = None
    at: datetime | None = None
    title: str = ""
    before: str = ""
    answer: str = ""
    done: bool | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class FigureList:
    """``total`` rows, which are fewer than the figure's value where some answers came without a name."""

    section: SectionKey
    row: Row
    figure: Figure
    kind: Listed
    rows: tuple[ListedRow, ...]
    total: int
    page: int
    pages: int


def figure_list(
    session: Session, report_id: int, figure_key: str, *, page: int = 1, size: int = PAGE, now: datetime
) -> FigureList:
    """Raises NotFound for a figure that the report has not."""
    facts = facts_of(session, one_report(session, report_id), now=now)
    for section in facts.sections:
        for row in section.rows:
            for figure in row.figures:
                if figure.key == figure_key:
                    return _list(session, facts, section.key, row, figure, page, size)
    raise NotFound("figure")


def listed_rows(
    session: Session, trace: Trace, chosen: Sequence[tuple[int, ...]], during: Span | None = None
) -> tuple[ListedRow, ...]:
    """``chosen`` of the trace's rows, in their order. Pairs are shown with whoever was in them ``during`` a time."""
    if trace.kind is Listed.PAIRS:
        return _pairs(session, chosen, during)
    return _READERS[trace.kind](session, trace, chosen)


def _list(
    session: Session, facts: Facts, section: SectionKey, row: Row, figure: Figure, page: int, size: int
) -> FigureList:
    trace = figure.trace
    total = len(trace.rows)
    pages = max(1, -(-total // size))
    page = min(page, pages)
    zone = ZoneInfo(own_organisation(session).time_zone)
    span = span_of(facts.starts_on, facts.ends_on, zone, facts.counted_at)
    rows = listed_rows(session, trace, trace.rows[(page - 1) * size : page * size], (span.since, span.until))
    return FigureList(section, row, figure, trace.kind, rows, total, page, pages)


def _nothing(session: Session, trace: Trace, chosen: Sequence[tuple[int, ...]]) -> tuple[ListedRow, ...]:
    return ()


def _people(session: Session, trace: Trace, chosen: Sequence[tuple[int, ...]]) -> tuple[ListedRow, ...]:
    found = people_seen(session, [one for (one,) in chosen])
    return tuple(_of_person(found.get(one)) for (one,) in chosen)


def _enrolments(session: Session, trace: Trace, chosen: Sequence[tuple[int, ...]]) -> tuple[ListedRow, ...]:
    found = enrolments_seen(session, [one for (one,) in chosen])
    rows = []
    for (one,) in chosen:
        seen = found.get(one)
        rows.append(_of_person(seen.person, role=seen.role, at=seen.created_at) if seen else GONE)
    return tuple(rows)


def _pairs(session: Session, chosen: Sequence[tuple[int, ...]], during: Span | None) -> tuple[ListedRow, ...]:
    found = pairs_seen(session, [one for (one,) in chosen], during)
    return tuple(_of_pair(found.get(one)) for (one,) in chosen)


def _meetings(session: Session, trace: Trace, chosen: Sequence[tuple[int, ...]]) -> tuple[ListedRow, ...]:
    found = meetings_seen(session, [one for (one,) in chosen])
    return tuple(_of_meeting(found.get(one)) for (one,) in chosen)


def _feedback(session: Session, trace: Trace, chosen: Sequence[tuple[int, ...]]) -> tuple[ListedRow, ...]:
    meetings = meetings_seen(session, [row[0] for row in chosen])
    people = people_seen(session, [row[1] for row in chosen])
    sheets = sheets_seen(session, [row[2] for row in chosen if row[2]])
    rows = []
    for meeting_id, person_id, submission_id in chosen:
        meeting, sheet = meetings.get(meeting_id), sheets.get(submission_id)
        rows.append(
            _of_person(
                people.get(person_id),
                at=meeting.starts_at if meeting else None,
                meeting_id=meeting.meeting_id if meeting else None,
                response_id=sheet.response_id if sheet else None,
                done=bool(submission_id),
            )
        )
    return tuple(rows)


def _recipients(session: Session, trace: Trace, chosen: Sequence[tuple[int, ...]]) -> tuple[ListedRow, ...]:
    found = recipients_seen(session, [row[0] for row in chosen])
    rows = []
    for recipient_id, answered in chosen:
        seen = found.get(recipient_id)
        rows.append(_of_person(seen.person, title=seen.title, at=seen.asked_at, done=bool(answered)) if seen else GONE)
    return tuple(rows)


def _submissions(session: Session, trace: Trace, chosen: Sequence[tuple[int, ...]]) -> tuple[ListedRow, ...]:
    found = sheets_seen(session, [one for (one,) in chosen])
    people = people_seen(session, [sheet.person_id for sheet in found.values()])
    return tuple(_of_sheet(session, found.get(one), people, trace.question) for (one,) in chosen)


def _changes(session: Session, trace: Trace, chosen: Sequence[tuple[int, ...]]) -> tuple[ListedRow, ...]:
    found = sheets_seen(session, [one for row in chosen for one in row])
    people = people_seen(session, [sheet.person_id for sheet in found.values()])
    rows = []
    for first, second in chosen:
        row = _of_sheet(session, found.get(second), people, trace.after)
        before = _answer(session, found[first], trace.question) if first in found else ""
        rows.append(_with_before(row, before))
    return tuple(rows)


def _with_before(row: ListedRow, before: str) -> ListedRow:
    return ListedRow(
        person_id=row.person_id,
        name=row.name,
        place=row.place,
        response_id=row.response_id,
        at=row.at,
        title=row.title,
        before=before,
        answer=row.answer,
        erased=row.erased,
    )


def _of_person(
    seen: PersonSeen | None,
    *,
    role: str = "",
    at: datetime | None = None,
    title: str = "",
    answer: str = "",
    meeting_id: int | None = None,
    response_id: int | None = None,
    done: bool | None = None,
) -> ListedRow:
    return ListedRow(
        person_id=seen.person_id if seen else None,
        name=seen.name if seen else "",
        place=seen.place if seen else "",
        role=role,
        meeting_id=meeting_id,
        response_id=response_id,
        at=at,
        title=title,
        answer=answer,
        done=done,
        erased=seen is None or seen.erased,
    )


def _of_pair(seen: PairSeen | None) -> ListedRow:
    if seen is None:
        return GONE
    return ListedRow(
        pair_id=seen.pair_id, name=seen.mentor, other=seen.mentees, at=seen.confirmed_at, erased=seen.erased
    )


def _of_meeting(seen: MeetingSeen | None) -> ListedRow:
    if seen is None:
        return GONE
    return ListedRow(
        meeting_id=seen.meeting_id,
        name=seen.pair.mentor,
        other=seen.pair.mentees,
        at=seen.starts_at,
        erased=seen.pair.erased,
    )


def _of_sheet(session: Session, seen: SheetSeen | None, people: Mapping[int, PersonSeen], question: str) -> ListedRow:
    if seen is None:
        return GONE
    return _of_person(
        people.get(seen.person_id),
        at=seen.submitted_at,
        title=seen.title,
        answer=_answer(session, seen, question),
        response_id=seen.response_id,
    )


def _answer(session: Session, seen: SheetSeen, wanted: str) -> str:
    """As it was sent; several answers of one group after each other."""
    definition = definition_of(session, seen.version_id, seen.digest)
    said = []
    for key in _keys(definition, wanted):
        question = definition.question(key)
        if question and seen.answers.get(key) is not None:
            said.append(in_words(question, seen.answers[key]))
    return ", ".join(said)


def _keys(definition: Definition, wanted: str) -> list[str]:
    return satisfaction_keys(definition) if wanted == SATISFACTION else shown_answer_keys(definition, wanted)


GONE = ListedRow(erased=True)

_READERS = {
    Listed.NOTHING: _nothing,
    Listed.PEOPLE: _people,
    Listed.ENROLMENTS: _enrolments,
    Listed.MEETINGS: _meetings,
    Listed.FEEDBACK: _feedback,
    Listed.RECIPIENTS: _recipients,
    Listed.SUBMISSIONS: _submissions,
    Listed.CHANGES: _changes,
}
