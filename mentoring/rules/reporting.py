"""Reports: which days they cover, and what a figure is: a value with the rows it was counted from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    SEASON = "season"


class ReportState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"


class Listed(StrEnum):
    """What the rows of a figure's list are; the numbers in brackets make up a row."""

    NOTHING = "nothing"  # entered by hand, or counted from answers without names
    PEOPLE = "people"  # (person)
    ENROLMENTS = "enrolments"  # (enrolment)
    PAIRS = "pairs"  # (pair)
    MEETINGS = "meetings"  # (meeting)
    FEEDBACK = "feedback"  # (meeting, person, submission or 0)
    RECIPIENTS = "recipients"  # (recipient, answered: 1 or 0)
    SUBMISSIONS = "submissions"  # (submission)
    CHANGES = "changes"  # (submission before, submission after)


class SectionKey(StrEnum):
    """In the order of the paper."""

    PEOPLE = "people"
    PAIRS = "pairs"
    MEETINGS = "meetings"
    FEEDBACK = "feedback"
    SURVEYS = "surveys"
    RESULTS = "results"
    CHANGES = "changes"
    INDICATORS = "indicators"
    QUALITY = "quality"
    SWOT = "swot"
    INFLUENCE = "influence"
    GAPS = "gaps"


class TextKey(StrEnum):
    """The blocks that the curator writes."""

    OVERVIEW = "overview"
    MEETINGS = "meetings"
    ANSWERS = "answers"
    CHANGES = "changes"
    INDICATORS = "indicators"
    CONCLUSIONS = "conclusions"
    PROPOSALS = "proposals"


@dataclass(frozen=True, slots=True)
class Trace:
    """``question`` names the answer to show in each submission; of `Listed.CHANGES` the one before, and ``after`` the
    one after."""

    kind: Listed = Listed.NOTHING
    rows: tuple[tuple[int, ...], ...] = ()
    question: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """``key`` is one for the whole report: section, row and column, «meetings.all.held».

    ``value`` None: there is nothing to count from, or too little to be shown.
    """

    key: str
    value: float | None
    trace: Trace = Trace()

    @property
    def column(self) -> str:
        return self.key.rpartition(".")[2]


class Tag(StrEnum):
    FEW = "few"  # fewer answers than a conclusion needs
    HIDDEN = "hidden"  # so few that the numbers would tell who said what
    IMPORTANCE = "importance"  # «ожидание против опыта», not growth
    SHARE = "share"  # yes/no: the means are shares of «да»
    ANONYMOUS = "anonymous"  # some of the answers were given without a name


@dataclass(frozen=True, slots=True)
class Row:
    """``label``: words that people wrote (a wording, a title), empty where the key says it all. ``group``: the heading
    under which the row stands, a key or such words; ``note``: a few words more, such as a wording after."""

    key: str
    figures: tuple[Figure, ...]
    label: str = ""
    group: str = ""
    note: str = ""
    tags: tuple[Tag, ...] = ()

    def figure(self, column: str) -> Figure | None:
        return next((one for one in self.figures if one.column == column), None)

    def value(self, column: str) -> float | None:
        found = self.figure(column)
        return found.value if found else None


@dataclass(frozen=True, slots=True)
class Section:
    key: SectionKey
    rows: tuple[Row, ...] = ()

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == key), None)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a report says but the curator's words. ``said`` holds what is not a number that can be opened:
    thresholds, dates, the level of quality, the lines of the SWOT."""

    starts_on: date
    ends_on: date
    counted_at: datetime
    sections: tuple[Section, ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)

    def section(self, key: SectionKey) -> Section:
        return next((section for section in self.sections if section.key is key), Section(key))

    def figures(self) -> Iterator[Figure]:
        return (figure for section in self.sections for row in section.rows for figure in row.figures)

    def figure(self, key: str) -> Figure | None:
        return next((figure for figure in self.figures() if figure.key == key), None)

    def value(self, key: str) -> float | None:
        found = self.figure(key)
        return found.value if found else None


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6}


def period_of(kind: PeriodKind, day: date, season: tuple[date, date]) -> tuple[date, date]:
    """First and last day of the period of the calendar year that holds ``day``; ``season`` is the programme's own."""
    if kind is PeriodKind.SEASON:
        return season
    months = MONTHS[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    following = first.month - 1 + months
    return first, date(first.year + following // 12, following % 12 + 1, 1) - timedelta(days=1)


def counted(key: str, kind: Listed, rows: Iterable[tuple[int, ...]]) -> Figure:
    """A number of rows."""
    listed = tuple(rows)
    return Figure(key, len(listed), Trace(kind, listed))


def share(part: float, whole: float) -> float | None:
    """In per cent to one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def frozen(facts: Facts) -> dict[str, Any]:
    """As it is kept for good. Lists that are equal are kept once."""
    lists: dict[tuple[str, tuple[tuple[int, ...], ...]], int] = {}
    sections = [
        {"key": section.key.value, "rows": [_frozen_row(row, lists) for row in section.rows]}
        for section in facts.sections
    ]
    return {
        "starts_on": facts.starts_on.isoformat(),
        "ends_on": facts.ends_on.isoformat(),
        "counted_at": facts.counted_at.isoformat(),
        "sections": sections,
        "lists": [{"kind": kind, "rows": [list(row) for row in rows]} for kind, rows in lists],
        "said": dict(facts.said),
    }


def thawed(stored: Mapping[str, Any]) -> Facts:
    lists = [Trace(Listed(one["kind"]), tuple(tuple(row) for row in one["rows"])) for one in stored["lists"]]
    return Facts(
        date.fromisoformat(stored["starts_on"]),
        date.fromisoformat(stored["ends_on"]),
        datetime.fromisoformat(stored["counted_at"]),
        tuple(
            Section(
                SectionKey(section["key"]),
                tuple(_thawed_row(row, section["key"], lists) for row in section["rows"]),
            )
            for section in stored["sections"]
        ),
        stored["said"],
    )


def _frozen_row(row: Row, lists: dict[tuple[str, tuple[tuple[int, ...], ...]], int]) -> dict[str, Any]:
    figures = []
    for figure in row.figures:
        trace = figure.trace
        number = lists.setdefault((trace.kind.value, trace.rows), len(lists))
        figures.append([figure.column, figure.value, number, trace.question, trace.after])
    words = {"label": row.label, "group": row.group, "note": row.note}
    return {"key": row.key, **words, "tags": [tag.value for tag in row.tags], "figures": figures}


def _thawed_row(row: Mapping[str, Any], section: str, lists: list[Trace]) -> Row:
    figures = tuple(
        Figure(f"{section}.{row['key']}.{column}", value, replace(lists[number], question=question, after=after))
        for column, value, number, question, after in row["figures"]
    )
    tags = tuple(Tag(tag) for tag in row["tags"])
    return Row(row["key"], figures, row["label"], row["group"], row["note"], tags)
