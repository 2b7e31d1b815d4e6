"""What a signed order does to pairs."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules import pairs as rules
from mentoring.rules.errors import PairsNotReady
from mentoring.rules.pairs import PairAct, PairState, Party
from mentoring.rules.people import Actor
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.pair_news import tell_fixed
from mentoring.use_cases.pair_rows import enter
from storage.models.pair import Pair


def fix_pairs(
    session: Session, pair_ids: Collection[int], document_id: int, *, by: Actor, now: datetime
) -> tuple[int, ...]:
    """Confirmed pairs are at work from now on; those that were at work or paused without an order get this one.

    Pairs that have an order keep it. Everybody in a fixed pair is told. Returns the ids of those fixed now. Raises
    PairsNotReady, and fixes none, when one is neither confirmed nor at work.
    """
    accounts.require_curator(session, by)
    wanted = select(Pair).where(Pair.id.in_(set(pair_ids))).order_by(Pair.id).with_for_update(of=Pair)
    pairs = session.scalars(wanted.execution_options(populate_existing=True)).all()
    _ensure_ready(set(pair_ids), pairs)
    unfixed = [pair for pair in pairs if pair.order_id is None]
    for pair in unfixed:
        pair.order_id = document_id
        _put_to_work(session, pair, by, now)
        tell_fixed(session, pair, document_id, now)
    return tuple(pair.id for pair in unfixed)


def _ensure_ready(pair_ids: set[int], pairs: Collection[Pair]) -> None:
    ready = {pair.id for pair in pairs if (pair.paused_from or pair.state) in rules.GROWING}
    if missing := pair_ids - ready:
        raise PairsNotReady(tuple(sorted(missing)))


def _put_to_work(session: Session, pair: Pair, by: Actor, now: datetime) -> None:
    """A pause goes on: its pair comes back from it as one at work."""
    if pair.state is PairState.CONFIRMED:
        enter(session, pair, rules.next_state(pair.state, PairAct.FIX, Party.CURATOR), by, now)
        return
    if pair.paused_from is not None:
        pair.paused_from = PairState.ACTIVE
    record(session, "pair.ordered", pair, by=by, now=now)
