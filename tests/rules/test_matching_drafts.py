"""What a run came to, and how two runs differ."""

import json

from mentoring.rules.matching_drafts import Move, Outcome, moves


def test_only_those_who_go_elsewhere_move() -> None:
    before, after = {1: 10, 2: 10, 3: 11}, {1: 10, 2: 11, 4: 10}

    assert moves(before, after) == (Move(2, 10, 11), Move(3, 11, None), Move(4, None, 10))


def test_equal_runs_differ_in_nobody() -> None:
    assert moves({1: 10}, {1: 10}) == ()


def test_an_outcome_is_kept_as_json_and_read_again() -> None:
    outcome = Outcome(
        mentors=2,
        places=3,
        mentees=4,
        placed=3,
        total=200,
        worst=51,
        shares={"time": 80},
        blocking=((10, 1),),
        considered=(1, 10),
    )

    assert Outcome.from_stored(json.loads(json.dumps(outcome.to_stored()))) == outcome
    assert (outcome.average, outcome.unplaced) == (67, 1)


def test_a_draft_that_was_never_run_has_no_average() -> None:
    assert (Outcome.from_stored({}).average, Outcome.from_stored({}).unplaced) == (0, 0)
