"""A link is opened, the age is chosen."""

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message, User

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers.menu import menu_screen
from bot.inbox_rows import CHANNEL
from bot.screen import Screen, show
from bot.screens import consents as consent_screens
from bot.screens import curators, guardians
from bot.screens import joining as screens
from config.clock import Clock
from config.settings import Settings
from mentoring.rules.enrolment import InvitationPurpose, Step
from mentoring.rules.errors import InvitationUnknown
from mentoring.rules.people import Actor, AgeGroup
from mentoring.use_cases.agenda import agenda
from mentoring.use_cases.chats import Visitor, visitor_of
from mentoring.use_cases.consents import consent_sheet
from mentoring.use_cases.enrolment import choose_age_group
from mentoring.use_cases.invitations import InvitationOpened, open_invitation


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
    query: CallbackQuery, callback_data: act.ChooseAge, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    chosen = await database.write(
        choose_age_group,
        visitor.person_id,
        AgeGroup(callback_data.group),
        by=Actor.person(visitor.person_id),
        now=clock(),
    )
    await show(query, await step_screen(chosen.step, database, visitor, clock))


async def step_screen(step: Step, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    """What an enrolment waits for, without a menu between."""
    found = await database.read(agenda, visitor.person_id, now=clock())
    kind = consent_screens.own_consent_kind(found)
    if step is Step.OWN_CONSENT and kind:
        return consent_screens.sheet(await database.read(consent_sheet, visitor.person_id, kind))
    if step is Step.GUARDIAN_CONSENT:
        return consent_screens.parent_next()
    return await menu_screen(database, visitor, clock)


async def _arrival(
    opened: InvitationOpened, database: BotDatabase, visitor: Visitor, clock: Clock, settings: Settings
) -> Screen:
    if opened.purpose is InvitationPurpose.GUARDIAN and not opened.already:
        return guardians.greeting(opened)
    if opened.purpose is InvitationPurpose.CURATOR:
        linked = curators.linked(opened.curator_name)
        return await menu_screen(database, visitor, clock, settings, linked)
    found = await database.read(agenda, visitor.person_id, now=clock())
    return screens.arrived(opened, found)


async def _known(query: CallbackQuery, visitor: Visitor | None) -> bool:
    return visitor is not None
