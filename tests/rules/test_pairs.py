from itertools import product

import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import sampled_from

from mentoring.rules.errors import NotAllowed, OutOfDate
from mentoring.rules.pairs import OPEN, PROPOSED, PairAct, PairState, Party, asked_now, knows_of_proposal, next_state

ALLOWED = {
    (PairState.ASKED_MENTOR, PairAct.ACCEPT, Party.MENTOR): PairState.ASKED_MENTEE,
    (PairState.ASKED_MENTOR, PairAct.DECLINE, Party.MENTOR): PairState.DECLINED,
    (PairState.ASKED_MENTEE, PairAct.ACCEPT, Party.MENTEE): PairState.AGREED,
    (PairState.ASKED_MENTEE, PairAct.DECLINE, Party.MENTEE): PairState.DECLINED,
    (PairState.AGREED, PairAct.CONFIRM, Party.CURATOR): PairState.ACTIVE,
    (PairState.ASKED_MENTOR, PairAct.WITHDRAW, Party.CURATOR): PairState.WITHDRAWN,
    (PairState.ASKED_MENTEE, PairAct.WITHDRAW, Party.CURATOR): PairState.WITHDRAWN,
    (PairState.AGREED, PairAct.WITHDRAW, Party.CURATOR): PairState.WITHDRAWN,
    (PairState.ACTIVE, PairAct.END, Party.CURATOR): PairState.ENDED,
    **{(state, PairAct.LEAVE, party): PairState.WITHDRAWN for state in PROPOSED for party in Party},
    **{(PairState.ACTIVE, PairAct.LEAVE, party): PairState.ENDED for party in Party},
}
PARTIES = {
    PairAct.ACCEPT: {Party.MENTOR, Party.MENTEE},
    PairAct.DECLINE: {Party.MENTOR, Party.MENTEE},
    PairAct.CONFIRM: {Party.CURATOR},
    PairAct.WITHDRAW: {Party.CURATOR},
    PairAct.END: {Party.CURATOR},
    PairAct.LEAVE: set(Party),
}


@pytest.mark.parametrize(("state", "act", "party"), list(product(PairState, PairAct, Party)))
def test_every_act_of_every_party_in_every_state(state: PairState, act: PairAct, party: Party) -> None:
    if (state, act, party) in ALLOWED:
        assert next_state(state, act, party) is ALLOWED[state, act, party]
    elif party not in PARTIES[act]:
        with pytest.raises(NotAllowed) as refused:
            next_state(state, act, party)
        assert refused.value.act == act
    else:
        with pytest.raises(OutOfDate) as gone:
            next_state(state, act, party)
        assert (gone.value.noun, gone.value.state) == ("pair", state)


class AnyoneDoesAnything(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.state = PairState.ASKED_MENTOR
        self.done: list[tuple[PairAct, Party]] = []

    @rule(act=sampled_from(PairAct), party=sampled_from(Party))
    def act(self, act: PairAct, party: Party) -> None:
        try:
            self.state = next_state(self.state, act, party)
        except (NotAllowed, OutOfDate):
            return
        self.done.append((act, party))

    @invariant()
    def an_official_pair_had_two_yeses_and_the_curators_word(self) -> None:
        if self.state in (PairState.ACTIVE, PairState.ENDED):
            assert self.done[:3] == [
                (PairAct.ACCEPT, Party.MENTOR),
                (PairAct.ACCEPT, Party.MENTEE),
                (PairAct.CONFIRM, Party.CURATOR),
            ]

    @invariant()
    def what_is_over_stays_over(self) -> None:
        assert len([act for act, _ in self.done if act not in (PairAct.ACCEPT, PairAct.CONFIRM)]) <= 1


TestAnyoneDoesAnything = AnyoneDoesAnything.TestCase


def test_only_the_one_who_was_asked_is_awaited() -> None:
    assert {state: asked_now(state) for state in PairState if asked_now(state)} == {
        PairState.ASKED_MENTOR: Party.MENTOR,
        PairState.ASKED_MENTEE: Party.MENTEE,
    }


def test_the_mentee_hears_of_a_gone_proposal_only_after_having_been_asked() -> None:
    assert knows_of_proposal(PairState.ASKED_MENTOR) == {Party.MENTOR}
    assert knows_of_proposal(PairState.ASKED_MENTEE) == {Party.MENTOR, Party.MENTEE}
    assert knows_of_proposal(PairState.AGREED) == {Party.MENTOR, Party.MENTEE}
    assert all(not knows_of_proposal(state) for state in set(PairState) - OPEN)
