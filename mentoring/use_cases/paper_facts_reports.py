"""What the final report and the analytic note say: figures of a signed report where there is one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring import paper_words, report_words
from mentoring.names import short_date
from mentoring.report_drafts import suggested_texts
from mentoring.report_words import number, percent, signed_number
from mentoring.rules.deadlines import local_day
from mentoring.rules.reporting import Facts, PeriodKind, Row, SectionKey, Tag, TextKey
from mentoring.use_cases.ordered_pairs import ordered_pairs
from mentoring.use_cases.organisation_card import own_organisation
from mentoring.use_cases.paper_choices import as_lines, chosen_columns, chosen_lines
from mentoring.use_cases.paper_reports import chosen_report
from mentoring.use_cases.report_facts import report_facts
from mentoring.use_cases.reports import facts_of
from storage.models.document import Document
from storage.models.organisation import Programme

SWOT = ("strengths", "weaknesses", "opportunities", "threats")


@dataclass(frozen=True, slots=True)
class Told:
    """Figures of a time with the curator's words about them."""

    facts: Facts
    texts: Mapping[str, str]
    period: str


def final_report(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    told = _told(session, document, now)
    cases = chosen_columns(document.choices, "cases", "title", "text")
    return {**_numbers(session, document, told), "cases": cases}


def analytic_note(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    told = _told(session, document, now)
    return {
        **_numbers(session, document, told),
        "methods": chosen_lines(document.choices, "methods", paper_words.METHODS),
        "recommendations": chosen_columns(document.choices, "recommendations", "whom", "text")
        or [{"whom": "", "text": one["text"]} for one in as_lines(_written(told, TextKey.PROPOSALS))],
    }


def _told(session: Session, document: Document, now: datetime) -> Told:
    programme = session.get_one(Programme, document.programme_id)
    report = chosen_report(session, document)
    if report is not None:
        facts = facts_of(session, report, now=now)
        texts = {**{key.value: text for key, text in suggested_texts(facts).items()}, **report.texts}
        words = report_words.period_words(report.kind, report.starts_on, report.ends_on, programme.school_year)
        return Told(facts, texts, words)
    today = local_day(now, ZoneInfo(own_organisation(session).time_zone))
    facts = report_facts(session, programme, programme.starts_on, min(programme.ends_on, today), now=now)
    words = report_words.period_words(PeriodKind.SEASON, programme.starts_on, programme.ends_on, programme.school_year)
    return Told(facts, {key.value: text for key, text in suggested_texts(facts).items()}, words)


def _numbers(session: Session, document: Document, told: Told) -> dict[str, Any]:
    facts, said = told.facts, document.choices
    swot = {row.key: row.note.splitlines() for row in facts.section(SectionKey.SWOT).rows}
    level = facts.said.get("level")
    return {
        "period": told.period,
        "period_from": short_date(facts.starts_on),
        "period_to": short_date(facts.ends_on),
        "ordered_pairs": _ordered(session, document, facts),
        "people": [
            _row(row, "role", report_words.ROLES[row.key], _PEOPLE) for row in facts.section(SectionKey.PEOPLE).rows
        ],
        "pairs": [_row(row, "form", _form(row), _PAIRS) for row in facts.section(SectionKey.PAIRS).rows],
        "meetings": [_row(row, "form", _form(row), _MEETINGS) for row in facts.section(SectionKey.MEETINGS).rows],
        "answers": [_row(row, "what", what, _ANSWERS) for what, row in _answers(facts)],
        "indicators": [_indicator(*numbered) for numbered in enumerate(facts.section(SectionKey.INDICATORS).rows, 1)],
        "changes": list(_changes(facts)),
        "quality": [
            {"what": row.label, "mark": number(row.value("mark"))}
            for row in facts.section(SectionKey.QUALITY).rows
            if row.key != "all"
        ],
        "quality_total": number(facts.value("quality.all.mark")),
        "quality_level": report_words.LEVELS[level] if level else "",
        **{name: as_lines(swot.get(name, ())) for name in SWOT},
        **{name: as_lines(_written(told, key)) for name, key in _TEXTS.items()},
        "conclusions": chosen_lines(said, "conclusions", _written(told, TextKey.CONCLUSIONS)),
        "proposals": chosen_lines(said, "proposals", _written(told, TextKey.PROPOSALS)),
    }


def _ordered(session: Session, document: Document, facts: Facts) -> int:
    """As the report counted it, else by the orders that are signed by now."""
    counted = facts.value("pairs.all.ordered")
    if counted is not None:
        return int(counted)
    return sum(not one.ended for one in ordered_pairs(session, document.programme_id).values())


def _row(row: Row, name: str, words: str, columns: tuple[str, ...]) -> dict[str, str]:
    figures = {column: _SHOWN.get(column, number)(row.value(column)) for column in columns}
    return {name: words[:1].upper() + words[1:], **figures}


def _form(row: Row) -> str:
    return report_words.form_word(row.key)


def _answers(facts: Facts) -> Iterator[tuple[str, Row]]:
    for row in facts.section(SectionKey.FEEDBACK).rows:
        yield f"Отзывы о встречах: {report_words.ROLES[row.key]}", row
    for row in facts.section(SectionKey.SURVEYS).rows:
        yield row.label or "Все опросы", row


def _indicator(place: int, row: Row) -> dict[str, str]:
    return {"number": str(place), **_row(row, "what", report_words.INDICATORS[row.key], _INDICATORS)}


def _changes(facts: Facts) -> Iterator[dict[str, Any]]:
    """Too small groups are left out, as in the report itself."""
    shown = (row for row in facts.section(SectionKey.CHANGES).rows if Tag.HIDDEN not in row.tags)
    for group, rows in groupby(shown, lambda row: row.group):
        title = report_words.group_words(group)
        yield {"title": title[:1].upper() + title[1:], "lines": [_change(row) for row in rows]}


def _change(row: Row) -> dict[str, str]:
    shares = Tag.SHARE in row.tags
    mark = percent if shares else number
    return {
        "what": row.label,
        "n": number(row.value("n")),
        "before": mark(row.value("before")),
        "after": mark(row.value("after")),
        "difference": (report_words.points if shares else signed_number)(row.value("difference")),
    }


def _written(told: Told, key: TextKey) -> Iterable[str]:
    return told.texts.get(key.value, "").splitlines()


_TEXTS = {
    "overview": TextKey.OVERVIEW,
    "about_meetings": TextKey.MEETINGS,
    "about_answers": TextKey.ANSWERS,
    "about_changes": TextKey.CHANGES,
    "about_indicators": TextKey.INDICATORS,
}

_PEOPLE = ("entered", "approved", "taking_part", "left")
_PAIRS = ("confirmed", "active", "ended", "mentors", "mentees")
_MEETINGS = ("planned", "held", "missed", "cancelled", "per_week")
_ANSWERS = ("asked", "answered", "share")
_INDICATORS = ("part", "whole", "percent", "target")

_SHOWN: Mapping[str, Callable[..., str]] = {"share": percent, "percent": percent, "target": percent}
