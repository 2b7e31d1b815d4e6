"""Named SELECTs behind the papers about one person or one pair."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, load_only

from mentoring.rules.documents import DocumentKind, DocumentState
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.meetings import MeetingState
from mentoring.rules.people import Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.selection import Verdict
from storage.models.document import Document
from storage.models.meeting import Meeting
from storage.models.person import Enrolment, Guardianship, Person
from storage.models.questionnaire import Answer, Questionnaire, QuestionnaireVersion, Response
from storage.models.selection import Interview, LabourAgreement


def enrolment_of(session: Session, programme_id: int, person_id: int, role: Role) -> Enrolment:
    """Raises NotFound."""
    found = session.scalar(
        select(Enrolment).where(
            Enrolment.programme_id == programme_id, Enrolment.person_id == person_id, Enrolment.role == role
        )
    )
    if found is None:
        raise NotFound("enrolment")
    return found


def roles_of(session: Session, programme_id: int, person_ids: Collection[int]) -> dict[int, list[Role]]:
    rows = session.execute(
        select(Enrolment.person_id, Enrolment.role)
        .where(Enrolment.programme_id == programme_id, Enrolment.person_id.in_(person_ids))
        .order_by(Enrolment.id)
    )
    found: dict[int, list[Role]] = defaultdict(list)
    for person_id, role in rows:
        found[person_id].append(role)
    return found


def people_by_name(session: Session, person_ids: Collection[int]) -> list[Person]:
    found = session.scalars(select(Person).where(Person.id.in_(person_ids)))
    return sorted(found, key=lambda one: (one.name.full, one.id))


def last_verdict(session: Session, enrolment_id: int) -> Verdict | None:
    return session.scalar(
        select(Interview.verdict)
        .where(Interview.enrolment_id == enrolment_id)
        .order_by(Interview.held_on.desc(), Interview.id.desc())
        .limit(1)
    )


def newest_agreement(session: Session, enrolment_id: int) -> int | None:
    return session.scalar(
        select(LabourAgreement.id)
        .where(LabourAgreement.enrolment_id == enrolment_id)
        .order_by(LabourAgreement.id.desc())
        .limit(1)
    )


def meetings_of_pair(session: Session, pair_id: int) -> Sequence[Meeting]:
    """By time, without those that were cancelled."""
    return session.scalars(
        select(Meeting)
        .where(Meeting.pair_id == pair_id, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def said_of_meetings(
    session: Session, pair_id: int, person_id: int
) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
    """By meeting: the definition of what one person sent about it, and the answers."""
    sent = session.execute(
        select(Response.meeting_id, Response.id, QuestionnaireVersion.definition)
        .join(Response.version)
        .join(Meeting, Meeting.id == Response.meeting_id)
        .where(Meeting.pair_id == pair_id, Response.person_id == person_id, Response.state == ResponseState.SUBMITTED)
        .order_by(Response.submitted_at, Response.id)
    ).all()
    answers = _answers(session, [response_id for _, response_id, _ in sent])
    return {meeting_id: (definition, answers[response_id]) for meeting_id, response_id, definition in sent}


def surveys_of_mentor(
    session: Session, pair_id: int, person_id: int
) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Surveys before and after that the mentor sent of this pair, or of no pair: key, definition, answers; by time."""
    sent = session.execute(
        select(Questionnaire.key, Response.id, QuestionnaireVersion.definition)
        .join(Response.version)
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .where(
            Questionnaire.key.startswith("survey_", autoescape=True),
            Questionnaire.key.contains("_mentor_", autoescape=True),
            Response.person_id == person_id,
            Response.state == ResponseState.SUBMITTED,
            (Response.pair_id == pair_id) | Response.pair_id.is_(None),
        )
        .order_by(Response.submitted_at, Response.id)
    ).all()
    answers = _answers(session, [response_id for _, response_id, _ in sent])
    return [(key, definition, answers[response_id]) for key, response_id, definition in sent]


def guardians_of(session: Session, minor_ids: Collection[int]) -> dict[int, list[Person]]:
    links = session.scalars(
        select(Guardianship)
        .where(Guardianship.minor_id.in_(minor_ids))
        .options(joinedload(Guardianship.guardian))
        .order_by(Guardianship.id)
    )
    found: dict[int, list[Person]] = defaultdict(list)
    for link in links:
        found[link.minor_id].append(link.guardian)
    return found


def signed_papers_of(session: Session, programme_id: int) -> dict[DocumentKind, Document]:
    """The newest signed one of each kind, without what it says."""
    signed = select(Document).where(Document.programme_id == programme_id, Document.state == DocumentState.SIGNED)
    named = load_only(Document.kind, Document.number, Document.dated_on)
    return {one.kind: one for one in session.scalars(signed.options(named).order_by(Document.signed_at, Document.id))}


def evidence_draft(session: Session, programme_id: int) -> Document | None:
    """The newest checklist that was not thrown away: what is written there is known to the page."""
    return session.scalar(
        select(Document)
        .where(
            Document.programme_id == programme_id,
            Document.kind == DocumentKind.EVIDENCE,
            Document.state != DocumentState.VOID,
        )
        .order_by(Document.id.desc())
        .limit(1)
    )


def approved_in_role(session: Session, programme_id: int, role: Role) -> int:
    counted = select(func.count()).select_from(Enrolment)
    approved = (Enrolment.role == role, Enrolment.status == EnrolmentStatus.APPROVED)
    return session.scalar(counted.where(Enrolment.programme_id == programme_id, *approved)) or 0


def _answers(session: Session, response_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    rows = session.execute(
        select(Answer.response_id, Answer.key, Answer.value).where(Answer.response_id.in_(response_ids))
    )
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for response_id, key, value in rows:
        found[response_id][key] = value
    return found
