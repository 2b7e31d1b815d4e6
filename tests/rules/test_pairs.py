from itertools import product

import pytest
from hypothesis import given
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import lists, sampled_from

from mentoring.rules.errors import NotAllowed, OutOfDate
from mentoring.rules.pairs import (
    ACQUAINTED,
    END_GROUPS,
    OFFICIAL,
    OPEN,
    OVER,
    PROPOSED,
    STANDING,
    WORKING,
    EndReason,
    PairAct,
    PairAnswer,
    PairState,
    Party,
    answered,
    asked_now,
    end_state,
    knows_of_proposal,
    listed_as,
    next_state,
)

S, A, P = PairState, PairAct, Party

ALLOWED = {
    (S.ASKED_MENTOR, A.ACCEPT, P.MENTOR): S.ASKED_MENTEE,
    (S.ASKED_MENTOR, A.DECLINE, P.MENTOR): S.DECLINED,
    (S.ASKED_MENTEE, A.ACCEPT, P.MENTEE): S.AGREED,
    (S.ASKED_MENTEE, A.DECLINE, P.MENTEE): S.DECLINED,
    (S.ASKED_MENTOR, A.WITHDRAW, P.CURATOR): S.WITHDRAWN,
    (S.ASKED_MENTEE, A.WITHDRAW, P.CURATOR): S.WITHDRAWN,
    (S.AGREED, A.WITHDRAW, P.CURATOR): S.WITHDRAWN,
    (S.AGREED, A.START_TRIAL, P.CURATOR): S.TRIAL,
    (S.AGREED, A.CONFIRM, P.CURATOR): S.CONFIRMED,
    (S.TRIAL, A.CONFIRM, P.CURATOR): S.CONFIRMED,
    (S.TRIAL, A.PART, P.CURATOR): S.PARTED,
    (S.AGREED, A.JOIN, P.CURATOR): S.JOINED,
    (S.CONFIRMED, A.FIX, P.CURATOR): S.ACTIVE,
    **{(state, A.PAUSE, P.CURATOR): S.PAUSED for state in (S.TRIAL, S.CONFIRMED, S.ACTIVE)},
    **{(state, A.COMPLETE, P.CURATOR): S.COMPLETED for state in (S.CONFIRMED, S.ACTIVE, S.PAUSED)},
    **{(state, A.END, P.CURATOR): S.ENDED for state in (S.CONFIRMED, S.ACTIVE, S.PAUSED)},
    **{(state, A.END, P.SYSTEM): S.ENDED for state in (S.CONFIRMED, S.ACTIVE, S.PAUSED)},
    **{(state, A.LEAVE, party): S.WITHDRAWN for state in PROPOSED for party in P},
    **{(state, A.LEAVE, party): S.ENDED for state in STANDING for party in P},
}
PARTIES = {
    A.ACCEPT: {P.MENTOR, P.MENTEE},
    A.DECLINE: {P.MENTOR, P.MENTEE},
    A.END: {P.CURATOR, P.SYSTEM},
    A.LEAVE: set(P),
}
"""Every other act is the curator's alone."""


@pytest.mark.parametrize(("state", "act", "party"), list(product(S, [act for act in A if act is not A.RESUME], P)))
def test_every_act_of_every_party_in_every_state(state: S, act: A, party: P) -> None:
    if (state, act, party) in ALLOWED:
        assert next_state(state, act, party) is ALLOWED[state, act, party]
    elif party not in PARTIES.get(act, {P.CURATOR}):
        with pytest.raises(NotAllowed) as refused:
            next_state(state, act, party)
        assert refused.value.act == act
    else:
        with pytest.raises(OutOfDate) as gone:
            next_state(state, act, party)
        assert (gone.value.noun, gone.value.state) == ("pair", state)


@pytest.mark.parametrize(("state", "party"), list(product(S, P)))
def test_only_a_paused_pair_resumes_by_the_curator_to_where_it_was(state: S, party: P) -> None:
    for before in WORKING:
        if party is not P.CURATOR:
            with pytest.raises(NotAllowed):
                next_state(state, A.RESUME, party, paused_from=before)
        elif state is not S.PAUSED:
            with pytest.raises(OutOfDate):
                next_state(state, A.RESUME, party, paused_from=before)
        else:
            assert next_state(state, A.RESUME, party, paused_from=before) is before


