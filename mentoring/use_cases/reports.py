"""Reports: begun, written, counted, signed. A signed one never changes; what comes later is for the next one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.report_drafts import suggested_texts
from mentoring.rules.deadlines import local_day
from mentoring.rules.errors import NotFound, OutOfDate, TextTooLong, TimeInFuture
from mentoring.rules.people import Actor
from mentoring.rules.reporting import Facts, PeriodKind, ReportState, TextKey, frozen, period_of, thawed
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.indicators import own_programme
from mentoring.use_cases.organisation_card import own_organisation
from mentoring.use_cases.report_facts import report_facts, span_of
from storage.models.account import CuratorAccount
from storage.models.organisation import Programme
from storage.models.report import Report

TEXT_LIMIT = 6000


@dataclass(frozen=True, slots=True)
class ReportLine:
    report_id: int
    programme_id: int
    kind: PeriodKind
    starts_on: date
    ends_on: date
    state: ReportState
    created_at: datetime
    signed_at: datetime | None
    signed_by: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """``texts``: only what the curator has written."""

    line: ReportLine
    facts: Facts
    texts: Mapping[str, str]

    @property
    def signed(self) -> bool:
        return self.line.state is ReportState.SIGNED


@dataclass(frozen=True, slots=True)
class ReportBegun:
    """``already``: a draft of these days was there."""

    report_id: int
    already: bool


def reports_list(session: Session) -> tuple[ReportLine, ...]:
    """The newest period first; two queries."""
    found = session.scalars(select(Report).order_by(Report.ends_on.desc(), Report.starts_on, Report.id.desc())).all()
    names = {row.id: row.full_name for row in session.execute(select(CuratorAccount.id, CuratorAccount.full_name))}
    return tuple(_line(report, names.get(report.signed_by_account_id or 0, "")) for report in found)


def begin_report(session: Session, kind: PeriodKind, day: date, *, by: Actor, now: datetime) -> ReportBegun:
    """Of the period that holds ``day``. Raises TimeInFuture for one that has not begun."""
    account_id = require_curator(session, by)
    programme = own_programme(session)
    starts_on, ends_on = period_of(kind, day, (programme.starts_on, programme.ends_on))
    zone = ZoneInfo(own_organisation(session).time_zone)
    if starts_on > local_day(now, zone):
        raise TimeInFuture(span_of(starts_on, ends_on, zone, now).since)
    standing = session.scalar(
        select(Report).where(
            Report.programme_id == programme.id,
            Report.kind == kind,
            Report.starts_on == starts_on,
            Report.state == ReportState.DRAFT,
        )
    )
    if standing is not None:
        return ReportBegun(standing.id, already=True)
    report = Report(
        programme_id=programme.id,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        title="",
        state=ReportState.DRAFT,
        texts={},
        created_by_account_id=account_id,
        created_at=now,
    )
    session.add(report)
    session.flush()
    record(session, "report.begun", report, by=by, now=now, kind=kind.value, starts_on=starts_on.isoformat())
    return ReportBegun(report.id, already=False)


def report_view(session: Session, report_id: int, *, now: datetime) -> ReportView:
    report = one_report(session, report_id)
    return ReportView(_line(report, _signer(session, report)), facts_of(session, report, now=now), dict(report.texts))


def report_line(session: Session, report_id: int) -> ReportLine:
    """Without counting anything."""
    report = one_report(session, report_id)
    return _line(report, _signer(session, report))


def facts_of(session: Session, report: Report, *, now: datetime) -> Facts:
    if report.frozen is not None:
        return thawed(report.frozen)
    programme = session.get_one(Programme, report.programme_id)
    return report_facts(session, programme, report.starts_on, report.ends_on, now=now)


def write_texts(session: Session, report_id: int, texts: Mapping[str, str], *, by: Actor, now: datetime) -> ReportLine:
    """Blocks that are named; the others stay. An emptied one goes back to the suggested words."""
    require_curator(session, by)
    report = _own_draft(session, report_id)
    kept = dict(report.texts)
    for key, text in texts.items():
        kept[TextKey(key).value] = _checked(key, text)
    kept = {key: text for key, text in kept.items() if text}
    if kept != report.texts:
        report.texts = kept
        record(session, "report.written", report, by=by, now=now)
    return _line(report, "")


def sign_report(session: Session, report_id: int, *, by: Actor, now: datetime) -> ReportLine:
    """Counted a last time and frozen with its texts, the suggested ones where the curator has written none.

    A second press is out of date.
    """
    account_id = require_curator(session, by)
    report = _own_draft(session, report_id)
    facts = facts_of(session, report, now=now)
    suggested = {key.value: text for key, text in suggested_texts(facts).items() if text}
    report.frozen, report.texts = frozen(facts), {**suggested, **report.texts}
    report.state, report.signed_by_account_id, report.signed_at = ReportState.SIGNED, account_id, now
    record(session, "report.signed", report, by=by, now=now)
    session.flush()
    return _line(report, _signer(session, report))


def drop_report(session: Session, report_id: int, *, by: Actor, now: datetime) -> None:
    """A draft only; the journal keeps that there was one."""
    require_curator(session, by)
    report = _own_draft(session, report_id)
    record(session, "report.dropped", report, by=by, now=now)
    session.delete(report)


def one_report(session: Session, report_id: int, *, lock: bool = False) -> Report:
    report = session.get(Report, report_id, with_for_update=lock or None)
    if report is None:
        raise NotFound("report")
    return report


def _own_draft(session: Session, report_id: int) -> Report:
    report = one_report(session, report_id, lock=True)
    if report.state is ReportState.SIGNED:
        raise OutOfDate("report", report.state)
    return report


def _signer(session: Session, report: Report) -> str:
    account = session.get(CuratorAccount, report.signed_by_account_id) if report.signed_by_account_id else None
    return account.full_name if account else ""


def _checked(key: str, text: str) -> str:
    clean = text.strip().replace("\r\n", "\n")
    if len(clean) > TEXT_LIMIT:
        raise TextTooLong(key, TEXT_LIMIT, len(clean))
    return clean


def _line(report: Report, signed_by: str) -> ReportLine:
    return ReportLine(
        report.id,
        report.programme_id,
        report.kind,
        report.starts_on,
        report.ends_on,
        report.state,
        report.created_at,
        report.signed_at,
        signed_by,
    )
