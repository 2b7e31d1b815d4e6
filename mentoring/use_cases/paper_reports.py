"""Whose figures a paper prints: those of a signed report, or those of this day."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring import paper_words
from mentoring.names import short_date
from mentoring.report_words import report_title
from mentoring.rules.documents import DocumentKind
from mentoring.rules.reporting import PeriodKind, ReportState
from mentoring.use_cases.ordered_pairs import own_day
from storage.models.document import Document
from storage.models.organisation import Programme
from storage.models.report import Report

OF_FIGURES = (DocumentKind.FINAL_REPORT, DocumentKind.ANALYTIC_NOTE)
TODAY = "today"
"""The choice of no report: the season as it stands."""


@dataclass(frozen=True, slots=True)
class ReportOption:
    """``value`` goes into the choice «report_id» of the draft."""

    value: str
    label: str


def report_options(session: Session, document: Document) -> tuple[ReportOption, ...]:
    """Signed reports of the programme, the newest first, and no report at all."""
    year = session.get_one(Programme, document.programme_id).school_year
    found = (ReportOption(str(one.id), _label(session, one, year)) for one in _signed(session, document))
    return (*found, ReportOption(TODAY, paper_words.FIGURES_OF_TODAY))


def chosen_report(session: Session, document: Document) -> Report | None:
    """The curator's choice while it stands, else the newest signed: of the whole year for the final report."""
    chosen, signed = document.choices.get("report_id"), _signed(session, document)
    if chosen == TODAY:
        return None
    if found := next((one for one in signed if str(one.id) == str(chosen)), None):
        return found
    suited = [one for one in signed if document.kind is not DocumentKind.FINAL_REPORT or one.kind is PeriodKind.SEASON]
    return suited[0] if suited else None


def _signed(session: Session, document: Document) -> Sequence[Report]:
    return session.scalars(
        select(Report)
        .where(Report.programme_id == document.programme_id, Report.state == ReportState.SIGNED)
        .order_by(Report.ends_on.desc(), Report.id.desc())
    ).all()


def _label(session: Session, report: Report, school_year: str) -> str:
    title = report_title(report.kind, report.starts_on, report.ends_on, school_year)
    signed_on = short_date(own_day(session, report.signed_at)) if report.signed_at else ""
    return f"{title}, подписан {signed_on}"
