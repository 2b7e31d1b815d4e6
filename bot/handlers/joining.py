"""A link is opened, the age is chosen."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message, User
from sqlalchemy.orm import Session

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers.menu import menu_screen
from bot.inbox_rows import CHANNEL
from bot.links import deep_link
from bot.screen import Screen, show
from bot.screens import consents as consent_screens
from bot.screens import curators, guardians
from bot.screens import joining as screens
from config.clock import Clock
from config.settings import Settings
from mentoring.rules.consents import ConsentKind
from mentoring.rules.enrolment import InvitationPurpose, Step
from mentoring.rules.errors import InvitationUnknown
from mentoring.rules.people import Actor, AgeGroup
from mentoring.use_cases.agenda import agenda
from mentoring.use_cases.chats import Visitor, visitor_of
from mentoring.use_cases.consents import consent_sheet
from mentoring.use_cases.enrolment import choose_age_group
from mentoring.use_cases.invitations import InvitationOpened, Link, guardian_link, open_invitation
from mentoring.use_cases.organisation_card import organisation_card


def router() -> Router:
    found = Router(name="joining")
    found.message.register(on_link, CommandStart(deep_link=True))
    found.callback_query.register(on_age, act.ChooseAge.filter(), _known)
    return found


async def on_link(
    message: Message,
    command: CommandObject,
    database: BotDatabase,
    visitor: Visitor | None,
    clock: Clock,
    settings: Settings,
    event_from_user: User,
) -> None:
    try:
        opened = await _opened(command.args or "", event_from_user, database, clock)
    except InvitationUnknown as refusal:
        if visitor:
            raise
        await show(message, screens.refused(refusal))
        return
    database = database.within(opened.organisation_id, opened.account_id)
    known = await database.unscoped_read(visitor_of, CHANNEL, str(event_from_user.id))
    assert known is not None
    await show(message, await _arrival(opened, database, known, clock, settings))


async def _opened(token: str, user: User, database: BotDatabase, clock: Clock) -> InvitationOpened:
    return await database.unscoped_write(
        open_invitation,
        token,
        channel=CHANNEL,
        external_id=str(user.id),
        username=user.username or "",
        now=clock(),
    )


async def on_age(
    query: CallbackQuery,
    callback_data: act.ChooseAge,
    database: BotDatabase,
    visitor: Visitor,
    clock: Clock,
    settings: Settings,
    bot: Bot,
) -> None:
    link = await database.write(_aged, visitor, AgeGroup(callback_data.group), clock())
    if link:
        address = await deep_link(bot, settings, link.token)
        await show(query, consent_screens.parent_needed(address, await database.read(organisation_card)))
    else:
        await show(query, await _own_consent(database, visitor, clock))


async def _own_consent(database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    """The consent at once, without a menu between; the menu, if an old button was pressed."""
    found = await database.read(agenda, visitor.person_id, now=clock())
    kind = consent_screens.own_consent_kind(found)
    if kind is None:
        return await menu_screen(database, visitor, clock)
    return consent_screens.sheet(await database.read(consent_sheet, visitor.person_id, kind), visitor.time_zone)


def _aged(session: Session, visitor: Visitor, group: AgeGroup, now: datetime) -> Link | None:
    """The link for a parent, where the parent alone decides."""
    by = Actor.person(visitor.person_id)
    chosen = choose_age_group(session, visitor.person_id, group, by=by, now=now)
    if chosen.step is not Step.GUARDIAN_CONSENT:
        return None
    return guardian_link(session, visitor.person_id, by=by, now=now)


async def _arrival(
    opened: InvitationOpened, database: BotDatabase, visitor: Visitor, clock: Clock, settings: Settings
) -> Screen:
    if opened.purpose is InvitationPurpose.GUARDIAN and not opened.already:
        sheet = await database.read(consent_sheet, opened.minor_id or 0, ConsentKind.GUARDIAN)
        return guardians.arrival(opened, consent_screens.sheet(sheet, visitor.time_zone))
    if opened.purpose is InvitationPurpose.CURATOR:
        linked = curators.linked(opened.curator_name)
        return await menu_screen(database, visitor, clock, settings, linked)
    found = await database.read(agenda, visitor.person_id, now=clock())
    kind = consent_screens.own_consent_kind(found)
    if opened.purpose is InvitationPurpose.PARTNER and kind and not opened.already:
        sheet = await database.read(consent_sheet, visitor.person_id, kind)
        return screens.partner_arrived(opened, consent_screens.sheet(sheet, visitor.time_zone))
    return screens.arrived(opened, found)


async def _known(query: CallbackQuery, visitor: Visitor | None) -> bool:
    return visitor is not None
