"""A report -> DOCX: the organisation's header, Times New Roman 14, tables whose head comes again on each page.

Tables are written as WordprocessingML: a bar is a shaded cell as wide as its share, which python-docx cannot draw, and
two hundred rows take no time. The library is imported inside: the panel must not carry it before somebody asks.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mentoring import report_words as words
from mentoring.report_layout import Part, parts
from mentoring.report_tables import table_xml
from mentoring.rules.people import name_from_full
from mentoring.rules.reporting import SectionKey, TextKey
from mentoring.use_cases.reports import ReportView

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
APPENDED = (SectionKey.RESULTS, SectionKey.CHANGES)
"""A table for each questionnaire: pages of them, which stand after the signatures."""


def report_document(report: ReportView, texts: Mapping[str, str], *, zone: ZoneInfo) -> bytes:
    """``texts``: the blocks as they are to be printed, by `TextKey`."""
    document = _paper(report)
    _head(document, report, zone)
    _words(document, TextKey.OVERVIEW, texts)
    found = parts(report.facts)
    appended = [part for part in found if part.key in APPENDED and part.tables]
    for part in found:
        if part in appended:
            _pointed_to(document, part, appended.index(part) + 1)
        else:
            _tables(document, part)
        if part.text:
            _words(document, part.text, texts)
    for key in (TextKey.CONCLUSIONS, TextKey.PROPOSALS):
        _words(document, key, texts)
    _signatures(document, report, zone)
    for number, part in enumerate(appended, 1):
        _appendix(document, part, number)
    body = BytesIO()
    document.save(body)
    return body.getvalue()


def initials(full_name: str) -> str:
    """«О. В. Зимина»."""
    name = name_from_full(full_name)
    if not name.last:
        return name.full
    first = "".join(f"{part[0]}. " for part in (name.first, name.patronymic) if part)
    return f"{first}{name.last}"


def _paper(report: ReportView) -> "Document":
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(foot)
    said = report.facts.said
    properties = document.core_properties
    properties.title = _title(report)
    properties.author = properties.last_modified_by = str(said.get("organisation", ""))
    properties.comments, properties.language = "", "ru-RU"
    return document


def _page_number(paragraph: "Paragraph") -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    shown = '<w:r><w:rPr><w:sz w:val="22"/></w:rPr><w:t>1</w:t></w:r>'
    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE">{shown}</w:fldSimple>'))


def _head(document: "Document", report: ReportView, zone: ZoneInfo) -> None:
    facts, said = report.facts, report.facts.said
    _line(document, str(said.get("organisation", "")), centre=True)
    if said.get("address"):
        _line(document, str(said["address"]), centre=True, size=12)
    _line(document, "ОТЧЁТ", centre=True, bold=True, before=24)
    period = words.period_words(report.line.kind, facts.starts_on, facts.ends_on, str(said.get("school_year", "")))
    _line(document, f"о мониторинге программы наставничества {period}", centre=True, bold=True)
    _line(document, str(said.get("programme", "")), centre=True, after=6)
    counted = facts.counted_at.astimezone(zone)
    if not report.signed:
        _line(document, f"Черновик: числа на {counted:%d.%m.%Y %H:%M}.", centre=True, size=12, italic=True, after=6)


def _pointed_to(document: "Document", part: Part, number: int) -> None:
    _line(document, part.title, bold=True, before=16, after=4, keep=True)
    _line(document, words.APPENDED.format(number=number), after=4)


def _appendix(document: "Document", part: Part, number: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    head = _line(document, words.APPENDIX.format(number=number), keep=True)
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    head.paragraph_format.page_break_before = True
    _tables(document, part)


def _tables(document: "Document", part: Part) -> None:
    if not part.tables:
        return
    _line(document, part.title, bold=True, before=16, after=4, keep=True)
    for said in part.said:
        _line(document, said, size=11, italic=True, after=4, keep=True)
    for table in part.tables:
        title = f"{table.title} ({table.note})" if table.title and table.note else table.title or table.note
        if title:
            _line(document, title, size=12, bold=True, before=8, after=3, keep=True)
        if table.finding:
            _line(document, table.finding, size=12, after=3, keep=True)
        _append(document, table_xml(table, in_words=part.key is SectionKey.SWOT))


def _words(document: "Document", key: TextKey, texts: Mapping[str, str]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    text = texts.get(key.value, "")
    if not text:
        return
    _line(document, words.TEXTS[key], bold=True, before=12, after=2, keep=True)
    for line in text.splitlines():
        paragraph = _line(document, line, after=2)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.25)


def _signatures(document: "Document", report: ReportView, zone: ZoneInfo) -> None:
    """A line each, held together with the words above it."""
    said, line = report.facts.said, report.line
    curator = initials(line.signed_by or str(said.get("curator", "")))
    signed_on = words.long_date(line.signed_at.astimezone(zone).date()) if line.signed_at else ""
    _line(document, "", keep=True, before=18)
    rows: Sequence[tuple[str, str]] = ((words.SIGNED_BY, curator), (words.ACQUAINTED, ""))
    for place, (who, name) in enumerate(rows):
        _signature(document, who, name, last=place == len(rows) - 1 and not signed_on)
    if signed_on:
        _line(document, f"Подписан {signed_on}", size=12, before=8)


def _signature(document: "Document", who: str, name: str, *, last: bool) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm

    paragraph = _line(document, f"{who}\t\t{name or '/_________________/'}", before=14, keep=not last)
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(12), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
    stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.keep_together = True


def _line(
    document: "Document",
    text: str,
    *,
    size: int = 0,
    bold: bool = False,
    italic: bool = False,
    centre: bool = False,
    before: int = 0,
    after: int = 0,
    keep: bool = False,
) -> "Paragraph":
    """``size``, ``before`` and ``after`` in points; ``keep``: on one page with what follows."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(clean(text))
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.keep_with_next = Pt(before), Pt(after), keep
    return paragraph


def clean(text: str) -> str:
    """Without the signs that a file of Word may not hold."""
    return "".join(sign for sign in text if sign in "\t\n" or sign >= " ").replace("\ufffe", "").replace("\uffff", "")


def _append(document: "Document", xml: str) -> None:
    from docx.oxml import parse_xml

    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _title(report: ReportView) -> str:
    line = report.line
    return words.report_title(line.kind, line.starts_on, line.ends_on, str(report.facts.said.get("school_year", "")))
