"""People of the panel: their roles, and what keeps their accounts safe."""

from datetime import datetime, timedelta
from enum import StrEnum


class AccountRole(StrEnum):
    CURATOR = "curator"
    HEAD = "head"  # reads and signs off
    ADMINISTRATOR = "administrator"


DECIDING_ROLES = (AccountRole.CURATOR, AccountRole.ADMINISTRATOR)
FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
PASSWORD_LENGTHS = range(8, 201)  # the upper end keeps a hashing of megabytes away


def plain_login(login: str) -> str:
    """Logins know no case and no spaces around: they are typed on phones."""
    return login.strip().casefold()


def password_fits(password: str, login: str) -> bool:
    return len(password) in PASSWORD_LENGTHS and password.casefold() != login and len(set(password)) > 3


def locked_until(failures: int, now: datetime) -> datetime | None:
    return now + LOCKED_FOR if failures >= FAILURES_ALLOWED else None
