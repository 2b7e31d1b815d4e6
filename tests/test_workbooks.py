import tracemalloc
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mentoring.workbooks import Column, workbook


def sheet(columns: Sequence[Column], rows: Iterable[Sequence[object]], zone: ZoneInfo | None = None) -> Worksheet:
    opened = load_workbook(BytesIO(workbook("Люди", columns, rows, zone=zone))).active
    assert isinstance(opened, Worksheet)
    return opened


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+7 900 000-00-00", "-1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x")', "http://x.ru", "{=1}", "007"],
)
def test_nothing_typed_becomes_a_formula_a_link_or_a_number(typed: str) -> None:
    cell = sheet([Column("Ответ")], [(typed,)])["A2"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (typed, "s", None)


def test_days_are_days_and_times_are_local_clock_times() -> None:
    columns = [Column("День", 14, "date"), Column("Когда", 18, "datetime"), Column("Сколько", 10, "number")]
    row = (date(2026, 11, 25), datetime(2026, 11, 25, 12, 0, 30, 5, tzinfo=UTC), 3)

    made = sheet(columns, [row], ZoneInfo("Asia/Novokuznetsk"))

    values = [str(made.cell(2, place).value) for place in (1, 2, 3)]
    assert values == ["2026-11-25 00:00:00", "2026-11-25 19:00:30", "3"]
    assert (made["A2"].number_format, made["B2"].number_format) == ("dd.mm.yyyy", "dd.mm.yyyy hh:mm")


def test_the_header_stays_in_sight_and_filters_all_rows() -> None:
    made = sheet([Column("Кто", 34), Column("Телефон", 18)], [("Мила", "+79000000000")] * 3)

    assert (made.freeze_panes, made.auto_filter.ref) == ("A2", "A1:B4")
    assert [made.cell(1, place).value for place in (1, 2)] == ["Кто", "Телефон"]
    assert made.column_dimensions["A"].width == pytest.approx(34, abs=1)


def test_an_empty_list_is_a_sheet_with_its_header_only() -> None:
    assert [[cell.value for cell in row] for row in sheet([Column("Кто")], []).rows] == [["Кто"]]


def test_control_characters_and_endless_texts_do_not_damage_the_file() -> None:
    made = sheet([Column("Ответ")], [("до\x00\x1b после",), ("я" * 40_000,), ("😀" * 20_000,)])

    assert made["A2"].value == "до после"
    assert made["A3"].value == "я" * 32_767
    assert made["A4"].value == "😀" * 16_383


def test_any_title_makes_a_sheet() -> None:
    for title in ("Анкеты: кто/когда?", "я" * 60, "", "'[]'"):
        assert load_workbook(BytesIO(workbook(title, [Column("Кто")], []))).sheetnames


def test_a_row_of_another_length_is_a_defect() -> None:
    with pytest.raises(ValueError, match="argument"):
        workbook("Люди", [Column("Кто")], [("Мила", "7 «Б»")])


@pytest.mark.slow(6)
def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(count: int) -> int:
        rows = ([f"ответ {n} {m}" for m in range(8)] for n in range(count))
        tracemalloc.start()
        workbook("Люди", [Column(str(n)) for n in range(8)], rows)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)  # loads the library, whose size is nobody's rows
    assert peak(8_000) < peak(1_000) * 3
