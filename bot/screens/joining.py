"""The way in, from a link to the age."""

from bot import callbacks as act
from bot.keyboards import button, column, keyboard
from bot.screen import Screen
from bot.texts import buttons, joining as words
from bot.texts.wording import fill, paragraphs
from mentoring.rules.people import AgeGroup, Role
from mentoring.use_cases.invitations import InvitationOpened


def stranger() -> Screen:
    return Screen(words.STRANGER)


def greeting(opened: InvitationOpened, role: Role) -> Screen:
    named = fill(words.CURATOR_NAMED, name=opened.curator_name) if opened.curator_name else words.SOME_CURATOR
    hello = fill(words.GREETING[role], organisation=opened.organisation_name, curator=named)
    return Screen(paragraphs(hello, words.ASK_AGE), keyboard(*age_rows()))


def ask_age() -> Screen:
    return Screen(words.ASK_AGE, keyboard(*age_rows()))


def age_rows():  # type: ignore[no-untyped-def]
    return column(button(buttons.AGE[group], act.ChooseAge(group=group)) for group in AgeGroup)
