"""A run from the panel: read, solved outside any transaction, kept; once more if people have changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from admin.desk import now, perform, read, stop_reading
from mentoring.matching_run import Solution, solve
from mentoring.rules.errors import OutOfDate
from mentoring.rules.matching_drafts import Outcome
from mentoring.use_cases.matching_drafts import draft_card
from mentoring.use_cases.matching_runs import Moved, RunKept, keep_run, matching_task, moved_in, placed_in

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Effect:
    """What other settings would change."""

    before: Outcome
    after: Outcome
    moved: tuple[Moved, ...]


def run(draft_id: int) -> RunKept:
    """Raises OutOfDate when somebody changes the pool faster than it is solved."""
    for _ in range(ATTEMPTS - 1):
        try:
            return _run_once(draft_id)
        except OutOfDate:
            continue
    return _run_once(draft_id)


def effect(draft_id: int, settings: Mapping[str, Any]) -> Effect:
    """Of settings that are tried, beside the last run."""
    task, before = read(matching_task, draft_id, settings=dict(settings), now=now()), read(placed_in, draft_id)
    outcome = read(draft_card, draft_id).outcome
    stop_reading()
    tried = solve(task)
    return Effect(outcome, tried.outcome, moved_in(task.pool, before, tried.placed))


def _run_once(draft_id: int) -> RunKept:
    task = read(matching_task, draft_id, now=now())
    stop_reading()
    found: Solution = solve(task)
    return perform(keep_run, task, found.placed, found.scores, found.outcome)
