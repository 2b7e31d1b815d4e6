"""The assignment against an independent solver, against brute force, and by its properties."""

import random
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from threading import Event, Semaphore
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from mentoring import assignment
from mentoring.assignment import HOUSE, Assignment, Problem, assign, assign_apart, blocking_pairs
from mentoring.rules.errors import CalculationFailed


def pool(seed: int, mentors: int, mentees: int, known: int, places: list[int], scores: tuple[int, int]) -> Problem:
    """``known``: mentors whom each mentee may have."""
    dice = random.Random(seed)
    ids = range(1, mentors + 1)
    theirs = range(10_001, 10_001 + mentees)
    return Problem(
        tuple((one, dice.choice(places)) for one in ids),
        tuple(theirs),
        {(one, other): dice.randint(*scores) for other in theirs for one in dice.sample(ids, min(known, mentors))},
    )


def unfair(mentees: int) -> Problem:
    """Many answers have the same total, and most leave somebody with next to nothing: a ladder of equal sums."""
    mentors = tuple((one, 1) for one in range(mentees))
    scores = {(one, other): 50 + (one * other) % 7 * 5 for one in range(mentees) for other in range(mentees)}
    return Problem(mentors, tuple(range(mentees)), scores)


def by_linear_programming(problem: Problem) -> tuple[int, int]:
    """Placed and total of the best answer, by HiGHS: the polytope of an assignment has whole corners."""
    edges = list(problem.scores)
    mentors = {one: number for number, (one, _) in enumerate(problem.mentors)}
    mentees = {one: number + len(mentors) for number, one in enumerate(problem.mentees)}
    rows = [mentors[mentor] for mentor, _ in edges] + [mentees[mentee] for _, mentee in edges]
    columns = list(range(len(edges))) * 2
    limits = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(mentors) + len(mentees), len(edges)))
    bound = [places for _, places in problem.mentors] + [1] * len(mentees)
    bonus = 100 * len(mentees) + 1
    worth = np.array([problem.scores[edge] + bonus for edge in edges], dtype=float)
    found: Any = linprog(-worth, A_ub=limits, b_ub=bound, bounds=(0, 1), method="highs")
    best = round(-found.fun)
    return best // bonus, best % bonus


def by_trying_all(problem: Problem) -> tuple[int, int, list[int]]:
    """Placed, total, and the scores from the worst upwards, of the fairest of the best."""
    places = dict(problem.mentors)
    best: tuple[int, int, list[int]] = (0, 0, [])
    for chosen in product((None, *places), repeat=len(problem.mentees)):
        pairs = [(one, other) for one, other in zip(chosen, problem.mentees, strict=True) if one is not None]
        used = Counter(one for one, _ in pairs)
        if any(pair not in problem.scores for pair in pairs) or any(used[one] > places[one] for one in used):
            continue
        scores = sorted(problem.scores[pair] for pair in pairs)
        best = max(best, (len(pairs), sum(scores), scores))
    return best


@some.composite
def problems(draw: some.DrawFn, most: int = 6, top: int = 100) -> Problem:
    mentors = tuple((one, draw(some.integers(1, 4))) for one in range(1, draw(some.integers(1, most)) + 1))
    mentees = tuple(range(101, 101 + draw(some.integers(1, most))))
    every = [(one, other) for one, _ in mentors for other in mentees]
    allowed = draw(some.lists(some.sampled_from(every), unique=True))
    return Problem(mentors, mentees, {pair: draw(some.integers(0, top)) for pair in allowed})


@pytest.mark.parametrize(
    "problem",
    [
        pool(1, 12, 20, 6, [1, 2, 3], (0, 100)),
        pool(2, 40, 100, 10, [1, 2, 4], (0, 100)),
        pool(3, 30, 200, 8, [1, 2], (40, 60)),
        pool(4, 50, 60, 3, [1], (0, 100)),
        pool(5, 50, 50, 50, [1], (90, 100)),
        unfair(25),
    ],
    ids=["small", "groups", "tight", "thin", "alike", "unfair"],
)
def test_the_answer_is_as_good_as_that_of_a_linear_programme(problem: Problem) -> None:
    found = assign(problem)

    assert (len(found.placed), found.total) == by_linear_programming(problem)


def test_five_thousand_mentees_are_placed_as_well_among_two_thousand_mentors_with_too_few_places() -> None:
    problem = pool(6, 2000, 5000, 8, [1, 2], (30, 100))

    found = assign(problem)

    assert (len(found.placed), found.total) == by_linear_programming(problem)
    assert_possible(problem, found)


