"""A finished paper as plain blocks, so that a page of the panel can show what will be printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

MOST_ROWS = 60
"""Of a table on the page; the file has all."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table when ``rows`` is not empty. ``align``: "left", "center", "right" or "justify".

    ``more``: rows that are not shown. ``breaks``: a new page begins before it.
    """

    text: str = ""
    align: str = "left"
    bold: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    more: int = 0
    breaks: bool = False


def blocks_of(body: bytes) -> tuple[Block, ...]:
    from docx import Document as opened

    return tuple(_blocks(opened(BytesIO(body))))


def _blocks(paper: "Document") -> Iterator[Block]:
    from docx.text.paragraph import Paragraph

    for one in paper.iter_inner_content():
        if isinstance(one, Paragraph):
            block = _paragraph(one)
            if block.text or block.breaks:
                yield block
        else:
            yield _table(one)


def _paragraph(one: "Paragraph") -> Block:
    written = [run for run in one.runs if run.text.strip()]
    breaks = bool(one.paragraph_format.page_break_before) or 'w:type="page"' in one._p.xml
    return Block(
        text=one.text.strip("\n"),
        align=_ALIGNED.get(int(one.alignment) if one.alignment is not None else 0, "left"),
        bold=bool(written) and all(run.bold for run in written),
        breaks=breaks,
    )


def _table(one: "Table") -> Block:
    rows = one.rows
    shown = tuple(_cells(row._tr) for row in list(rows)[:MOST_ROWS])
    return Block(rows=shown, more=max(0, len(rows) - MOST_ROWS))


def _cells(row: object) -> tuple[str, ...]:
    """Read from the row itself: asking the library for its cells takes seconds in a long table."""
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    cells = row.findall(f"{space}tc")  # type: ignore[attr-defined]
    return tuple(
        "\n".join(
            "".join(text.text or "" for text in line.iter(f"{space}t")) for line in cell.iter(f"{space}p")
        ).strip()
        for cell in cells
    )


_ALIGNED = {0: "left", 1: "center", 2: "right", 3: "justify"}
