from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, Component

from mentoring.calendar_files import ics
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.people import Role
from mentoring.use_cases.meeting_calendar import CalendarEvent

STARTS = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def event(**changes: object) -> CalendarEvent:
    facts: dict[str, object] = {
        "uid": "meeting-7-20261123090000@nastavnik",
        "sequence": 2,
        "method": "REQUEST",
        "role": Role.MENTEE,
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(minutes=45),
        "time_zone": "Asia/Novokuznetsk",
        "place_kind": PlaceKind.ORGANISATION,
        "place": "каб. 12; 2 этаж",
        "organisation": "Гимназия «Маяк»",
        "updated_at": STARTS - timedelta(days=2),
    }
    return CalendarEvent(**{**facts, **changes})  # type: ignore[arg-type]


def read(made: CalendarEvent) -> tuple[Component, Component]:
    calendar = Calendar.from_ical(ics(made))
    (entry,) = calendar.walk("VEVENT")
    return calendar, entry


def test_the_file_says_when_where_and_which_revision() -> None:
    calendar, entry = read(event())

    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == ("meeting-7-20261123090000@nastavnik", 2, "CONFIRMED")
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (STARTS, STARTS + timedelta(minutes=45))
    assert str(entry["LOCATION"]) == "Гимназия «Маяк», каб. 12; 2 этаж"


@pytest.mark.parametrize(
    ("role", "summary"), [(Role.MENTEE, "Встреча с наставником"), (Role.MENTOR, "Встреча с наставляемым")]
)
def test_the_summary_names_nobody(role: Role, summary: str) -> None:
    assert str(read(event(role=role))[1]["SUMMARY"]) == summary


def test_the_phone_rings_an_hour_before() -> None:
    (alarm,) = read(event())[1].walk("VALARM")

    assert alarm.decoded("TRIGGER") == timedelta(hours=-1)


def test_a_cancelled_meeting_leaves_the_calendar_without_ringing() -> None:
    calendar, entry = read(event(method="CANCEL", sequence=3))

    assert (calendar["METHOD"], entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 3)
    assert entry.walk("VALARM") == []


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    body = ics(event(place="я" * 200))

    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))


def test_an_online_meeting_without_a_link_says_so() -> None:
    assert str(read(event(place_kind=PlaceKind.ONLINE, place=""))[1]["LOCATION"]) == "Онлайн"
    assert "LOCATION" not in read(event(place_kind=PlaceKind.OTHER, place=""))[1]
