"""A school whose mentors and mentees said enough to be matched."""

from dataclasses import dataclass

from mentoring.matching_run import solve
from mentoring.rules.people import AgeGroup, PersonKind, Role
from mentoring.use_cases.matching_board import Board, board
from mentoring.use_cases.matching_drafts import new_draft
from mentoring.use_cases.matching_runs import RunKept, keep_run, matching_task
from storage.models.person import Enrolment
from tests.conftest import NOW
from tests.use_cases.school import ANNA, IGOR, MILA, TIMUR, School, Sketch

LEV = ("Зуев", "Лев", "", PersonKind.PUPIL, AgeGroup.FROM_14_TO_17, "9 «В»")
STUDY, PROJECTS = "study", "projects"
DAYS = ("tue", "thu")


@dataclass(slots=True)
class Pool:
    """Anna helps with study, Igor with projects; Mila asks for study, Timur for projects. All have time."""

    school: School
    draft_id: int
    anna: Enrolment
    igor: Enrolment
    mila: Enrolment
    timur: Enrolment

    def run(self, draft_id: int = 0) -> RunKept:
        session = self.school.session
        task = matching_task(session, draft_id or self.draft_id, now=NOW)
        found = solve(task)
        return keep_run(session, task, found.placed, found.scores, found.outcome, by=self.school.curator, now=NOW)

    def board(self, draft_id: int = 0, **asked: str) -> Board:
        return board(self.school.session, draft_id or self.draft_id, offset=0, limit=50, now=NOW, **asked)

    def mentee(self, sketch: Sketch, *topics: str, days: tuple[str, ...] = DAYS) -> Enrolment:
        return joined(self.school, sketch, Role.MENTEE, *topics, days=days)


def joined(
    school: School, sketch: Sketch, role: Role, *topics: str, days: tuple[str, ...] = DAYS, capacity: int = 1
) -> Enrolment:
    enrolment = school.enrol(sketch, role, capacity=capacity)
    school.says(enrolment, topics=list(topics), days=list(days), parts=["evening"])
    return enrolment


def open_pool(school: School) -> Pool:
    made = new_draft(school.session, school.programme.id, "Осенний подбор", by=school.curator, now=NOW)
    return Pool(
        school,
        made.draft_id,
        joined(school, ANNA, Role.MENTOR, STUDY),
        joined(school, IGOR, Role.MENTOR, PROJECTS),
        joined(school, MILA, Role.MENTEE, STUDY),
        joined(school, TIMUR, Role.MENTEE, PROJECTS),
    )
