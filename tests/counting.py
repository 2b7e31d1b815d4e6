"""What the database is asked meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from storage.database import SyncDatabase


@contextmanager
def counted(asked: Session | SyncDatabase) -> Iterator[list[str]]:
    """Statements of the session, or of all readers of the database, without those that begin transactions.

    The session forgets its records first: those that the garbage collector happens to have kept would answer in the
    database's stead. ``expire_all`` is not enough: it asks one by one for what is kept, and at once for what is not.
    """
    if isinstance(asked, Session):
        asked.flush()
        asked.expunge_all()
    engine = asked.get_bind() if isinstance(asked, Session) else asked.reading
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
