"""The registers' pages: how often they ask, and what each of them shows."""

from storage.database import SyncDatabase
from tests.admin.conftest import Browser
from tests.admin.season import Season
from tests.counting import counted


def test_a_register_asks_only_for_the_columns_that_it_shows(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    asked = {}
    for path in ("/registers/", "/registers/?ours=1", "/registers/mentees", "/registers/?public=1"):
        curator.text(path)
        with counted(database) as found:
            assert "<tr>" in curator.text(path)
        asked[path] = len(found)

    assert asked["/registers/"] <= 11, asked
    assert asked["/registers/mentees"] <= 11, asked
    assert asked["/registers/?ours=1"] <= 17, asked
    assert asked["/registers/?public=1"] <= 14, asked


def test_a_name_comes_to_the_site_when_its_owner_agrees_and_goes_when_they_do_not(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    page = "/registers/?public=1"
    assert "Не спрашивали: 1" in curator.text(page)
    answer = curator.press(page, "/registers/ask-publication")
    assert "Вопрос ушёл: 1 человек" in curator.text(answer.location)
    assert "Ждём ответа: 1" in curator.text(page)
    assert "Спросить согласие" not in curator.text(page)

    person = f"/person/{season.anna}"
    assert "ждём ответа" in curator.text(person)
    paper = f"{person}/paper-consent/publication_adult"
    signed = {"decision": "given", "signed_on": "2026-11-20", "given_by_name": "", "relation": ""}
    assert "Согласие на публикацию" in curator.text(paper)
    curator.send(paper, signed, seen=paper)
    assert "Лебедева Анна Сергеевна" in curator.text(page)
    assert "можно публиковать" in curator.text(person)

    curator.send(paper, {**signed, "decision": "refused"}, seen=paper)
    assert "Лебедева Анна Сергеевна" not in curator.text(page)
    assert "одобрен" in curator.text(person)
