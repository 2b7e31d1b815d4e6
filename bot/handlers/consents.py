"""A consent is read, given, refused, withdrawn; the message for a parent is made."""

from datetime import datetime
from typing import Any

from aiogram import Bot, Router
from aiogram.types import CallbackQuery
from sqlalchemy.orm import Session

from bot import callbacks as act
from bot.database import BotDatabase
from bot.links import deep_link
from bot.listening import Awaited, carry_out, expect, turn_to
from bot.screen import show
from bot.screens import consents as screens
from bot.screens import guardians, menu
from config.clock import Clock
from config.settings import Settings
from mentoring.rules.consents import ConsentKind, Decision
from mentoring.rules.people import Actor
from mentoring.use_cases.agenda import agenda
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.consents import (
    ConsentRecorded,
    consent_sheet,
    give_consent,
    my_consents,
    withdraw_consent,
)
from mentoring.use_cases.invitations import guardian_link
from mentoring.use_cases.organisations import organisation_card


def router() -> Router:
    found = Router(name="consents")
    found.callback_query.register(on_consent, act.ShowConsent.filter())
    found.callback_query.register(on_read, act.ReadConsent.filter())
    found.callback_query.register(on_decision, act.DecideConsent.filter())
    found.callback_query.register(on_guardian_link, act.ShowGuardianLink.filter())
    found.callback_query.register(on_my_consents, act.ShowMyConsents.filter())
    found.callback_query.register(on_ask_withdrawal, act.AskWithdrawal.filter())
    found.callback_query.register(on_withdrawal, act.WithdrawConsent.filter())
    return found


async def on_consent(
    query: CallbackQuery, callback_data: act.ShowConsent, database: BotDatabase, visitor: Visitor
) -> None:
    kind, whose = ConsentKind(callback_data.kind), callback_data.person_id or visitor.person_id
    consent = await turn_to(database, visitor, consent_sheet, whose, kind)
    await show(query, screens.sheet(consent, visitor.time_zone))


async def on_read(query: CallbackQuery, callback_data: act.ReadConsent, database: BotDatabase) -> None:
    kind = ConsentKind(callback_data.kind)
    await show(query, screens.full_text(await database.read(consent_sheet, callback_data.person_id, kind)))


async def on_decision(
    query: CallbackQuery, callback_data: act.DecideConsent, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    message = query.message
    evidence = {"telegram_id": query.from_user.id, "message_id": message.message_id if message else None}
    recorded = await database.write(_decide, callback_data, visitor, evidence, now=clock())
    following = await database.read(agenda, visitor.person_id, now=clock())
    screen = screens.recorded(recorded, visitor.person_id, menu.next_row(following), visitor.time_zone)
    await show(query, guardians.introduction(screen, recorded.statement) if recorded.statement else screen)


async def on_guardian_link(
    query: CallbackQuery, database: BotDatabase, visitor: Visitor, clock: Clock, settings: Settings, bot: Bot
) -> None:
    link = await database.write(guardian_link, visitor.person_id, by=Actor.person(visitor.person_id), now=clock())
    address = await deep_link(bot, settings, link.token)
    await show(query, screens.parent_needed(address, await database.read(organisation_card)))


async def on_my_consents(query: CallbackQuery, database: BotDatabase, visitor: Visitor) -> None:
    found = await turn_to(database, visitor, my_consents, visitor.person_id)
    await show(query, screens.mine(found, visitor.person_id, visitor.time_zone))


async def on_ask_withdrawal(
    query: CallbackQuery, callback_data: act.AskWithdrawal, database: BotDatabase, visitor: Visitor
) -> None:
    found = await database.read(my_consents, visitor.person_id)
    await show(query, screens.ask_withdrawal(found, callback_data.consent_id, visitor.person_id, visitor.time_zone))


async def on_withdrawal(
    query: CallbackQuery, callback_data: act.WithdrawConsent, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    by = Actor.person(visitor.person_id)
    done = await carry_out(database, visitor, withdraw_consent, callback_data.consent_id, by=by, now=clock())
    await show(query, screens.withdrawn(done, visitor.time_zone))


def _decide(
    session: Session, decided: act.DecideConsent, visitor: Visitor, evidence: dict[str, Any], *, now: datetime
) -> ConsentRecorded:
    """A guardian who has just said yes introduces themselves next."""
    recorded = give_consent(
        session,
        decided.text_id,
        whose=decided.person_id,
        given_by=visitor.person_id,
        decision=Decision(decided.decision),
        evidence=evidence,
        by=Actor.person(visitor.person_id),
        now=now,
    )
    statement = recorded.statement
    if statement and statement.asked:
        expect(visitor, Awaited.STATEMENT, minor_id=statement.minor_id, field=statement.asked)(session)
    return recorded
