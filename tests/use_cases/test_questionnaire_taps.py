"""Ten taps of one person at once, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.errors import OutOfDate
from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import Picked, Screenful, ScreenKind, Skipped, Toggled, Typed
from mentoring.rules.questionnaire import Raw as RawAnswer
from mentoring.use_cases.questionnaires import answer_question, current_step, go_back, start_response
from mentoring.use_cases.responses import submit_response
from storage.database import SyncDatabase
from storage.models.questionnaire import Answer, Response, Submission
from storage.scope import set_organisation
from storage.tables import Base
from tests.use_cases.forms import joining, published
from tests.use_cases.school import NOW, TIMUR, open_school

TAPS = 10


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> Iterator[SyncDatabase]:
    url = request.getfixturevalue("database_url" if request.param == "sqlite" else "postgres_url")
    database = SyncDatabase(url)
    Base.metadata.create_all(database.writing)
    yield database
    database.close()


class Timur:
    """Has begun the questionnaire and taps faster than anyone can answer."""

    def __init__(self, database: SyncDatabase) -> None:
        self.database = database
        with database.writers.begin() as session:
            school = open_school(session)
            published(school)
            enrolment = joining(school, TIMUR)
            self.organisation_id, self.enrolment_id = school.organisation.id, enrolment.id
            self.person_id, self.by = enrolment.person_id, Actor.person(enrolment.person_id)

    def begins(self) -> int:
        return int(self.once(lambda session: begun_by(session, self)).response_id)

    def once(self, act: Callable[[Session], Any]) -> Any:
        with self.database.writers.begin() as session:
            set_organisation(session, self.organisation_id)
            return act(session)

    def at_once(self, act: Callable[[Session], Any]) -> list[Any]:
        """What each of the taps was answered; a stale one is None."""

        def tap(_: int) -> Any:
            try:
                return self.once(act)
            except OutOfDate:
                return None

        with ThreadPoolExecutor(TAPS) as threads:
            return list(threads.map(tap, range(TAPS)))

    def answers(self, response_id: int, key: str, raw: RawAnswer) -> Screenful:
        answered: Screenful = self.once(
            lambda session: answer_question(session, response_id, key, raw, by=self.by, now=NOW)
        )
        return answered

    def count(self, table: type[Any]) -> int:
        return int(self.once(lambda session: session.scalar(select(func.count(table.id)))))


def begun_by(session: Session, timur: Timur) -> Screenful:
    return start_response(
        session, "club", person_id=timur.person_id, enrolment_id=timur.enrolment_id, by=timur.by, now=NOW
    )


def test_ten_first_taps_begin_one_response(place: SyncDatabase) -> None:
    timur = Timur(place)

    found = timur.at_once(lambda session: begun_by(session, timur).response_id)

    assert len(set(found)) == 1
    assert timur.count(Response) == 1


def test_ten_taps_on_an_answer_answer_once_and_go_on_by_one(place: SyncDatabase) -> None:
    timur = Timur(place)
    response_id = timur.begins()
    timur.answers(response_id, "name", Typed("Тимур"))

    screens = timur.at_once(
        lambda session: answer_question(session, response_id, "likes", Picked("robots"), by=timur.by, now=NOW)
    )

    assert {screen.question.key for screen in screens} == {"robots"}
    assert timur.count(Answer) == 2


def test_ten_taps_on_a_choice_leave_it_chosen(place: SyncDatabase) -> None:
    timur = Timur(place)
    response_id = timur.begins()
    timur.answers(response_id, "name", Typed("Тимур"))
    timur.answers(response_id, "likes", Picked("robots"))

    screens = timur.at_once(
        lambda session: answer_question(session, response_id, "robots", Toggled("arm", True), by=timur.by, now=NOW)
    )

    assert {screen.question.answer for screen in screens} == {"Руку, которая берёт"}


def test_ten_different_answers_at_once_keep_the_first(place: SyncDatabase) -> None:
    timur = Timur(place)
    response_id = timur.begins()
    timur.answers(response_id, "name", Typed("Тимур"))
    options = iter(["robots", "theatre"] * TAPS)

    screens = timur.at_once(
        lambda session: answer_question(session, response_id, "likes", Picked(next(options)), by=timur.by, now=NOW)
    )

    stands = timur.once(lambda session: current_step(session, response_id, person_id=timur.person_id))
    assert None in screens  # the other answer came too late and was told so
    assert {screen for screen in screens if screen} == {stands}


def test_a_tap_that_waited_for_another_sees_all_that_the_other_wrote(place: SyncDatabase) -> None:
    timur = Timur(place)
    response_id = timur.begins()
    timur.answers(response_id, "name", Typed("Тимур"))

    def tap(session: Session) -> Screenful:
        return answer_question(session, response_id, "likes", Picked("robots"), by=timur.by, now=NOW)

    with ThreadPoolExecutor(1) as thread:
        with place.writers.begin() as session:
            set_organisation(session, timur.organisation_id)
            first = tap(session)
            second = thread.submit(timur.once, tap)
            sleep(0.3)  # the second tap stands before the lock
            assert not second.done()

        assert second.result() == first


def test_ten_taps_on_back_go_back_by_one(place: SyncDatabase) -> None:
    timur = Timur(place)
    response_id = timur.begins()
    timur.answers(response_id, "name", Typed("Тимур"))
    timur.answers(response_id, "likes", Picked("robots"))

    screens = timur.at_once(lambda session: go_back(session, response_id, "robots", by=timur.by, now=NOW))

    assert {screen.question.key for screen in screens} == {"likes"}


def test_ten_taps_on_send_send_once(place: SyncDatabase) -> None:
    timur = Timur(place)
    response_id = timur.begins()
    timur.answers(response_id, "name", Typed("Тимур"))
    timur.answers(response_id, "likes", Picked("theatre"))
    timur.answers(response_id, "role", Typed("Гамлета"))
    timur.answers(response_id, "stage", Picked("yes"))
    assert timur.answers(response_id, "note", Skipped()).kind is ScreenKind.REVIEW

    sent = timur.at_once(lambda session: submit_response(session, response_id, by=timur.by, now=NOW))

    assert sorted(one.already for one in sent) == [False] + [True] * (TAPS - 1)
    assert not any(one.resubmitted for one in sent)
    assert timur.count(Submission) == 1
