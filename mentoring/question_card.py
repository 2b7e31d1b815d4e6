"""A question as a card: paragraphs of words and rows of presses, the same in the chat and in the panel's preview.

Pure drawing. A door turns the look of a line into its own markup, and a press into its own button.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from mentoring import question_words as words
from mentoring.rules.questionnaire import OptionView, QuestionView, ReviewRow, Screenful
from mentoring.rules.questions.parsing import LABEL_LIMIT

Part = TypeVar("Part")

SCALE_WIDTH = 5
ROWS_LIMIT = 8  # of options on a phone; more are turned over in pages
ANSWERS_A_PAGE = 30
REVIEW_ROOM = 3_700  # letters: one message of the chat (4,096), its markup and a remark above
SHORTER = ((300, 200), (120, 100), (60, 60), (30, 40), (15, 20))  # letters of a question and an answer, while too long
AT_ONCE = ("feedback", "pulse")  # how the keys of the shortest questionnaires begin


class Look(StrEnum):
    PLAIN = "plain"
    BOLD = "bold"
    FAINT = "faint"  # a hint


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    look: Look = Look.PLAIN


class Act(StrEnum):
    """What a press asks of the engine; the fields of `Press` that it needs are in brackets."""

    PICK = "pick"  # [question, option]
    TOGGLE = "toggle"  # [question, option, chosen, page]
    FINISH = "finish"  # [question]: «Готово», «Оставить этот ответ»
    SKIP = "skip"  # [question]
    TURN = "turn"  # [question, page]: another page of the options
    BACK = "back"  # [question]
    LATER = "later"
    SUBMIT = "submit"
    LIST = "list"  # [page]: which answer to change
    CHANGE = "change"  # [question]
    OPEN = "open"  # back to the review page


@dataclass(frozen=True, slots=True)
class Press:
    """``chosen`` is the state asked for by a toggle."""

    label: str
    act: Act
    question: str = ""
    option: str = ""
    chosen: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """``paragraphs`` have an empty line between them."""

    paragraphs: tuple[tuple[Line, ...], ...]
    rows: tuple[tuple[Press, ...], ...]


def question_card(screenful: Screenful, asked: QuestionView, page: int = 0, notes: Sequence[str] = ()) -> Card:
    """``notes`` of the door are lines under the title."""
    return Card(
        _full(
            _start(screenful),
            tuple(Line(note) for note in notes),
            _nameless(screenful),
            (Line(_progress(screenful), Look.BOLD),),
            (Line(asked.text),),
            _hints(asked),
            (Line(words.PRESENT_ANSWER.format(answer=asked.answer)),) if asked.answer and not asked.several else (),
        ),
        _full(*_option_rows(asked, page), *_way_rows(screenful, asked)),
    )


def review_card(screenful: Screenful) -> Card:
    end = words.REVIEW_END_ANONYMOUS if screenful.anonymous else words.REVIEW_END
    paragraphs = ((Line(words.REVIEW, Look.BOLD),), *answers_in_one(screenful.review), (Line(end),))
    send, change, later = Press(words.SEND, Act.SUBMIT), Press(words.CHANGE, Act.LIST), Press(words.LATER, Act.LATER)
    return Card(paragraphs, ((send,), (change, later)))


def choice_of_answer_card(screenful: Screenful, page: int = 0) -> Card:
    """The numbers of the answers, as they stand on the review page."""
    shown = screenful.review[page * ANSWERS_A_PAGE : (page + 1) * ANSWERS_A_PAGE]
    more = len(screenful.review) > (page + 1) * ANSWERS_A_PAGE
    numbers = [Press(str(one.number), Act.CHANGE, one.key) for one in shown]
    turns = _turns(Act.LIST, "", page, more=more)
    return Card(
        (*answers_in_one(screenful.review), (Line(words.CHANGE_WHICH),)),
        _full(*_grid(numbers), turns, (Press(words.TO_REVIEW, Act.OPEN),)),
    )


def answer_paragraphs(found: Sequence[ReviewRow]) -> tuple[tuple[Line, ...], ...]:
    return tuple(
        (
            Line(words.REVIEW_QUESTION.format(number=one.number, question=one.text)),
            Line(one.answer or words.SKIPPED, Look.BOLD),
        )
        for one in found
    )


def answers_in_one(found: Sequence[ReviewRow]) -> tuple[tuple[Line, ...], ...]:
    """In one message of the chat: the longest are cut, and it is said where they are seen in full."""
    paragraphs = answer_paragraphs(found)
    if _letters(paragraphs) <= REVIEW_ROOM:
        return paragraphs
    for question, answer in SHORTER:
        cut = [replace(one, text=_cut(one.text, question), answer=_cut(one.answer, answer)) for one in found]
        paragraphs = answer_paragraphs(cut)
        if _letters(paragraphs) <= REVIEW_ROOM:
            break
    return (*paragraphs, (Line(words.CUT, Look.FAINT),))


def goes_at_once(screenful: Screenful) -> bool:
    """A feedback or a pulse is too short for a review page; what is parted from the name for good has one always."""
    return screenful.questionnaire_key.startswith(AT_ONCE) and not screenful.anonymous


def shortened(label: str) -> str:
    return _cut(label, LABEL_LIMIT)


def _full(*parts: tuple[Part, ...]) -> tuple[tuple[Part, ...], ...]:
    """Those that hold something."""
    return tuple(part for part in parts if part)


def _letters(paragraphs: Sequence[Sequence[Line]]) -> int:
    """As they are sent: a bold line carries seven signs of markup, signs beyond the basic plane count twice."""
    lines = [line.text for part in paragraphs for line in part]
    return sum(len(text.encode("utf-16-le")) // 2 + 7 for text in lines) + 2 * len(paragraphs)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _progress(screenful: Screenful) -> str:
    template = words.CHANGING if screenful.reviewing else words.PROGRESS
    return template.format(number=screenful.number, total=screenful.total)


def _start(screenful: Screenful) -> tuple[Line, ...]:
    """Above the first question: what this is, how long it takes, who will see it."""
    if screenful.number > 1 or screenful.reviewing:
        return ()
    length = words.LENGTH.format(questions=words.questions(screenful.total), minutes=words.minutes(screenful.minutes))
    title = words.WHOSE_FORM.sub("", screenful.title)
    return _said(Line(title, Look.BOLD), Line(length), Line(screenful.intro))


def _nameless(screenful: Screenful) -> tuple[Line, ...]:
    """Said before the first question, so that nobody learns it after having answered."""
    first = screenful.number == 1 and not screenful.reviewing
    return (Line(words.ANONYMOUS),) if screenful.anonymous and first else ()


def _hints(asked: QuestionView) -> tuple[Line, ...]:
    only_curator = asked.curator_only and words.ONLY_CURATOR not in asked.hint
    return _said(Line(asked.hint, Look.FAINT), Line(_how(asked)), Line(words.ONLY_CURATOR if only_curator else ""))


def _said(*lines: Line) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.text)


def _how(asked: QuestionView) -> str:
    """How to answer, where the hint does not say it."""
    if asked.several:
        return _joined(_how_many(asked), words.NAMES if _is_long_list_of_people(asked) else "")
    how = "" if asked.hint and asked.kind in words.HINTED else words.TYPE.get(asked.kind, "")
    return _joined(_scale(asked), how, words.NAME if _is_long_list_of_people(asked) else "")


def _how_many(asked: QuestionView) -> str:
    if words.CHOICE in asked.hint:
        return ""
    return words.SEVERAL_UP_TO.format(limit=asked.limit) if asked.limit else words.SEVERAL


def _is_long_list_of_people(asked: QuestionView) -> bool:
    """In pages, so that a name is found sooner by typing it."""
    return asked.kind == "person" and len(asked.options) > ROWS_LIMIT


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _scale(asked: QuestionView) -> str:
    if asked.kind != "scale" or not asked.low:
        return ""
    lowest, highest = asked.options[0].label, asked.options[-1].label
    return words.SCALE.format(lowest=lowest, low=asked.low, highest=highest, high=asked.high)


def _option_rows(asked: QuestionView, page: int) -> list[tuple[Press, ...]]:
    if asked.kind == "scale":
        return _grid([_option(asked, one, page) for one in asked.options])
    room = ROWS_LIMIT if len(asked.options) <= ROWS_LIMIT else ROWS_LIMIT - 1
    shown = asked.options[page * room : (page + 1) * room]
    turns = _turns(Act.TURN, asked.key, page, more=len(asked.options) > (page + 1) * room)
    return [*((_option(asked, one, page),) for one in shown), turns]


def _turns(act: Act, question: str, page: int, *, more: bool) -> tuple[Press, ...]:
    earlier = Press(words.EARLIER_PAGE, act, question, page=page - 1)
    later = Press(words.LATER_PAGE, act, question, page=page + 1)
    return tuple(press for press, wanted in ((earlier, page > 0), (later, more)) if wanted)


def _option(asked: QuestionView, option: OptionView, page: int) -> Press:
    label = shortened(words.CHOSEN.format(label=option.label) if option.chosen else option.label)
    if asked.several:
        return Press(label, Act.TOGGLE, asked.key, option.value, chosen=not option.chosen, page=page)
    return Press(label, Act.PICK, asked.key, option.value)


def _way_rows(screenful: Screenful, asked: QuestionView) -> list[tuple[Press, ...]]:
    """«Готово», then what else may be done, then «← Назад» and «Позже» at the bottom."""
    ready = (Press(words.READY, Act.FINISH, asked.key),) if asked.several else ()
    keep = (Press(words.KEEP, Act.FINISH, asked.key),) if _may_keep(screenful, asked) else ()
    skip = (Press(_skip(screenful), Act.SKIP, asked.key),) if asked.optional else ()
    back = (Press(words.BACK, Act.BACK, asked.key),) if screenful.may_go_back else ()
    return [ready, keep + skip, (*back, Press(words.LATER, Act.LATER))]


def _may_keep(screenful: Screenful, asked: QuestionView) -> bool:
    """On the way from the review, «← Назад» leaves the answer as it is."""
    return asked.answered and not asked.several and not screenful.reviewing


def _skip(screenful: Screenful) -> str:
    """After the last question of a feedback there is no review: three taps and «Отправить»."""
    last = goes_at_once(screenful) and screenful.number == screenful.total
    return words.SEND if last else words.SKIP


def _grid(presses: Sequence[Press]) -> list[tuple[Press, ...]]:
    return [tuple(presses[start : start + SCALE_WIDTH]) for start in range(0, len(presses), SCALE_WIDTH)]
