"""Periods by name, as chips offer them, and by the days that stand in the address."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import request

from admin.desk import zone
from admin.texts.days import local_today

SEPTEMBER = 9


def asked_period() -> tuple[datetime | None, datetime | None]:
    """The moments between which something happened: the first is included, the second is not."""
    named = span(request.args.get("period", ""), local_today())
    if named:
        return midnight(named[0]), midnight(named[1])
    since, until = asked_day("since"), asked_day("until")
    return midnight(since) if since else None, midnight(until + timedelta(days=1)) if until else None


def asked_day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def span(name: str, today: date) -> tuple[date, date] | None:
    """The first day of the period and the first one after it."""
    month = today.year * 12 + today.month - 1
    september = (today.year if today.month >= SEPTEMBER else today.year - 1) * 12 + SEPTEMBER - 1
    spans = {
        "month": (month, month + 1),
        "last_month": (month - 1, month),
        "quarter": (month - 2, month + 1),
        "year": (september, september + 12),
    }
    if name not in spans:
        return None
    first, last = spans[name]
    return date(first // 12, first % 12 + 1, 1), date(last // 12, last % 12 + 1, 1)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone()))
