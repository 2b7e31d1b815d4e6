"""Surveys that wait for a person: asked for, listed, begun, sent, closed."""

from collections.abc import Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton

from bot import callbacks as act
from bot.keyboards import ROWS_LIMIT, Row, button, column, keyboard, menu_row, row
from bot.screen import Part, Screen
from bot.screens.menu import with_hint
from bot.screens.questionnaires import step
from bot.texts import buttons
from bot.texts import surveys as words
from bot.texts.wording import fill, lines, paragraphs, plural, until
from mentoring.rules.questionnaire import Screenful
from mentoring.use_cases.campaign_surveys import SurveyWaiting
from mentoring.use_cases.responses import Submitted

Facts = dict[str, Any]
Waiting = Sequence[SurveyWaiting]


def asked(facts: Facts) -> Screen:
    """One survey comes with its own button, several as a list."""
    waiting: Waiting = facts["surveys"]
    if len(waiting) == 1:
        return _asked_one(waiting[0], facts["zone"])
    return _list(fill(words.ASKED_SEVERAL, count=len(waiting)), waiting, facts["zone"])


def reminder(facts: Facts) -> Screen:
    several = len(facts["surveys"]) > 1
    return with_hint(asked(facts), words.REMINDER_SEVERAL if several else words.REMINDER)


def campaign_closed(facts: Facts) -> Screen:
    said = words.CAMPAIGN_CLOSED if facts["answered"] else words.CAMPAIGN_CLOSED_UNANSWERED
    text = fill(said, title=facts["title"], answered=facts["answered"], asked=facts["asked"])
    return Screen(text, keyboard(menu_row()))


def listed(waiting: Waiting, zone: str) -> Screen:
    if not waiting:
        return Screen(words.NONE_LEFT, keyboard(menu_row()))
    return _list(words.LIST, waiting, zone)


def begun(screenful: Screenful, survey: SurveyWaiting | None, zone: str) -> Screen:
    """Where it stands, with the name of the other one and the last day."""
    return step(screenful, notes=_notes(survey, zone)) if survey else step(screenful)


def sent(done: Submitted, waiting: Waiting) -> Screen:
    return _end(_thanks(done), waiting)


def sent_at_once(screenful: Screenful, waiting: Waiting) -> Screen:
    """After the last answer of the shortest, which have no review."""
    return _end(words.SENT_ABOUT_PAIR if screenful.pair_id else words.SENT, waiting)


def closed(state: str, waiting: Waiting) -> Screen:
    """Of one that was to be opened: nothing of the person's is at stake."""
    return Screen(words.CLOSED[state], keyboard(_next(waiting), menu_row()))


def closed_before_sent() -> Screen:
    write = button(buttons.WRITE_TO_CURATOR, act.WriteToCurator())
    return Screen(words.CLOSED_BEFORE_SENT, keyboard(row(write), menu_row()))


def sent_already(waiting: Waiting) -> Screen:
    return _end(words.SENT_ALREADY, waiting)


def _asked_one(survey: SurveyWaiting, zone: str) -> Screen:
    minutes = plural(survey.minutes, "минуты", "минут", "минут")
    text = paragraphs(
        fill(words.ASKED, title=survey.title, minutes=minutes),
        fill(words.BEGUN, answered=survey.answered) if survey.answered else "",
        words.ANONYMOUS if survey.anonymous else "",
        lines(*(fill("{note}", note=note) for note in _notes(survey, zone))),
    )
    label = buttons.CONTINUE_SURVEY if survey.begun else buttons.BEGIN_SURVEY
    return Screen(text, keyboard(row(button(label, act.StartSurvey(recipient_id=survey.recipient_id)))))


def _list(title: str, waiting: Waiting, zone: str) -> Screen:
    text = paragraphs(title, lines(*(_line(survey, zone) for survey in waiting)))
    return Screen(text, keyboard(*column(_open(survey, waiting) for survey in waiting[:ROWS_LIMIT]), menu_row()))


def _line(survey: SurveyWaiting, zone: str) -> str:
    template = words.LINE_ABOUT if survey.about else words.LINE
    return fill(template, title=survey.title, about=survey.about, until=until(survey.closes_at, zone))


def _open(survey: SurveyWaiting, waiting: Waiting) -> InlineKeyboardButton:
    """Two of one title are told apart by the other one of the pair, who is named first, as labels are cut."""
    twins = sum(other.title == survey.title for other in waiting) > 1
    named = words.LABEL_ABOUT.format(about=survey.about, title=survey.title)
    label = named if twins and survey.about else survey.title
    return button(label, act.StartSurvey(recipient_id=survey.recipient_id))


def _notes(survey: SurveyWaiting, zone: str) -> list[str]:
    about = words.ABOUT.format(about=survey.about) if survey.about else ""
    return [note for note in (about, words.UNTIL.format(until=until(survey.closes_at, zone))) if note]


def _thanks(done: Submitted) -> str:
    if done.anonymous:
        return words.SENT_ANONYMOUS
    if done.resubmitted:
        return words.SENT_AGAIN
    return words.SENT_ABOUT_PAIR if done.pair_id else words.SENT


def _end(thanks: str, waiting: Waiting) -> Screen:
    return Screen(paragraphs(thanks, _left(waiting)), keyboard(_next(waiting), menu_row()), part=Part.END)


def _left(waiting: Waiting) -> str:
    if len(waiting) > 1:
        return fill(words.MORE, surveys=plural(len(waiting), "опрос", "опроса", "опросов"))
    return words.ONE_MORE if waiting else words.DONE


def _next(waiting: Waiting) -> Row:
    return [button(buttons.NEXT_SURVEY, act.StartSurvey(recipient_id=waiting[0].recipient_id))] if waiting else []
