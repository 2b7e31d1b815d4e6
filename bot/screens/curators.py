"""The curator's own chat: what needs attention, and the way to the panel."""

from bot import callbacks as act
from bot.keyboards import button, keyboard, row
from bot.screen import Screen
from bot.screens.menu import menu_rows, survey_rows
from bot.texts import buttons
from bot.texts import curators as words
from bot.texts.wording import fill, form, lines, paragraphs
from mentoring.rules.people import name_from_full
from mentoring.use_cases.agenda import Agenda
from mentoring.use_cases.results import Today, TodayItem


def desk(today: Today, agenda: Agenda, address: str) -> Screen:
    text = paragraphs(words.TITLE, _things(today), fill(words.PANEL, address=address) if address else "")
    rows = menu_rows(agenda) if agenda.steps else survey_rows(agenda)
    return Screen(text, keyboard(*rows, row(button(buttons.REFRESH, act.ShowMenu()))))


def linked(name: str) -> str:
    return fill(words.LINKED, name=name_from_full(name).formal)


def things(today: Today) -> str:
    return _things(today)


def _things(today: Today) -> str:
    return lines(*(_thing(item) for item in today.items)) or words.ALL_DONE


def _thing(item: TodayItem) -> str:
    one, few, many = words.THINGS[item.kind]
    named = ", ".join(example.label for example in item.examples)
    said = fill(words.THING, count=item.count, what=form(item.count, one, few, many))
    return fill(words.THING_NAMED, said=said, named=named) if named else said
