"""Two curators, or two mentees, at the very same moment: on SQLite and on PostgreSQL."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import MentoringError
from mentoring.rules.labour import Side
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.pairs import (
    add_mentees,
    answer_proposal,
    confirm_pair,
    end_pair,
    give_notice,
    part_pair,
    pause_pair,
    propose_group,
    propose_pair,
    remove_mentee,
    start_trial,
    withdraw_proposal,
)
from storage.database import SyncDatabase
from storage.models.notice import Notice
from storage.models.pair import Pair, PairEvent
from storage.queries.pairs import places_taken
from storage.scope import set_organisation
from storage.tables import Base
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, TIMUR, open_school

LATER = NOW + timedelta(days=2)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SyncDatabase]:
    """One for all these tests: each opens a school of its own in it."""
    file = tmp_path_factory.mktemp("taps") / "taps.db"
    database = SyncDatabase(f"sqlite:///{file}" if request.param == "sqlite" else request.getfixturevalue("postgres"))
    Base.metadata.create_all(database.writing)
    yield database
    Base.metadata.drop_all(database.writing)
    database.close()


class Maiak:
    """Anna and three who look for a mentor; whoever acts has a transaction of their own."""

    def __init__(self, database: SyncDatabase) -> None:
        self.database = database
        with database.writers.begin() as session:
            school = open_school(session, login=f"zimina-{uuid4().hex[:8]}")
            self.curator = school.curator
            self.mentor = school.enrol(ANNA, Role.MENTOR, capacity=3)
            self.mentees = [school.enrol(sketch, Role.MENTEE) for sketch in (TIMUR, DARYA, MILA)]
            self.ids = [one.id for one in (self.mentor, *self.mentees)]
            self.people = [one.person_id for one in (self.mentor, *self.mentees)]
            self.organisation_id = school.organisation.id
            self.agreed = school.agreed(self.mentor, self.mentees[0])

    def does(self, use_case: Callable[..., Any], *args: Any, by: Actor | None = None, **more: Any) -> Any:
        """The result, or the refusal."""
        with self.database.writers.begin() as session:
            set_organisation(session, self.organisation_id)
            try:
                return use_case(session, *args, by=by or self.curator, now=LATER, **more)
            except MentoringError as refused:
                return refused

    def at_once(self, *acts: Callable[[], Any]) -> list[Any]:
        with ThreadPoolExecutor(len(acts)) as hands:
            return [one.result() for one in [hands.submit(act) for act in acts]]

    def read(self, look: Callable[[Session], Any]) -> Any:
        with self.database.readers() as session:
            set_organisation(session, self.organisation_id)
            return look(session)

    def state(self, pair_id: int) -> PairState:
        return PairState(self.read(lambda session: session.get_one(Pair, pair_id).state))

    def went_through(self, pair_id: int) -> list[PairState]:
        events = select(PairEvent.state).where(PairEvent.pair_id == pair_id).order_by(PairEvent.id)
        return list(self.read(lambda session: session.scalars(events).all()))

    def told(self, kind: NoticeKind) -> int:
        return len(self.read(lambda session: session.scalars(select(Notice.id).where(Notice.kind == kind)).all()))


@pytest.fixture
def maiak(place: SyncDatabase) -> Maiak:
    return Maiak(place)


def refusals(outcomes: list[Any]) -> Counter[str]:
    return Counter(type(one).__name__ for one in outcomes if isinstance(one, MentoringError))


def test_of_two_curators_one_confirms_and_the_other_hears_where_it_stands(maiak: Maiak) -> None:
    acts = [lambda: maiak.does(confirm_pair, maiak.agreed)] * 4

    assert refusals(maiak.at_once(*acts)) == {"OutOfDate": 3}

    assert maiak.went_through(maiak.agreed)[-1:] == [PairState.CONFIRMED]
    assert maiak.told(NoticeKind.PERSON_PAIR_CONFIRMED) == 2


def test_one_starts_a_trial_while_the_other_takes_the_proposal_back(maiak: Maiak) -> None:
    outcomes = maiak.at_once(
        lambda: maiak.does(start_trial, maiak.agreed), lambda: maiak.does(withdraw_proposal, maiak.agreed)
    )

    assert refusals(outcomes) == {"OutOfDate": 1}
    started = maiak.state(maiak.agreed) is PairState.TRIAL
    assert maiak.told(NoticeKind.PERSON_TRIAL_STARTED) == (2 if started else 0)
    assert maiak.told(NoticeKind.PERSON_PROPOSAL_GONE) == (0 if started else 2)


def test_one_confirms_a_trial_while_the_other_parts_the_two(maiak: Maiak) -> None:
    maiak.does(start_trial, maiak.agreed)

    outcomes = maiak.at_once(
        lambda: maiak.does(confirm_pair, maiak.agreed, note="Всё хорошо"),
        lambda: maiak.does(part_pair, maiak.agreed),
    )

    assert refusals(outcomes) == {"OutOfDate": 1}
    assert maiak.state(maiak.agreed) in (PairState.CONFIRMED, PairState.PARTED)
    assert len(maiak.went_through(maiak.agreed)) == 5


def test_ends_pauses_and_notices_at_once_leave_one_story(maiak: Maiak) -> None:
    maiak.does(confirm_pair, maiak.agreed)
    until = (LATER + timedelta(days=9)).date()

    maiak.at_once(
        lambda: maiak.does(end_pair, maiak.agreed, EndReason.COMPLETED),
        lambda: maiak.does(pause_pair, maiak.agreed, until),
        lambda: maiak.does(give_notice, maiak.agreed, Side.WORKER, LATER.date()),
        lambda: maiak.does(end_pair, maiak.agreed, EndReason.WORKLOAD),
    )

    states = maiak.went_through(maiak.agreed)
    assert states[-1] in (PairState.COMPLETED, PairState.ENDED)
    assert len(set(states)) == len(states)
    assert maiak.told(NoticeKind.PERSON_PAIR_ENDED) == 2


def test_the_last_two_answers_of_a_group_at_once_make_it_agreed_once(maiak: Maiak) -> None:
    pair_id = maiak.does(propose_group, maiak.ids[0], maiak.ids[2:]).pair_id
    maiak.does(answer_proposal, pair_id, maiak.people[0], True, by=Actor.person(maiak.people[0]))

    def yes(person_id: int) -> Callable[[], Any]:
        return lambda: maiak.does(answer_proposal, pair_id, person_id, True, by=Actor.person(person_id))

    assert not refusals(maiak.at_once(*[yes(one) for one in maiak.people[2:]] * 2))

    assert maiak.went_through(pair_id) == [PairState.ASKED_MENTOR, PairState.ASKED_MENTEE, PairState.AGREED]


def test_two_curators_do_not_promise_one_place_twice(maiak: Maiak) -> None:
    mentor, _, darya, mila = maiak.ids
    maiak.does(confirm_pair, maiak.agreed)

    outcomes = maiak.at_once(
        lambda: maiak.does(propose_group, mentor, [darya, mila]),
        lambda: maiak.does(propose_pair, mentor, darya),
        lambda: maiak.does(add_mentees, maiak.agreed, [mila]),
    )

    assert sum(not isinstance(one, MentoringError) for one in outcomes) in (1, 2)
    taken = maiak.read(lambda session: places_taken(session, maiak.ids))
    assert taken[mentor] <= 3
    assert all(taken.get(one, 0) <= 1 for one in (darya, mila))


def test_a_newcomer_is_let_in_while_another_curator_ends_the_group(maiak: Maiak) -> None:
    maiak.does(confirm_pair, maiak.agreed)
    proposal = maiak.does(add_mentees, maiak.agreed, [maiak.ids[3]]).pair_id
    for person_id in (maiak.people[0], maiak.people[3]):
        maiak.does(answer_proposal, proposal, person_id, True, by=Actor.person(person_id))

    outcomes = maiak.at_once(
        lambda: maiak.does(confirm_pair, proposal),
        lambda: maiak.does(end_pair, maiak.agreed, EndReason.COMPLETED),
    )

    assert maiak.state(maiak.agreed) is PairState.COMPLETED
    let_in = not isinstance(outcomes[0], MentoringError)
    assert maiak.state(proposal) is (PairState.JOINED if let_in else PairState.WITHDRAWN)
    assert maiak.told(NoticeKind.PERSON_PAIR_ENDED) == (3 if let_in else 2)


def test_the_last_two_of_a_group_are_not_both_taken_out(maiak: Maiak) -> None:
    maiak.does(withdraw_proposal, maiak.agreed)
    pair_id = maiak.does(propose_group, maiak.ids[0], maiak.ids[2:]).pair_id
    for person_id in (maiak.people[0], *maiak.people[2:]):
        maiak.does(answer_proposal, pair_id, person_id, True, by=Actor.person(person_id))
    maiak.does(confirm_pair, pair_id)

    outcomes = maiak.at_once(
        *[lambda one=one: maiak.does(remove_mentee, pair_id, one, EndReason.MOVED) for one in maiak.people[2:]]  # type: ignore[misc]
    )

    assert refusals(outcomes) == {"LastMentee": 1}
    present = maiak.read(lambda session: len(session.get_one(Pair, pair_id).present))
    assert present == 2
