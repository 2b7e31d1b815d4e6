"""Who may act for whom."""

from sqlalchemy.orm import Session

from mentoring.rules.people import Actor
from mentoring.use_cases import accounts


def require_own_or_curator(session: Session, by: Actor, person_id: int) -> None:
    """People act for themselves; a curator may enter what somebody said on paper or by phone."""
    if by.person_id != person_id:
        accounts.require_curator(session, by)
