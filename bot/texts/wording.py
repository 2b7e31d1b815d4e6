"""How sentences are filled: what people typed is shown as text, numbers agree, dates read as people say them."""

from datetime import date, datetime, time, timedelta
from html import escape
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime

RUSSIAN = Locale("ru")
MIDNIGHT, LAST_MINUTE = time(0, 0), time(23, 59)


class Markup(str):
    """Text that is Telegram's HTML already and must not be escaped again."""

    __slots__ = ()


def fill(template: str, /, **values: object) -> Markup:
    """Put ``values`` into a template of ours; everything that is not `Markup` is escaped."""
    return Markup(template.format(**{name: quote(value) for name, value in values.items()}))


def quote(value: object) -> Markup:
    return value if isinstance(value, Markup) else Markup(escape(str(value), quote=False))


def paragraphs(*parts: str) -> Markup:
    """The parts that are not empty, with an empty line between them. Each is HTML already."""
    return Markup("\n\n".join(part for part in parts if part))


def lines(*parts: str) -> Markup:
    return Markup("\n".join(part for part in parts if part))


def plural(count: int, one: str, few: str, many: str) -> str:
    """«3 вопроса»: the count with the word that agrees with it."""
    return f"{count} {form(count, one, few, many)}"


def minutes(count: int) -> str:
    return plural(count, "минута", "минуты", "минут")


def form(count: int, one: str, few: str, many: str) -> str:
    return {"one": one, "few": few}.get(RUSSIAN.plural_form(count), many)


def moment(at: datetime, zone: str) -> str:
    """«вт, 25 ноября, 15:00» in the organisation's zone."""
    return format_datetime(at, "EE, d MMMM, HH:mm", tzinfo=ZoneInfo(zone), locale=RUSSIAN)


def clock_time(at: datetime, zone: str) -> str:
    return format_datetime(at, "HH:mm", tzinfo=ZoneInfo(zone), locale=RUSSIAN)


def day(on: date) -> str:
    """«вт, 25 ноября»."""
    return format_date(on, "EE, d MMMM", locale=RUSSIAN)


def full_day(on: date) -> str:
    """«25 ноября 2026»: for what stands in a paper."""
    return format_date(on, "d MMMM y", locale=RUSSIAN)


def day_of_year(on: date) -> str:
    """«31 мая 2027»: for what lies far ahead."""
    return format_date(on, "d MMMM y", locale=RUSSIAN)


def short_day(on: date) -> str:
    """«вт 25.11»: for a button."""
    return format_date(on, "EE dd.MM", locale=RUSSIAN)


def dated(at: datetime, zone: str) -> str:
    """«25 ноября 2026, 15:00»: for what is recorded for good."""
    return format_datetime(at, "d MMMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=RUSSIAN)


def local_day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def until(closes_at: datetime, zone: str) -> str:
    """«вт, 24 ноября, 18:00»; «вт, 24 ноября, включительно» where the day is meant to its end."""
    at = closes_at.astimezone(ZoneInfo(zone)).time().replace(second=0, microsecond=0)
    if at not in (MIDNIGHT, LAST_MINUTE):
        return moment(closes_at, zone)
    return f"{day(local_day(closes_at - timedelta(minutes=1), zone))}, включительно"


def size(length: int) -> str:
    """«4 096»: thousands apart, as Russian writes them."""
    return f"{length:,}".replace(",", " ")
