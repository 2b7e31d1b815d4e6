"""At which stage the programme is, and what each stage still lacks (methodology.md §1.1)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from mentoring.document_words import STAGES
from mentoring.rules.documents import DocumentKind
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import ValueWrong
from mentoring.rules.pairs import OPEN, STANDING
from mentoring.rules.people import Actor, Role
from mentoring.rules.reporting import ReportState
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.indicators import own_programme
from storage.models.meeting import Meeting
from storage.models.organisation import Programme
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment
from storage.models.plan import Plan
from storage.models.report import Report
from storage.queries.documents import signed_kinds, waits_for_order


class Lack(StrEnum):
    """What is not there that is not a paper; papers are words of `DocumentKind`."""

    MENTEES = "mentees"
    MENTORS = "mentors"
    PAIRS = "pairs"
    WITHOUT_PAIR = "without_pair"
    WITHOUT_ORDER = "without_order"
    PLANS = "plans"
    MEETINGS = "meetings"
    STILL_WORKING = "still_working"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class StageLine:
    """``papers`` and ``lacks`` (with how many, where it matters) are empty for a stage that has everything."""

    stage: int
    is_current: bool
    papers: tuple[DocumentKind, ...]
    lacks: tuple[tuple[Lack, int], ...]


def stage_lines(session: Session) -> tuple[StageLine, ...]:
    programme = own_programme(session)
    signed = signed_kinds(session, programme.id)
    lacks = _lacks(session, programme)
    return tuple(
        StageLine(
            stage,
            stage == programme.stage,
            tuple(kind for kind in _PAPERS.get(stage, ()) if kind not in signed),
            tuple(lacks.get(stage, ())),
        )
        for stage in STAGES
    )


def move_stage(session: Session, stage: int, *, by: Actor, now: datetime) -> None:
    """To any of them, back too: a school knows where it is. Raises ValueWrong("stage")."""
    require_curator(session, by)
    if stage not in STAGES:
        raise ValueWrong("stage")
    programme = own_programme(session)
    if programme.stage != stage:
        record(session, "programme.stage_moved", programme, by=by, now=now, stage=stage, before=programme.stage)
        programme.stage = stage


def _lacks(session: Session, programme: Programme) -> dict[int, list[tuple[Lack, int]]]:
    approved = _approved(session, programme.id)
    pairs = _count(session, select(Pair.id).where(Pair.programme_id == programme.id, Pair.state.in_(STANDING)))
    alone, unordered, unplanned, unmet = (_count(session, one) for one in _gaps(programme.id))
    reports = _count(
        session, select(Report.id).where(Report.programme_id == programme.id, Report.state == ReportState.SIGNED)
    )
    found: dict[int, list[tuple[Lack, int]]] = {
        2: [] if approved.get(Role.MENTEE) else [(Lack.MENTEES, 0)],
        3: [] if approved.get(Role.MENTOR) else [(Lack.MENTORS, 0)],
        5: [] if pairs else [(Lack.PAIRS, 0)],
        6: [],
        7: [] if reports else [(Lack.REPORT, 0)],
    }
    for stage, lack, many in (
        (5, Lack.WITHOUT_PAIR, alone),
        (5, Lack.WITHOUT_ORDER, unordered),
        (6, Lack.PLANS, unplanned),
        (6, Lack.MEETINGS, unmet),
        (7, Lack.STILL_WORKING, pairs),
    ):
        found[stage] += [(lack, many)] if many else []
    return found


def _gaps(programme_id: int) -> tuple[Select[int], ...]:
    """Mentees without a pair; pairs without an order, without a plan, without a meeting."""
    standing = select(Pair.id).where(Pair.programme_id == programme_id, Pair.state.in_(STANDING))
    paired = exists().where(
        PairMember.enrolment_id == Enrolment.id,
        PairMember.left_at.is_(None),
        PairMember.pair_id == Pair.id,
        Pair.state.in_(OPEN),
    )
    alone = select(Enrolment.id).where(
        Enrolment.programme_id == programme_id,
        Enrolment.role == Role.MENTEE,
        Enrolment.status == EnrolmentStatus.APPROVED,
        ~paired,
    )
    unordered = select(Pair.id).where(Pair.programme_id == programme_id, waits_for_order())
    unplanned = standing.where(~exists().where(Plan.pair_id == Pair.id))
    unmet = standing.where(Pair.last_met_at.is_(None), ~exists().where(Meeting.pair_id == Pair.id))
    return alone, unordered, unplanned, unmet


def _approved(session: Session, programme_id: int) -> dict[Role, int]:
    rows = session.execute(
        select(Enrolment.role, func.count())
        .where(Enrolment.programme_id == programme_id, Enrolment.status == EnrolmentStatus.APPROVED)
        .group_by(Enrolment.role)
    )
    return dict(rows.all())


def _count(session: Session, wanted: Select[int]) -> int:
    return session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


_PAPERS = {
    1: (
        DocumentKind.ORDER_INTRODUCTION,
        DocumentKind.ORDER_CURATOR,
        DocumentKind.REGULATION,
        DocumentKind.PROGRAMME,
    ),
    4: (DocumentKind.ORDER_REGISTER,),
    5: (DocumentKind.ORDER_PAIRS,),
    6: (DocumentKind.ORDER_MONITORING,),
    7: (DocumentKind.ORDER_COMPLETION, DocumentKind.ORDER_RESULTS, DocumentKind.ORDER_REWARDS),
}
