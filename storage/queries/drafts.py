"""A response under way: read in one query, changed in two small statements.

This is the path of every tap in the chat. The statements are built once and go to the connection below the ORM,
which halves their cost; so the fence between organisations is written into them here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, false, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from mentoring.rules.campaigns import CampaignState
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.people import Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.questions.definition import Value
from storage.models.campaign import Campaign
from storage.models.person import Enrolment
from storage.models.questionnaire import Answer, QuestionnaireVersion, Response
from storage.scope import organisation_of


@dataclass(frozen=True, slots=True)
class Draft:
    answers: dict[str, Value]
    response_id: int
    organisation_id: int
    person_id: int
    enrolment_id: int | None
    meeting_id: int | None
    pair_id: int | None
    campaign_id: int | None
    state: ResponseState
    position: str
    reviewing: bool
    version_id: int
    digest: str
    enrolment_status: EnrolmentStatus | None
    role: Role | None
    campaign_state: CampaignState | None
    anonymous: bool


def load_draft(session: Session, response_id: int, *, lock: bool = False) -> Draft | None:
    """``lock`` holds the response until the end of the transaction, as SQLite's transactions hold the whole file."""
    connection, organisation_id = _below(session), organisation_of(session)
    if lock and connection.dialect.name != "sqlite":
        connection.execute(_LOCK, {"response": response_id})
    query = _DRAFT if organisation_id is None else _FENCED_DRAFT
    found = connection.execute(query, {"response": response_id, "organisation": organisation_id}).all()
    if not found:
        return None
    answers = {row[-2]: row[-1] for row in found if row[-2] is not None}
    return Draft(answers, *found[0][:-2])


def put_answers(session: Session, draft: Draft, answers: dict[str, Value], *, now: datetime) -> None:
    if not answers:
        return
    rows = [
        {
            "organisation_id": draft.organisation_id,
            "response_id": draft.response_id,
            "key": key,
            "value": value,
            "answered_at": now,
        }
        for key, value in answers.items()
    ]
    connection = _below(session)
    connection.execute(_put(connection.dialect.name), rows[0] if len(rows) == 1 else rows)


def drop_answers(session: Session, draft: Draft, keys: Collection[str]) -> None:
    if keys:
        of_draft = delete(_ANSWER).where(_ANSWER.c.response_id == draft.response_id)
        _below(session).execute(of_draft.where(_ANSWER.c.key.in_(keys)))


def move_draft(session: Session, draft: Draft, *, position: str, reviewing: bool, now: datetime) -> None:
    _below(session).execute(
        _MOVE, {"response": draft.response_id, "position": position, "reviewing": reviewing, "touched_at": now}
    )
    _forget(session, draft)


def change_response(session: Session, draft: Draft, **values: Any) -> None:
    _below(session).execute(update(_RESPONSE).where(_RESPONSE.c.id == draft.response_id).values(**values))
    _forget(session, draft)


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table


_RESPONSE, _ANSWER = _table(Response), _table(Answer)
_VERSION, _ENROLMENT, _CAMPAIGN = _table(QuestionnaireVersion), _table(Enrolment), _table(Campaign)

_DRAFT: Select[Any] = (
    select(
        _RESPONSE.c.id,
        _RESPONSE.c.organisation_id,
        _RESPONSE.c.person_id,
        _RESPONSE.c.enrolment_id,
        _RESPONSE.c.meeting_id,
        _RESPONSE.c.pair_id,
        _RESPONSE.c.campaign_id,
        _RESPONSE.c.state,
        _RESPONSE.c.position,
        _RESPONSE.c.reviewing,
        _RESPONSE.c.version_id,
        _VERSION.c.digest,
        _ENROLMENT.c.status,
        _ENROLMENT.c.role,
        _CAMPAIGN.c.state,
        func.coalesce(_CAMPAIGN.c.anonymous, false()),
        _ANSWER.c.key,
        _ANSWER.c.value,
    )
    .select_from(_RESPONSE)
    .join(_VERSION, _VERSION.c.id == _RESPONSE.c.version_id)
    .outerjoin(_ENROLMENT, _ENROLMENT.c.id == _RESPONSE.c.enrolment_id)
    .outerjoin(_CAMPAIGN, _CAMPAIGN.c.id == _RESPONSE.c.campaign_id)
    .outerjoin(_ANSWER, _ANSWER.c.response_id == _RESPONSE.c.id)
    .where(_RESPONSE.c.id == bindparam("response"))
)

_FENCED_DRAFT = _DRAFT.where(_RESPONSE.c.organisation_id == bindparam("organisation"))

# A statement of its own: who waited for the lock inside the query above would see the response as it is now,
# but the joined answers as they were when the query began.
_LOCK = select(_RESPONSE.c.id).where(_RESPONSE.c.id == bindparam("response")).with_for_update()

_MOVE = (
    update(_RESPONSE)
    .where(_RESPONSE.c.id == bindparam("response"))
    .values(position=bindparam("position"), reviewing=bindparam("reviewing"), touched_at=bindparam("touched_at"))
)


@cache
def _put(dialect: str) -> Any:
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(_ANSWER)
    return insert.on_conflict_do_update(
        index_elements=["response_id", "key"],
        set_={"value": insert.excluded.value, "answered_at": insert.excluded.answered_at},
    )


def _below(session: Session) -> Connection:
    session.flush()
    return session.connection()


def _forget(session: Session, draft: Draft) -> None:
    """An object of the same row, loaded by somebody else in this transaction, is read anew when it is next asked."""
    loaded = session.identity_map.get(identity_key(Response, draft.response_id))
    if loaded is not None:
        session.expire(loaded)
