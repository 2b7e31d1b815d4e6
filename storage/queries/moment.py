"""The moment of a page, for statements that are made once and run at many moments."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Date, bindparam

from storage.base import UtcDateTime

NOTHING = timedelta(0)


class Moment(BindParameter[Any]):
    """Stands for ``now`` in conditions that compare with it, with what is some time before or after, with its day."""

    inherit_cache = True

    def __init__(self) -> None:
        super().__init__("now", type_=UtcDateTime())
        self._shifts = {"now": NOTHING}

    def at(self, now: datetime) -> dict[str, datetime | date]:
        """Values of all that was compared with, by name."""
        return {name: now + shift for name, shift in self._shifts.items()} | {"day": now.date()}

    def date(self) -> BindParameter[date]:
        return bindparam("day", type_=Date())

    def __sub__(self, before: Any) -> Any:
        return self + -before

    def __add__(self, after: Any) -> Any:
        name = f"now_{int(after.total_seconds())}".replace("-", "minus_")
        self._shifts[name] = after
        return bindparam(name, type_=UtcDateTime())
