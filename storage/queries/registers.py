"""Rows behind the registers of mentors and mentees. Each query takes everybody at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.consents import ConsentKind, Decision
from mentoring.rules.documents import DocumentKind, DocumentState, LineAct
from mentoring.rules.enrolment import EnrolmentStatus, LeftBecause
from mentoring.rules.meetings import MeetingState
from mentoring.rules.pairs import OVER, STANDING
from mentoring.rules.people import Role
from mentoring.rules.plans import ItemState
from mentoring.rules.questionnaire import ResponseState
from storage.models.account import AuditEntry
from storage.models.consent import Consent, ConsentText, ConsentWithdrawal
from storage.models.document import Document, DocumentLine
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Guardianship, Person
from storage.models.plan import Plan, PlanItem
from storage.models.questionnaire import Response
from storage.queries.questionnaire_newest import newest_questionnaires

ENTERED = "enrolment.approved"
SHOWN_PAIRS = STANDING | OVER
"""A trial that did not suit goes back quietly: no register tells of it."""


class ConsentGiven(NamedTuple):
    kind: ConsentKind
    decided_at: datetime
    version: int
    withdrawn_at: datetime | None


def register_enrolments(session: Session, programme_id: int, role: Role) -> list[Enrolment]:
    """Those who take part, and those who did: not who was never taken in, nor who took their consent back."""
    stayed = or_(Enrolment.status == EnrolmentStatus.APPROVED, Enrolment.left_because == LeftBecause.OWN_WISH)
    found = session.scalars(
        select(Enrolment)
        .join(Enrolment.person)
        .options(joinedload(Enrolment.person))
        .where(Enrolment.programme_id == programme_id, Enrolment.role == role, stayed)
        .where(Person.erased_at.is_(None), Enrolment.status.in_((EnrolmentStatus.APPROVED, EnrolmentStatus.LEFT)))
        .order_by(Person.search_text, Enrolment.id)
    )
    return list(found)


def entered_on(session: Session, enrolments: Sequence[Enrolment], zone: ZoneInfo) -> dict[int, date]:
    """The day on which the curator took each in. Of rows older than the journal: the day of their state.

    Who left and was never taken in has none.
    """
    ids = [one.id for one in enrolments]
    acts = select(AuditEntry.object_id, func.min(AuditEntry.at)).where(
        AuditEntry.object_kind == "enrolment", AuditEntry.act == ENTERED, AuditEntry.object_id.in_(ids)
    )
    found: dict[int, datetime] = dict(session.execute(acts.group_by(AuditEntry.object_id)).all())
    for one in enrolments:
        if one.status is EnrolmentStatus.APPROVED:
            found.setdefault(one.id, one.status_at)
    return {key: at.astimezone(zone).date() for key, at in found.items()}


def register_pairs(session: Session, enrolment_ids: Collection[int]) -> list[Pair]:
    """Of these people: with members and their names, in the order in which they began."""
    theirs = select(PairMember.pair_id).where(PairMember.enrolment_id.in_(enrolment_ids))
    chosen = select(Pair).where(Pair.id.in_(theirs), Pair.state.in_(SHOWN_PAIRS))
    members = joinedload(Pair.members).joinedload(PairMember.person)
    return list(session.scalars(chosen.options(members).order_by(Pair.started_at, Pair.id)).unique())


def guardians_of(session: Session, person_ids: Collection[int]) -> dict[int, Person]:
    """The first who was named, of each who has any."""
    rows = session.execute(
        select(Guardianship.minor_id, Person)
        .join(Person, Person.id == Guardianship.guardian_id)
        .where(Guardianship.minor_id.in_(person_ids), Person.erased_at.is_(None))
        .order_by(Guardianship.id.desc())
    )
    return {minor_id: guardian for minor_id, guardian in rows}


def last_consents(session: Session, person_ids: Collection[int]) -> dict[int, dict[ConsentKind, ConsentGiven]]:
    """The last word of each kind, where it was a yes."""
    if not person_ids:
        return {}
    rows = session.execute(
        select(
            Consent.person_id,
            Consent.kind,
            Consent.decision,
            Consent.decided_at,
            ConsentText.version,
            ConsentWithdrawal.withdrawn_at,
        )
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .outerjoin(ConsentWithdrawal, ConsentWithdrawal.consent_id == Consent.id)
        .where(Consent.person_id.in_(person_ids))
        .order_by(Consent.id)
    )
    found: dict[int, dict[ConsentKind, ConsentGiven]] = defaultdict(dict)
    for person_id, kind, decision, decided_at, version, withdrawn_at in rows:
        if decision is Decision.GIVEN:
            found[person_id][kind] = ConsentGiven(kind, decided_at, version, withdrawn_at)
        else:
            found[person_id].pop(kind, None)
    return found


def answered_moments(session: Session, person_ids: Collection[int]) -> dict[str, set[int]]:
    """Who has sent a survey before, and who one after."""
    if not person_ids:
        return {"before": set(), "after": set()}
    moments = {one.questionnaire_id: one.moment for one in newest_questionnaires(session) if one.moment}
    rows = session.execute(
        select(Response.questionnaire_id, Response.person_id)
        .where(Response.questionnaire_id.in_(moments), Response.person_id.in_(person_ids))
        .where(Response.state == ResponseState.SUBMITTED)
        .distinct()
    )
    found: dict[str, set[int]] = {"before": set(), "after": set()}
    for questionnaire_id, person_id in rows:
        found[moments[questionnaire_id]].add(person_id)
    return found


def signed_papers(session: Session, document_ids: Collection[int]) -> dict[int, tuple[str, date | None]]:
    """Number and date of each that is signed."""
    if not document_ids:
        return {}
    rows = session.execute(
        select(Document.id, Document.number, Document.dated_on).where(
            Document.id.in_(document_ids), Document.state == DocumentState.SIGNED
        )
    )
    return {document_id: (number or "", dated_on) for document_id, number, dated_on in rows}


def register_orders(session: Session, programme_id: int) -> list[tuple[int, str, date | None]]:
    """Signed orders that approved the register of mentors, the newest first: id, number, date."""
    rows = session.execute(
        select(Document.id, Document.number, Document.dated_on)
        .where(Document.programme_id == programme_id, Document.kind == DocumentKind.ORDER_REGISTER)
        .where(Document.state == DocumentState.SIGNED)
        .order_by(Document.dated_on.desc(), Document.id.desc())
    )
    return [(document_id, number or "", dated_on) for document_id, number, dated_on in rows]


def registered_by(session: Session, document_id: int) -> set[int]:
    """Enrolments that stand in the order."""
    lines = select(DocumentLine.enrolment_id).where(
        DocumentLine.document_id == document_id, DocumentLine.act == LineAct.REGISTER
    )
    return {one for one in session.scalars(lines) if one is not None}


def met_before(session: Session, pair_ids: Collection[int], until: datetime) -> dict[int, tuple[int, datetime]]:
    """Of each pair that has met before that moment: how often, and when last."""
    if not pair_ids:
        return {}
    rows = session.execute(
        select(Meeting.pair_id, func.count(), func.max(Meeting.starts_at))
        .where(Meeting.pair_id.in_(pair_ids), Meeting.state == MeetingState.HELD, Meeting.starts_at < until)
        .group_by(Meeting.pair_id)
    )
    return {pair_id: (count, last) for pair_id, count, last in rows}


def plans_done(session: Session, pair_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Of each pair that has a plan: items done, and all that count."""
    if not pair_ids:
        return {}
    rows = session.execute(
        select(Plan.pair_id, PlanItem.state, func.count())
        .join(Plan, Plan.id == PlanItem.plan_id)
        .where(Plan.pair_id.in_(pair_ids), PlanItem.state != ItemState.DROPPED)
        .group_by(Plan.pair_id, PlanItem.state)
    )
    found: dict[int, tuple[int, int]] = {}
    for pair_id, state, count in rows:
        done, counted = found.get(pair_id, (0, 0))
        found[pair_id] = (done + count * (state is ItemState.DONE), counted + count)
    return found
