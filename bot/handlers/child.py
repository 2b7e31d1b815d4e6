"""A parent: introduces themselves, looks how the child is doing."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.orm import Session

from bot import callbacks as act
from bot.database import BotDatabase
from bot.listening import Awaited, expect, expect_nothing, turn_to
from bot.screen import show
from bot.screens import guardians as screens
from bot.texts.guardians import RELATION_NAMES
from config.clock import Clock
from mentoring.rules.people import Actor
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.children import child_view
from mentoring.use_cases.guardians import (
    GuardianStatement,
    StatementField,
    guardian_statement,
    state_guardian,
)


def router() -> Router:
    found = Router(name="child")
    found.callback_query.register(on_child, act.ShowChild.filter())
    found.callback_query.register(on_statement, act.ContinueStatement.filter())
    found.callback_query.register(on_relation, act.StateRelation.filter())
    return found


async def on_child(
    query: CallbackQuery, callback_data: act.ShowChild, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    child = await turn_to(database, visitor, child_view, visitor.person_id, callback_data.person_id, now=clock())
    await show(query, screens.child(child, visitor.time_zone))


async def on_statement(
    query: CallbackQuery, callback_data: act.ContinueStatement, database: BotDatabase, visitor: Visitor
) -> None:
    stated = await database.write(_asked_again, visitor, callback_data.minor_id)
    await show(query, screens.statement(stated, first=True))


async def on_relation(
    query: CallbackQuery, callback_data: act.StateRelation, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    said = RELATION_NAMES[callback_data.relation]
    stated = await database.write(state, visitor, callback_data.minor_id, StatementField.RELATION, said, now=clock())
    await show(query, screens.statement(stated))


def state(
    session: Session, visitor: Visitor, minor_id: int, field: StatementField, text: str, *, now: datetime
) -> GuardianStatement:
    """One thing is named, the next is listened for."""
    by = Actor.person(visitor.person_id)
    stated = state_guardian(session, visitor.person_id, minor_id, field, text, by=by, now=now)
    _listen(session, visitor, stated)
    return stated


def _asked_again(session: Session, visitor: Visitor, minor_id: int) -> GuardianStatement:
    stated = guardian_statement(session, visitor.person_id, minor_id)
    _listen(session, visitor, stated)
    return stated


def _listen(session: Session, visitor: Visitor, stated: GuardianStatement) -> None:
    if stated.asked is None:
        expect_nothing(visitor)(session)
    else:
        expect(visitor, Awaited.STATEMENT, minor_id=stated.minor_id, field=stated.asked)(session)