@settings(max_examples=60, deadline=None)
@given(problems(most=4, top=6))
def test_nobody_finds_a_fairer_answer_among_the_best(problem: Problem) -> None:
    found = assign(problem)

    assert (len(found.placed), found.total, served(problem, found)) == by_trying_all(problem)


def test_of_two_equal_totals_the_one_that_serves_the_worst_served_better_is_taken() -> None:
    mild, harsh = {(1, 11): 50, (2, 12): 50}, {(1, 12): 90, (2, 11): 10}

    found = assign(Problem(((1, 1), (2, 1)), (11, 12), mild | harsh))

    assert (found.placed, found.total, found.worst) == ({11: 1, 12: 2}, 100, 50)


def test_after_the_worst_served_the_next_worst_served_counts() -> None:
    """The first mentor and mentee have nobody else; the other four could be 40 and 60, or 30 and 70, in two ways."""
    alone, mild, harsh = {(1, 11): 5}, {(2, 12): 40, (3, 13): 60}, {(2, 13): 30, (3, 12): 70}

    found = assign(Problem(((1, 1), (2, 1), (3, 1)), (11, 12, 13), alone | harsh | mild))

    assert found.placed == {11: 1, 12: 2, 13: 3}


def test_everybody_who_may_change_places_is_served_as_equally_as_the_same_total_allows() -> None:
    """Whoever is with whom, the total is the same: the best come to those who ask for the least."""
    crowd = range(60)
    scores = {(one, 100 + other): one % 20 + other % 30 for one in crowd for other in crowd}
    problem = Problem(tuple((one, 1) for one in crowd), tuple(range(100, 160)), scores)
    offered, asked = sorted(one % 20 for one in crowd), sorted((other % 30 for other in crowd), reverse=True)

    found = assign(problem)

    assert served(problem, found)[0] == min(map(sum, zip(offered, asked, strict=True)))


@settings(max_examples=60, deadline=None)
@given(problems())
def test_no_place_is_taken_twice_and_nobody_is_with_whom_they_may_not_be(problem: Problem) -> None:
    assert_possible(problem, assign(problem))


def served(problem: Problem, found: Assignment) -> list[int]:
    """Scores, the worst first."""
    return sorted(problem.scores[mentor, mentee] for mentee, mentor in found.placed.items())


def assert_possible(problem: Problem, found: Assignment) -> None:
    taken = Counter(found.placed.values())
    assert all(taken[one] <= places for one, places in problem.mentors)
    assert all((mentor, mentee) in problem.scores for mentee, mentor in found.placed.items())
    scores = [problem.scores[mentor, mentee] for mentee, mentor in found.placed.items()]
    assert (found.total, found.worst) == (sum(scores), min(scores, default=None))


@settings(max_examples=40, deadline=None)
@given(problems(), some.data())
def test_one_mentor_more_never_leaves_fewer_placed(problem: Problem, data: some.DataObject) -> None:
    willing = data.draw(some.lists(some.sampled_from(problem.mentees), unique=True))
    more = Problem(
        (*problem.mentors, (99, data.draw(some.integers(1, 4)))),
        problem.mentees,
        {**problem.scores, **{(99, mentee): 50 for mentee in willing}},
    )

    before, after = assign(problem), assign(more)

    assert len(after.placed) >= len(before.placed)


@settings(max_examples=40, deadline=None)
@given(problems(), some.data())
def test_those_who_are_held_together_stay_together(problem: Problem, data: some.DataObject) -> None:
    left = dict(problem.mentors)
    held = set()
    for mentee in data.draw(some.lists(some.sampled_from(problem.mentees), unique=True)):
        mentor = data.draw(some.sampled_from(sorted(left)))
        if left[mentor]:
            left[mentor] -= 1
            held.add((mentor, mentee))
    scores = dict.fromkeys(held, 0) | dict(problem.scores)
    locked = Problem(problem.mentors, problem.mentees, scores, frozenset(held))

    found = assign(locked)

    assert held <= {(mentor, mentee) for mentee, mentor in found.placed.items()}
    assert_possible(locked, found)


@settings(max_examples=40, deadline=None)
@given(problems(), some.randoms())
def test_the_order_in_which_people_come_changes_nothing(problem: Problem, dice: random.Random) -> None:
    mentors, mentees, scores = list(problem.mentors), list(problem.mentees), list(problem.scores.items())
    for one in (mentors, mentees, scores):
        dice.shuffle(one)
    shuffled = Problem(tuple(mentors), tuple(mentees), dict(scores))

    assert assign(shuffled) == assign(problem)


