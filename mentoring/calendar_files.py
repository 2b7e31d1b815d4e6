"""A meeting -> .ics (RFC 5545) for the calendar of a phone.

The file goes to phones that others look at, so it names nobody: the role is enough. The library is imported inside:
the bot must not carry it before somebody asks.
"""

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from mentoring.rules.meetings import PlaceKind
from mentoring.rules.people import Role
from mentoring.use_cases.meeting_calendar import CalendarEvent

if TYPE_CHECKING:
    from icalendar import Alarm, Event

SUMMARIES = {Role.MENTEE: "Встреча с наставником", Role.MENTOR: "Встреча с наставляемым"}
ALARM_BEFORE = timedelta(hours=1)
PRODUCT = "-//Nastavnik//RU"


def ics(event: CalendarEvent) -> bytes:
    """The same ``uid`` with a greater ``sequence`` moves or cancels what the phone has already."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", event.method)
    calendar.add_component(_event(event))
    return bytes(calendar.to_ical())


def _event(event: CalendarEvent) -> "Event":
    from icalendar import Event, vText

    entry = Event()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.updated_at.astimezone(UTC))
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", SUMMARIES[event.role])
    entry.add("status", "CANCELLED" if event.method == "CANCEL" else "CONFIRMED")
    if place := _place(event):
        entry["location"] = vText(place)
    if event.method != "CANCEL":
        entry.add_component(_alarm(event.role))
    return entry


def _place(event: CalendarEvent) -> str:
    if event.place_kind is PlaceKind.ORGANISATION:
        return ", ".join(part for part in (event.organisation, event.place) if part)
    return event.place or ("Онлайн" if event.place_kind is PlaceKind.ONLINE else "")


def _alarm(role: Role) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", SUMMARIES[role])
    alarm.add("trigger", -ALARM_BEFORE)
    return alarm
