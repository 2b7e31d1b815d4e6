"""A finished paper as plain blocks, so that a page of the panel can show what will be printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

MOST_ROWS = 60
"""Of a table on the page; the file has all."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table when ``rows`` is not empty. ``align``: "left", "center", "right" or "justify".

    ``more``: rows that are not shown. ``lined``: with borders. ``breaks``: a new page begins before it.
    """

    text: str = ""
    align: str = "left"
    bold: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    more: int = 0
    lined: bool = False
    breaks: bool = False


def blocks_of(body: bytes) -> tuple[Block, ...]:
    from docx import Document as opened

    return tuple(_blocks(opened(BytesIO(body))))


def _blocks(paper: "Document") -> Iterator[Block]:
    from docx.text.paragraph import Paragraph

    numbers = _Numbers(paper)
    for one in paper.iter_inner_content():
        if isinstance(one, Paragraph):
            block = _paragraph(one, numbers)
            if block.text or block.breaks:
                yield block
        else:
            yield _table(one)


def _paragraph(one: "Paragraph", numbers: "_Numbers") -> Block:
    written = [run for run in one.runs if run.text.strip()]
    text = one.text.strip("\n")
    breaks = bool(one.paragraph_format.page_break_before) or 'w:type="page"' in one._p.xml
    return Block(
        text=f"{numbers.of(one)}{text}" if text else "",
        align=_ALIGNED.get(int(one.alignment) if one.alignment is not None else 0, "left"),
        bold=bool(written) and all(run.bold for run in written),
        breaks=breaks,
    )


def _table(one: "Table") -> Block:
    rows, look = one.rows, one._tbl.tblPr.xml
    shown = tuple(_cells(row._tr) for row in list(rows)[:MOST_ROWS])
    lined = 'w:val="TableGrid"' in look or ("tblBorders" in look and 'w:val="single"' in look)
    return Block(rows=shown, more=max(0, len(rows) - MOST_ROWS), lined=lined)


def _cells(row: Any) -> tuple[str, ...]:
    """Read from the row itself: asking the library for its cells takes seconds in a long table."""
    return tuple(
        "\n".join("".join(text.text or "" for text in line.iter(f"{W}t")) for line in cell.iter(f"{W}p")).strip()
        for cell in row.findall(f"{W}tc")
    )


class _Numbers:
    """Word writes numbers of points by itself: here they are counted again, «2.1. »."""

    def __init__(self, paper: "Document") -> None:
        self._patterns = dict(_patterns(paper))
        self._counts: dict[str, list[int]] = {}

    def of(self, paragraph: "Paragraph") -> str:
        properties: Any = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if properties is None or properties.numId is None:
            return ""
        level = properties.ilvl.val if properties.ilvl is not None else 0
        pattern = self._patterns.get((str(properties.numId.val), level), "")
        counts = self._counts.setdefault(str(properties.numId.val), [0] * LEVELS)
        counts[level] += 1
        counts[level + 1 :] = [0] * (LEVELS - level - 1)
        for place in range(LEVELS):
            pattern = pattern.replace(f"%{place + 1}", str(counts[place]))
        return f"{pattern} " if pattern else ""


def _patterns(paper: "Document") -> Iterator[tuple[tuple[str, int], str]]:
    """(list, level) with the text of its numbers; a paper without lists has none."""
    if not any(related.reltype.endswith("/numbering") for related in paper.part.rels.values()):
        return
    numbering = paper.part.numbering_part._element
    lists = {one.get(f"{W}abstractNumId"): one for one in numbering.findall(f"{W}abstractNum")}
    for one in numbering.findall(f"{W}num"):
        whole = lists.get(one.find(f"{W}abstractNumId").get(f"{W}val"))
        for level in whole.findall(f"{W}lvl") if whole is not None else ():
            said = level.find(f"{W}lvlText")
            text = said.get(f"{W}val") if said is not None else ""
            yield (one.get(f"{W}numId"), int(level.get(f"{W}ilvl"))), text


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_ALIGNED = {0: "left", 1: "center", 2: "right", 3: "justify"}
