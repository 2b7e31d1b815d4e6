"""Curators who work on one draft at the same moment, on both databases."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import mentoring.matching_run
from mentoring.assignment import assign
from mentoring.matching_run import solve
from mentoring.rules.errors import OutOfDate
from mentoring.rules.matching import ChoiceKind
from mentoring.use_cases.matching_board import board
from mentoring.use_cases.matching_choices import forbid_two, lock_two
from mentoring.use_cases.matching_comparison import compare_drafts
from mentoring.use_cases.matching_drafts import copy_draft, drafts_list
from mentoring.use_cases.matching_publish import Offer, publish
from mentoring.use_cases.matching_runs import keep_run, matching_task
from storage.database import SyncDatabase
from storage.models.matching import MatchingChoice
from storage.models.pair import Pair
from storage.scope import set_organisation
from storage.tables import Base
from tests.conftest import NOW
from tests.use_cases.matched import Pool, open_pool
from tests.use_cases.school import open_school


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, database_url: str) -> Iterator[SyncDatabase]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else database_url
    database = SyncDatabase(url)
    Base.metadata.create_all(database.writing)
    yield database
    database.close()


@pytest.fixture
def pool(server: SyncDatabase, monkeypatch: pytest.MonkeyPatch) -> Pool:
    monkeypatch.setattr(mentoring.matching_run, "assign_apart", lambda problem, timeout: assign(problem))
    with server.writers.begin() as session:
        return open_pool(open_school(session))


@pytest.fixture
def act(server: SyncDatabase, pool: Pool) -> Callable[..., Any]:
    def perform(use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        def fenced(session: Session) -> Any:
            set_organisation(session, 1)
            return use_case(session, *args, now=NOW, **kwargs)

        return server.write(fenced)

    return perform


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """The results, or what was raised instead."""
    with ThreadPoolExecutor(len(works)) as workers:
        done = [workers.submit(work) for work in works]
        return [one.exception() or one.result() for one in done]


def test_of_two_words_about_two_people_one_stands(server: SyncDatabase, pool: Pool, act: Callable[..., Any]) -> None:
    by, two = pool.school.curator, (pool.draft_id, pool.anna.id, pool.mila.id)

    at_once(lambda: act(lock_two, *two, by=by), lambda: act(forbid_two, *two, by=by))

    with server.readers() as session:
        assert len(session.scalars(select(MatchingChoice)).all()) == 1


def test_a_mentee_is_held_by_one_mentor_even_if_two_are_chosen_at_once(
    server: SyncDatabase, pool: Pool, act: Callable[..., Any]
) -> None:
    by = pool.school.curator

    at_once(
        lambda: act(lock_two, pool.draft_id, pool.anna.id, pool.mila.id, by=by),
        lambda: act(lock_two, pool.draft_id, pool.igor.id, pool.mila.id, by=by),
    )

    with server.readers() as session:
        locks = session.scalars(select(MatchingChoice).where(MatchingChoice.kind == ChoiceKind.LOCK)).all()
        assert len(locks) == 1


def test_a_run_and_a_word_at_once_lose_neither(server: SyncDatabase, pool: Pool, act: Callable[..., Any]) -> None:
    by = pool.school.curator
    task = act(matching_task, pool.draft_id)
    found = solve(task)

    kept, _ = at_once(
        lambda: act(keep_run, task, found.placed, found.scores, found.outcome, by=by),
        lambda: act(lock_two, pool.draft_id, pool.igor.id, pool.mila.id, by=by),
    )

    assert isinstance(kept, OutOfDate) or kept.outcome.placed == 2
    with server.readers() as session:
        assert len(session.scalars(select(MatchingChoice)).all()) == 1


def test_nobody_is_asked_twice_when_two_publish_at_once(
    server: SyncDatabase, pool: Pool, act: Callable[..., Any]
) -> None:
    by = pool.school.curator
    task = act(matching_task, pool.draft_id)
    found = solve(task)
    act(keep_run, task, found.placed, found.scores, found.outcome, by=by)
    offer = Offer(pool.anna.id, (pool.mila.id,))

    done = at_once(*[lambda: act(publish, pool.draft_id, [offer], by=by)] * 2)

    assert sorted(len(one.pair_ids) for one in done) == [0, 1]
    with server.readers() as session:
        assert len(session.scalars(select(Pair)).all()) == 1


def test_the_board_and_the_comparison_are_drawn_from_both_databases(
    server: SyncDatabase, pool: Pool, act: Callable[..., Any]
) -> None:
    by = pool.school.curator
    task = act(matching_task, pool.draft_id)
    found = solve(task)
    act(keep_run, task, found.placed, found.scores, found.outcome, by=by)
    copy = act(copy_draft, pool.draft_id, "Что если", by=by).draft_id

    with server.readers() as session:
        set_organisation(session, 1)
        drawn = board(session, copy, offset=0, limit=50, now=NOW)
        assert [len(card.lines) for card in drawn.mentors] == [1, 1]
        assert compare_drafts(session, pool.draft_id, copy).same == 2
        assert [card.line_count for card in drafts_list(session, pool.school.programme.id)] == [2, 2]
