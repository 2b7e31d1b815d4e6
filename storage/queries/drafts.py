"""A response under way: read in one query, changed in two small statements.

This is the path of every tap in the chat, so it loads columns and not objects.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.people import Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.questions.definition import Value
from storage.models.person import Enrolment
from storage.models.questionnaire import Answer, QuestionnaireVersion, Response


@dataclass(frozen=True, slots=True)
class Draft:
    answers: dict[str, Value]
    response_id: int
    organisation_id: int
    person_id: int
    enrolment_id: int | None
    meeting_id: int | None
    state: ResponseState
    position: str
    reviewing: bool
    version_id: int
    digest: str
    enrolment_status: EnrolmentStatus | None
    role: Role | None


def load_draft(session: Session, response_id: int, *, lock: bool = False) -> Draft | None:
    """``lock`` holds the response until the end of the transaction (SQLite holds the whole file anyway)."""
    query = _DRAFT.where(Response.id == response_id)
    rows: Sequence[Any] = session.execute(query.with_for_update(of=Response) if lock else query).all()
    if not rows:
        return None
    answers = {row[-2]: row[-1] for row in rows if row[-2] is not None}
    return Draft(answers, *rows[0][:-2])


def put_answers(session: Session, draft: Draft, answers: dict[str, Value], *, now: datetime) -> None:
    if not answers:
        return
    rows = [_answer_row(draft, key, value, now) for key, value in answers.items()]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(Answer)
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["response_id", "key"],
            set_={"value": insert.excluded.value, "answered_at": insert.excluded.answered_at},
        ),
        rows,
    )


def drop_answers(session: Session, draft: Draft, keys: Collection[str]) -> None:
    if keys:
        session.execute(delete(Answer).where(Answer.response_id == draft.response_id, Answer.key.in_(keys)))


def change_response(session: Session, draft: Draft, **values: Any) -> None:
    session.execute(update(Response).where(Response.id == draft.response_id).values(**values))


_DRAFT = (
    select(
        Response.id,
        Response.organisation_id,
        Response.person_id,
        Response.enrolment_id,
        Response.meeting_id,
        Response.state,
        Response.position,
        Response.reviewing,
        Response.version_id,
        QuestionnaireVersion.digest,
        Enrolment.status,
        Enrolment.role,
        Answer.key,
        Answer.value,
    )
    .join(QuestionnaireVersion, QuestionnaireVersion.id == Response.version_id)
    .outerjoin(Enrolment, Enrolment.id == Response.enrolment_id)
    .outerjoin(Answer, Answer.response_id == Response.id)
)


def _answer_row(draft: Draft, key: str, value: Value, now: datetime) -> dict[str, Any]:
    return {
        "organisation_id": draft.organisation_id,
        "response_id": draft.response_id,
        "key": key,
        "value": value,
        "answered_at": now,
    }
