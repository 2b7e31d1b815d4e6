"""What a curator looks at: things to do, the programme in one strip, and how the pairs are doing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring.rules.deadlines import day_start, local_day
from mentoring.rules.reminders import OrganisationSettings
from mentoring.rules.results import TodayKind
from mentoring.use_cases.pair_results import PairResult as PairResult
from mentoring.use_cases.pair_results import PairResults as PairResults
from mentoring.use_cases.pair_results import Rating as Rating
from mentoring.use_cases.pair_results import Ratings as Ratings
from mentoring.use_cases.pair_results import pair_results as pair_results
from mentoring.use_cases.pair_results import ratings as ratings
from storage.models.organisation import Organisation
from storage.queries.strip import Strip as Strip
from storage.queries.strip import strip
from storage.queries.today import Asked, Found, Matter, counts, examples, names
from storage.scope import organisation_of


@dataclass(frozen=True, slots=True)
class Example:
    """One of at most five named rows. ``days`` and ``times``: of silence, of asking, as the item says."""

    object_id: int
    label: str
    person_id: int | None = None
    days: int | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class TodayItem:
    """``listing`` and ``filters`` open exactly ``count`` rows; of more than a thousand it is `MoreThan` a thousand.
    Listings: people, pairs, meetings, plans, responses, notices, letters, erasures, campaigns, calendar, waiting."""

    kind: TodayKind
    count: int
    examples: tuple[Example, ...]
    listing: str
    filters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Today:
    items: tuple[TodayItem, ...]
    strip: Strip


def today(session: Session, *, now: datetime) -> Today:
    """Things to do, the most urgent first, and the strip. Five queries at any size; needs a fenced session."""
    organisation = session.get_one(Organisation, organisation_of(session))
    zone = ZoneInfo(organisation.time_zone)
    settings = OrganisationSettings.from_stored(organisation.settings)
    asked = Asked(organisation.id, settings, now, local_day(now, zone))
    waiting = counts(session, asked)
    named = _Named(session, waiting, examples(session, asked, {matter.kind for matter in waiting}), now)
    items = [
        TodayItem(matter.kind, count, named.of(matter), matter.listing, matter.filters)
        for matter, count in waiting.items()
    ]
    monday = _week_start(now, zone)
    return Today(tuple(items), strip(session, monday, monday + timedelta(days=7)))


def _week_start(now: datetime, zone: ZoneInfo) -> datetime:
    start = day_start(now, zone)
    return start - timedelta(days=start.weekday())


class _Named:
    """Examples with the names of people and pairs, looked up for all items at once."""

    def __init__(
        self, session: Session, waiting: Collection[Matter], found: dict[TodayKind, list[Found]], now: datetime
    ) -> None:
        self._found, self._now = found, now
        people, pairs, campaigns = (self._subjects(waiting, about) for about in ("person", "pair", "campaign"))
        self._names = names(session, people, pairs, campaigns)

    def of(self, matter: Matter) -> tuple[Example, ...]:
        """None of the programme: it is the only one."""
        if matter.about == "programme":
            return ()
        return tuple(self._example(matter, found) for found in self._found.get(matter.kind, ()))

    def _subjects(self, waiting: Collection[Matter], about: str) -> set[int]:
        return {
            found.subject_id
            for matter in waiting
            if matter.about == about
            for found in self._found.get(matter.kind, ())
        }

    def _example(self, matter: Matter, found: Found) -> Example:
        days = abs((self._now - found.since).days) if found.since and matter.kind in WITH_DAYS else None
        if matter.about == "pair":
            return Example(found.object_id, self._names.pairs.get(found.subject_id, ""), days=days)
        if matter.about == "campaign":
            return Example(found.object_id, self._names.campaigns.get(found.subject_id, ""))
        times = self._names.times.get(found.subject_id) if matter.kind in WITH_TIMES else None
        return Example(found.object_id, self._names.people.get(found.subject_id, ""), found.subject_id, days, times)


WITH_DAYS = frozenset(
    {
        TodayKind.OPEN_LETTERS,
        TodayKind.STALE_PROPOSALS,
        TodayKind.SILENT_PAIRS,
        TodayKind.PAIRS_WITHOUT_FIRST_MEETING,
    }
)
WITH_TIMES = frozenset({TodayKind.CONSENTS_MISSING, TodayKind.REMINDED_IN_VAIN})
