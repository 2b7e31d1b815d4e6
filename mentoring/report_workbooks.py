"""A report -> XLSX: its numbers, before and after, how often each mark was given; with charts that Excel draws."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mentoring import report_words as words
from mentoring.report_layout import Part, Table, parts
from mentoring.rules.reporting import Facts, Row, SectionKey, Tag
from mentoring.use_cases.reports import ReportView

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

APART = (SectionKey.RESULTS, SectionKey.CHANGES)
ACCENT, PALE = "#14635A", "#B9B5A7"
MOST_ON_A_CHART = 15
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Nothing that people wrote becomes a formula or a link."""


def report_workbook(report: ReportView) -> bytes:
    from xlsxwriter import Workbook

    body = BytesIO()
    with Workbook(body, OPTIONS) as book:
        looks = {name: book.add_format(shape) for name, shape in _LOOKS.items()}
        _numbers(book, report, looks)
        _changes(book, report.facts, looks)
        _counts(book, report.facts, looks)
    return body.getvalue()


def _numbers(book: "Workbook", report: ReportView, looks: dict[str, Any]) -> None:
    sheet = _sheet(book, "Числа", (60, *(14,) * 7))
    line = report.line
    sheet.write_string(0, 0, words.report_title(line.kind, line.starts_on, line.ends_on), looks["title"])
    sheet.write_string(1, 0, str(report.facts.said.get("organisation", "")), looks["text"])
    at = 3
    for part in parts(report.facts):
        if part.key not in APART and part.tables:
            at = _part(sheet, part, at, looks)
    _indicator_chart(book, sheet, report.facts, at)


def _part(sheet: "Worksheet", part: Part, at: int, looks: dict[str, Any]) -> int:
    """The row after it."""
    sheet.write_string(at, 0, part.title, looks["title"])
    at += 1
    for said in part.said:
        sheet.write_string(at, 0, said, looks["note"])
        at += 1
    for table in part.tables:
        at = _table(sheet, table, at, looks)
    return at + 1


def _table(sheet: "Worksheet", table: Table, at: int, looks: dict[str, Any]) -> int:
    if table.title:
        sheet.write_string(at, 0, table.title, looks["group"])
        at += 1
    for place, head in enumerate(table.heads):
        sheet.write_string(at, place, head.replace("\u00ad", ""), looks["head"])
    for line in table.lines:
        at += 1
        sheet.write_string(at, 0, line.label, looks["text"])
        for place, cell in enumerate(line.cells, 1):
            if cell.value is not None and not cell.text.endswith("%"):
                sheet.write_number(at, place, cell.value, looks["number"])
            elif cell.value is not None:
                sheet.write_number(at, place, cell.value / 100, looks["percent"])
            else:
                sheet.write_string(at, place, cell.text, looks["text"])
    return at + 1


def _indicator_chart(book: "Workbook", sheet: "Worksheet", facts: Facts, at: int) -> None:
    rows = [row for row in facts.section(SectionKey.INDICATORS).rows if row.value("percent") is not None]
    if not rows:
        return
    columns: list[list[Any]] = [[words.INDICATORS[row.key] for row in rows]]
    columns += [[row.value(name) for row in rows] for name in ("percent", "target")]
    reached = sum((row.value("percent") or 0) >= (row.value("target") or 0) for row in rows)
    title = f"Цель достигнута: {reached} из {len(rows)}"
    _bars(book, sheet, _put(sheet, columns, at), title, ("Есть, %", "Цель, %"), f"A{at + 2}", len(rows))


