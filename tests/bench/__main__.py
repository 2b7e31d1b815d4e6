"""``python -m tests.bench [--json]``: a table of ratios, or the same as JSON. About three minutes."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from storage.database import Database, SyncDatabase
from storage.migrate import migrate
from tests.bench import matching, transactions
from tests.bench.delivery import deliver
from tests.bench.panel import list_speeds
from tests.bench.pipeline import answer_questions, bare_bot, our_bot, press_bare
from tests.bench.processes import start_both
from tests.bench.rounds import Cost, in_turn, ratio
from tests.bench.school import NOW, QUESTIONS, Pupil, School, open_school
from tests.bench.survey import Survey, answer_in_a_crowd, answer_without_a_breath, open_survey
from tests.bench.telegram import Telegram, telegram
from tests.ports import free_port

ROUNDS = 7
PRESSES = QUESTIONS - 2  # the last screens are not like the others
CROWD = 50
SURVEY_ROUNDS = 3
NOTICES = 200


@dataclass(frozen=True, slots=True)
class Line:
    """``limit``: what the figure must not go beyond, where there is such a promise."""

    name: str
    value: float
    unit: str
    limit: str = ""


def main() -> int:
    lines = asyncio.run(measure())
    if "--json" in sys.argv:
        print(json.dumps({line.name: asdict(line) for line in lines}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(f"{line.name:<58}{line.value:>9.2f} {line.unit:<8}{line.limit}" for line in lines))
    return 0


async def measure() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder, schools(Path(folder), 400) as (url, school):
        pupils = iter(school.pupils)
        async with telegram() as ours, telegram() as bares, our_bot(ours, url) as runtime, bare_bot(bares):
            lines = [
                *await of_transactions(url, school, pupils),
                *await of_answers(ours, bares, url, school, pupils),
                *await of_a_crowd(ours, pupils),
                *await of_a_survey(ours, url, school, pupils),
            ]
            delivered = await deliver(runtime, ours, school, NOTICES)
        lines += [
            Line("notices sent a second", delivered.a_second, "/s", "Telegram allows about 30"),
            Line("most notices in any one second", delivered.most_in_a_second, "", "≤ 30"),
        ]
    return lines + await of_processes() + of_the_panel() + of_matching()


async def of_transactions(url: str, school: School, pupils: Iterator[Pupil]) -> list[Line]:
    database = Database(url)
    found = await in_turn(
        ROUNDS,
        bare=lambda _: transactions.bare(database, school, (next(pupils),), NOW),
        use_case=lambda _: transactions.use_case(database, school, (next(pupils),), NOW),
    )
    await database.close()
    return [
        Line("bare transaction", found["bare"].median, "ms"),
        Line("use-case transaction", found["use_case"].median, "ms"),
        Line("use-case to bare transaction", ratio(found["use_case"], found["bare"]), "×", "≤ 1.6"),
    ]


async def of_answers(ours: Telegram, bares: Telegram, url: str, school: School, pupils: Iterator[Pupil]) -> list[Line]:
    """One person at a time, so that the costs of the parts may be added."""
    database = Database(url)

    async def answer(_: int) -> int:
        return len((await answer_questions(ours, (next(pupils),), PRESSES)).latencies)

    async def reply(_: int) -> int:
        return len((await press_bare(bares, 1, PRESSES)).latencies)

    async def store(_: int) -> int:
        return await transactions.use_case(database, school, (next(pupils),), NOW)

    found = await in_turn(ROUNDS, answer=answer, reply=reply, store=store)
    await database.close()
    parts = Cost(tuple(sum(both) for both in zip(found["reply"].rounds, found["store"].rounds, strict=True)))
    return [
        Line("bare aiogram reply (edit and answer to the tap)", found["reply"].median, "ms"),
        Line("answered question, end to end", found["answer"].median, "ms"),
        Line("answered questions, one person", 1000 / found["answer"].median, "/s"),
        Line("answered question to reply + transaction", ratio(found["answer"], parts), "×"),
    ]


async def of_a_crowd(ours: Telegram, pupils: Iterator[Pupil]) -> list[Line]:
    played = await answer_questions(ours, tuple(next(pupils) for _ in range(CROWD)), PRESSES)
    waited = sorted(played.latencies)
    return [
        Line(f"answered questions, {CROWD} people at once", len(waited) / played.seconds, "/s"),
        Line(f"one of {CROWD} waits, median", waited[len(waited) // 2] * 1000, "ms"),
        Line(f"one of {CROWD} waits, 99 of 100", waited[len(waited) * 99 // 100] * 1000, "ms"),
    ]


async def of_a_survey(ours: Telegram, url: str, school: School, pupils: Iterator[Pupil]) -> list[Line]:
    """First as people answer; then with no pause at all, in turn with bare transactions."""
    database = Database(url)

    async def opened() -> Survey:
        return await database.write(open_survey, school, tuple(next(pupils) for _ in range(CROWD)))

    played = await answer_in_a_crowd(ours, await opened())

    async def crowd(_: int) -> int:
        return len((await answer_without_a_breath(ours, await opened())).latencies)

    async def store(_: int) -> int:
        return await transactions.bare(database, school, (next(pupils),), NOW)

    found = await in_turn(SURVEY_ROUNDS, crowd=crowd, store=store)
    await database.close()
    waited, typed = sorted(played.latencies), sorted(played.typed)
    return [
        Line(f"survey, {CROWD} people: a tap is answered, median", waited[len(waited) // 2] * 1000, "ms", "≤ 100"),
        Line("the same, 95 of 100", waited[len(waited) * 95 // 100] * 1000, "ms"),
        Line("typed words are answered, median", typed[len(typed) // 2] * 1000, "ms", "30 a second"),
        Line(f"survey, {CROWD} without a breath: one answer", found["crowd"].median, "ms"),
        Line("the same to a bare transaction", ratio(found["crowd"], found["store"]), "×"),
    ]


async def of_processes() -> list[Line]:
    """In a house of their own: started as `manage.py` starts them."""
    with tempfile.TemporaryDirectory() as folder, schools(Path(folder), 60) as (_, school):
        async with telegram() as stub:
            started = await start_both(stub, school, Path(folder), free_port())
    return [
        Line("cold start to the first answered press", started.seconds_to_first_answer, "s"),
        Line("bot's memory", started.bot_mib, "MiB"),
        Line("panel's memory", started.panel_mib, "MiB"),
        Line("both", started.bot_mib + started.panel_mib, "MiB", "≤ 320"),
    ]


def of_the_panel() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        speeds = list_speeds(Path(folder))
    return [Line(f"panel {speed.path}, {speed.queries} queries", speed.milliseconds, "ms", "< 50") for speed in speeds]


def of_matching() -> list[Line]:
    found = matching.measure()
    return [
        Line("assignment to the bare solver, places for all", found.enough, "×", "≤ 1.5"),
        Line("assignment to the bare solver, too few places", found.tight, "×", "≤ 1.5"),
        Line("200 × 500 with explanations", found.school, "s", "< 1"),
        Line("2000 × 5000 in a process apart", found.apart, "s"),
        Line("the asking process stands still meanwhile", found.pause, "ms"),
    ]


@contextmanager
def schools(folder: Path, people: int) -> Iterator[tuple[str, School]]:
    url = f"sqlite:///{folder / 'nastavnik.db'}"
    migrate(url)
    store = SyncDatabase(url)
    school = store.write(open_school, people)
    store.close()
    yield url, school


if __name__ == "__main__":
    sys.exit(main())
