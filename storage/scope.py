"""One organisation never sees another's rows: the wall stands below every query.

A session that knows its organisation adds it to each ORM SELECT, UPDATE and DELETE of an `Owned` table, and stamps
and checks what it writes. A session without one (the command line, the scheduler, an unknown chat) sees all and must
name the organisation itself.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, with_loader_criteria

from storage.base import Owned

KEY = "organisation_id"


class ForeignRow(Exception):
    """A row of another organisation was about to be written. Always a defect, never a person's mistake."""


def set_organisation(session: Session, organisation_id: int) -> None:
    """Fence the session in. Foreign rows loaded before are dropped, so that none answers from memory."""
    session.info[KEY] = organisation_id
    rows = [row for row in session.identity_map.values() if isinstance(row, Owned)]
    foreign = [row for row in rows if row.organisation_id != organisation_id]
    for row in foreign:
        if row in session:  # else its parent has taken it along
            session.expunge(row)
    if foreign:
        _forget_relations(session, [row for row in rows if row.organisation_id == organisation_id])


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


def _forget_relations(session: Session, rows: list[Owned]) -> None:
    """What they led to was loaded without the fence; it is loaded anew when it is asked for."""
    for row in rows:
        session.expire(row, inspect(row).mapper.relationships.keys())


@event.listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    organisation_id = state.session.info.get(KEY)
    if organisation_id is None or state.is_column_load:
        return
    if state.is_insert or state.is_update:
        _check_written(state, organisation_id)
    state.statement = state.statement.options(_only(organisation_id))


def _check_written(state: ORMExecuteState, organisation_id: int) -> None:
    """A bulk INSERT or UPDATE must not name another organisation: neither in its values nor in its parameters."""
    mapper = state.bind_mapper
    if mapper is None or not issubclass(mapper.class_, Owned):
        return
    parameters = state.parameters or ()
    rows = [parameters] if isinstance(parameters, Mapping) else list(parameters)
    named = [row[KEY] for row in rows if KEY in row] + _named_in(state.statement)
    if any(one != organisation_id for one in named):
        raise ForeignRow(mapper.class_.__name__)


def _named_in(statement: Any) -> list[Any]:
    """Read from the statement's own dictionaries: compiling it would cost more than running it."""
    values = [statement._values or {}, *(row for rows in getattr(statement, "_multi_values", ()) for row in rows)]
    found = [value for row in values for column, value in row.items() if getattr(column, "key", column) == KEY]
    return [getattr(value, "value", value) for value in found]


@lru_cache(maxsize=1024)
def _only(organisation_id: int) -> LoaderCriteriaOption:
    """Made once for an organisation: making it anew costs as much as a small query."""
    return with_loader_criteria(Owned, lambda table: table.organisation_id == organisation_id, include_aliases=True)


@event.listens_for(Session, "before_flush")
def _guard(session: Session, *_: Any) -> None:
    organisation_id = session.info.get(KEY)
    if organisation_id is None:
        return
    for row in [*session.new, *session.dirty, *session.deleted]:
        if not isinstance(row, Owned):
            continue
        if row.organisation_id is None:
            row.organisation_id = organisation_id
        elif row.organisation_id != organisation_id:
            raise ForeignRow(type(row).__name__)
