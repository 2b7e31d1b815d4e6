"""What stands on a printed questionnaire, in Russian words: drawn by `mentoring.paper_forms` and by the print page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mentoring.rules.questions.definition import Definition, Option, Question
from mentoring.rules.questions.kinds import KINDS, takes_several

HOW = "Отметьте ответ знаком ✓. На шкале обведите одно число. Если вопрос не о вас, оставьте его пустым."
CONDITION = "Отвечайте, если в вопросе {number} отметили {answers}."
CONDITION_ANSWERED = "Отвечайте, если ответили на вопрос {number}."
NAME_LINES = ("Фамилия, имя", "Класс или должность", "Дата заполнения")
ONLY_CURATOR = "Это увидит только куратор."
MAY_SKIP = "Можно пропустить."
SEVERAL = "Можно отметить несколько."
SEVERAL_AT_MOST = "Отметьте не больше {limit}."
BETWEEN = "Число от {lowest} до {highest}."
DATE_PLACE = "«____» ______________ ________ г."
NUMBER_LIMIT = 1000  # a higher bound is there against slips of the finger and says nothing to a person
LETTERS_A_LINE = 80
MOST_LINES = 4
MOST_MARKS = 40  # a longer list of people is no help on paper: names are written
_PHONE = re.compile("сохраня|прерваться|наж[мат]|кнопк|в чате", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormHead:
    """Whose form it is. All empty for a blank, on which a person writes their name.

    ``who`` without the surname: «Мила К., 7 „Б“». ``about``: the pair or the meeting. ``notes``: whom to give it back
    to and until when; what becomes of anonymous answers.
    """

    code: str = ""
    who: str = ""
    about: str = ""
    notes: tuple[str, ...] = ()


BLANK = FormHead()


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """``section`` only where a new one begins."""

    number: int
    section: str
    text: str
    remarks: tuple[str, ...]
    room: "Room"


@dataclass(frozen=True, slots=True)
class Room:
    """For the answer: options to mark, or the numbers of a scale with words for its ends, or a place for a date, or
    empty lines."""

    marks: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    place: str = ""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class PrintedForm:
    organisation: str
    title: str
    intro: str
    head: FormHead
    questions: tuple[PrintedQuestion, ...]


def printed_form(definition: Definition, organisation: str, head: FormHead = BLANK) -> PrintedForm:
    return PrintedForm(organisation, definition.title, _for_paper(definition.intro), head, tuple(_printed(definition)))


def words_before(form: PrintedForm) -> tuple[str, ...]:
    """What a person reads before the first question."""
    return tuple(words for words in (form.head.about, form.intro, HOW, *form.head.notes) if words)


def _for_paper(intro: str) -> str:
    """Without the sentences about a phone, where answers are saved one by one."""
    sentences = re.split(r"(?<=[.!?])\s+", intro)
    return " ".join(one for one in sentences if not _PHONE.search(one))


def _printed(definition: Definition) -> Iterator[PrintedQuestion]:
    section = ""
    for number, question in enumerate(definition.questions, 1):
        heading = question.section if question.section != section else ""
        section = question.section
        remarks = tuple(_remarks(definition, question))
        yield PrintedQuestion(number, heading, question.text, remarks, _room(question))


def _remarks(definition: Definition, question: Question) -> Iterator[str]:
    if question.show_if is not None:
        yield _condition(definition, question)
    if question.hint:
        yield question.hint if question.hint.endswith((".", "!", "?", "…")) else f"{question.hint}."
    yield from _how_many(question)
    if question.curator_only:
        yield ONLY_CURATOR
    if question.optional:
        yield MAY_SKIP


def _condition(definition: Definition, question: Question) -> str:
    condition = question.show_if
    assert condition is not None
    keys = [one.key for one in definition.questions]
    earlier = definition.questions[keys.index(condition.question)]
    number = keys.index(condition.question) + 1
    options = KINDS[earlier.kind].options(earlier) or tuple(Option(one, one) for one in sorted(condition.any_of))
    answers = [f"«{option.label}»" for option in options if option.value in condition.any_of]
    if not answers:
        return CONDITION_ANSWERED.format(number=number)
    return CONDITION.format(number=number, answers=" или ".join(answers))


def _how_many(question: Question) -> Iterator[str]:
    if takes_several(question):
        yield SEVERAL_AT_MOST.format(limit=question.limit) if question.limit else SEVERAL
    if question.kind == "number" and question.highest <= NUMBER_LIMIT:
        yield BETWEEN.format(lowest=question.lowest, highest=question.highest)


def _room(question: Question) -> Room:
    labels = tuple(option.label for option in KINDS[question.kind].options(question))
    if question.kind == "scale":
        return Room(numbers=labels, low=question.low, high=question.high)
    if labels and len(labels) <= MOST_MARKS:
        return Room(marks=labels)
    if question.kind == "date":
        return Room(place=DATE_PLACE)
    return Room(lines=_lines(question))


def _lines(question: Question) -> int:
    """Handwriting is twice as wide as print; a limit of a phone's screen is no reason for half a page."""
    if question.kind == "person":
        return question.limit or 1
    if question.kind != "long_text":
        return 1
    return min(MOST_LINES, max(3, (question.limit or 300) // LETTERS_A_LINE))
