"""What one of a pair asks of the curator about it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotAllowed, OutOfDate
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor
from mentoring.use_cases.letters import LetterWritten, write_to_curator
from mentoring.use_cases.pair_views import my_pair
from storage.models.notice import Letter


def pass_on_wish(
    session: Session, pair_id: int, person_id: int, text: str, *, by: Actor, now: datetime
) -> LetterWritten:
    """A letter, once: the same words that still wait for an answer are not sent again. Raises OutOfDate for a pair
    that is over."""
    if by.person_id != person_id:
        raise NotAllowed("write_to_curator")
    if my_pair(session, pair_id, person_id) is None:
        raise OutOfDate("pair", PairState.ENDED)
    same = select(Letter.id).where(
        Letter.person_id == person_id,
        Letter.text == text.strip(),
        Letter.from_curator.is_(False),
        Letter.answered_at.is_(None),
    )
    waiting = session.scalar(same.limit(1))
    if waiting is not None:
        return LetterWritten(waiting, person_id)
    return write_to_curator(session, person_id, text, by=by, now=now)
