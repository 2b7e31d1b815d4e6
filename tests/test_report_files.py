"""A report as Word and Excel open it: the same numbers, a head on each page, nothing that becomes a formula."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from openpyxl import load_workbook

from mentoring import report_words as words
from mentoring.report_documents import initials, report_document
from mentoring.report_drafts import suggested_texts
from mentoring.report_layout import parts
from mentoring.report_workbooks import report_workbook
from mentoring.rules.reporting import (
    Facts,
    Figure,
    Listed,
    PeriodKind,
    ReportState,
    Row,
    Section,
    SectionKey,
    Tag,
    Trace,
    counted,
)
from mentoring.use_cases.reports import ReportLine, ReportView

MOSCOW = ZoneInfo("Europe/Moscow")
AT = datetime(2026, 11, 30, 20, tzinfo=UTC)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def result(key: str, label: str, n: int, mean: float, *tags: Tag) -> Row:
    trace = Trace(Listed.SUBMISSIONS, tuple((one,) for one in range(n)), key)
    numbers = {"n": n, "mean": mean, "median": mean}
    figures = tuple(Figure(f"results.pulse:{key}.{name}", value, trace) for name, value in numbers.items())
    return Row(f"pulse:{key}", figures, label, "Пульс|mentee", tags=tags)


def change(key: str, label: str, before: float, after: float, *tags: Tag) -> Row:
    moved = {"before": before, "after": after, "difference": round(after - before, 2)}
    numbers = {"n": 12, **moved, "grew": 75.0, "p": 0.003}
    stem = "survey_pupil_pupil_mentee"
    figures = tuple(Figure(f"changes.{stem}:{key}.{name}", value) for name, value in numbers.items())
    return Row(f"{stem}:{key}", figures, label, "pupil_pupil:mentee", "до", tags)


@pytest.fixture
def report() -> ReportView:
    people = tuple(
        Row(role, (counted(f"people.{role}.taking_part", Listed.ENROLMENTS, ((1,), (2,), (3,))),))
        for role in ("mentor", "mentee", "all")
    )
    results = (
        *(result(f"q{number}", f"Вопрос {number} о встречах", 6, 7.5) for number in range(60)),
        result("evil", "=СУММ(A1) и <b>&\x07", 4, 9.25, Tag.FEW),
        result("hidden", "Кого не видно", 2, 9.0, Tag.HIDDEN),
    )
    changes = (
        change("comfort", "Насколько легко вам было?", 5, 7.5),
        change("support", "Была ли поддержка?", 9, 8, Tag.IMPORTANCE),
    )
    sections = (
        Section(SectionKey.PEOPLE, people),
        Section(SectionKey.RESULTS, results),
        Section(SectionKey.CHANGES, changes),
        Section(SectionKey.GAPS, (Row("grid", (Figure("gaps.grid.n", 1),)),)),
    )
    said = {
        "organisation": "МБОУ Гимназия «Маяк»",
        "address": "г. Приозёрный",
        "programme": "Программа наставничества 2026/2027",
        "school_year": "2026/2027",
        "curator": "Ольга Викторовна Зимина",
        "counts": {"pulse:q0": [[7, 3], [8, 3]]},
    }
    line = ReportLine(1, 1, PeriodKind.MONTH, *NOVEMBER, ReportState.DRAFT, AT, None, "")
    return ReportView(line, Facts(*NOVEMBER, AT, sections, said), {})


@pytest.fixture
def document(report: ReportView) -> Opened:
    texts = {"overview": "Год начался.\nПары встречаются.", "conclusions": "Всё хорошо"}
    return Document(BytesIO(report_document(report, texts, zone=MOSCOW)))


def lines(document: Opened) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_paper_begins_with_the_organisation_and_the_period(document: Opened) -> None:
    assert lines(document)[:6] == [
        "МБОУ Гимназия «Маяк»",
        "г. Приозёрный",
        "ОТЧЁТ",
        "о мониторинге программы наставничества за ноябрь 2026",
        "Программа наставничества 2026/2027",
        "Черновик: числа на 30.11.2026 23:00.",
    ]
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)


def test_each_table_repeats_its_head_and_tears_no_row(document: Opened) -> None:
    assert len(document.tables) == 5
    for table in document.tables:
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_a_bar_is_a_shaded_cell_as_wide_as_the_mark(document: Opened) -> None:
    marked = document.tables[-3]._tbl.tr_lst[1]
    spans = [
        (cell.tcPr.find(qn("w:gridSpan")).get(qn("w:val")), cell.tcPr.find(qn("w:shd")).get(qn("w:fill")))
        for cell in marked.tc_lst
        if cell.tcPr.find(qn("w:gridSpan")) is not None
    ]
    assert [span for span, _ in spans] == ["15", "5"]  # 7,5 of ten
    assert len({fill for _, fill in spans}) == 2


def test_numbers_of_the_paper_are_those_of_the_report(report: ReportView, document: Opened) -> None:
    printed = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    for part in parts(report.facts):
        for table in part.tables:
            for line in table.lines:
                assert {cell.text for cell in line.cells} <= printed, line
    assert "Кого не видно" not in "".join(printed)
    assert any("чтобы никого не узнали: Пульс (наставляемые)" in line for line in lines(document))


def test_what_asks_how_much_something_matters_never_grows(document: Opened) -> None:
    assert "ученик–ученик, наставляемые: ожидание против опыта" in lines(document)
    assert "Средняя выросла по 1 вопросу из 1." in lines(document)
    assert [cell.text for cell in document.tables[-1].rows[0].cells][2:4] == ["Было важно", "Получилось"]


def test_the_signature_stays_with_its_words_on_one_page(document: Opened) -> None:
    place = next(n for n, one in enumerate(document.paragraphs) if one.text.startswith("Куратор программы"))
    signatures = document.paragraphs[place : place + 2]
    assert signatures[0].text.endswith("О. В. Зимина")
    assert signatures[0].paragraph_format.keep_with_next
    assert signatures[1].text.startswith("Руководитель организации")


def test_long_tables_stand_in_appendices_after_the_signatures(document: Opened) -> None:
    said = lines(document)
    signed = next(n for n, line in enumerate(said) if line.startswith("Руководитель организации"))
    assert said.index("Таблицы по каждой анкете — в приложении 1.") < signed
    assert signed < said.index("Приложение 1") < said.index("Приложение 2")
    assert said[said.index("Приложение 2") + 1] == "До и после"
    begun = [one for one in document.paragraphs if one.text.startswith("Приложение")]
    assert all(one.paragraph_format.page_break_before for one in begun)


def test_a_signed_paper_says_when_and_is_no_draft(report: ReportView) -> None:
    line = replace(report.line, state=ReportState.SIGNED, signed_at=AT, signed_by="Ольга Викторовна Зимина")
    body = report_document(replace(report, line=line), {}, zone=MOSCOW)

    said = lines(Document(BytesIO(body)))
    assert said[said.index("Приложение 1") - 1] == "Подписан 30 ноября 2026 г."
    assert not any("Черновик" in one for one in said)


def test_odd_signs_break_neither_file(report: ReportView) -> None:
    for body in (report_document(report, {"overview": "а\x00б"}, zone=MOSCOW), report_workbook(report)):
        with ZipFile(BytesIO(body)) as archive:
            assert archive.testzip() is None


def test_the_workbook_holds_numbers_changes_and_counts(report: ReportView) -> None:
    book = load_workbook(BytesIO(report_workbook(report)))

    assert book.sheetnames == ["Числа", "До и после", "Ответы"]
    answers = [[cell.value for cell in row] for row in book["Ответы"].iter_rows()]
    assert answers[0][:7] == ["Анкета", "Вопрос", "Ответов", "Среднее", "Медиана", "7", "8"]
    assert answers[1][:7] == ["Пульс (наставляемые)", "Вопрос 0 о встречах", 6, 7.5, 7.5, 3, 3]
    evil = next(row for row in answers if str(row[1]).startswith("=СУММ"))
    assert evil[3] == 9.25
    assert book["Ответы"].cell(62, 2).data_type == "s"
    assert len(book["До и после"]._charts) == 1
    changes = list(book["До и после"].iter_rows(min_row=2, max_row=3, values_only=True))
    assert changes[0][3:7] == (12, 5, 7.5, 2.5)
    assert "ожидание против опыта" in changes[1][-1]


@pytest.mark.parametrize(
    ("kind", "first", "last", "said"),
    [
        (PeriodKind.MONTH, date(2026, 11, 1), date(2026, 11, 30), "за ноябрь 2026"),
        (PeriodKind.QUARTER, date(2026, 10, 1), date(2026, 12, 31), "за 4-й квартал 2026"),
        (PeriodKind.HALF_YEAR, date(2027, 1, 1), date(2027, 6, 30), "за первое полугодие 2027"),
        (PeriodKind.SEASON, date(2026, 9, 1), date(2027, 8, 31), "за 2026/2027 учебный год"),
    ],
)
def test_a_period_is_named_as_people_name_it(kind: PeriodKind, first: date, last: date, said: str) -> None:
    assert words.period_words(kind, first, last) == said


@pytest.mark.parametrize(
    ("value", "said"), [(8.4, "8,4"), (8.0, "8"), (None, "–"), (-1.5, "−1,5"), (0.0, "0"), (10, "10"), (100.0, "100")]
)
def test_numbers_are_written_with_a_comma(value: float | None, said: str) -> None:
    assert words.number(value) == said


def test_small_chances_and_differences_are_said_in_full() -> None:
    assert [words.chance(value) for value in (0.0004, 0.0312, None)] == ["< 0,001", "0,031", "–"]
    assert [words.signed_number(value) for value in (2.5, -2.5, 0, None)] == ["+2,5", "−2,5", "0", "–"]
    assert words.percent(66.7) == "66,7\u00a0%"


def test_suggested_words_are_made_of_the_numbers_and_say_nothing_of_few(report: ReportView) -> None:
    texts = suggested_texts(report.facts)

    assert "с 5 до 7,5 (+2,5; n = 12; ученик–ученик, наставляемые)" in texts["changes"]
    assert "Ожидания не оправдались полностью: «Была ли поддержка?»" in texts["changes"]
    assert "СУММ" not in texts["answers"]
    assert texts["conclusions"] == texts["proposals"] == ""


def test_every_key_of_a_report_has_words() -> None:
    assert set(words.SECTIONS) == set(SectionKey)
    assert set(words.TAGS) == set(Tag)
    assert set(words.PERIODS) == set(PeriodKind)


@pytest.mark.parametrize(
    ("name", "said"),
    [("Ольга Викторовна Зимина", "О. В. Зимина"), ("Зимина Ольга", "О. Зимина"), ("Зимина", "Зимина"), ("", "")],
)
def test_a_signature_has_initials(name: str, said: str) -> None:
    assert initials(name) == said
