"""The programme's indicators and the numbers that a curator enters for them; the grid of nine marks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.indicators import (
    GLAD,
    Indicator,
    Participant,
    ProgrammeFigures,
    ages_on,
    checked,
    entered,
    is_satisfied,
)
from mentoring.rules.people import Actor, Role
from mentoring.rules.quality import BEST_MARK, GRID_ITEMS, level_of
from mentoring.rules.questions.definition import Definition
from mentoring.rules.reporting import Figure, Listed, Row, Section, SectionKey, Trace, counted, share
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.report_counts import Span, distinct
from mentoring.use_cases.report_results import Known
from storage.models.organisation import Programme
from storage.queries.people import current_programme
from storage.queries.report_sheets import SheetFact, sheets_between
from storage.queries.reports import EnrolmentFact, partners_known

SATISFACTION = "satisfaction:"
"""The ``question`` of a trace that shows by which answers somebody counts as satisfied."""

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FiguresCard:
    programme_id: int
    programme_name: str
    school_year: str
    starts_on: date
    ends_on: date
    introduced_on: date | None
    figures: ProgrammeFigures


def figures_card(session: Session) -> FiguresCard:
    programme = own_programme(session)
    return FiguresCard(
        programme.id,
        programme.name,
        programme.school_year,
        programme.starts_on,
        programme.ends_on,
        programme.introduced_on,
        ProgrammeFigures.from_stored(programme.figures),
    )


def save_figures(
    session: Session, figures: ProgrammeFigures, introduced_on: date | None, *, by: Actor, now: datetime
) -> FiguresCard:
    """Raises ValueWrong."""
    require_curator(session, by)
    programme = own_programme(session)
    stored = checked(figures).to_stored()
    if stored != programme.figures or introduced_on != programme.introduced_on:
        programme.figures, programme.introduced_on = stored, introduced_on
        record(session, "programme.figures_changed", programme, by=by, now=now)
    return figures_card(session)


def own_programme(session: Session) -> Programme:
    programme = current_programme(session)
    if programme is None:
        raise NotFound("programme")
    return programme


def participants_of(enrolments: Collection[EnrolmentFact], span: Span) -> list[Participant]:
    """Who had been taken in by the end of the time, also those who have left since."""
    taken = (one for one in enrolments if span.before_end(one.approved_at))
    return [Participant(one.person_id, one.role, one.kind, one.birth_date) for one in taken]


def indicators_section(
    session: Session, programme: Programme, people: Collection[Participant], known: Sequence[Known], span: Span
) -> Section:
    """Of the year up to the end of the time. ``part`` of ``whole`` is ``percent``, to be compared with ``target``."""
    figures = ProgrammeFigures.from_stored(programme.figures)
    day = ages_on(figures, programme.starts_on)
    rows = []
    for indicator in (Indicator.PUPILS_MENTEES, Indicator.PUPILS_MENTORS, Indicator.YOUNG_TEACHERS):
        ids = distinct(sorted(entered(indicator, people, day)))
        rows.append(_row(indicator, figures, counted(_key(indicator, "part"), Listed.PEOPLE, ids)))
    rows.append(_row(Indicator.PARTNERS, figures, _partners(session, figures, span)))
    for indicator, role in ((Indicator.GLAD_MENTEES, Role.MENTEE), (Indicator.GLAD_MENTORS, Role.MENTOR)):
        surveyed, glad = _surveyed(session, programme.id, known, role, span, figures.threshold)
        rows.append(_row(indicator, figures, _sheets(indicator, "part", glad), _sheets(indicator, "whole", surveyed)))
    return Section(SectionKey.INDICATORS, tuple(rows))


def quality_section(grid: SheetFact | None, definition: Definition | None) -> Section:
    """The nine marks and their sum; empty until a curator has sent the grid."""
    if grid is None or definition is None:
        return Section(SectionKey.QUALITY)
    marks = {one: grid.answers.get(one.key) for one in definition.questions if one.kind == "scale"}
    given = {question: mark for question, mark in marks.items() if isinstance(mark, int)}
    rows = [
        Row(
            question.key,
            (
                Figure(
                    f"quality.{question.key}.mark",
                    mark,
                    Trace(Listed.SUBMISSIONS, ((grid.submission_id,),), question.key),
                ),
            ),
            question.text,
            question.section,
        )
        for question, mark in given.items()
    ]
    total = Figure("quality.all.mark", sum(given.values()), Trace(Listed.SUBMISSIONS, ((grid.submission_id,),)))
    return Section(SectionKey.QUALITY, (*rows, Row("all", (total,), group=rows[-1].group if rows else "")))


def quality_level(section: Section, definition: Definition | None) -> str:
    """Empty unless all nine marks from 0 to 2 are there: of another grid the levels say nothing."""
    total = section.row("all")
    scales = [one for one in definition.questions if one.kind == "scale"] if definition else []
    whole = len(scales) == GRID_ITEMS and all((one.lowest, one.highest) == (0, BEST_MARK) for one in scales)
    if total is None or not whole or len(section.rows) != GRID_ITEMS + 1:
        return ""
    return level_of(int(total.value("mark") or 0)).value


def newest_sheet(
    session: Session, programme: Programme, known: Sequence[Known], use: str, span: Span
) -> tuple[SheetFact | None, Definition | None]:
    """The last one of this use that was sent by the end of the time, not before the programme's year."""
    definitions = versions_of([one for one in known if one.newest.use == use])
    since = datetime(programme.starts_on.year, programme.starts_on.month, programme.starts_on.day, tzinfo=UTC)
    sent = sheets_between(session, programme.id, tuple(definitions), since, span.until)
    return (sent[-1], definitions[sent[-1].version_id]) if sent else (None, None)