def _changes(book: "Workbook", facts: Facts, looks: dict[str, Any]) -> None:
    columns = ("n", "before", "after", "difference", "grew", "effect", "p")
    heads = ("Кто", "Вопрос до", "Вопрос после", *(words.COLUMNS[one] for one in columns), "Замечание")
    sheet = _sheet(book, "До и после", (30, 50, 50, *(12,) * len(columns), 30))
    _heads(sheet, heads, looks)
    rows = facts.section(SectionKey.CHANGES).rows
    for at, row in enumerate(rows, 1):
        for place, text in enumerate((words.group_words(row.group), row.note, row.label)):
            sheet.write_string(at, place, text, looks["text"])
        _write(sheet, at, 3, (row.value(one) for one in columns), looks)
        sheet.write_string(at, 3 + len(columns), _tags(row), looks["text"])
    shown = [row for row in rows if row.value("before") is not None and Tag.SHARE not in row.tags]
    grew = [row for row in shown if (row.value("difference") or 0) > 0]
    shown = sorted(shown, key=lambda row: row.value("difference") or 0, reverse=True)[:MOST_ON_A_CHART]
    if shown:
        series: list[list[Any]] = [[row.label for row in shown]]
        series += [[row.value(one) for row in shown] for one in ("before", "after")]
        places = _put(sheet, series, len(rows) + 30)
        title = f"Средняя выросла по {words.plural(len(grew), 'вопросу', 'вопросам', 'вопросам')}"
        _bars(book, sheet, places, title, ("До", "После"), f"A{len(rows) + 4}", len(shown))


def _counts(book: "Workbook", facts: Facts, looks: dict[str, Any]) -> None:
    """How often each mark was given: a row for each question."""
    counts: dict[str, list[list[int]]] = dict(facts.said.get("counts", {}))
    marks = sorted({mark for pairs in counts.values() for mark, _ in pairs})
    heads = (
        "Анкета",
        "Вопрос",
        *(words.COLUMNS[one] for one in ("n", "mean", "median")),
        *map(str, marks),
        "Замечание",
    )
    sheet = _sheet(book, "Ответы", (36, 60, *(11,) * 3, *(6,) * len(marks), 30))
    _heads(sheet, heads, looks)
    for at, row in enumerate(facts.section(SectionKey.RESULTS).rows, 1):
        sheet.write_string(at, 0, words.group_words(row.group), looks["text"])
        sheet.write_string(at, 1, row.label, looks["text"])
        _write(sheet, at, 2, (row.value(one) for one in ("n", "mean", "median")), looks)
        given = {mark: times for mark, times in counts.get(row.key, ())}
        _write(sheet, at, 5, (given.get(mark) for mark in marks), looks)
        sheet.write_string(at, 5 + len(marks), _tags(row), looks["text"])


def _sheet(book: "Workbook", name: str, widths: Iterable[int]) -> "Worksheet":
    sheet = book.add_worksheet(name)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return sheet


def _heads(sheet: "Worksheet", heads: Iterable[str], looks: dict[str, Any]) -> None:
    for place, head in enumerate(heads):
        sheet.write_string(0, place, head.replace("\u00ad", ""), looks["head"])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: "Worksheet", at: int, place: int, values: Iterable[float | None], looks: dict[str, Any]) -> None:
    for column, value in enumerate(values, place):
        if value is not None:
            sheet.write_number(at, column, value, looks["number"])


def _tags(row: Row) -> str:
    return ", ".join(words.TAGS[tag] for tag in row.tags)


Place = tuple[str, int, int, int, int]


def _put(sheet: "Worksheet", columns: list[list[Any]], at: int) -> list[Place]:
    """Numbers of a chart, under it: where each column stands."""
    places = []
    for column, values in enumerate(columns):
        for row, value in enumerate(values, at):
            sheet.write(row, column, value)
        places.append((sheet.get_name(), at, column, at + len(values) - 1, column))
    return places


def _bars(
    book: "Workbook", sheet: "Worksheet", places: list[Place], title: str, names: tuple[str, ...], where: str, rows: int
) -> None:
    chart = book.add_chart({"type": "bar"})
    for name, values, colour in zip(names, places[1:], (PALE, ACCENT), strict=True):
        chart.add_series(
            {
                "name": name,
                "categories": list(places[0]),
                "values": list(values),
                "fill": {"color": colour},
                "data_labels": {"value": True},
            }
        )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 140 + 46 * rows})
    sheet.insert_chart(where, chart)


_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 13},
    "group": {"bold": True},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "text": {"text_wrap": True, "valign": "top"},
    "note": {"italic": True, "font_color": "#646B6A"},
    "number": {"valign": "top"},
    "percent": {"valign": "top", "num_format": "0.0%"},
}
