"""A parent's screens: who asks, the three questions after the consent, how the child is doing."""

from dataclasses import replace

from bot import callbacks as act
from bot.keyboards import button, column, keyboard, menu_row, only, row
from bot.screen import Screen
from bot.screens.consents import curator
from bot.screens.meetings import place_seen
from bot.texts import buttons
from bot.texts import guardians as words
from bot.texts.wording import day, fill, lines, moment, paragraphs
from mentoring.rules.consents import ConsentKind
from mentoring.rules.people import Role, name_from_full
from mentoring.use_cases.children import ChildPair, ChildView
from mentoring.use_cases.guardians import GuardianStatement, StatementField
from mentoring.use_cases.invitations import InvitationOpened


def arrival(opened: InvitationOpened, consent: Screen) -> Screen:
    """Whose child, which organisation, who the curator is, before anything is asked."""
    greeting = fill(
        words.GREETING,
        child=opened.minor_name or words.UNNAMED_CHILD,
        organisation=opened.organisation_name,
        curator=curator(opened.curator_name, opened.curator_contact),
    )
    return replace(consent, before=(greeting,))


def introduction(consent: Screen, stated: GuardianStatement) -> Screen:
    """What was recorded, and at once the first thing to name."""
    asked = statement(stated, first=True)
    return Screen(paragraphs(consent.text, asked.text), asked.keyboard)


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
    own, minor = name_from_full(stated.own_name).formal, name_from_full(stated.minor_name).friendly
    named = fill(words.THANKS, name=own, child=minor)
    child = button(buttons.HOW_IT_GOES, act.ShowChild(person_id=stated.minor_id))
    return Screen(paragraphs(named, words.WHAT_NEXT), keyboard(row(child), menu_row()))


def child(seen: ChildView, zone: str) -> Screen:
    """How the child is doing: state, pair, the next meetings. Never a feedback or an answer."""
    waits = seen.consent_missing
    text = paragraphs(
        fill(words.CHILD, name=seen.name or words.UNNAMED_CHILD),
        words.WAITS_CONSENT if waits else lines(*(words.STATE[status] for status in seen.statuses)),
        "" if waits else _pairs(seen),
        "" if waits else _meetings(seen, zone),
    )
    decide = act.ShowConsent(person_id=seen.person_id, kind=ConsentKind.GUARDIAN)
    return Screen(
        text,
        keyboard(
            only(waits, buttons.READ_AND_DECIDE, decide),
            row(button(buttons.MY_CONSENTS, act.ShowMyConsents())),
            row(button(buttons.WRITE_TO_CURATOR, act.WriteToCurator())),
            menu_row(),
        ),
    )


def _pairs(seen: ChildView) -> str:
    return lines(*(_pair(pair) for pair in seen.pairs)) or words.NO_PAIR


def _pair(pair: ChildPair) -> str:
    template = words.MENTOR if pair.other_role is Role.MENTOR else words.GROUP if pair.of_group else words.MENTEE
    return lines(
        fill(template, name=pair.other_name),
        words.FELLOWS.get(pair.fellows, ""),
        words.TRIAL if pair.on_trial and not pair.paused else "",
        _pause(pair) if pair.paused else "",
        fill(words.ENDS_ON, day=day(pair.ends_on)) if pair.ends_on else "",
    )


def _pause(pair: ChildPair) -> str:
    return fill(words.PAUSED_UNTIL, day=day(pair.paused_until)) if pair.paused_until else words.PAUSED


def _meetings(seen: ChildView, zone: str) -> str:
    coming = (
        fill(words.NEXT_MEETING, at=moment(one.starts_at, zone), place=place_seen(one.place_kind, one.place))
        for one in seen.meetings
    )
    return lines(*coming) or words.NO_MEETINGS
