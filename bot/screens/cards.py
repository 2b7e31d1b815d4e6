"""A card of the questionnaire (`mentoring.question_card`) as a screen of the chat: HTML and buttons."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData

from bot import callbacks as act
from bot.keyboards import button, keyboard
from bot.screen import Part, Screen
from bot.texts.wording import Markup, fill, lines, paragraphs
from mentoring.question_card import Act, Card, Line, Look, Press

MARKUP = {Look.PLAIN: "{line}", Look.BOLD: "<b>{line}</b>", Look.FAINT: "<i>{line}</i>"}


def drawn(card: Card, response_id: int) -> Screen:
    rows = ([button(press.label, _packed(press, response_id)) for press in row] for row in card.rows)
    return Screen(written(card.paragraphs), keyboard(*rows), part=Part.STEP)


def written(found: Sequence[Sequence[Line]]) -> Markup:
    return paragraphs(*(lines(*(fill(MARKUP[one.look], line=one.text) for one in part)) for part in found))


def _packed(press: Press, response_id: int) -> CallbackData:
    return ACTS[press.act](response_id, press)


ACTS: dict[Act, Callable[[int, Press], CallbackData]] = {
    Act.PICK: lambda of, press: act.PickOption(response_id=of, question=press.question, option=press.option),
    Act.TOGGLE: lambda of, press: act.ToggleOption(
        response_id=of, question=press.question, option=press.option, chosen=press.chosen, page=press.page
    ),
    Act.FINISH: lambda of, press: act.FinishChoice(response_id=of, question=press.question),
    Act.SKIP: lambda of, press: act.SkipQuestion(response_id=of, question=press.question),
    Act.TURN: lambda of, press: act.TurnPage(response_id=of, question=press.question, page=press.page),
    Act.BACK: lambda of, press: act.GoBack(response_id=of, question=press.question),
    Act.LATER: lambda of, press: act.PauseResponse(response_id=of),
    Act.SUBMIT: lambda of, press: act.SubmitResponse(response_id=of),
    Act.LIST: lambda of, press: act.ListAnswers(response_id=of, page=press.page),
    Act.CHANGE: lambda of, press: act.ChangeAnswer(response_id=of, question=press.question),
    Act.OPEN: lambda of, press: act.OpenResponse(response_id=of),
}
