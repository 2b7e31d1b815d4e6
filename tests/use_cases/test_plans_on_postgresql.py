"""Plans on the other database: two people write into one plan at once, lists and reminders are asked for."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.agenda import agenda
from mentoring.use_cases.notices import claim_notices
from mentoring.use_cases.plan_decisions import approve_plan
from mentoring.use_cases.plan_views import plan_of
from mentoring.use_cases.plans import add_goal, add_item
from mentoring.use_cases.reminders import plan_reminders
from mentoring.use_cases.results import today
from storage.database import SyncDatabase
from storage.models.plan import Plan
from storage.queries.plans import PlanFilter, plans_page
from storage.scope import set_organisation
from storage.tables import Base
from tests.use_cases.school import MILA, NOW, OLEG, open_school

DUE = date(2026, 12, 1)


@pytest.fixture
def database(postgres_url: str) -> Iterator[SyncDatabase]:
    found = SyncDatabase(postgres_url)
    Base.metadata.create_all(found.writing)
    yield found
    found.close()


def test_two_write_at_once_and_the_plan_is_listed_decided_and_reminded_of(database: SyncDatabase) -> None:
    with database.writers.begin() as session:
        school = open_school(session)
        mentor, mentee = school.enrol(OLEG, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
        pair_id, owner, curator = school.paired(mentor, mentee), school.organisation.id, school.curator
        oleg, mila = mentor.person_id, mentee.person_id

    def inside(work: Callable[[Session], object]) -> None:
        with database.writers.begin() as session:
            set_organisation(session, owner)
            work(session)

    def added(number: int) -> None:
        by = Actor.person(oleg if number % 2 else mila)
        inside(lambda one: add_item(one, pair_id, "directions", f"Дело {number}", due_on=DUE, by=by, now=NOW))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(added, range(6)))
    with database.writers.begin() as session:
        set_organisation(session, owner)
        assert session.scalar(select(func.count()).select_from(Plan)) == 1
        add_goal(session, pair_id, "Собрать робота", by=Actor.person(mila), now=NOW)
        seen = plan_of(session, pair_id, now=NOW)
        assert sorted(item.text for item in seen.items) == [f"Дело {number}" for number in range(6)]
        approve_plan(session, pair_id, seen=seen.seen, by=curator, now=NOW)

        later = datetime.combine(DUE, NOW.timetz()) + timedelta(hours=6, days=1)
        listed = plans_page(session, PlanFilter(need="overdue"), offset=0, limit=50, today=later.date())
        assert [(row.mentees, row.overdue) for row in listed.rows] == [(("Крылова Мила",), 6)]
        assert "plans_overdue" in {item.kind for item in today(session, now=later).items}
        assert "plan" in {item.kind for item in agenda(session, mila, now=later).items}
    with database.writers.begin() as session:
        plan_reminders(session, now=later)
        sent = claim_notices(session, limit=50, now=later)
        reminded = [one for one in sent if one.kind is NoticeKind.PERSON_PLAN_REMINDER]
        assert sorted(one.person_id for one in reminded) == sorted([oleg, mila])
