"""A printed form in WordprocessingML: paragraphs by their style, scales as tables of one row."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from mentoring.paper_layout import NAME_LINES, PrintedForm, PrintedQuestion, Room, words_before


@dataclass(frozen=True, slots=True)
class Look:
    """``size``, ``before`` and ``after`` in points."""

    name: str
    size: float
    before: float
    after: float
    bold: bool = False
    italic: bool = False


STYLES = {
    "FormSchool": Look("Организация", 11, 0, 10),
    "FormTitle": Look("Анкета", 15, 0, 8, bold=True),
    "FormIntro": Look("Вступление", 11, 0, 4),
    "FormSection": Look("Раздел", 13, 16, 2, bold=True),
    "FormQuestion": Look("Вопрос", 12, 11, 3),
    "FormRemark": Look("Пояснение", 10, 0, 3, italic=True),
    "FormMarks": Look("Ответы", 12, 0, 2),
    "FormLine": Look("Строка", 12, 7, 0),
    "FormGap": Look("Отступ", 6, 0, 0),
    "FormEnd": Look("Конец бланка", 1, 0, 0),
}
BOX = "☐"
WHOLE, CELL = 9638, 510  # twentieths of a point: the line, and a number of a scale


def head_xml(form: PrintedForm) -> str:
    return "".join(_head(form))


def questions_xml(questions: Iterable[PrintedQuestion]) -> str:
    return "".join(piece for question in questions for piece in _question(question))


def clean(words: str) -> str:
    """Without the signs that a file of Word may not hold."""
    return _NO_PAPER.sub("", words)


def _head(form: PrintedForm) -> Iterator[str]:
    yield _line("FormSchool", form.organisation)
    yield _line("FormTitle", form.title)
    if not form.head.who:
        yield from (_line("FormLine", f"{label}: \t") for label in NAME_LINES)
        yield _line("FormGap", "")
    for words in words_before(form):
        yield _line("FormIntro", words)


def _question(question: PrintedQuestion) -> Iterator[str]:
    if question.section:
        yield _line("FormSection", question.section)
    yield _line("FormQuestion", f"{question.number}. {question.text}")
    if question.remarks:
        yield _line("FormRemark", " ".join(question.remarks))
    if question.room.numbers:
        yield _scale(question.room)
    lines = list(_lines(question.room))
    for place, words in enumerate(lines, 1):
        style = "FormMarks" if question.room.marks or question.room.place else "FormLine"
        yield _line(style, words, last=place == len(lines))


def _lines(room: Room) -> Iterator[str]:
    """Two marks in a row: a label is no longer than a button of a phone."""
    for at in range(0, len(room.marks), 2):
        yield "\t".join(f"{BOX} {label}" for label in room.marks[at : at + 2])
    if room.place:
        yield room.place
    yield from ["\t"] * room.lines


def _line(style: str, words: str, *, last: bool = False) -> str:
    """All lines of a question hold to the next one, but the last."""
    loose = '<w:keepNext w:val="0"/>' if last else ""
    runs = "<w:tab/>".join(_text(part) for part in words.split("\t"))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{loose}</w:pPr><w:r>{runs}</w:r></w:p>'


def _text(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(clean(words))}</w:t>' if words else ""


def _scale(room: Room) -> str:
    side = (WHOLE - CELL * len(room.numbers)) // 2
    widths = [side, *[CELL] * len(room.numbers), side]
    cells = [_side(room.low, side, "right"), *map(_number, room.numbers), _side(room.high, side, "left")]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr></w:tbl>"
    )


def _side(words: str, width: int, side: str) -> str:
    return _cell(words, width, side, size=20)


def _number(number: str) -> str:
    return _cell(number, CELL, "center", size=24, borders=_BORDERS)


def _cell(words: str, width: int, side: str, *, size: int, borders: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="40" w:after="40"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="{size}"/></w:rPr>{_text(words)}</w:r></w:p></w:tc>'
    )


_SIDES = ("top", "left", "bottom", "right")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in _SIDES)
_BORDERS = f"<w:tcBorders>{_BORDERS}</w:tcBorders>"
_NO_PAPER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
