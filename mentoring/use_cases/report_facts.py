"""All facts of a period, counted as of now: what a report says until it is signed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring.rules.deadlines import at_local, local_day
from mentoring.rules.indicators import ProgrammeFigures, ages_on, without_age
from mentoring.rules.questions.definition import Definition
from mentoring.rules.reporting import Facts, Figure, Listed, Row, Section, SectionKey, Trace, counted
from mentoring.use_cases.before_after import BeforeAfter, compare_survey, surveys
from mentoring.use_cases.indicators import (
    indicators_section,
    newest_sheet,
    participants_of,
    quality_level,
    quality_section,
)
from mentoring.use_cases.organisation_card import own_organisation
from mentoring.use_cases.report_counts import (
    ALL,
    OTHER_FORM,
    Span,
    feedback_section,
    meetings_section,
    pair_weeks,
    pairs_section,
    people_section,
    surveys_section,
    was_active,
)
from mentoring.use_cases.report_results import (
    Answered,
    answer_counts,
    answered_in,
    changes_section,
    influence_section,
    known_questionnaires,
    results_section,
)
from storage.models.organisation import Organisation, Programme
from storage.queries.people import leading_curator_name
from storage.queries.questionnaire_results import ResultFilter
from storage.queries.report_sheets import SheetFact
from storage.queries.reports import (
    confirmed_pairs,
    feedback_between,
    meetings_between,
    programme_enrolments,
    recipients_between,
)


def report_facts(session: Session, programme: Programme, starts_on: date, ends_on: date, *, now: datetime) -> Facts:
    """Of both days and all between them, in the organisation's zone."""
    organisation = own_organisation(session)
    zone = ZoneInfo(organisation.time_zone)
    span = span_of(starts_on, ends_on, zone, now)
    bounds = (programme.id, span.since, span.until)
    enrolments, pairs = programme_enrolments(session, programme.id), confirmed_pairs(session, programme.id)
    meetings, known = meetings_between(session, *bounds), known_questionnaires(session)
    answered = answered_in(session, programme.id, known, span)
    compared = compared_in(session, answered, span)
    people = participants_of(enrolments, span)
    grid, grid_asked = newest_sheet(session, programme, known, "grid", span)
    swot, swot_asked = newest_sheet(session, programme, known, "swot", span)
    quality = quality_section(grid, grid_asked)
    sections = (
        people_section(enrolments, span),
        pairs_section(pairs, span),
        meetings_section(pairs, meetings, span),
        feedback_section(pairs, meetings, feedback_between(session, *bounds)),
        surveys_section(recipients_between(session, *bounds)),
        results_section(answered),
        changes_section(session, compared),
        indicators_section(session, programme, people, known, span),
        quality,
        swot_section(swot, swot_asked),
        influence_section(session, compared),
    )
    missing = Section(SectionKey.GAPS, tuple(_gaps(sections, programme, without_age(people))))
    said = {
        **_said(session, organisation, programme),
        "pair_weeks": round(pair_weeks([pair for pair in pairs if was_active(pair, span)], span), 1),
        "counts": answer_counts(answered),
        "level": quality_level(quality, grid_asked),
        "grid_on": _day(grid, zone),
        "swot_on": _day(swot, zone),
    }
    return Facts(starts_on, ends_on, now, (*sections, missing), said)


def span_of(starts_on: date, ends_on: date, zone: ZoneInfo, now: datetime) -> Span:
    following = ends_on + timedelta(days=1)
    return Span(at_local(starts_on, time(), zone), at_local(following, time(), zone), now)


def compared_in(session: Session, answered: Sequence[Answered], span: Span) -> list[BeforeAfter]:
    """Only surveys whose second half was answered in the time; its first half may be older."""
    keys = {one.known.key for one in answered}
    asked = ResultFilter(since=span.since, until=span.until)
    return [compare_survey(session, one, asked) for one in surveys(session) if one.after_key in keys]


def swot_section(sheet: SheetFact | None, definition: Definition | None) -> Section:
    """The curator's own words, line by line."""
    if sheet is None or definition is None:
        return Section(SectionKey.SWOT)
    rows = []
    for question in definition.questions:
        words = str(sheet.answers.get(question.key) or "").strip()
        trace = Trace(Listed.SUBMISSIONS, ((sheet.submission_id,),), question.key)
        if words:
            figure = Figure(f"swot.{question.key}.lines", len(words.splitlines()), trace)
            rows.append(Row(question.key, (figure,), question.text, note=words))
    return Section(SectionKey.SWOT, tuple(rows))


def _gaps(sections: Sequence[Section], programme: Programme, ageless: frozenset[int]) -> Iterator[Row]:
    """What keeps the report from being whole; only what there is."""
    by_key = {section.key: section for section in sections}
    yield from _gap("ages", Listed.PEOPLE, tuple((one,) for one in sorted(ageless)))
    yield from _gap("forms", Listed.PAIRS, _rows_of(by_key[SectionKey.PAIRS], OTHER_FORM, "active"))
    yield from _gap("unclosed", Listed.MEETINGS, _rows_of(by_key[SectionKey.MEETINGS], ALL, "unclosed"))
    yield from _gap("silent", Listed.PAIRS, _rows_of(by_key[SectionKey.MEETINGS], ALL, "silent"))
    for name, kind, section in (
        ("feedback", Listed.FEEDBACK, SectionKey.FEEDBACK),
        ("surveys", Listed.RECIPIENTS, SectionKey.SURVEYS),
    ):
        answered = set(_rows_of(by_key[section], ALL, "answered"))
        yield from _gap(
            name, kind, tuple(one for one in _rows_of(by_key[section], ALL, "asked") if one not in answered)
        )
    if not by_key[SectionKey.QUALITY].rows:
        yield Row("grid", (Figure("gaps.grid.n", 1),))
    if not by_key[SectionKey.SWOT].rows:
        yield Row("swot", (Figure("gaps.swot.n", 1),))
    unknown = _not_entered(ProgrammeFigures.from_stored(programme.figures))
    if unknown:
        yield Row("figures", (Figure("gaps.figures.n", unknown),))


def _gap(name: str, kind: Listed, rows: tuple[tuple[int, ...], ...]) -> Iterator[Row]:
    if rows:
        yield Row(name, (counted(f"gaps.{name}.n", kind, rows),))


def _rows_of(section: Section, key: str, column: str) -> tuple[tuple[int, ...], ...]:
    row = section.row(key)
    figure = row.figure(column) if row else None
    return figure.trace.rows if figure else ()


def _not_entered(figures: ProgrammeFigures) -> int:
    return sum(value is None for value in (figures.pupils_10_19, figures.pupils_15_19, figures.young_teachers))


def _said(session: Session, organisation: Organisation, programme: Programme) -> dict[str, Any]:
    figures = ProgrammeFigures.from_stored(programme.figures)
    return {
        "organisation": organisation.name,
        "address": organisation.address,
        "zone": organisation.time_zone,
        "programme": programme.name,
        "school_year": programme.school_year,
        "curator": leading_curator_name(session),
        "threshold": figures.threshold,
        "ages_on": ages_on(figures, programme.starts_on).isoformat(),
        "introduced_on": programme.introduced_on.isoformat() if programme.introduced_on else "",
    }


def _day(sheet: SheetFact | None, zone: ZoneInfo) -> str:
    return local_day(sheet.submitted_at, zone).isoformat() if sheet else ""
