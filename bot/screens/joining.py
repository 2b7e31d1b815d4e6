"""The way in, from a link to the age."""

from dataclasses import replace

from bot.keyboards import keyboard
from bot.screen import Screen
from bot.screens.consents import curator
from bot.screens.menu import age_rows, menu
from bot.texts import joining as words
from bot.texts.errors import explain
from bot.texts.wording import fill, paragraphs
from mentoring.rules.errors import InvitationUnknown
from mentoring.rules.people import Role
from mentoring.use_cases.agenda import Agenda, AgendaKind
from mentoring.use_cases.invitations import InvitationOpened


def stranger() -> Screen:
    return Screen(words.STRANGER)


def refused(refusal: InvitationUnknown) -> Screen:
    return Screen(explain(refusal))


def arrived(opened: InvitationOpened, agenda: Agenda) -> Screen:
    """The greeting to somebody new; to somebody known, where they stand."""
    if opened.role and agenda.items and agenda.items[0].kind is AgendaKind.AGE:
        return greeting(opened, opened.role)
    hint = words.SECOND_ROLE[opened.role] if opened.role and not opened.already else words.SAME_LINK
    return menu(agenda, hint)


def greeting(opened: InvitationOpened, role: Role) -> Screen:
    return Screen(paragraphs(_hello(words.GREETING[role], opened), words.ASK_AGE), keyboard(*age_rows()))


def partner_arrived(opened: InvitationOpened, consent: Screen) -> Screen:
    """Who asks and how often, before anything is asked."""
    return replace(consent, before=(_hello(words.GREETING_PARTNER, opened),))


def _hello(template: str, opened: InvitationOpened) -> str:
    named = fill(words.CURATOR_NAMED, name=curator(opened.curator_name)) if opened.curator_name else words.SOME_CURATOR
    return fill(template, organisation=opened.organisation_name, curator=named)
