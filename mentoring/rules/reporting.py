"""Reports: which days they cover."""

from datetime import date, timedelta
from enum import StrEnum


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    SEASON = "season"


class ReportState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6}


def period_of(kind: PeriodKind, day: date, season: tuple[date, date]) -> tuple[date, date]:
    """First and last day of the period of the calendar year that holds ``day``; ``season`` is the programme's own."""
    if kind is PeriodKind.SEASON:
        return season
    months = MONTHS[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    following = first.month - 1 + months
    return first, date(first.year + following // 12, following % 12 + 1, 1) - timedelta(days=1)
