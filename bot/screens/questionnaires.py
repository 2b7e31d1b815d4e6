"""Draws what the questionnaire engine gives: a question, the review, the end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot import callbacks as act
from bot.keyboards import LABEL_LIMIT, ROWS_LIMIT, button, column, keyboard, menu_row, row
from bot.screen import Part, Screen
from bot.screens.cards import drawn, written
from bot.texts import buttons
from bot.texts import questionnaires as words
from bot.texts.wording import dated, fill, lines, local_day, paragraphs, plural
from mentoring.question_card import answer_paragraphs, choice_of_answer_card, question_card, review_card
from mentoring.question_card import goes_at_once as goes_at_once
from mentoring.rules.questionnaire import QuestionView, Screenful, ScreenKind
from mentoring.use_cases.responses import ResponseLine


def step(screenful: Screenful, page: int = 0, notes: Sequence[str] = ()) -> Screen:
    """Where the response stands; ``notes`` are lines above the question."""
    if screenful.kind is ScreenKind.REVIEW:
        return review(screenful)
    if screenful.question is None:
        return answers(screenful)
    return question(screenful, screenful.question, page, notes)


def page(screenful: Screenful, key: str, number: int) -> Screen:
    """A page of the options, if that question is still on the screen."""
    asked = screenful.question
    return step(screenful, number if asked and asked.key == key else 0)


def question(screenful: Screenful, asked: QuestionView, page: int = 0, notes: Sequence[str] = ()) -> Screen:
    return drawn(question_card(screenful, asked, page, notes), screenful.response_id)


def review(screenful: Screenful) -> Screen:
    return drawn(review_card(screenful), screenful.response_id)


def choose_answer(screenful: Screenful, page: int = 0) -> Screen:
    return drawn(choice_of_answer_card(screenful, page), screenful.response_id)


def answers(screenful: Screenful) -> Screen:
    """What was sent, to look at."""
    text = paragraphs(fill(words.ANSWERS, title=screenful.title), written(answer_paragraphs(screenful.review)))
    return Screen(text, keyboard(row(button(buttons.BACK, act.ShowMyResponses())), menu_row()))


def corrected(screenful: Screenful) -> Screen:
    now = step(screenful)
    return replace(now, text=paragraphs(words.EDITED_TAKEN, now.text))


def paused(screenful: Screenful) -> Screen:
    answered = screenful.number - (screenful.kind is ScreenKind.QUESTION)
    label = buttons.CONTINUE_SURVEY if screenful.campaign_id else buttons.CONTINUE_FORM
    said = fill(words.PAUSED, answered=plural(answered, "ответ", "ответа", "ответов"))
    return Screen(
        said if answered else words.PAUSED_NOTHING,
        keyboard(row(button(label, act.OpenResponse(response_id=screenful.response_id))), menu_row()),
    )


def sent(*, again: bool) -> Screen:
    return Screen(words.SENT_AGAIN if again else words.SENT, keyboard(menu_row()), part=Part.END)


def listed(responses: Sequence[ResponseLine], zone: str) -> Screen:
    text = paragraphs(words.MINE, lines(*(_line(one, zone) for one in responses)) or words.NONE_YET)
    titles = Counter(one.title for one in responses)
    opened = [
        button(_named(one, zone, twins=titles[one.title] > 1), act.OpenResponse(response_id=one.response_id))
        for one in responses[:ROWS_LIMIT]
    ]
    return Screen(text, keyboard(*column(opened), menu_row()))


def _named(response: ResponseLine, zone: str, *, twins: bool) -> str:
    """Feedbacks and monthly surveys are many and of one title: they are told apart by the day."""
    if not twins and response.meeting_id is None:
        return response.title
    on = local_day(response.touched_at, zone).strftime("%d.%m")
    room = LABEL_LIMIT - len(words.NAMED.format(title="", day=on))
    title = response.title if len(response.title) <= room else response.title[: room - 1].rstrip() + "…"
    return words.NAMED.format(title=title, day=on)


def _line(response: ResponseLine, zone: str) -> str:
    at = dated(response.submitted_at, zone) if response.submitted_at else ""
    return fill(words.LINE, title=response.title, state=words.STATE[response.state].format(at=at))