@pytest.mark.parametrize(
    "problem",
    [Problem((), (), {}), Problem(((1, 2),), (), {}), Problem((), (11,), {}), Problem(((1, 1),), (11,), {})],
    ids=["nobody", "no mentees", "no mentors", "none who may"],
)
def test_an_empty_pool_places_nobody(problem: Problem) -> None:
    assert assign(problem) == Assignment({}, 0, None)


def test_as_many_as_possible_come_before_a_better_total() -> None:
    scores = {(1, 11): 100, (1, 12): 10, (2, 11): 10}

    assert assign(Problem(((1, 1), (2, 1)), (11, 12), scores)).placed == {11: 2, 12: 1}


def test_a_process_apart_gives_the_same_answer() -> None:
    problem = pool(7, 20, 40, 8, [1, 2, 3], (0, 100))
    held = Problem(problem.mentors, problem.mentees, problem.scores, frozenset(list(problem.scores)[:1]))

    assert assign_apart(held) == assign(held)


def test_the_process_that_asks_never_sees_the_solver() -> None:
    asks = (
        "import sys; from mentoring.assignment import Problem, assign_apart;"
        "print(assign_apart(Problem(((1, 1),), (2,), {(1, 2): 50})).placed, {'numpy', 'scipy'} & set(sys.modules))"
    )

    said = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True, cwd=HOUSE)

    assert said.stdout.strip() == "{2: 1} set()"


def test_a_calculation_that_takes_too_long_or_dies_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = pool(8, 5, 5, 3, [1], (0, 100))

    with pytest.raises(CalculationFailed):
        assign_apart(problem, 0.001)
    for executable in ("/bin/false", "/nowhere/python"):
        monkeypatch.setattr(assignment.sys, "executable", executable)
        with pytest.raises(CalculationFailed):
            assign_apart(problem)


def test_an_answer_that_breaks_off_is_given_up_and_the_next_is_calculated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    problem = pool(8, 5, 5, 3, [1], (0, 100))
    torn = tmp_path / "torn"
    torn.write_text("#!/bin/sh\ncat >/dev/null; printf '{\"placed\": [['\n")
    torn.chmod(0o700)

    with monkeypatch.context() as patch:
        patch.setattr(assignment.sys, "executable", str(torn))
        for _ in range(assignment.AT_ONCE + 1):
            with pytest.raises(CalculationFailed):
                assign_apart(problem)
    assert assign_apart(problem) == assign(problem)


def test_no_more_calculate_at_once_than_the_machine_bears(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third waits for a place, and whoever has waited too long is told so."""
    problem, stop, inside, most = pool(8, 5, 5, 3, [1], (0, 100)), Event(), Counter[str](), []
    begun = Semaphore(0)

    def slow(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        inside["now"] += 1
        most.append(inside["now"])
        begun.release()
        stop.wait(20)
        inside["now"] -= 1
        return subprocess.CompletedProcess([], 0, b'{"placed": [], "total": 0, "worst": null}')

    monkeypatch.setattr(assignment.subprocess, "run", slow)
    with ThreadPoolExecutor(4) as curators:
        asked = [curators.submit(assign_apart, problem, 20, 20) for _ in range(3)]
        assert begun.acquire(timeout=10)
        assert begun.acquire(timeout=10)
        with pytest.raises(CalculationFailed):
            assign_apart(problem, 20, 0.01)
        stop.set()

    assert [one.result().placed for one in asked] == [{}, {}, {}]
    assert max(most) == assignment.AT_ONCE


def test_two_who_would_rather_have_each_other_are_named() -> None:
    scores = {(1, 11): 90, (1, 12): 80, (2, 11): 70, (2, 12): 10}
    problem = Problem(((1, 1), (2, 1)), (11, 12), scores)

    found = assign(problem)

    assert found.placed == {11: 2, 12: 1}
    assert blocking_pairs(problem, found) == ((1, 11),)


def test_a_free_place_is_enough_to_want_but_being_held_is_not() -> None:
    scores = {(1, 11): 90, (2, 11): 20, (2, 12): 60}
    problem = Problem(((1, 1), (2, 2)), (11, 12), scores)

    assert blocking_pairs(problem, Assignment({11: 2, 12: 2}, 80, 20)) == ((1, 11),)
    held = Problem(problem.mentors, problem.mentees, scores, frozenset({(2, 11)}))
    assert blocking_pairs(held, assign(held)) == ()
