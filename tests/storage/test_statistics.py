"""SQLite is told how selective its indexes are."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.models.notice import Heartbeat
from storage.statistics import refresh_statistics
from tests.conftest import NOW


def test_statistics_are_kept_for_tables_with_rows(session: Session) -> None:
    session.add(Heartbeat(process="bot", at=NOW))
    session.flush()

    refresh_statistics(session)

    known = session.scalars(text("SELECT tbl FROM sqlite_stat1")).all()
    assert "heartbeat" in known
