"""Tables of a printed report in WordprocessingML."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from mentoring.report_layout import Cell, Line, Table

WHOLE = 9638  # twentieths of a point: 17 cm between the margins
BAR_UNITS = 20
BAR_UNIT = 80
NUMBER, MARGIN = 900, 60
HEAD_SIZE, HEAD_LETTER = 18, 118  # half-points; how wide a bold letter of that size is
BARRED = ("mean", "share", "percent", "mark")
"""Columns of which a bar is drawn."""

KEPT_WHOLE = 8
"""Rows of a table that is not torn over a page."""

HEAD_FILL, BAR_FILL, REST_FILL = "E8EEEC", "5B9389", "F1EFE7"
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def table_xml(table: Table, *, in_words: bool = False) -> str:
    """``in_words``: the second column holds words and not numbers, so both are equally wide."""
    bars = any(_bar(line) is not None for line in table.lines)
    widths = _widths(table, bars=bars, in_words=in_words)
    grid = widths + [BAR_UNIT] * BAR_UNITS * bars
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    short = len(table.lines) <= KEPT_WHOLE
    rows = [_head(table.heads, widths, bars)]
    for place, line in enumerate(table.lines, 1):
        row = _row(line, widths, bars, in_words)
        rows.append(row.replace("<w:pPr>", "<w:pPr><w:keepNext/>") if short and place < len(table.lines) else row)
    return f"<w:tbl {NAMESPACE}>{_shape()}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _widths(table: Table, *, bars: bool, in_words: bool) -> list[int]:
    if in_words:
        return [WHOLE * 2 // 5, WHOLE * 3 // 5]
    numbers = [max(NUMBER, HEAD_LETTER * _longest_word(head) + 2 * MARGIN) for head in table.heads[1:]]
    return [WHOLE - sum(numbers) - BAR_UNIT * BAR_UNITS * bars, *numbers]


def _longest_word(head: str) -> int:
    return max(map(len, head.replace("\u00ad", "").split()), default=0)


def _shape() -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A8F8E"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = (
        f'<w:tblCellMar><w:left w:w="{MARGIN}" w:type="dxa"/><w:right w:w="{MARGIN}" w:type="dxa"/></w:tblCellMar>'
    )
    return (
        f'<w:tblPr><w:tblW w:w="{WHOLE}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
    )


def _head(heads: Sequence[str], widths: Sequence[int], bars: bool) -> str:
    cells = "".join(
        _cell(head.replace("\u00ad", ""), width, size=HEAD_SIZE, bold=True, fill=HEAD_FILL, centre=place > 0)
        for place, (head, width) in enumerate(zip(heads, widths, strict=True))
    )
    if bars:
        cells += _cell("", BAR_UNIT * BAR_UNITS, span=BAR_UNITS, fill=HEAD_FILL)
    cells = cells.replace("<w:pPr>", "<w:pPr><w:keepNext/>")
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(line: Line, widths: Sequence[int], bars: bool, in_words: bool) -> str:
    first = _cell(line.label, widths[0], note=line.note, bold=line.total)
    cells = "".join(
        _cell(cell.text, width, bold=line.total, centre=not in_words)
        for cell, width in zip(line.cells, widths[1:], strict=True)
    )
    whole = f"{first}{cells}{''.join(_bar_cells(_bar(line))) if bars else ''}"
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{whole}</w:tr>"


def _bar(line: Line) -> float | None:
    found = (cell.bar for cell in line.cells if cell.bar is not None and _column(cell) in BARRED)
    return next(found, None)


def _column(cell: Cell) -> str:
    return cell.figure.rpartition(".")[2]


def _bar_cells(bar: float | None) -> Iterator[str]:
    if bar is None:
        yield _cell("", BAR_UNIT * BAR_UNITS, span=BAR_UNITS)
        return
    full = round(bar * BAR_UNITS)
    if full:
        yield _cell("", BAR_UNIT * full, span=full, fill=BAR_FILL)
    if full < BAR_UNITS:
        yield _cell("", BAR_UNIT * (BAR_UNITS - full), span=BAR_UNITS - full, fill=REST_FILL)


def _cell(
    text: str,
    width: int,
    *,
    note: str = "",
    size: int = 22,
    bold: bool = False,
    fill: str = "",
    centre: bool = False,
    span: int = 1,
) -> str:
    shape = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    shape += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shape += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    align = '<w:jc w:val="center"/>' if centre else ""
    lines = "".join(
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/>{align}</w:pPr>{_run(line, size, bold)}{remark}</w:p>'
        for line, remark in _with_note(text, note, size)
    )
    return f'<w:tc><w:tcPr>{shape}<w:vAlign w:val="center"/></w:tcPr>{lines}</w:tc>'


def _with_note(text: str, note: str, size: int) -> Iterator[tuple[str, str]]:
    lines = text.splitlines() or [""]
    for place, line in enumerate(lines, 1):
        yield line, _run(f" ({note})", size - 4, bold=False) if note and place == len(lines) else ""


def _run(text: str, size: int, bold: bool) -> str:
    if not text:
        return ""
    clean = escape("".join(sign for sign in text if sign >= " "))
    weight = "<w:b/>" if bold else ""
    return f'<w:r><w:rPr>{weight}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{clean}</w:t></w:r>'
