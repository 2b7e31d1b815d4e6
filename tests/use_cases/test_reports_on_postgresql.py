"""The same autumn on PostgreSQL gives the same figures."""

from datetime import date

import pytest

from mentoring.rules.reporting import PeriodKind, frozen, thawed
from mentoring.use_cases.report_lists import listed_rows
from mentoring.use_cases.reports import begin_report, report_view, sign_report
from storage.database import SyncDatabase
from storage.migrate import migrate
from tests.use_cases.reported import END, play_autumn


@pytest.mark.postgres
def test_a_report_is_counted_signed_and_opened_on_postgresql(postgres_url: str) -> None:
    migrate(postgres_url)
    database = SyncDatabase(postgres_url)
    with database.writers.begin() as session:
        autumn = play_autumn(session)
        begun = begin_report(session, PeriodKind.MONTH, date(2026, 11, 10), by=autumn.curator, now=END)

        facts = report_view(session, begun.report_id, now=END).facts

        assert facts.value("meetings.all.held") == 13
        assert facts.value("feedback.all.answered") == 19
        assert facts.value("quality.all.mark") == 17
        assert facts.value("influence.influence_pupil_personal.answers") == 9
        for figure in facts.figures():
            assert len(listed_rows(session, figure.trace, figure.trace.rows)) == len(figure.trace.rows)
        sign_report(session, begun.report_id, by=autumn.curator, now=END)
        session.flush()
        session.expire_all()
        assert report_view(session, begun.report_id, now=END).facts == thawed(frozen(facts)) == facts
    database.close()
