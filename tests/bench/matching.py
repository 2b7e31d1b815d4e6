"""``python -m tests.bench.matching``: the assignment beside the bare solver, a school's pool with its explanations, and
whether the process that asks goes on meanwhile."""

import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from mentoring.assignment import Problem, assign, assign_apart, blocking_pairs
from mentoring.rules.matching import PARTS, WEEKDAYS, ChoiceKind, Profile
from mentoring.rules.matching_fit import Applicant
from mentoring.rules.matching_settings import Settings
from mentoring.rules.people import PersonKind, Role
from mentoring.use_cases.matching_pool import Pool, problem_of

MENTORS, MENTEES, KNOWN = 2000, 5000, 50
ROUNDS = 5
TOPICS = ("study", "adaptation", "confidence", "leadership", "projects", "career", "sport_art")
INTERESTS = ("tech", "science", "books", "music", "art", "sport", "travel", "volunteer")
AGES = ("age_10_12", "age_13_14", "age_15_17")


@dataclass(frozen=True, slots=True)
class Figures:
    """``enough``, ``tight``: our time to the bare solver's, with places for all and for half of them. ``school``:
    seconds for 200 mentors and 500 mentees, every proposal explained. ``apart``: seconds of the large pool in its own
    process; ``pause``: the longest that the asking process stood still meanwhile, in milliseconds."""

    enough: float
    tight: float
    school: float
    apart: float
    pause: float


def measure() -> Figures:
    enough, tight = pool([1, 2, 3, 4]), pool([1, 2])
    apart, pause = watched(lambda: assign_apart(enough, 120))
    return Figures(beside_the_bare(enough), beside_the_bare(tight), explained(school(200, 500)), apart, pause)


def pool(places: list[int]) -> Problem:
    dice = random.Random(1)
    mentors, mentees = range(1, MENTORS + 1), range(10_001, 10_001 + MENTEES)
    return Problem(
        tuple((one, dice.choice(places)) for one in mentors),
        tuple(mentees),
        {(one, other): dice.randint(30, 100) for other in mentees for one in dice.sample(mentors, KNOWN)},
    )


def beside_the_bare(problem: Problem) -> float:
    """The bare solver gets its matrix ready made; we begin with the scores and end with the fairest answer."""
    matrix = places_matrix(problem)
    ratios = []
    for _ in range(ROUNDS):
        bare = seconds(lambda: min_weight_full_bipartite_matching(matrix))
        ratios.append(seconds(lambda: assign(problem)) / bare)
    return statistics.median(ratios)


def places_matrix(problem: Problem) -> csr_matrix:
    """A column for each place, and one more for each mentee to stay without; the dearer the better the place."""
    begins = dict(
        zip((one for one, _ in problem.mentors), np.cumsum([0, *(n for _, n in problem.mentors)]), strict=False)
    )
    places, bonus = dict(problem.mentors), 100 * MENTEES + 1
    rows, columns, values = [], [], []
    for (mentor, mentee), score in problem.scores.items():
        for place in range(places[mentor]):
            rows.append(mentee - 10_001)
            columns.append(begins[mentor] + place)
            values.append(100 + 1 - score)
    total = sum(places.values())
    rows += range(MENTEES)
    columns += range(total, total + MENTEES)
    values += [100 + 1 + bonus] * MENTEES
    return csr_matrix((np.array(values, float), (rows, columns)), shape=(MENTEES, total + MENTEES))


def explained(waiting: Pool) -> float:
    """From people to a board: all scores, the answer, why each proposal, who would rather have each other."""

    def work() -> None:
        posed = problem_of(waiting, waiting.settings, dict[tuple[int, int], ChoiceKind]())
        found = assign(posed.problem)
        assert all(posed.fits[mentor, mentee].parts for mentee, mentor in found.placed.items())
        blocking_pairs(posed.problem, found)

    return min(seconds(work) for _ in range(ROUNDS))


def school(mentors: int, mentees: int) -> Pool:
    dice = random.Random(2)
    return Pool(
        0,
        tuple(person(dice, Role.MENTOR, 1 + number, dice.choice((1, 2, 3))) for number in range(mentors)),
        tuple(person(dice, Role.MENTEE, 10_001 + number, 1) for number in range(mentees)),
        Settings(),
    )


def person(dice: random.Random, role: Role, number: int, places: int) -> Applicant:
    days, parts = dice.sample(WEEKDAYS, dice.randint(1, 4)), dice.sample(list(PARTS), dice.randint(1, 2))
    said = Profile(
        slots=frozenset(f"{day}_{part}" for day in days for part in parts),
        topics={one: one for one in dice.sample(TOPICS, dice.randint(1, 3))},
        interests={one: one for one in dice.sample(INTERESTS, 2)},
        ages=frozenset(dice.sample(AGES, 2)),
        format=dice.choice(("any", "online", "in_person")),
    )
    others = range(10_001, 10_501) if role is Role.MENTOR else range(1, 201)
    return Applicant(
        number,
        number,
        role,
        name=f"{role} {number}",
        kind=dice.choice((PersonKind.TEACHER, PersonKind.PUPIL)) if role is Role.MENTOR else PersonKind.PUPIL,
        age=dice.randint(11, 17),
        grade=11 if role is Role.MENTOR else dice.randint(5, 10),
        capacity=places,
        free=places,
        profile=said,
        wants=tuple(dice.sample(others, 3)),
    )


def watched(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the work, and the longest gap in milliseconds between two breaths of another thread."""
    done, gaps = threading.Event(), [0.0]

    def breathe() -> None:
        gaps.extend(_gaps(done))

    thread = threading.Thread(target=breathe)
    thread.start()
    began = time.perf_counter()
    work()
    took = time.perf_counter() - began
    done.set()
    thread.join()
    return took, max(gaps) * 1000


def _gaps(done: threading.Event) -> Iterator[float]:
    last = time.perf_counter()
    while not done.is_set():
        time.sleep(0.001)
        now = time.perf_counter()
        yield now - last
        last = now


def seconds(work: Callable[[], object]) -> float:
    """Of the processor: what else the machine does is not counted."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    found = measure()
    print(f"assignment to the bare solver, places for all     {found.enough:>8.2f} ×")
    print(f"assignment to the bare solver, too few places     {found.tight:>8.2f} ×")
    print(f"200 × 500 with explanations                       {found.school:>8.2f} s")
    print(f"2000 × 5000 in a process apart                    {found.apart:>8.2f} s")
    print(f"the longest pause of the asking process meanwhile {found.pause:>8.0f} ms")
