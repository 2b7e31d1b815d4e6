"""Pages of results: titles that say one thing, and every figure a link to the answers it was counted from."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update

from storage.database import SyncDatabase
from storage.models.person import Person
from storage.models.questionnaire import Answer
from tests.admin.conftest import Browser, signed_in
from tests.admin.season import Season
from tests.bench.answered import STEM, fill_surveys
from tests.counting import counted

AFTER = f"/summaries/{STEM}_after"
COMPARED = f"/summaries/before-after/{STEM}"
PEOPLE = 22  # two of each class from 1 to 11
MOST_QUERIES = 6


@pytest.fixture
def answered(empty_database: SyncDatabase, make_app: Callable[..., Flask]) -> Browser:
    fill_surveys(empty_database, PEOPLE)
    return signed_in(make_app(empty_database), "zimina")


def links_behind(html: str) -> list[tuple[str, int]]:
    """Each bar's link with the figure that stands on it."""
    towers = re.findall(r'<a href="([^"]+value=[^"]+)"[^>]*><span class="tower-n">(\d+)</span>', html)
    rows = re.findall(r'<a href="([^"]+value=[^"]+)">(\d+)</a>', html)
    return [(unescape(url), int(n)) for url, n in towers + rows]


def test_every_figure_of_the_page_opens_as_many_answers_as_it_says(answered: Browser) -> None:
    links = links_behind(answered.open(AFTER).text)

    assert len(links) > 100
    for url, n in links[::7]:
        assert re.search(rf"\b{n} ответ(а|ов)?\b", answered.text(url)), url


def test_the_page_says_what_was_found_and_of_how_many(answered: Browser) -> None:
    page = answered.text(AFTER)

    assert f"{PEOPLE} ответа" in page
    assert f"n = {PEOPLE}, средняя" in page
    assert re.search(r"<h3>(Высоко, 8 и больше, оценили|Низко, 4 и меньше, оценили|Оценки разные, в среднем)", page)
    assert re.search(r"<h3>«Да» — \d+ из 22</h3>", page)
    assert re.search(r"<h3>Своими словами: \d+ ответ", page)


def test_a_class_of_two_is_not_shown_and_the_page_says_why(answered: Browser) -> None:
    page = answered.text(f"{AFTER}?place=7")

    assert "меньше трёх ответов" in page
    assert "средняя" not in page
    assert "Не показываем" in answered.text(f"{COMPARED}?place=7")


def test_open_answers_are_searched_and_open_the_whole_response(answered: Browser) -> None:
    page = answered.text(f"{AFTER}/t0?text=физике")

    found = re.search(r"(\d+) ответ", page)
    assert found
    assert page.count("терпеливо объяснил") == int(found[1]) > 0
    response = re.search(r'href="(/responses/\d+)"', page)
    assert response
    assert "Опрос наставляемых после программы" in answered.text(response[1])


def test_before_and_after_lead_to_the_people_behind(answered: Browser) -> None:
    answered_both = answered.text("/summaries/before-after")
    assert COMPARED in answered_both

    page = answered.text(COMPARED)
    grew = re.search(r"выше у (\d+), так же у (\d+), ниже у (\d+)", page)
    assert grew
    for direction, n in zip(("grew", "same", "fell"), grew.groups(), strict=True):
        behind = answered.text(f"{COMPARED}/p0?direction={direction}")
        assert f"<p>{n} человек" in behind, direction


def test_lists_ask_at_most_six_questions(answered: Browser, empty_database: SyncDatabase) -> None:
    for path in ("/summaries/", "/summaries/before-after", f"{AFTER}/s0?value=7", f"{AFTER}/t0?text=физике"):
        answered.text(path)  # definitions are read once for good
        with counted(empty_database) as asked:
            answered.text(path)
        assert len(asked) <= MOST_QUERIES, (path, "\n\n".join(asked))


