"""What is kept of mentors beside their questionnaire: interviews, hours of training, agreements of workers."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.pairs import STANDING
from storage.models.pair import Pair, PairMember
from storage.models.selection import Interview, LabourAgreement, TrainingRecord


def last_interviews(session: Session, enrolment_ids: Collection[int]) -> dict[int, Interview]:
    """Of each mentor: the newest by its day. Psychologist's remarks are interviews too."""
    theirs = select(Interview).where(Interview.enrolment_id.in_(enrolment_ids))
    return {one.enrolment_id: one for one in session.scalars(theirs.order_by(Interview.held_on, Interview.id))}


def interviews_of(session: Session, enrolment_id: int) -> list[Interview]:
    theirs = select(Interview).where(Interview.enrolment_id == enrolment_id)
    return list(session.scalars(theirs.order_by(Interview.held_on.desc(), Interview.id.desc())))


def hours_trained(session: Session, enrolment_ids: Collection[int]) -> dict[int, int]:
    """Hours that were attended, of those who attended any."""
    rows = session.execute(
        select(TrainingRecord.enrolment_id, func.sum(TrainingRecord.hours))
        .where(TrainingRecord.enrolment_id.in_(enrolment_ids), TrainingRecord.hours.is_not(None))
        .group_by(TrainingRecord.enrolment_id)
    )
    return {enrolment_id: int(hours) for enrolment_id, hours in rows if hours}


def records_with_training(session: Session, enrolment_id: int) -> list[TrainingRecord]:
    """In the order of the days."""
    theirs = select(TrainingRecord).where(TrainingRecord.enrolment_id == enrolment_id)
    records = session.scalars(theirs.options(joinedload(TrainingRecord.training)))
    return sorted(records, key=lambda record: (record.training.starts_on, record.id))


def certificates_of(session: Session, enrolment_ids: Collection[int]) -> dict[int, str]:
    """«№ 12 от 14.11.2026; № 3 от 02.12.2026», of those who have any."""
    rows = session.execute(
        select(TrainingRecord.enrolment_id, TrainingRecord.certificate)
        .where(TrainingRecord.enrolment_id.in_(enrolment_ids), TrainingRecord.certificate != "")
        .order_by(TrainingRecord.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for enrolment_id, certificate in rows:
        found[enrolment_id].append(certificate)
    return {enrolment_id: "; ".join(lines) for enrolment_id, lines in found.items()}


def forms_of(session: Session, enrolment_ids: Collection[int]) -> dict[int, list[str]]:
    """Forms of the pairs that stand, of those who are in any."""
    rows = session.execute(
        select(PairMember.enrolment_id, Pair.form)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(PairMember.enrolment_id.in_(enrolment_ids), PairMember.left_at.is_(None))
        .where(Pair.state.in_(STANDING), Pair.form != "")
        .distinct()
        .order_by(Pair.form)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for enrolment_id, form in rows:
        found[enrolment_id].append(form)
    return found


def agreements(session: Session, enrolment_ids: Collection[int]) -> dict[int, LabourAgreement]:
    """The newest agreement of each mentor, stopped ones included."""
    if not enrolment_ids:
        return {}
    theirs = select(LabourAgreement).where(LabourAgreement.enrolment_id.in_(enrolment_ids))
    return {one.enrolment_id: one for one in session.scalars(theirs.order_by(LabourAgreement.id))}
