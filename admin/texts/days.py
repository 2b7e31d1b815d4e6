"""Dates as people say them, in the organisation's zone, and numbers with the right plural."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime

from admin.desk import now, zone
from storage.queries.counting import MoreThan

RUSSIAN = Locale("ru")
DAYS = ("день", "дня", "дней")


def plural(number: int, one: str, few: str, many: str) -> str:
    """«1 анкета», «2 анкеты», «5 анкет», «больше 10 000 анкет»."""
    return f"{counted(number)} {plural_word(number, one, few, many)}"


def counted(number: int) -> str:
    """What was not counted to the end is said so."""
    return f"больше {number:,}".replace(",", "\u00a0") if isinstance(number, MoreThan) else str(number)


def is_whole(number: int) -> bool:
    """Counted to the end."""
    return not isinstance(number, MoreThan)


def plural_word(number: int, one: str, few: str, many: str) -> str:
    return {"one": one, "few": few}.get(RUSSIAN.plural_form(number), many)


def day(value: date | datetime | None) -> str:
    """«25 ноября», with the year when it is not this one."""
    if value is None:
        return ""
    local = _local(value).date() if isinstance(value, datetime) else value
    pattern = "d MMMM" if local.year == local_today().year else "d MMMM y"
    return format_date(local, pattern, locale="ru")


def day_and_time(at: datetime) -> str:
    """«вт, 25 ноября, 15:00»."""
    local = _local(at)
    pattern = "EEE, d MMMM, HH:mm" if local.year == local_today().year else "EEE, d MMMM y, HH:mm"
    return format_datetime(local, pattern, locale="ru")


def clock_time(at: datetime) -> str:
    return _local(at).strftime("%H:%M")


def short_date(value: date | datetime | None) -> str:
    """«25.11.2026», for papers and files."""
    if value is None:
        return ""
    local = _local(value) if isinstance(value, datetime) else value
    return local.strftime("%d.%m.%Y")


def ago(at: datetime | None) -> str:
    """How long ago, or how soon, in the largest unit that still says something."""
    if at is None:
        return "ещё не было"
    days = (local_today() - _local(at).date()).days
    if days == 0:
        return _same_day(at)
    if days in _NEAR:
        return f"{_NEAR[days]}, {clock_time(at)}"
    if 2 < days <= 30:
        return f"{plural(days, *DAYS)} назад"
    return day_and_time(at) if days < 0 else day(at)


def machine(at: datetime) -> str:
    return _local(at).isoformat(timespec="minutes")


def field_value(at: datetime) -> str:
    """For ``<input type="datetime-local">``."""
    return _local(at).strftime("%Y-%m-%dT%H:%M")


def _same_day(at: datetime) -> str:
    minutes = (now() - at).total_seconds() / 60
    if 0 <= minutes < 2:
        return "только что"
    if 2 <= minutes < 60:
        return f"{plural(int(minutes), 'минуту', 'минуты', 'минут')} назад"
    return f"сегодня, {clock_time(at)}"


def local_today() -> date:
    return _local(now()).date()


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(zone()))


_NEAR = {2: "позавчера", 1: "вчера", -1: "завтра"}
