"""Printed questionnaires as Word reads them."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from config.library import questionnaire_definitions
from mentoring.paper_forms import forms_docx
from mentoring.paper_layout import FormHead, PrintedForm, printed_form
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.parsing import parse_definition
from tests.rules.questionnaires import CLUB

STARTING = {key: parse_definition(source) for key, source in questionnaire_definitions().items()}
SCHOOL = "МБОУ «Гимназия „Маяк“ & лицей <№ 7>» города Приозёрный-на-Ёлке"
AWKWARD = FormHead(
    "К7Р-4МД",
    "Анна-Мария-Элеонора Константинопольская-Ёжикова <&>\x0b К., 11 «Ё» & 12",
    "О паре: Пётр & Фёдор <старший>",
    ("Верните лист куратору.", "Опрос анонимный."),
)
CLUB_FORM = parse_definition(CLUB)


@pytest.mark.parametrize("key", STARTING)
def test_each_starting_questionnaire_is_printed_whole(key: str) -> None:
    document = opened(printed_form(STARTING[key], SCHOOL, AWKWARD))

    lines = list(words(document))
    for number, question in enumerate(STARTING[key].questions, 1):
        asked = [line for line in lines if line.startswith(f"{number}. ")]
        assert asked == [f"{number}. {question.text}"]
    assert SCHOOL in lines
    assert "О паре: Пётр & Фёдор <старший>" in lines
    for question in STARTING[key].questions:
        for option in question.options:
            assert any(option.label in line for line in lines), option


def test_signs_that_word_refuses_are_left_out_and_others_stay() -> None:
    header = opened(printed_form(CLUB_FORM, SCHOOL, AWKWARD)).sections[0].header.paragraphs[0].text

    assert header == "Анна-Мария-Элеонора Константинопольская-Ёжикова <&> К., 11 «Ё» & 12\tКод К7Р-4МД"


def test_a_blank_asks_for_a_name_and_has_no_code() -> None:
    document = opened(printed_form(CLUB_FORM, SCHOOL))

    assert any(line.startswith("Фамилия, имя:") for line in words(document))
    assert "Код" not in document.sections[0].header.paragraphs[0].text


def test_each_person_gets_pages_of_their_own_with_their_own_header() -> None:
    heads = [FormHead(f"К7Р-4М{sign}", f"Мила {sign}.") for sign in "АДЕ"]
    document = opened(*(printed_form(CLUB_FORM, SCHOOL, head) for head in heads))

    assert [section.header.paragraphs[0].text for section in document.sections] == [
        f"{head.who}\tКод {head.code}" for head in heads
    ]
    for section in document.sections:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert sum(line == "1. Как вас зовут?" for line in words(document)) == 3


def test_a_question_is_never_torn_over_a_page() -> None:
    """All its lines hold to the next one, up to the last; a row of a scale cannot break."""
    for definition in STARTING.values():
        document = opened(printed_form(definition, SCHOOL))
        for before, after in torn_places(document):
            assert not after or after.startswith(QUESTION) or after in sections(definition), (before, after)


def test_conditions_scales_and_limits_are_said_in_words() -> None:
    lines = list(words(opened(printed_form(CLUB_FORM, SCHOOL))))

    assert any("Отвечайте, если в вопросе 2 отметили «Роботы»." in line for line in lines)
    assert any("Отвечайте, если ответили на вопрос 4." in line for line in lines)
    assert any("Отметьте не больше 2." in line for line in lines)
    pulse = opened(printed_form(STARTING["feedback_mentee"], SCHOOL))
    assert [cell.text for cell in pulse.tables[0].rows[0].cells] == ["совсем нет", *map(str, range(1, 11)), "очень"]


def test_nothing_on_paper_speaks_of_a_phone() -> None:
    for definition in STARTING.values():
        before = " ".join(words(opened(printed_form(definition, SCHOOL)))).casefold()
        assert not any(word in before for word in ("сохраня", "нажми", "нажат", "прерваться", "кнопк")), definition.key


def test_the_file_says_whose_it_is_and_in_which_language() -> None:
    properties = opened(printed_form(CLUB_FORM, SCHOOL)).core_properties

    assert (properties.author, properties.title, properties.language) == (SCHOOL, "Кружок", "ru-RU")


QUESTION = tuple(f"{number}. " for number in range(1, 100))


def opened(*forms: PrintedForm) -> Any:
    return Document(BytesIO(forms_docx(forms)))


def words(document: Any) -> Iterator[str]:
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


def torn_places(document: Any) -> Iterator[tuple[str, str]]:
    """Where a page may end: what stands before, and what would begin the next page."""
    pieces = [piece for piece in document.element.body if piece.tag != qn("w:sectPr")]
    for one, other in zip(pieces, [*pieces[1:], None], strict=True):
        if one.tag == qn("w:tbl"):
            assert one.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
        kept = one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}")
        if one.tag == qn("w:tbl") or (kept is not None and kept.get(qn("w:val")) == "0"):
            yield text_of(one), "" if other is None else text_of(other)


def text_of(piece: Any) -> str:
    return "".join(part.text for part in piece.iter(qn("w:t")))


def sections(definition: Definition) -> set[str]:
    return {question.section for question in definition.questions}
