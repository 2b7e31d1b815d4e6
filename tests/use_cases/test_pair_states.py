"""Every act of the panel, the chat and the clock against a pair in every state, through the use-cases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.errors import OutOfDate, PairsNotReady
from mentoring.rules.labour import Side
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.pairs import (
    answer_proposal,
    confirm_pair,
    end_for_person,
    end_pair,
    fix_pairs,
    give_notice,
    part_pair,
    pause_pair,
    propose_pair,
    resume_pair,
    start_trial,
    withdraw_proposal,
)
from storage.models.pair import PairEvent
from tests.use_cases.school import ANNA, DARYA, NOW, School, open_school

S = PairState
LATER = NOW + timedelta(days=1)
UNTIL = (NOW + timedelta(days=9)).date()


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


class Life:
    """One mentor, one mentee, and whatever anybody does with the pair of them."""

    def __init__(self, school: School) -> None:
        self.school, self.session = school, school.session
        self.mentor, self.mentee = school.enrol(ANNA, Role.MENTOR, capacity=3), school.enrol(DARYA, Role.MENTEE)
        self.order = school.order("47")
        self.pair_id = 0

    def brought_to(self, state: PairState) -> None:
        """By the shortest way that people really go."""
        self.propose()
        for act in WAYS[state]:
            ACTS[act](self)
        assert self.state is state

    @property
    def state(self) -> PairState:
        return self.school.pair(self.pair_id).state

    def propose(self) -> None:
        made = propose_pair(self.session, self.mentor.id, self.mentee.id, by=self.school.curator, now=NOW)
        self.pair_id = made.pair_id

    def curator(self, use_case: Callable[..., Any], *args: Any, **more: Any) -> None:
        use_case(self.session, self.pair_id, *args, by=self.school.curator, now=LATER, **more)

    def says(self, role: Role, accepted: bool) -> None:
        person_id = (self.mentor if role is Role.MENTOR else self.mentee).person_id
        answer_proposal(self.session, self.pair_id, person_id, accepted, by=Actor.person(person_id), now=LATER)

    def events(self) -> int:
        return self.session.query(PairEvent).count()


ACTS: dict[str, Callable[[Life], None]] = {
    "mentor says yes": lambda life: life.says(Role.MENTOR, True),
    "mentor says no": lambda life: life.says(Role.MENTOR, False),
    "mentee says yes": lambda life: life.says(Role.MENTEE, True),
    "mentee says no": lambda life: life.says(Role.MENTEE, False),
    "withdraw": lambda life: life.curator(withdraw_proposal),
    "start trial": lambda life: life.curator(start_trial),
    "confirm": lambda life: life.curator(confirm_pair, note="Знакомы."),
    "part": lambda life: life.curator(part_pair),
    "order": lambda life: (
        fix_pairs(life.session, [life.pair_id], life.order, by=life.school.curator, now=LATER) and None
    ),
    "pause": lambda life: life.curator(pause_pair, UNTIL),
    "resume": lambda life: life.curator(resume_pair),
    "complete": lambda life: life.curator(end_pair, EndReason.COMPLETED),
    "end": lambda life: life.curator(end_pair, EndReason.WORKLOAD),
    "notice": lambda life: life.curator(give_notice, Side.WORKER, LATER.date()),
    "mentee leaves": lambda life: (
        end_for_person(life.session, life.mentee.person_id, EndReason.LEFT, by=Actor.system(), now=LATER) and None
    ),
}

AGREED = ("mentor says yes", "mentee says yes")
CONFIRMED = (*AGREED, "confirm")
WAYS: dict[PairState, tuple[str, ...]] = {
    S.ASKED_MENTOR: (),
    S.ASKED_MENTEE: ("mentor says yes",),
    S.AGREED: AGREED,
    S.TRIAL: (*AGREED, "start trial"),
    S.CONFIRMED: CONFIRMED,
    S.ACTIVE: (*CONFIRMED, "order"),
    S.PAUSED: (*CONFIRMED, "order", "pause"),
    S.COMPLETED: (*CONFIRMED, "order", "complete"),
    S.ENDED: (*CONFIRMED, "end"),
    S.PARTED: (*AGREED, "start trial", "part"),
    S.DECLINED: ("mentor says yes", "mentee says no"),
    S.WITHDRAWN: ("withdraw",),
}

LEADS: dict[tuple[PairState, str], PairState] = {
    (S.ASKED_MENTOR, "mentor says yes"): S.ASKED_MENTEE,
    (S.ASKED_MENTOR, "mentor says no"): S.DECLINED,
    (S.ASKED_MENTEE, "mentee says yes"): S.AGREED,
    (S.ASKED_MENTEE, "mentee says no"): S.DECLINED,
    **{(state, "withdraw"): S.WITHDRAWN for state in (S.ASKED_MENTOR, S.ASKED_MENTEE, S.AGREED)},
    **{(state, "mentee leaves"): S.WITHDRAWN for state in (S.ASKED_MENTOR, S.ASKED_MENTEE, S.AGREED)},
    **{(state, "mentee leaves"): S.ENDED for state in (S.TRIAL, S.CONFIRMED, S.ACTIVE, S.PAUSED)},
    (S.AGREED, "start trial"): S.TRIAL,
    (S.AGREED, "confirm"): S.CONFIRMED,
    (S.TRIAL, "confirm"): S.CONFIRMED,
    (S.TRIAL, "part"): S.PARTED,
    (S.CONFIRMED, "order"): S.ACTIVE,
    **{(state, "pause"): S.PAUSED for state in (S.TRIAL, S.CONFIRMED, S.ACTIVE)},
    (S.PAUSED, "resume"): S.ACTIVE,
    **{(state, "complete"): S.COMPLETED for state in (S.CONFIRMED, S.ACTIVE, S.PAUSED)},
    **{(state, "end"): S.ENDED for state in (S.CONFIRMED, S.ACTIVE, S.PAUSED)},
}
STAYS = {
    *((state, "notice") for state in (S.CONFIRMED, S.ACTIVE, S.PAUSED)),
    *((state, "order") for state in (S.ACTIVE, S.PAUSED)),
    *((state, "mentee leaves") for state in (S.COMPLETED, S.ENDED, S.PARTED, S.DECLINED, S.WITHDRAWN)),
    *((state, "mentor says yes") for state in WAYS if "mentor says yes" in WAYS[state]),
    *((state, "mentee says yes") for state in WAYS if "mentee says yes" in WAYS[state]),
    *((state, "mentee says no") for state in WAYS if "mentee says no" in WAYS[state]),
}
"""Nothing moves, and nobody is refused: a second tap, a notice with days to run, somebody with nothing to leave."""


@pytest.mark.parametrize("state", list(WAYS))
def test_every_act_leads_where_it_may_and_is_refused_everywhere_else(school: School, state: S) -> None:
    life = Life(school)
    life.brought_to(state)
    for act in ACTS:
        tried = school.session.begin_nested()
        _try(life, state, act)
        tried.rollback()
        assert life.state is state


def test_the_ways_of_the_test_reach_every_state_but_the_one_of_a_group() -> None:
    assert set(WAYS) == set(PairState) - {PairState.JOINED}


def _try(life: Life, state: PairState, act: str) -> None:
    events, notices = life.events(), len(life.school.notices())
    if (state, act) in LEADS:
        ACTS[act](life)
        assert life.state is LEADS[state, act], act
        assert life.events() == events + 1, act
    elif (state, act) in STAYS:
        ACTS[act](life)
        assert (life.state, life.events()) == (state, events), act
    else:
        with pytest.raises((OutOfDate, PairsNotReady)):
            ACTS[act](life)
        assert (life.state, life.events(), len(life.school.notices())) == (state, events, notices), act
