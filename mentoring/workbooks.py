"""Rows -> XLSX. Nothing that people typed ever becomes a formula or a link, and memory stays constant.

The library is imported inside: the panel must not carry it before somebody asks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import IO, TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Kind = Literal["text", "number", "date", "datetime"]

LONGEST_TEXT = 32_767
"""Characters of a cell, counted by Excel in UTF-16 units."""

SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in characters. "text" keeps phones and class names as they are: a leading zero or plus stays."""

    title: str
    width: int = 20
    kind: Kind = "text"


def workbook(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], *, zone: ZoneInfo | None = None
) -> bytes:
    """One sheet with a header that stays in sight. Aware times are shown in ``zone`` (None: as they are)."""
    body = BytesIO()
    write_workbook(body, title, columns, rows, zone=zone)
    return body.getvalue()


def write_workbook(
    file: IO[bytes],
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    *,
    zone: ZoneInfo | None = None,
) -> None:
    """The same into a file, for tables that are too long to be held."""
    from xlsxwriter import Workbook

    with Workbook(file, _OPTIONS) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        formats = {kind: book.add_format(look) for kind, look in _LOOKS.items()}
        _head(book, sheet, columns)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                _write(sheet, last, place, value, formats[column.kind], column.kind, zone)
        sheet.autofilter(0, 0, last, max(len(columns) - 1, 0))


def _sheet_name(title: str) -> str:
    return title.translate(FORBIDDEN_IN_SHEET_NAME).strip(" '")[:SHEET_NAME] or "Лист"


def _head(book: "Workbook", sheet: "Worksheet", columns: Sequence[Column]) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, bold)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write(
    sheet: "Worksheet", row: int, place: int, value: object, look: "Format", kind: Kind, zone: ZoneInfo | None
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, place, _local(value, zone), look)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, look)
    elif kind == "number" and isinstance(value, (int, float)):
        sheet.write_number(row, place, value, look)
    else:
        sheet.write_string(row, place, _text(value), look)


def _local(value: datetime, zone: ZoneInfo | None) -> datetime:
    """Excel knows no zones: what is written is the clock on the wall."""
    shown = value.astimezone(zone) if zone and value.tzinfo else value
    return shown.replace(tzinfo=None, microsecond=0)


def _text(value: object) -> str:
    """Without the control characters that make a file which Excel calls damaged, and not longer than a cell holds."""
    text = str(value)
    if text.isprintable() and len(text) * 2 <= LONGEST_TEXT:
        return text  # nearly all cells, at a tenth of the cost
    kept = "".join(sign for sign in text if sign >= " " or sign in "\t\n")
    return kept.encode("utf-16-le", "replace")[: LONGEST_TEXT * 2].decode("utf-16-le", "ignore")


_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd.mm.yyyy",
}

_LOOKS: dict[Kind, dict[str, object]] = {
    "text": {"text_wrap": True, "valign": "top", "num_format": "@"},
    "number": {"valign": "top"},
    "date": {"valign": "top", "num_format": "dd.mm.yyyy", "align": "left"},
    "datetime": {"valign": "top", "num_format": "dd.mm.yyyy hh:mm", "align": "left"},
}
