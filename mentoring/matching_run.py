"""A run of the matching outside any transaction: all scores, the best assignment, and who would rather have another."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from mentoring.assignment import Assignment, assign_apart, blocking_pairs
from mentoring.rules.matching_drafts import BLOCKING_KEPT, Outcome
from mentoring.use_cases.matching_pool import Posed, problem_of
from mentoring.use_cases.matching_runs import MatchingTask

LONGEST = 60.0
"""Seconds for the solver: thirty times what the largest pool of a town takes."""


@dataclass(frozen=True, slots=True)
class Solution:
    """``placed``: mentee's enrolment -> mentor's; ``scores`` of them by mentee."""

    placed: Mapping[int, int]
    scores: Mapping[int, int]
    outcome: Outcome


def solve(task: MatchingTask) -> Solution:
    posed = problem_of(task.pool, task.settings, dict(task.choices))
    found = assign_apart(posed.problem, timeout=LONGEST)
    scores = {mentee: posed.problem.scores[mentor, mentee] for mentee, mentor in found.placed.items()}
    return Solution(found.placed, scores, _outcome(task, posed, found, scores))


def _outcome(task: MatchingTask, posed: Posed, found: Assignment, scores: Mapping[int, int]) -> Outcome:
    problem = posed.problem
    blocking = blocking_pairs(problem, found)
    return Outcome(
        mentors=len(problem.mentors),
        places=sum(places for _, places in problem.mentors),
        mentees=len(problem.mentees),
        placed=len(found.placed),
        total=sum(scores.values()),
        worst=found.worst or 0,
        shares=_shares(posed, found),
        blocking=blocking[:BLOCKING_KEPT],
        blocking_count=len(blocking),
        considered=task.considered,
    )


def _shares(posed: Posed, found: Assignment) -> dict[str, int]:
    fits = [posed.fits[mentor, mentee] for mentee, mentor in found.placed.items()]
    parts = zip(*(one.parts for one in fits), strict=True)
    return {part[0].criterion.value: round(100 * fmean(one.share for one in part)) for part in parts}