def versions_of(known: Collection[Known]) -> dict[int, Definition]:
    return {
        version.version_id: definition
        for one in known
        for version, definition in zip(one.versions, one.definitions, strict=True)
    }


def satisfaction_keys(definition: Definition) -> list[str]:
    return [one.key for one in definition.questions if one.pair == GLAD or one.satisfaction]


def _row(indicator: Indicator, figures: ProgrammeFigures, part: Figure, whole: Figure | None = None) -> Row:
    whole = whole or Figure(_key(indicator, "whole"), figures.whole(indicator))
    percent = share(part.value, whole.value) if part.value is not None and whole.value else None
    target = Figure(_key(indicator, "target"), figures.target(indicator))
    return Row(indicator.value, (part, whole, Figure(_key(indicator, "percent"), percent, part.trace), target))


def _key(indicator: Indicator, column: str) -> str:
    return f"indicators.{indicator}.{column}"


def _partners(session: Session, figures: ProgrammeFigures, span: Span) -> Figure:
    """One representative for each organisation, unless the curator has said how many there are."""
    key = _key(Indicator.PARTNERS, "part")
    if figures.partners is not None:
        return Figure(key, figures.partners)
    named: dict[str, int] = {}
    for person_id, place in partners_known(session, span.until):
        named.setdefault(" ".join(place.casefold().split()), person_id)
    return counted(key, Listed.PEOPLE, distinct(named.values()))


def _surveyed(
    session: Session, programme_id: int, known: Sequence[Known], role: Role, span: Span, threshold: float
) -> tuple[list[SheetFact], list[SheetFact]]:
    """The last survey «after» of each person that tells, and those of them whose people are satisfied."""
    after = [one for one in known if one.newest.use == "survey" and one.newest.moment == "after"]
    definitions = versions_of([one for one in after if one.newest.role == role])
    told: dict[int, tuple[SheetFact, bool]] = {}
    for sheet in sheets_between(session, programme_id, tuple(definitions), BEGINNING, span.until):
        satisfied = is_satisfied(definitions[sheet.version_id].questions, sheet.answers, threshold)
        if satisfied is not None:
            told[sheet.person_id] = (sheet, satisfied)
    return [sheet for sheet, _ in told.values()], [sheet for sheet, satisfied in told.values() if satisfied]


def _sheets(indicator: Indicator, column: str, chosen: Sequence[SheetFact]) -> Figure:
    trace = Trace(Listed.SUBMISSIONS, tuple((one.submission_id,) for one in chosen), SATISFACTION)
    return Figure(_key(indicator, column), len(chosen), trace)
