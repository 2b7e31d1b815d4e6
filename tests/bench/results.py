"""``python -m tests.bench.results``: results and the export of ten thousand responses with twenty answers each."""

import resource
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from admin.app import create_app
from storage.database import SyncDatabase
from storage.migrate import migrate
from storage.statistics import refresh_statistics
from tests.admin.conftest import Browser, Clock, settings_for, signed_in
from tests.bench.answered import STEM, fill_surveys
from tests.conftest import NOW
from tests.counting import counted
from tests.use_cases.gymnasium import open_gymnasium

RESPONSES, TIMES = 10_000, 5
PAGES = (
    f"/summaries/{STEM}_after",
    f"/summaries/{STEM}_after?place=7",
    f"/summaries/{STEM}_after/s0?value=8",
    f"/summaries/{STEM}_after/t0?text=физике",
    "/summaries/",
    "/summaries/before-after",
    f"/summaries/before-after/{STEM}",
)
EXPORTS = (f"/summaries/{STEM}_after/export.xlsx?place=7", f"/summaries/{STEM}_after/export.xlsx")


def main(responses: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'results.db'}"
        filling = get_context("spawn").Process(target=fill, args=(url, responses))  # its memory is not counted
        filling.start()
        filling.join()
        database, clock = SyncDatabase(url), Clock(NOW)
        curator = signed_in(create_app(settings_for(), database, clock, clock), "zimina")
        for path in EXPORTS:  # a small one first, so that what every export needs is not counted to the large one
            print(exported(curator, path))
        for path in PAGES:
            print(measured(curator.text, database, path))


def fill(url: str, responses: int) -> None:
    """``responses`` to each of both halves of the survey; statistics as the product itself refreshes them."""
    migrate(url)
    database = SyncDatabase(url)
    database.write(open_gymnasium)
    fill_surveys(database, responses)
    database.write(refresh_statistics)
    database.close()


def measured(show: Callable[[str], str], database: SyncDatabase, path: str) -> str:
    show(path)
    with counted(database) as asked:
        show(path)
    took, worked = [], []
    for _ in range(TIMES):
        started, busy = perf_counter(), process_time()
        show(path)
        took.append((perf_counter() - started) * 1000)
        worked.append((process_time() - busy) * 1000)
    return f"{path:<52}{median(took):>8.0f} ms, of the processor {median(worked):.0f} ms,{len(asked):>4} queries"


def exported(curator: Browser, path: str) -> str:
    """Megabytes by which the process has grown at its largest, and those of the file."""
    before, started, busy = peak(), perf_counter(), process_time()
    size = sum(len(part) for part in curator.client.get(path, buffered=False).response)
    took, worked = perf_counter() - started, process_time() - busy
    grown = peak() - before
    return f"{path:<52}{took:>8.1f} s, of the processor {worked:.1f} s, {size / 2**20:.1f} MiB, memory +{grown:.1f} MiB"


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RESPONSES)
