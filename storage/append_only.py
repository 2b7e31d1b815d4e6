"""Rows that are evidence: added, never changed or deleted. The migrations say the same to the database by triggers."""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Mapper, ORMExecuteState, Session


class AppendOnly:
    """Mixin of such tables."""


class EvidenceTouched(Exception):
    """Somebody was about to rewrite evidence. Always a defect, never a person's mistake."""


@event.listens_for(AppendOnly, "before_update", propagate=True)
def _refuse_update(_: Mapper[Any], __: Any, row: AppendOnly) -> None:
    state = inspect(row)
    if any(state.attrs[column.key].history.has_changes() for column in state.mapper.column_attrs):
        raise EvidenceTouched(type(row).__name__)


@event.listens_for(AppendOnly, "before_delete", propagate=True)
def _refuse_delete(_: Mapper[Any], __: Any, row: AppendOnly) -> None:
    raise EvidenceTouched(type(row).__name__)


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, AppendOnly):
        raise EvidenceTouched(mapper.class_.__name__)
