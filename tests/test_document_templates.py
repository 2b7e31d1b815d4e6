"""The Word templates that come with the product: whatever they are filled with, a secretary would sign the paper.

What LibreOffice makes of them is shown by ``python -m tests.papers``.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from config.document_templates import own_template
from mentoring.document_checks import check_template
from mentoring.documents import render
from mentoring.rules.documents import DocumentKind, is_order
from tests.document_samples import AWKWARD, PEOPLE, empty_facts, sample_facts

KINDS = list(DocumentKind)
LONG = (DocumentKind.ORDER_PAIRS, DocumentKind.REGISTER_MENTEES, DocumentKind.CERTIFICATE)
ROWS = 20
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "tblPr": "tblStyle tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference type pgSz pgMar pgBorders pgNumType cols titlePg docGrid",
}
"""Word calls a file damaged whose parts stand in another order; LibreOffice does not mind."""


@cache
def sample(kind: DocumentKind, rows: int = ROWS) -> Any:
    """Read by many tests, changed by none."""
    return made(kind, sample_facts(kind, rows=rows))


def made(kind: DocumentKind, facts: dict[str, Any]) -> Any:
    return Document(BytesIO(render(own_template(kind), facts)))


def said_in(paper: Any) -> str:
    """A line for each paragraph, those in tables included."""
    lines = ("".join(one.text or "" for one in line.iter(qn("w:t"))) for line in paper.element.body.iter(qn("w:p")))
    return "\n".join(lines)


def local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def misplaced(paper: Any) -> Iterator[str]:
    for name, order in ORDER.items():
        places = {word: place for place, word in enumerate(order.split())}
        for element in paper.element.body.iter(qn(f"w:{name}")):
            found = [local(child) for child in element]
            if any(word not in places for word in found) or sorted(found, key=lambda word: places[word]) != found:
                yield f"{name}: {' '.join(found)}"


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_templates_pass_the_check_that_a_curators_template_must_pass(kind: DocumentKind) -> None:
    assert check_template(own_template(kind), kind) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_awkward_names_and_signs_stand_in_the_paper_as_they_were_written(kind: DocumentKind) -> None:
    facts, said = sample_facts(kind, rows=ROWS), said_in(sample(kind))
    for tag in ("{{", "}}", "{%", "%}", "None", "&amp;", "&lt;"):
        assert tag not in said
    assert facts["head"]["sign"] in said or not is_order(kind)
    if AWKWARD in str(facts):
        assert AWKWARD in said.replace("\n", " ")


@pytest.mark.parametrize("rows", [1, 200])
@pytest.mark.parametrize("kind", LONG)
def test_one_row_and_two_hundred_are_all_there(kind: DocumentKind, rows: int) -> None:
    said = said_in(made(kind, sample_facts(kind, rows=rows)))
    listed = {DocumentKind.CERTIFICATE: "СЕРТИФИКАТ", DocumentKind.REGISTER_MENTEES: "+7 900 000-00-00"}
    assert said.count(listed.get(kind, "лидер – пассивный")) == rows


@pytest.mark.parametrize("kind", KINDS)
def test_a_school_that_has_entered_nothing_gets_a_paper_that_word_can_open(kind: DocumentKind) -> None:
    paper = made(kind, empty_facts(kind))
    for cell in paper.element.body.iter(qn("w:tc")):
        assert local(cell[-1]) == "p"
    for table in paper.element.body.iter(qn("w:tbl")):
        assert table.findall(qn("w:tr"))
    assert "None" not in said_in(paper)


@pytest.mark.parametrize("kind", KINDS)
def test_parts_stand_in_the_order_that_word_asks_for(kind: DocumentKind) -> None:
    assert list(misplaced(sample(kind))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_a4_in_times_with_margins_for_a_folder(kind: DocumentKind) -> None:
    paper = sample(kind)
    assert paper.styles["Normal"].font.name == "Times New Roman"
    for section in paper.sections:
        assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
        sides = (30, 15) if section.page_width < section.page_height else (15, 10)  # a wide page is bound at its top
        assert section.left_margin.mm >= sides[0] - 0.1
        assert section.right_margin.mm >= sides[1] - 0.1


@pytest.mark.parametrize("kind", KINDS)
def test_heads_of_tables_come_again_and_no_row_is_torn(kind: DocumentKind) -> None:
    paper = sample(kind)
    for row in paper.element.body.iter(qn("w:tr")):
        assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
    for table in paper.element.body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        assert len(rows) < ROWS or rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


@pytest.mark.parametrize("kind", [kind for kind in KINDS if is_order(kind)])
def test_an_order_has_its_parts_and_a_sheet_to_be_signed_by_those_it_is_about(kind: DocumentKind) -> None:
    said = said_in(sample(kind)).replace("\u00a0", " ")
    for part in ("ПРИКАЗ", "ПРИКАЗЫВАЮ:", "Контроль за исполнением приказа", "Лист ознакомления", "П. И. Громов"):
        assert part in said
    assert PEOPLE[0][0].full in said


def test_the_order_on_pairs_names_each_of_a_group_and_the_labour_code_only_if_it_is_about_workers() -> None:
    facts = sample_facts(DocumentKind.ORDER_PAIRS, rows=2)
    facts["labour_basis"] = "Работу по наставничеству поручить с письменного согласия."
    said = said_in(made(DocumentKind.ORDER_PAIRS, facts))
    assert all(one["full"] in said for one in facts["pairs"][1]["mentees"])
    assert facts["labour_basis"] in said
    assert "письменного согласия" not in said_in(made(DocumentKind.ORDER_PAIRS, {**facts, "labour_basis": ""}))


def test_a_certificate_is_a_page_for_each() -> None:
    breaks = sample(DocumentKind.CERTIFICATE).element.body.iter(qn("w:pageBreakBefore"))
    assert len([one for one in breaks if one.get(qn("w:val")) != "0"]) == ROWS


def test_a_cell_that_a_condition_has_emptied_still_ends_with_a_paragraph() -> None:
    template, body = Document(), BytesIO()
    cell = template.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.paragraphs[0].text = "{%p if basis %}"
    for line in ("{{ basis }}", "{%p endif %}"):
        cell.add_paragraph(line)
    template.save(body)
    paper = Document(BytesIO(render(body.getvalue(), {"basis": ""})))
    assert [local(one[-1]) for one in paper.element.body.iter(qn("w:tc"))] == ["p"]
