"""Draws what the questionnaire engine gives: a question, the review, the end."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from bot import callbacks as act
from bot.keyboards import ROWS_LIMIT, button, column, grid, keyboard, menu_row, only, row
from bot.screen import Screen
from bot.texts import buttons
from bot.texts import questionnaires as words
from bot.texts.wording import dated, fill, lines, local_day, paragraphs, plural
from mentoring.rules.questionnaire import OptionView, QuestionView, ReviewRow, Screenful, ScreenKind
from mentoring.use_cases.responses import ResponseLine

SCALE_WIDTH = 5
ANSWERS_A_PAGE = 30
FEEDBACK = "feedback"


def step(screenful: Screenful, page: int = 0) -> Screen:
    """Where the response stands."""
    if screenful.kind is ScreenKind.REVIEW:
        return review(screenful)
    if screenful.question is None:
        return answers(screenful)
    return question(screenful, screenful.question, page)


def after(screenful: Screenful) -> Screen:
    """What follows an answer: a short feedback goes out with its last one."""
    if screenful.kind is ScreenKind.SUBMITTED:
        return sent(screenful.questionnaire_key, again=False)
    return step(screenful)


def page(screenful: Screenful, key: str, number: int) -> Screen:
    """A page of the options, if that question is still on the screen."""
    asked = screenful.question
    return step(screenful, number if asked and asked.key == key else 0)


def question(screenful: Screenful, asked: QuestionView, page: int = 0) -> Screen:
    return Screen(_question_text(screenful, asked), keyboard(*_question_rows(screenful, asked, page)))


def review(screenful: Screenful) -> Screen:
    text = paragraphs(words.REVIEW, *_answers(screenful.review), words.REVIEW_END)
    return Screen(
        text,
        keyboard(
            row(button(buttons.SEND, act.SubmitResponse(response_id=screenful.response_id))),
            row(
                button(buttons.CHANGE, act.ListAnswers(response_id=screenful.response_id)),
                button(buttons.LATER, act.PauseResponse(response_id=screenful.response_id)),
            ),
        ),
    )


def choose_answer(screenful: Screenful, page: int = 0) -> Screen:
    """The numbers of the answers, as they stand on the review page."""
    shown = screenful.review[page * ANSWERS_A_PAGE : (page + 1) * ANSWERS_A_PAGE]
    numbers = [
        button(str(one.number), act.ChangeAnswer(response_id=screenful.response_id, question=one.key)) for one in shown
    ]
    more = len(screenful.review) > (page + 1) * ANSWERS_A_PAGE
    return Screen(
        paragraphs(*_answers(screenful.review), words.CHANGE_WHICH),
        keyboard(
            *grid(numbers, SCALE_WIDTH),
            row(
                _page(page > 0, buttons.EARLIER_PAGE, screenful.response_id, page - 1),
                _page(more, buttons.LATER_PAGE, screenful.response_id, page + 1),
            ),
            row(button(buttons.TO_REVIEW, act.OpenResponse(response_id=screenful.response_id))),
        ),
    )


def answers(screenful: Screenful) -> Screen:
    """What was sent, to look at."""
    text = paragraphs(fill(words.ANSWERS, title=screenful.title), *_answers(screenful.review))
    return Screen(text, keyboard(row(button(buttons.BACK, act.ShowMyResponses())), menu_row()))


def corrected(screenful: Screenful) -> Screen:
    now = step(screenful)
    return Screen(paragraphs(words.EDITED_TAKEN, now.text), now.keyboard)


def paused(screenful: Screenful) -> Screen:
    answered = screenful.number - (screenful.kind is ScreenKind.QUESTION)
    said = fill(words.PAUSED, answered=plural(answered, "ответ", "ответа", "ответов"))
    return Screen(
        said if answered else words.PAUSED_NOTHING,
        keyboard(row(button(buttons.CONTINUE_FORM, act.OpenResponse(response_id=screenful.response_id))), menu_row()),
    )


def goes_at_once(key: str) -> bool:
    """A feedback is too short for a review page."""
    return key.startswith(FEEDBACK)


def sent(key: str, *, again: bool) -> Screen:
    if goes_at_once(key):
        return Screen(words.FEEDBACK_SENT, keyboard(menu_row()))
    return Screen(words.SENT_AGAIN if again else words.SENT, keyboard(menu_row()))


def listed(responses: Sequence[ResponseLine], zone: str) -> Screen:
    text = paragraphs(words.MINE, lines(*(_line(one, zone) for one in responses)) or words.NONE_YET)
    opened = [
        button(_named(one, zone), act.OpenResponse(response_id=one.response_id)) for one in responses[:ROWS_LIMIT]
    ]
    return Screen(text, keyboard(*column(opened), menu_row()))


def _question_text(screenful: Screenful, asked: QuestionView) -> str:
    progress = words.CHANGING if screenful.reviewing else words.PROGRESS
    return paragraphs(
        _start(screenful),
        fill(progress, number=screenful.number, total=screenful.total),
        fill("{text}", text=asked.text),
        lines(
            fill("<i>{hint}</i>", hint=asked.hint) if asked.hint else "",
            _how(asked),
            words.ONLY_CURATOR if asked.curator_only and words.ONLY_CURATOR not in asked.hint else "",
        ),
        fill(words.PRESENT_ANSWER, answer=asked.answer) if asked.answer and not asked.several else "",
    )


def _start(screenful: Screenful) -> str:
    if screenful.number > 1 or screenful.reviewing:
        return ""
    head = fill(
        words.START,
        title=screenful.title,
        questions=plural(screenful.total, "вопрос", "вопроса", "вопросов"),
        minutes=plural(screenful.minutes, "минуты", "минут", "минут"),
    )
    return lines(head, fill("{intro}", intro=screenful.intro))


def _how(asked: QuestionView) -> str:
    if asked.several and words.CHOICE in asked.hint:
        return ""
    if asked.several:
        return fill(words.SEVERAL_UP_TO, limit=asked.limit) if asked.limit else words.SEVERAL
    scale = ""
    if asked.kind == "scale" and asked.low:
        scale = fill(words.SCALE, low=asked.low, high=asked.high, highest=asked.options[-1].label)
    how = "" if asked.hint and asked.kind in words.HINTED else words.TYPE.get(asked.kind, "")
    return " ".join(part for part in (scale, how) if part)


def _question_rows(screenful: Screenful, asked: QuestionView, page: int) -> list[list[InlineKeyboardButton]]:
    response_id = screenful.response_id
    finish = act.FinishChoice(response_id=response_id, question=asked.key)
    return [
        *_option_rows(screenful, asked, page),
        only(asked.several, buttons.READY, finish),
        row(
            button(buttons.KEEP, finish) if _may_keep(screenful, asked) else None,
            button(_skip(screenful), act.SkipQuestion(response_id=response_id, question=asked.key))
            if asked.optional
            else None,
        ),
        row(
            button(buttons.BACK, act.GoBack(response_id=response_id, question=asked.key))
            if screenful.may_go_back
            else None,
            button(buttons.LATER, act.PauseResponse(response_id=response_id)),
        ),
    ]


def _skip(screenful: Screenful) -> str:
    """After the last question of a feedback there is no review: three taps and «Отправить»."""
    last = goes_at_once(screenful.questionnaire_key) and screenful.number == screenful.total
    return buttons.SEND if last else buttons.SKIP


def _may_keep(screenful: Screenful, asked: QuestionView) -> bool:
    """On the way from the review, «← Назад» leaves the answer as it is."""
    return asked.answered and not asked.several and not screenful.reviewing


def _option_rows(screenful: Screenful, asked: QuestionView, page: int) -> list[list[InlineKeyboardButton]]:
    if asked.kind == "scale":
        return grid([_option(screenful, asked, one, page) for one in asked.options], SCALE_WIDTH)
    room = ROWS_LIMIT if len(asked.options) <= ROWS_LIMIT else ROWS_LIMIT - 1
    shown = asked.options[page * room : (page + 1) * room]
    return [
        *column(_option(screenful, asked, one, page) for one in shown),
        row(
            _turn(page > 0, buttons.EARLIER_PAGE, screenful, asked, page - 1),
            _turn(len(asked.options) > (page + 1) * room, buttons.LATER_PAGE, screenful, asked, page + 1),
        ),
    ]


def _option(screenful: Screenful, asked: QuestionView, option: OptionView, page: int) -> InlineKeyboardButton:
    label = buttons.CHOSEN.format(label=option.label) if option.chosen else option.label
    if not asked.several:
        pick = act.PickOption(response_id=screenful.response_id, question=asked.key, option=option.value)
        return button(label, pick)
    toggle = act.ToggleOption(
        response_id=screenful.response_id,
        question=asked.key,
        option=option.value,
        chosen=not option.chosen,
        page=page,
    )
    return button(label, toggle)


def _turn(
    condition: bool, label: str, screenful: Screenful, asked: QuestionView, page: int
) -> InlineKeyboardButton | None:
    turned = act.TurnPage(response_id=screenful.response_id, question=asked.key, page=max(page, 0))
    return button(label, turned) if condition else None


def _page(condition: bool, label: str, response_id: int, page: int) -> InlineKeyboardButton | None:
    return button(label, act.ListAnswers(response_id=response_id, page=max(page, 0))) if condition else None


def _answers(found: Sequence[ReviewRow]) -> list[str]:
    return [
        fill(words.REVIEW_ROW, number=one.number, question=one.text, answer=one.answer or words.SKIPPED)
        for one in found
    ]


def _named(response: ResponseLine, zone: str) -> str:
    """Feedbacks are many and of one title: they are told apart by the day."""
    if response.meeting_id is None:
        return response.title
    return words.NAMED.format(title=response.title, day=local_day(response.touched_at, zone).strftime("%d.%m"))


def _line(response: ResponseLine, zone: str) -> str:
    at = dated(response.submitted_at, zone) if response.submitted_at else ""
    return fill(words.LINE, title=response.title, state=words.STATE[response.state].format(at=at))
