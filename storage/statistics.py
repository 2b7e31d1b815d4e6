"""What SQLite knows about how many rows a value has. PostgreSQL keeps this by itself."""

from sqlalchemy import text
from sqlalchemy.orm import Session

ROWS_LOOKED_AT = 1_000  # of each index: enough to tell a good one from a bad one, and done in milliseconds


def refresh_statistics(session: Session) -> None:
    """Without them the fence's own index looks as good as any other, and a school's «Сегодня» takes minutes.

    Other connections learn of it when they are next opened: see ``pool_recycle`` in `storage.database`.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}"))
        session.execute(text("ANALYZE"))
