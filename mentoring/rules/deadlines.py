"""Hours in which people may be disturbed, and local days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Window:
    """Local hours of one day, ``opens`` inclusive, ``closes`` exclusive; both on the same day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("a window opens before it closes")


@dataclass(frozen=True, slots=True)
class Hours:
    weekdays: Window
    weekend: Window

    def on(self, day: date) -> Window:
        return self.weekend if day.weekday() >= SATURDAY else self.weekdays


def next_allowed(at: datetime, zone: ZoneInfo, hours: Hours) -> datetime:
    """``at`` itself if it is inside the hours, else the next opening; in the zone of ``at``."""
    local = at.astimezone(zone)
    window = hours.on(local.date())
    if window.opens <= local.time() < window.closes:
        return at
    day = local.date() if local.time() < window.opens else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.on(day).opens, zone).astimezone(at.tzinfo)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def at_local(day: date, clock_time: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock_time, zone)


def day_start(at: datetime, zone: ZoneInfo) -> datetime:
    return at_local(local_day(at, zone), time(), zone)