class AnyoneDoesAnything(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.state = S.ASKED_MENTOR
        self.paused_from: S | None = None
        self.done: list[tuple[A, P]] = []

    @rule(act=sampled_from(A), party=sampled_from(P))
    def act(self, act: A, party: P) -> None:
        before = self.state
        try:
            self.state = next_state(before, act, party, paused_from=self.paused_from)
        except (NotAllowed, OutOfDate):
            return
        if self.state is S.PAUSED:
            self.paused_from = before
        self.done.append((act, party))

    @invariant()
    def whoever_knows_the_other_was_asked_and_the_curator_let_it_happen(self) -> None:
        if self.state in ACQUAINTED:
            assert self.done[:2] == [(A.ACCEPT, P.MENTOR), (A.ACCEPT, P.MENTEE)]
            assert self.done[2] in ((A.CONFIRM, P.CURATOR), (A.START_TRIAL, P.CURATOR))

    @invariant()
    def a_pair_at_work_was_confirmed_and_then_fixed_by_an_order(self) -> None:
        acts = [act for act, _ in self.done]
        if self.state is S.ACTIVE:
            assert acts.index(A.CONFIRM) < acts.index(A.FIX)

    @invariant()
    def what_is_over_stays_over(self) -> None:
        final = {A.DECLINE, A.WITHDRAW, A.PART, A.JOIN, A.COMPLETE, A.END, A.LEAVE}
        finals = [act for act, _ in self.done if act in final]
        assert len(finals) == (self.state not in OPEN)
        assert not finals or self.done[-1][0] is finals[0]


TestAnyoneDoesAnything = AnyoneDoesAnything.TestCase


@given(
    mentor=sampled_from(PairAnswer),
    mentees=lists(sampled_from(PairAnswer), min_size=1, max_size=4),
)
def test_a_group_stands_where_its_answers_stand(mentor: PairAnswer, mentees: list[PairAnswer]) -> None:
    state = answered(mentor, mentees)
    accepted, declined = PairAnswer.ACCEPTED, PairAnswer.DECLINED

    assert (state is S.ASKED_MENTOR) == (mentor is PairAnswer.WAITING)
    if mentor is accepted:
        assert (state is S.DECLINED) == (set(mentees) == {declined})
        assert (state is S.AGREED) == (PairAnswer.WAITING not in mentees and accepted in mentees)
    if mentor is declined:
        assert state is S.DECLINED


def test_only_the_one_who_was_asked_is_awaited() -> None:
    assert {state: asked_now(state) for state in S if asked_now(state)} == {
        S.ASKED_MENTOR: P.MENTOR,
        S.ASKED_MENTEE: P.MENTEE,
    }


def test_the_mentee_hears_of_a_gone_proposal_only_after_having_been_asked() -> None:
    assert knows_of_proposal(S.ASKED_MENTOR) == {P.MENTOR}
    assert knows_of_proposal(S.ASKED_MENTEE) == {P.MENTOR, P.MENTEE}
    assert knows_of_proposal(S.AGREED) == {P.MENTOR, P.MENTEE}
    assert all(not knows_of_proposal(state) for state in set(S) - PROPOSED)


def test_every_state_is_proposed_standing_or_gone() -> None:
    gone = {S.PARTED, S.JOINED, S.DECLINED, S.WITHDRAWN}
    assert set(S) == PROPOSED | STANDING | OVER | gone
    assert {S.TRIAL} == STANDING - OFFICIAL
    assert [state for state in S if listed_as(state) == 0] == [S.AGREED]
    assert {state for state in S if listed_as(state) < 2} == OPEN


def test_only_what_was_reached_is_completed_and_every_choice_of_a_curator_has_one_place() -> None:
    assert {reason for reason in EndReason if end_state(reason) is S.COMPLETED} == {
        EndReason.COMPLETED,
        EndReason.TERM_OVER,
    }
    chosen = [reason for reasons in END_GROUPS.values() for reason in reasons]
    assert len(chosen) == len(set(chosen))
    by_the_product = {EndReason.DECLINED, EndReason.CONSENT_REFUSED, EndReason.ERASED}
    assert set(chosen) == set(EndReason) - by_the_product
