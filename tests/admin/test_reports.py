"""A curator counts a report, writes into it, opens what stands behind its numbers, signs it and takes it away."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook

from mentoring.use_cases.accounts import reset_password
from storage.base import Base
from storage.database import SyncDatabase
from storage.models.organisation import Programme
from storage.models.report import Report
from tests.admin.conftest import Browser, Clock, signed_in
from tests.admin.season import PASSWORD, Season
from tests.use_cases.gymnasium import CONSOLE

Rows = Callable[..., Any]


@pytest.fixture
def rows(database: SyncDatabase) -> Rows:
    """A row as it stands in the database now."""

    def one(table: type[Base], row_id: int) -> Any:
        with database.readers() as session:
            return session.get_one(table, row_id)

    return one


def fields(html: str) -> dict[str, str]:
    """What stands in the form's fields."""
    typed = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', html))
    return {name: value for name, value in typed.items() if name not in ("csrf_token", "q")}


def test_a_new_report_is_counted_at_once(curator: Browser) -> None:
    page = curator.text("/reports/")
    assert "Ноябрь 2026" in page
    assert "2026/2027 учебный год" in page

    answer = curator.send("/reports/", {"period": "quarter:2026-10-01"}, seen="/reports/")

    assert answer.status_code == 303
    assert "Отчёт за 4-й квартал 2026" in curator.text(answer.location)


def test_a_second_time_the_same_draft_opens(curator: Browser, season: Season) -> None:
    answer = curator.send("/reports/", {"period": "month:2026-11-01"}, seen="/reports/")

    assert answer.location.endswith(f"/reports/{season.report}")
    assert "Черновик за этот период уже есть" in curator.text(answer.location)


def test_every_number_of_the_page_opens_its_list(curator: Browser, season: Season) -> None:
    page = curator.open(f"/reports/{season.report}").text
    links = re.findall(rf'<a href="(/reports/{season.report}/behind/[^"]+)">([^<]+)</a>', page)
    assert len(links) > 30
    for path, shown in links:
        listed = curator.text(path)
        assert f"<strong>{shown}</strong>" in listed or shown.startswith("+"), path
        rows = re.search(r"в списке (\d+) ", listed)
        if "Списка здесь нет" in listed:
            assert re.search(r"behind/(gaps|indicators)\.", path) or shown == "0", path
        elif re.fullmatch(r"\d+", shown) and "per_week" not in path and "percent" not in path:
            assert int(rows[1] if rows else 0) in (int(shown), 1), path


def test_a_list_names_people_and_leads_to_them(curator: Browser, season: Season) -> None:
    page = curator.text(f"/reports/{season.report}/behind/people.mentor.taking_part")

    assert "Лебедева Анна Сергеевна" in page
    assert f'href="/person/{season.anna}"' in page
    assert "← Отчёт за ноябрь 2026" in page
    assert "Ветров" not in page  # has not been taken in yet


def test_words_of_the_curator_take_the_place_of_the_suggested_ones(
    curator: Browser, season: Season, rows: Callable[..., Any]
) -> None:
    path = f"/reports/{season.report}/texts"
    suggested = curator.text(path)
    assert "В программе 3 участника" in suggested

    overview = re.search(r'<textarea[^>]*name="overview"[^>]*>\s*([^<]*)</textarea>', suggested)
    assert overview
    curator.send(path, {"overview": overview[1].strip(), "conclusions": "Пары встречаются."}, seen=path)

    page = curator.text(f"/reports/{season.report}")
    assert "Пары встречаются." in page
    assert rows(Report, season.report).texts == {"conclusions": "Пары встречаются."}


def test_a_signed_report_has_no_buttons_and_takes_no_words(
    curator: Browser, season: Season, rows: Callable[..., Any]
) -> None:
    path = f"/reports/{season.report}/sign"
    assert "Отменить подпись нельзя" in curator.text(path)
    assert "Период ещё не закончился" in curator.text(path)

    answer = curator.send(path, seen=path)

    page = curator.text(answer.location)
    assert "подписан" in page
    assert "Ольга Викторовна Зимина" in page
    assert "Править тексты" not in page
    assert "Удалить черновик" not in page
    curator.send(f"/reports/{season.report}/texts", {"conclusions": "Иначе"}, seen="/reports/")
    assert "Иначе" not in curator.text(f"/reports/{season.report}")
    assert rows(Report, season.report).frozen["sections"]


def test_a_draft_is_dropped_by_a_button(curator: Browser, season: Season) -> None:
    curator.press(f"/reports/{season.report}", f"/reports/{season.report}/drop")

    assert curator.open(f"/reports/{season.report}").status_code == 404
    assert "Отчётов пока нет" in curator.text("/reports/")


def test_both_files_have_a_name_that_says_what_they_are(curator: Browser, season: Season) -> None:
    word = curator.open(f"/reports/{season.report}/report.docx")
    excel = curator.open(f"/reports/{season.report}/report.xlsx")

    assert "Отчёт о мониторинге за ноябрь 2026.docx" in unquote(word.headers["Content-Disposition"])
    assert "Отчёт о мониторинге за ноябрь 2026.xlsx" in unquote(excel.headers["Content-Disposition"])
    assert "МБОУ Гимназия «Маяк»" in Document(BytesIO(word.data)).paragraphs[0].text
    assert load_workbook(BytesIO(excel.data)).sheetnames[0] == "Числа"


def test_numbers_for_the_indicators_are_kept_and_nonsense_is_refused(
    curator: Browser, season: Season, rows: Callable[..., Any]
) -> None:
    told = fields(curator.open("/reports/figures").text)
    assert told["threshold"] == "7.0"

    curator.send(
        "/reports/figures",
        {**told, "pupils_10_19": "40", "introduced_on": "2026-09-15", "target_pupils_mentees": "25"},
        seen="/reports/figures",
    )

    programme = rows(Programme, season.programme_id)
    assert programme.figures["pupils_10_19"] == 40
    assert programme.introduced_on.isoformat() == "2026-09-15"
    assert "25\u00a0%" in curator.text(f"/reports/{season.report}")
    refused = curator.send("/reports/figures", {**told, "threshold": "70"}, seen="/reports/figures")
    assert "Проверьте поле «Порог удовлетворённости»" in refused.text


def test_a_head_reads_a_report_and_has_no_buttons(
    app: Flask, season: Season, database: SyncDatabase, clock: Clock
) -> None:
    database.write(reset_password, "zimina-head", password=PASSWORD, by=CONSOLE, now=clock())
    head = signed_in(app, "zimina-head")

    page = head.text(f"/reports/{season.report}")
    assert "Участвуют на конец" in page
    assert "Подписать" not in page
    assert "Новый отчёт" not in head.text("/reports/")
    assert head.open(f"/reports/{season.report}/report.docx").status_code == 200
    head.send(f"/reports/{season.report}/sign", seen="/password")
    assert "черновик" in head.text(f"/reports/{season.report}")


def test_strange_periods_and_figures_break_nothing(curator: Browser, season: Season) -> None:
    for period in ("", "month", "month:2030-01-01", "year:2026-09-01", "month:нет"):
        assert curator.send("/reports/", {"period": period}, seen="/reports/").status_code == 200, period
    for figure in ("x", "people.mentor.taking_part.x", "results.%00", "..", "people.mentor.taking_part%3Fpage=9"):
        assert curator.open(f"/reports/{season.report}/behind/{figure}").status_code in (404, 308), figure
    assert curator.open(f"/reports/{season.report}/behind/people.mentor.taking_part?page=99").status_code == 200
