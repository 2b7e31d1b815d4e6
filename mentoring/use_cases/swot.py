"""A draft of the SWOT from what people marked high and low and wrote themselves; the curator edits and signs it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.report_words import group_words, number, percent, signed_number
from mentoring.rules.quality import Aspect
from mentoring.rules.questions.definition import Question
from mentoring.rules.reporting import Row, Tag
from mentoring.rules.statistics import FEW
from mentoring.use_cases.report_counts import Span
from mentoring.use_cases.report_facts import compared_in
from mentoring.use_cases.report_results import (
    Answered,
    answered_in,
    changes_section,
    known_questionnaires,
    results_section,
)

MOST_LINES = 5
QUOTES = 3
QUOTE_LENGTH = 140
HIGH, LOW = 8.0, 7.0
"""Means out of ten: from the one a thing is strong, below the other it is weak."""

OFTEN, SELDOM = 60.0, 40.0
"""Per cent of «да»."""

VALUED, LACKED = "value", "lack"
"""Keys of the open questions «что ценно» and «чего не хватило» of every survey after (methodology.md §2.0)."""

LIMIT = 2000


def swot_draft(session: Session, programme_id: int, since: datetime, until: datetime, now: datetime) -> dict[str, str]:
    """By the keys of the `swot` questionnaire; a line each, with its source. Empty where nobody has said anything.

    Only what at least five people answered; the words of anonymous sheets are not quoted.
    """
    span = Span(since, until, now)
    answered = answered_in(session, programme_id, known_questionnaires(session), span)
    asked_after = [one for one in answered if one.known.newest.moment != "before"]
    inside = [one for one in asked_after if one.known.newest.use != "partners"]
    outside = [one for one in asked_after if one.known.newest.use == "partners"]
    changes = [row for row in changes_section(session, compared_in(session, answered, span)).rows if _tells(row)]
    lines = {
        "strengths": [*_marked(inside, high=True), *_quoted(inside, VALUED)],
        "weaknesses": [*_marked(inside, high=False), *_quoted(inside, LACKED)],
        "opportunities": [*_said_yes(inside, often=True), *_marked(outside, high=True)],
        "threats": [*_said_yes(inside, often=False), *_marked(outside, high=False)],
        "wellbeing": _moved([row for row in changes if Tag.IMPORTANCE not in row.tags], _personal_keys(answered)),
        "gap": _hoped([row for row in changes if Tag.IMPORTANCE in row.tags]),
    }
    return {key: _whole_lines(found) for key, found in lines.items()}


def _marked(answered: Iterable[Answered], *, high: bool) -> list[str]:
    rows = [row for row in results_section(answered).rows if _tells(row) and Tag.SHARE not in row.tags]
    chosen = [row for row in rows if _is_strong(row) is high and _is_strong(row) is not None]
    chosen.sort(key=lambda row: row.value("mean") or 0, reverse=high)
    return [
        f"{_asked(row)} — {number(row.value('mean'))} из 10 ({group_words(row.group)}, n = {number(row.value('n'))})"
        for row in chosen[:MOST_LINES]
    ]


def _is_strong(row: Row) -> bool | None:
    """None: neither strong nor weak."""
    mean = row.value("mean") or 0
    if mean >= HIGH:
        return True
    return False if mean < LOW else None


def _said_yes(answered: Iterable[Answered], *, often: bool) -> list[str]:
    rows = [row for row in results_section(answered).rows if _tells(row) and Tag.SHARE in row.tags]
    chosen = [row for row in rows if _is_often(row) is often]
    chosen.sort(key=lambda row: row.value("mean") or 0, reverse=often)
    return [
        f"{_asked(row)} — «да» у {percent(row.value('mean'))} ({group_words(row.group)}, n = {number(row.value('n'))})"
        for row in chosen[:MOST_LINES]
    ]


def _is_often(row: Row) -> bool | None:
    share = row.value("mean") or 0
    if share >= OFTEN:
        return True
    return False if share < SELDOM else None


def _quoted(answered: Iterable[Answered], key: str) -> Iterator[str]:
    """The newest words of people to one open question; names are nobody's business in a SWOT."""
    found = []
    for one in answered:
        question = next((asked for asked in one.history.questions if asked.key == key), None)
        if question and _may_quote(question):
            found += [
                (sheet.submitted_at, str(sheet.answers[key]), one) for sheet in one.sheets if sheet.answers.get(key)
            ]
    found.sort(key=lambda each: each[0], reverse=True)
    for _, words, one in found[:QUOTES]:
        yield f"Из ответов: «{_short(words)}» ({one.known.newest.title})"


def _may_quote(question: Question) -> bool:
    return question.kind in ("text", "long_text") and not question.personal


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= QUOTE_LENGTH else f"{line[: QUOTE_LENGTH - 1].rstrip()}…"


def _personal_keys(answered: Iterable[Answered]) -> frozenset[str]:
    """Pair keys of the questions about the person and not about the programme."""
    return frozenset(
        question.pair
        for one in answered
        for question in one.history.questions
        if question.aspect == Aspect.PERSONAL and question.pair
    )


def _moved(rows: Sequence[Row], pair_keys: Collection[str]) -> list[str]:
    chosen = [row for row in rows if row.key.rpartition(":")[2] in pair_keys and Tag.SHARE not in row.tags]
    chosen.sort(key=lambda row: abs(row.value("difference") or 0), reverse=True)
    return [_change(row) for row in chosen[:MOST_LINES] if row.value("difference")]


def _hoped(rows: Sequence[Row]) -> list[str]:
    chosen = sorted(rows, key=lambda row: row.value("difference") or 0)
    return [_change(row) for row in chosen[:MOST_LINES]]


def _change(row: Row) -> str:
    return (
        f"{_asked(row)} — {number(row.value('before'))} → {number(row.value('after'))} "
        f"({signed_number(row.value('difference'))}; {group_words(row.group)}, n = {number(row.value('n'))})"
    )


def _tells(row: Row) -> bool:
    return (row.value("n") or 0) >= FEW


def _asked(row: Row) -> str:
    return row.label.rstrip(" .?")


def _whole_lines(lines: Iterable[str]) -> str:
    """As many lines as fit into an answer, none of them cut."""
    kept = ""
    for line in lines:
        longer = f"{kept}\n{line}" if kept else line
        if len(longer) > LIMIT:
            break
        kept = longer
    return kept
