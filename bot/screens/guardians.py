"""A parent's screens: who asks, the three questions after the consent, how the child is doing."""

from bot import callbacks as act
from bot.keyboards import button, column, keyboard, menu_row, row
from bot.screen import Screen
from bot.screens.consents import curator
from bot.texts import buttons, guardians as words
from bot.texts.wording import fill, paragraphs
from mentoring.rules.consents import ConsentKind
from mentoring.use_cases.consents import GuardianStatement, StatementField
from mentoring.use_cases.invitations import InvitationOpened


def greeting(opened: InvitationOpened) -> Screen:
    """Whose child, which organisation, who the curator is, before anything is asked."""
    text = fill(
        words.GREETING,
        child=opened.minor_name or words.UNNAMED_CHILD,
        organisation=opened.organisation_name,
        curator=curator(opened.curator_name, opened.curator_contact),
    )
    decide = act.ShowConsent(person_id=opened.minor_id or 0, kind=ConsentKind.GUARDIAN)
    return Screen(text, keyboard(row(button(buttons.READ_AND_DECIDE, decide))))


def statement(stated: GuardianStatement, *, first: bool = False) -> Screen:
    """The next thing to name, or the thanks when all is named."""
    if stated.asked is None:
        return thanks(stated)
    text = paragraphs(words.NAME_NOTE if first else "", words.ASK_FIELD[stated.asked])
    if stated.asked is not StatementField.RELATION:
        return Screen(text, keyboard(menu_row()))
    relations = [
        button(label, act.StateRelation(minor_id=stated.minor_id, relation=relation))
        for relation, label in words.RELATIONS.items()
    ]
    return Screen(text, keyboard(*column(relations), menu_row()))


def thanks(stated: GuardianStatement) -> Screen:
    named = fill(words.THANKS, name=stated.own_name, child=stated.minor_name or words.UNNAMED_CHILD)
    child = button(buttons.HOW_IT_GOES, act.ShowChild(person_id=stated.minor_id))
    return Screen(paragraphs(named, words.WHAT_NEXT), keyboard(row(child), menu_row()))