def test_a_results_page_asks_as_often_for_many_as_for_few(answered: Browser, empty_database: SyncDatabase) -> None:
    for path, most in ((AFTER, 10), (COMPARED, 11)):
        answered.text(path)
        with counted(empty_database) as asked:
            answered.text(path)
        assert len(asked) <= most, (path, "\n\n".join(asked))


def test_the_export_holds_a_row_for_each_response_and_no_formula(
    answered: Browser, empty_database: SyncDatabase
) -> None:
    with empty_database.writing.begin() as connection:
        connection.execute(update(Answer).where(Answer.key == "t1").values(value="=HYPERLINK(1)"))
    file = answered.open(f"{AFTER}/export.xlsx")

    sheet = load_workbook(BytesIO(file.data)).active

    assert sheet.max_row == PEOPLE + 1
    assert sheet.max_column == 5 + 20
    assert all(isinstance(sheet.cell(row, 6).value, int) for row in range(2, PEOPLE + 2))
    formula = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert formula
    assert all(cell.data_type == "s" for cell in formula)


def test_what_people_wrote_is_never_markup(answered: Browser, empty_database: SyncDatabase) -> None:
    with empty_database.writing.begin() as connection:
        connection.execute(update(Answer).where(Answer.key == "t0").values(value="<script>alert(1)</script>"))
        connection.execute(update(Person).values(last_name="<b>Крылова</b>"))

    for path in (AFTER, f"{AFTER}/t0", f"{COMPARED}/p0"):
        page = answered.open(path).text
        assert "<script>alert" not in page
        assert "<b>Крылова" not in page


def test_odd_words_in_the_address_never_break_a_page(answered: Browser) -> None:
    odd = (
        "?place=%25&campaign=x",
        "?since=2026-13-40&until=",
        "?period=zzz&form=zzz&role=zzz",
        "?value=%00&page=0&text=%27",
    )
    for path in (AFTER, f"{AFTER}/s0", f"{AFTER}/c1", f"{AFTER}/t0", COMPARED, f"{COMPARED}/p0"):
        for words in odd:
            assert answered.open(path + words).status_code == 200, path + words
    for path in ("/summaries/nothing", f"{AFTER}/nothing", "/summaries/before-after/nothing", f"{COMPARED}/nothing"):
        assert answered.open(path).status_code == 404, path


def test_days_and_periods_narrow_by_the_moment_of_sending(answered: Browser) -> None:
    assert f"{PEOPLE} ответа" in answered.text(f"{AFTER}?period=month")
    assert "Пока никто не ответил" in answered.text(f"{AFTER}?period=last_month")
    assert f"{PEOPLE} ответа" in answered.text(f"{AFTER}?since=2026-11-23&until=2026-11-23")
    assert "Пока никто не ответил" in answered.text(f"{AFTER}?until=2026-11-22")


def test_a_school_without_answers_is_told_what_will_be_here(
    empty_database: SyncDatabase, make_app: Callable[..., Flask]
) -> None:
    curator = signed_in(make_app(empty_database), "zimina")

    assert "Ответов пока нет" in curator.text("/summaries/")
    assert "Сравнивать пока нечего" in curator.text("/summaries/before-after")
    assert "Пока никто не ответил" in curator.text("/summaries/mentor_entry")


def test_a_season_shows_its_questionnaires_and_never_anothers(
    curator: Browser, season: Season, foreign: Season
) -> None:
    page = curator.text("/summaries/feedback_first_mentee/comfort")

    assert f"/responses/{season.feedback}" in page
    assert f"/responses/{foreign.feedback}" not in page
    assert "1 ответ" in page
    assert "Соколова Дарья Игоревна" in page


def test_a_stranger_is_sent_to_the_door(stranger: Browser) -> None:
    for path in ("/summaries/", AFTER, f"{AFTER}/export.xlsx", COMPARED):
        assert stranger.open(path).status_code in (302, 303, 401)
