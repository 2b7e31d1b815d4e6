"""Printed questionnaires -> DOCX: A4, Times New Roman, a question never torn over a page.

python-docx makes the file, its styles, headers and sections; the forms themselves are written into it as text, so that
two hundred of them take little memory. The library is imported inside: the panel must not carry it before somebody
prints.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from mentoring.paper_layout import PrintedForm, PrintedQuestion
from mentoring.paper_pieces import STYLES, clean, head_xml, questions_xml

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

CODE = "Код {code}"
PAGE = "страница "
WIDTH, MIDDLE = 17.0, 8.5  # centimetres: between the margins, and where the second column begins
_BODY = "word/document.xml"
_PLACE = "{{form}}"


def forms_docx(forms: Sequence[PrintedForm]) -> bytes:
    """One file; each form begins on a page of its own, with its own header and numbers of pages."""
    document = _paper(forms)
    section = document.sections[0]
    for number, form in enumerate(forms):
        section = _next_form(document) if number else section
        document.add_paragraph(_PLACE)
        _put_header(section, form)
    frame = BytesIO()
    document.save(frame)
    return _filled(frame, forms)


def _paper(forms: Sequence[PrintedForm]) -> "Document":
    from docx import Document

    document = Document()
    _know_styles(document)
    properties = document.core_properties
    properties.title = clean(forms[0].title) if forms else ""
    properties.author = properties.last_modified_by = clean(forms[0].organisation) if forms else ""
    properties.comments, properties.language = "", "ru-RU"
    _shape_page(document.sections[0])
    _put_footer(document.sections[0])
    return document


def _know_styles(document: "Document") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Pt

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    looks = normal.element.get_or_add_rPr()
    for script in ("w:eastAsia", "w:cs"):
        looks.get_or_add_rFonts().set(qn(script), "Times New Roman")
    looks.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="ru-RU"/>'))
    normal.paragraph_format.space_after = Pt(0)
    for key, look in STYLES.items():
        style = document.styles.add_style(key, WD_STYLE_TYPE.PARAGRAPH)
        style.name, style.base_style = look.name, normal
        style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
        shape.keep_with_next = shape.keep_together = True
    _place_words(document)


def _place_words(document: "Document") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm

    shapes = {key: document.styles[look.name].paragraph_format for key, look in STYLES.items()}
    shapes["FormTitle"].alignment = WD_ALIGN_PARAGRAPH.CENTER
    shapes["FormMarks"].tab_stops.add_tab_stop(Cm(MIDDLE))
    shapes["FormLine"].tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)


def _shape_page(section: "Section") -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Cm

    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(1.8)
    section.header_distance, section.footer_distance = Cm(1), Cm(0.9)
    from_one = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    section._sectPr.find(qn("w:cols")).addprevious(from_one)


def _put_footer(section: "Section") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run(PAGE)
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    line._p.append(parse_xml(field))


def _next_form(document: "Document") -> "Section":
    from docx.enum.section import WD_SECTION
    from docx.oxml.ns import qn

    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    document.element.body[-2].get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), "FormEnd")
    section.header.is_linked_to_previous = False
    return section


def _put_header(section: "Section", form: PrintedForm) -> None:
    """On every page: sheets get separated."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    line = section.header.paragraphs[0]
    line._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), "Normal")
    line.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(clean(form.head.who or form.title)).font.size = Pt(11)
    if form.head.code:
        code = line.add_run("\t" + CODE.format(code=form.head.code))
        code.font.size, code.bold = Pt(12), True


def _filled(frame: BytesIO, forms: Sequence[PrintedForm]) -> bytes:
    """The file with the forms in their places; questions that many are asked are written out once."""
    whole = BytesIO()
    drawn: dict[tuple[PrintedQuestion, ...], str] = {}
    with ZipFile(frame) as empty, ZipFile(whole, "w", ZIP_DEFLATED) as full:
        for part in empty.infolist():
            if part.filename != _BODY:
                full.writestr(part, empty.read(part))
        first, *gaps = _gaps(empty.read(_BODY).decode())
        with full.open(_BODY, "w") as body:
            body.write(first.encode())
            for form, gap in zip(forms, gaps, strict=True):
                if form.questions not in drawn:
                    drawn[form.questions] = questions_xml(form.questions)
                body.write((head_xml(form) + drawn[form.questions] + gap).encode())
    return whole.getvalue()


def _gaps(body: str) -> list[str]:
    """What stands around the places of the forms."""
    return body.split(f"<w:p><w:r><w:t>{_PLACE}</w:t></w:r></w:p>")
