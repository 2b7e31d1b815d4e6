"""Candidates, trainings, agreements and registers in the panel."""

import re
from datetime import datetime
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from mentoring.use_cases.accounts import reset_password
from storage.database import SyncDatabase
from storage.models.account import AuditEntry
from storage.models.person import Person
from storage.models.questionnaire import Answer, Response
from storage.models.selection import Interview, LabourAgreement, Training
from tests.admin.conftest import Browser, Clock, signed_in
from tests.admin.mentors import selection_of
from tests.admin.season import PASSWORD, Season
from tests.use_cases.gymnasium import CONSOLE

NOTES = "Спокойна, умеет слушать."


@pytest.fixture
def ids(database: SyncDatabase, season: Season) -> dict[str, int]:
    return selection_of(database, season)


@pytest.fixture
def head(app: Flask, database: SyncDatabase, clock: Clock) -> Browser:
    database.write(reset_password, "zimina-head", password=PASSWORD, by=CONSOLE, now=clock())
    return signed_in(app, "zimina-head")


def test_notes_of_an_interview_open_by_a_press_that_the_journal_keeps(
    curator: Browser, season: Season, ids: dict[str, int], database: SyncDatabase
) -> None:
    page, button = f"/selection/{season.anna_enrolment}", f"/selection/interview/{ids['interview_id']}/open"
    assert NOTES not in curator.text(page)
    assert NOTES in curator.press(page, button).text
    assert curator.open(button).status_code == 405
    with database.readers() as session:
        acts = session.scalars(select(AuditEntry.act).where(AuditEntry.object_kind == "interview")).all()
    assert acts == ["interview.opened"]
    assert "Открыты заметки собеседования" in curator.text(f"/person/{season.anna}")


def test_a_head_sees_that_notes_are_closed(head: Browser, season: Season, ids: dict[str, int]) -> None:
    page = head.text(f"/selection/{season.anna_enrolment}")
    assert "закрыто" in page
    assert NOTES not in page
    answer = head.send(f"/selection/interview/{ids['interview_id']}/open")
    assert answer.status_code == 403
    assert NOTES not in answer.text


def test_an_interview_is_written_on_its_page(curator: Browser, season: Season, database: SyncDatabase) -> None:
    written = {"held_on": "2026-11-20", "interviewer": "куратор", "verdict": "later", "notes": "Вернуться в январе."}
    answer = curator.send(f"/selection/{season.igor_enrolment}/interview", written)
    assert answer.status_code == 303
    assert "позже" in curator.text("/selection/")
    with database.readers() as session:
        assert session.scalars(select(Interview.notes)).all() == ["Вернуться в январе."]


def test_a_training_is_planned_filled_by_names_and_closed_with_hours(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    entered = {"title": "Цели", "topic": "goals", "starts_on": "2026-11-20", "hours": "4"}
    page = curator.send("/trainings/new", entered).location
    said = curator.send(f"{page}/names", {"names": "Лебедева А. С.\nПетров Пётр"}, seen=page)
    assert "Петров Пётр" in said.text
    assert "Лебедева Анна Сергеевна" in said.text
    hours = {f"hours-{season.anna_enrolment}": "4", f"certificate-{season.anna_enrolment}": "№ 12"}
    curator.send(f"{page}/attendance", hours, seen=page)
    assert "1 из 1" in curator.text("/trainings/")
    sheet = sheet_of(curator, "/trainings/export.xlsx")
    assert [cell.value for cell in sheet[2]][:3] == ["Лебедева Анна Сергеевна", "Хочу попробовать", "Цели"]
    assert sheet.cell(2, 5).value == datetime(2026, 11, 20)  # noqa: DTZ001 - Excel knows no zones
    with database.readers() as session:
        assert session.scalars(select(Training.topic)).all() == ["goals"]


def test_an_agreement_is_kept_from_its_page(curator: Browser, season: Season, database: SyncDatabase) -> None:
    assert "нет согласия" in curator.text("/labour/")
    paper = {"consent_on": "2026-11-20", "number": "7", "signed_on": "2026-11-21", "amount": "3000.50"}
    curator.send(f"/labour/new/{season.anna_enrolment}", paper)
    assert "всё есть" in curator.text("/labour/")
    assert "3\u00a0000,50\u00a0₽ в месяц" in curator.text("/labour/")
    with database.readers() as session:
        kept = session.scalars(select(LabourAgreement)).one()
    curator.send(f"/labour/{kept.id}/stop", {"on": "2026-11-25"})
    assert "прекращено 25.11.2026" in curator.text("/labour/")


def test_the_register_opens_in_excel_with_dates_as_dates_phones_as_text_and_no_formula(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    with database.writers.begin() as session:
        session.get_one(Person, season.anna).phone = "+79001234567"
        answers = select(Answer).join(Response).where(Response.person_id == season.anna, Answer.key == "experience")
        session.scalars(answers).one().value = '=HYPERLINK("http://example.org";"22 года")'
    sheet = sheet_of(curator, "/registers/mentors.xlsx?ours=1")
    titles = [cell.value for cell in sheet[1]]
    row = dict(zip(titles, sheet[2], strict=True))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    assert row["Вошёл в программу"].is_date
    assert (row["Контакты"].value, row["Контакты"].data_type) == ("+7 900 123-45-67", "s")
    assert row["Достижения, важные для программы"].data_type == "s"
    assert row["Наставляемые"].value == "Соколова Дарья Игоревна"
    assert titles[:16] == [
        "№",
        "Фамилия, имя, отчество",
        "Контакты",
        "Место работы или учёбы",
        "Основные компетенции",
        "Достижения, важные для программы",
        "Интересы",
        "Желаемый возраст наставляемых",
        "Ресурс времени",
        "Вошёл в программу",
        "Наставляемые",
        "Форма наставничества",
        "Место работы или учёбы наставляемого",
        "Дата завершения",
        "Результаты",
        "Ссылка на кейс или отзыв",
    ]


def test_the_register_for_the_site_names_nobody_who_has_not_agreed(curator: Browser, season: Season) -> None:
    page = curator.text("/registers/?public=1")
    assert "без имён" in page
    assert "Лебедева" not in re.sub(r"<header.*?</header>", "", page, flags=re.DOTALL)
    sheet = sheet_of(curator, "/registers/mentors.xlsx?public=1")
    assert [cell.value for cell in sheet[1]][:4] == [
        "№",
        "Фамилия, имя, отчество",
        "Место работы или учёбы",
        "Основные компетенции",
    ]
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {"имя не публикуется"}
    assert {row[2].value for row in sheet.iter_rows(min_row=2)} == {None}


def test_the_register_of_a_day_before_anybody_came_is_empty(curator: Browser, season: Season) -> None:
    assert "Реестр наставников пуст" in curator.text("/registers/?on=2026-09-01")
    assert "Лебедева" in curator.text("/registers/?on=later")


def sheet_of(browser: Browser, path: str) -> Worksheet:
    answer = browser.open(path)
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.data)).active


def test_a_curator_adds_education_and_service_to_a_portfolio(curator: Browser, season: Season) -> None:
    page = f"/selection/{season.anna_enrolment}"
    assert "не вписаны" in curator.text(page)
    refused = curator.send(f"{page}/portfolio", {"years": "3", "years_teaching": "22"}, seen=f"{page}/portfolio")
    assert "Проверьте поле «Общий стаж»" in refused.text
    curator.send(f"{page}/portfolio", {"category": "высшая", "years": "22"}, seen=f"{page}/portfolio")
    assert "общий 22 года" in curator.text(page)
    assert 'value="высшая"' in curator.text(f"{page}/portfolio")
