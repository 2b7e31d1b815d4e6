"""The trace of every change of state."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.people import Actor
from storage.base import Base, Owned
from storage.models.account import AuditEntry


def record(session: Session, act: str, thing: Base, *, by: Actor, now: datetime, **details: Any) -> None:
    """Add an audit row for ``thing``, which must have its id.

    ``details``: ids and words of the rules, no personal data.
    """
    organisation_id = thing.organisation_id if isinstance(thing, Owned) else thing.id  # type: ignore[attr-defined]
    session.add(
        AuditEntry(
            organisation_id=organisation_id,
            at=now,
            door=by.door,
            person_id=by.person_id,
            account_id=by.account_id,
            act=act,
            object_kind=thing.__tablename__,
            object_id=thing.id,  # type: ignore[attr-defined]
            details=details,
        )
    )
