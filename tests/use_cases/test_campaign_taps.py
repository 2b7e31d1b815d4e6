"""Ten taps of one person at once in a campaign, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import RecipientState
from mentoring.rules.errors import MentoringError
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.responses import submit_response
from storage.database import SyncDatabase
from storage.models.campaign import AnonymousSheet, CampaignRecipient
from storage.models.questionnaire import Answer, Response, Submission
from storage.scope import set_organisation
from storage.tables import Base
from tests.use_cases.campaigns import asked, campaign
from tests.use_cases.forms import filled_in, published
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
    """Is asked in a campaign, and taps faster than anyone can answer."""

    def __init__(self, database: SyncDatabase, *, anonymous: bool) -> None:
        self.database = database
        with database.writers.begin() as session:
            self.school = open_school(session)
            published(self.school)
            enrolment = self.school.enrol(TIMUR, Role.MENTEE)
            one = campaign(self.school, anonymous=anonymous)
            self.recipient_id = asked(self.school, one, enrolment.person_id, enrolment_id=enrolment.id).id
            self.organisation_id, self.person_id = self.school.organisation.id, enrolment.person_id
            self.by = Actor.person(enrolment.person_id)

    def once(self, act: Callable[[Session], Any]) -> Any:
        with self.database.writers.begin() as session:
            set_organisation(session, self.organisation_id)
            return act(session)

    def at_once(self, *acts: Callable[[Session], Any]) -> list[Any]:
        """What each of the taps was answered; one that came too late is None."""

        def tap(act: Callable[[Session], Any]) -> Any:
            try:
                return self.once(act)
            except MentoringError:
                return None

        with ThreadPoolExecutor(len(acts)) as threads:
            return list(threads.map(tap, acts))

    def begin(self, session: Session) -> int:
        return begin_survey(session, self.recipient_id, by=self.by, now=NOW).response_id

    def answer_all(self) -> int:
        def fill(session: Session) -> int:
            self.school.session = session
            screen = begin_survey(session, self.recipient_id, by=self.by, now=NOW)
            answers = {"name": "Тимур", "likes": "theatre", "role": "Гамлета", "stage": "yes"}
            return filled_in(self.school, screen, self.person_id, **answers).response_id

        return int(self.once(fill))

    def count(self, table: type[Any]) -> int:
        return int(self.once(lambda session: session.scalar(select(func.count(table.id)))))

    def recipient(self) -> tuple[RecipientState, int | None]:
        def read(session: Session) -> tuple[RecipientState, int | None]:
            found = session.get_one(CampaignRecipient, self.recipient_id)
            return found.state, found.response_id

        state, response_id = self.once(read)
        return state, response_id


def test_ten_first_taps_begin_one_response(place: SyncDatabase) -> None:
    timur = Timur(place, anonymous=False)

    begun = timur.at_once(*[timur.begin] * TAPS)

    assert len(set(begun)) == timur.count(Response) == 1
    assert timur.recipient() == (RecipientState.WAITING, begun[0])


def test_ten_taps_on_send_send_once(place: SyncDatabase) -> None:
    timur = Timur(place, anonymous=False)
    response_id = timur.answer_all()

    sent = timur.at_once(*[lambda session: submit_response(session, response_id, by=timur.by, now=NOW)] * TAPS)

    assert sorted(one.already for one in sent) == [False] + [True] * (TAPS - 1)
    assert timur.count(Submission) == 1
    assert timur.recipient() == (RecipientState.ANSWERED, response_id)


def test_ten_taps_on_send_leave_one_sheet_without_a_name(place: SyncDatabase) -> None:
    timur = Timur(place, anonymous=True)
    response_id = timur.answer_all()

    sent = timur.at_once(*[lambda session: submit_response(session, response_id, by=timur.by, now=NOW)] * TAPS)

    assert sum(one is not None for one in sent) == timur.count(AnonymousSheet) == 1
    assert timur.recipient() == (RecipientState.ANSWERED, None)


def test_a_tap_that_begins_while_another_sends_leaves_no_new_draft(place: SyncDatabase) -> None:
    timur = Timur(place, anonymous=True)
    response_id = timur.answer_all()

    def send(session: Session) -> Any:
        return submit_response(session, response_id, by=timur.by, now=NOW)

    timur.at_once(*[timur.begin] * (TAPS // 2), send, *[timur.begin] * (TAPS // 2))

    assert (timur.count(AnonymousSheet), timur.count(Response), timur.count(Answer)) == (1, 0, 0)
    assert timur.recipient() == (RecipientState.ANSWERED, None)
