"""How long the panel's lists take in the server when a hundred thousand people are there."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from admin.app import create_app
from storage.database import SyncDatabase
from storage.migrate import migrate
from storage.statistics import refresh_statistics
from tests.admin.conftest import Clock, settings_for, signed_in
from tests.admin.test_list_speed import LISTS, fill
from tests.conftest import NOW
from tests.counting import counted
from tests.use_cases.gymnasium import open_gymnasium

PEOPLE, TIMES = 100_000, 5


@dataclass(frozen=True, slots=True)
class ListSpeed:
    path: str
    milliseconds: float  # the median, template and all
    queries: int


def list_speeds(folder: Path, people: int = PEOPLE) -> list[ListSpeed]:
    url = f"sqlite:///{folder / 'panel.db'}"
    migrate(url)
    database, clock = SyncDatabase(url), Clock(NOW)
    database.write(open_gymnasium)
    fill(database, people)
    database.write(refresh_statistics)
    database.close()
    curator = signed_in(create_app(settings_for(), database, clock, clock), "zimina")
    return [_measured(curator.text, database, path) for path in ("/", *LISTS)]


def _measured(show: Callable[[str], str], database: SyncDatabase, path: str) -> ListSpeed:
    with counted(database) as asked:
        show(path)
    queries = len(asked)
    took = []
    for _ in range(TIMES):
        started = perf_counter()
        show(path)
        took.append((perf_counter() - started) * 1000)
    return ListSpeed(path, median(took), queries)
