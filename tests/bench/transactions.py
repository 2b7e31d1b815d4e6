"""A transaction of the use-case «answer a question» beside a bare one that stores the same and decides nothing.

Both take the way of the product: `Database.write`, that is a synchronous function in an asynchronous session.
"""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from bot.database import BotDatabase
from config.clock import system_clock
from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import Picked
from mentoring.use_cases.questionnaires import answer_question
from storage.database import Database
from storage.models.questionnaire import Answer, Response
from tests.bench.school import QUESTIONS, Pupil, School, key_of


async def bare(database: Database, school: School, pupils: tuple[Pupil, ...], now: datetime) -> int:
    for pupil in pupils:
        for number in range(QUESTIONS):
            await database.write(store_bare, school.organisation_id, pupil.response_id, number, now)
    return len(pupils) * QUESTIONS


async def use_case(database: Database, school: School, pupils: tuple[Pupil, ...], now: datetime) -> int:
    fenced = BotDatabase(database, system_clock, organisation_id=school.organisation_id)
    for pupil in pupils:
        by = Actor.person(pupil.person_id)
        for number in range(QUESTIONS):
            await fenced.write(answer_question, pupil.response_id, key_of(number), Picked("yes"), by=by, now=now)
    return len(pupils) * QUESTIONS


def store_bare(session: Session, organisation_id: int, response_id: int, number: int, now: datetime) -> None:
    """Read where the person stands and what was answered, store one answer, move on by one question."""
    connection = session.connection()
    connection.execute(_STANDING, {"response": response_id}).all()
    answer = {
        "organisation_id": organisation_id,
        "response_id": response_id,
        "key": key_of(number),
        "value": True,
        "answered_at": now,
    }
    connection.execute(_ANSWER, answer)
    connection.execute(_MOVE, {"response": response_id, "position": key_of(number + 1), "touched_at": now})


_STANDING = (
    select(Response.position, Answer.key, Answer.value)
    .outerjoin(Answer, Answer.response_id == Response.id)
    .where(Response.id == bindparam("response"))
)
_ANSWER = insert(cast(Table, Answer.__table__))
_MOVE = (
    update(cast(Table, Response.__table__))
    .where(Response.id == bindparam("response"))
    .values(position=bindparam("position"), touched_at=bindparam("touched_at"))
)
