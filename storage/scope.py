"""One organisation never sees another's rows: the wall stands below every query.

A session that knows its organisation adds it to each ORM SELECT, UPDATE and DELETE of an `Owned` table, and stamps
and checks what it writes. A session without one (the command line, the scheduler, an unknown chat) sees all and must
name the organisation itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, with_loader_criteria

from storage.base import Owned

KEY = "organisation_id"


class ForeignRow(Exception):
    """A row of another organisation was about to be written. Always a defect, never a person's mistake."""


def set_organisation(session: Session, organisation_id: int) -> None:
    """Fence the session in. Foreign rows loaded before are dropped, so that none answers from memory."""
    session.info[KEY] = organisation_id
    for row in list(session.identity_map.values()):
        if isinstance(row, Owned) and row.organisation_id != organisation_id:
            session.expunge(row)


@contextmanager
def fenced(session: Session, organisation_id: int) -> Iterator[None]:
    """Fence for a block, for a caller who works across organisations: the command line, a first /start."""
    before = organisation_of(session)
    set_organisation(session, organisation_id)
    try:
        yield
    finally:
        _restore(session, before)


def organisation_of(session: Session) -> int | None:
    organisation_id: int | None = session.info.get(KEY)
    return organisation_id


def _restore(session: Session, organisation_id: int | None) -> None:
    if organisation_id is None:
        session.info.pop(KEY, None)
    else:
        set_organisation(session, organisation_id)


@event.listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    organisation_id = state.session.info.get(KEY)
    if organisation_id is None or state.is_column_load or state.is_relationship_load:
        return
    state.statement = state.statement.options(_only(organisation_id))


@lru_cache(maxsize=1024)
def _only(organisation_id: int) -> LoaderCriteriaOption:
    """Made once for an organisation: making it anew costs as much as a small query."""
    return with_loader_criteria(Owned, lambda table: table.organisation_id == organisation_id, include_aliases=True)


@event.listens_for(Session, "before_flush")
def _guard(session: Session, *_: Any) -> None:
    organisation_id = session.info.get(KEY)
    if organisation_id is None:
        return
    for row in [*session.new, *session.dirty]:
        if not isinstance(row, Owned):
            continue
        if row.organisation_id is None:
            row.organisation_id = organisation_id
        elif row.organisation_id != organisation_id:
            raise ForeignRow(type(row).__name__)
