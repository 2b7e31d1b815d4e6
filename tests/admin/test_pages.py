"""What every page keeps to: Russian to the last button, nothing from outside, nothing inline, strict headers."""

import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask

from admin.app import create_app
from admin.security import HEADERS, POLICY
from storage.database import SyncDatabase
from tests.admin.conftest import Browser, Clock, settings_for, signed_in
from tests.admin.season import Season
from tests.admin.test_doors import PUBLIC
from tests.admin.test_walls import ids, url
from tests.conftest import NOW

ALLOWED_LATIN = {
    "Excel",
    "Word",
    "SWOT",
    "QR",
    "Caps",
    "Lock",
    "mydata",
    "privacy",
}  # the last two: commands of the bot
VOID = {"input", "br", "link", "meta", "img", "hr", "path", "rect", "circle"}


class Page(HTMLParser):
    """Words that people read, tags with their attributes, and whether the tags are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        for name in ("title", "placeholder", "aria-label", "alt", "data-copied"):
            self.words.append(given.get(name, ""))
        if tag not in VOID:
            self.open.append((tag, given.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            opened = self.open.pop()
            assert opened[0] == tag, f"<{opened[0]}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        if not any(tag in ("script", "style") or "link-text" in css.split() for tag, css in self.open):
            self.words.append(data)


def all_pages(app: Flask, browser: Browser, season: Season, database: SyncDatabase) -> dict[str, str]:
    numbers = ids(season, database)
    paths = [url(app, rule, numbers) for rule in app.url_map.iter_rules() if _is_page(rule)]
    paths += [
        f"/person/{season.timur}",
        f"/person/{season.darya}",
        f"/pairs/{season.agreed}",
        f"/meetings/{season.held}",
        "/consents/?state=missing",
        "/people/?q=иванов",
        "/pairs/propose?role=mentor",
        "/people/?status=submitted&role=mentor",
    ]
    pages = {path: browser.open(path) for path in paths}
    return {path: answer.text for path, answer in pages.items() if answer.status_code == 200}


def _is_page(rule: object) -> bool:
    is_file = rule.rule.endswith((".xlsx", ".docx", ".json", ".toml"))  # type: ignore[attr-defined]
    return "GET" in rule.methods and rule.endpoint not in PUBLIC and not is_file  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def pages(played: tuple[Path, Season, Season], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Opened once for all tests that only read them."""
    file = tmp_path_factory.mktemp("pages") / "panel.db"
    file.write_bytes(played[0].read_bytes())
    database = SyncDatabase(f"sqlite:///{file}")
    app = create_app(settings_for(), database, Clock(NOW), Clock(NOW))
    found = all_pages(app, signed_in(app, "zimina-admin"), played[1], database)
    database.close()
    assert len(found) > 45
    return found


def test_each_page_speaks_russian(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        words = " ".join(Page(html).words)
        assert not re.findall(r"None|False|True|Undefined", words), path
        latin = set(re.findall(r"[A-Za-z]{2,}", words)) - ALLOWED_LATIN
        assert not latin, (path, latin)


def test_each_page_is_well_formed_and_says_its_language(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        page = Page(html)
        assert page.open == [], path
        assert ("html", {"lang": "ru"}) in page.tags, path
        assert sum(tag == "h1" for tag, _ in page.tags) >= 1, path


def test_no_page_takes_anything_from_outside(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        for tag, attrs in Page(html).tags:
            for name in ("src", "href", "action", "data", "poster", "srcset"):
                address = attrs.get(name, "")
                leads_to_chat = tag == "a" and address.startswith("https://t.me/mayak_bot?start=")
                assert leads_to_chat or address.startswith(("/", "#", "tel:")) or not address, (path, tag, address)


def test_no_page_has_inline_scripts_styles_or_handlers(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        page = Page(html)
        for tag, attrs in page.tags:
            assert tag != "style", path
            assert tag != "script" or attrs.get("src"), path
            assert not [name for name in attrs if name.startswith("on") or name == "style"], (path, tag, attrs)


def test_each_field_has_a_label(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        page = Page(html)
        labelled = {attrs.get("for") for tag, attrs in page.tags if tag == "label"}
        for tag, attrs in page.tags:
            if tag not in ("input", "select", "textarea") or attrs.get("type") in ("hidden", "checkbox", "radio"):
                continue
            assert attrs.get("aria-label") or attrs.get("id") in labelled, (path, attrs)


def test_each_posting_form_carries_a_token(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        for form in re.findall(r'<form[^>]*method="post".*?</form>', html, re.S):
            assert 'name="csrf_token"' in form, (path, form[:200])


def test_headers_are_strict_everywhere(curator: Browser, stranger: Browser) -> None:
    for browser, path in ((curator, "/"), (curator, "/person/999999"), (stranger, "/sign-in"), (curator, "/no-such")):
        headers = browser.open(path).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS, path
        assert headers["Cache-Control"] == "no-store", path
        assert "Strict-Transport-Security" not in headers
    assert "unsafe" not in POLICY


def test_https_is_remembered_when_the_panel_is_public(make_app: Callable[..., Flask], database: SyncDatabase) -> None:
    app = make_app(database, public_url="https://mentor.example")
    headers = app.test_client().get("/sign-in", base_url="https://mentor.example").headers

    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_only_menu_entries_that_work_are_shown(curator: Browser) -> None:
    menu = re.search(r'<nav class="menu".*?</nav>', curator.open("/").text, re.S)
    assert menu
    entries = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', menu[0])

    assert [name for _, name in entries] == [
        "Сегодня",
        "Люди",
        "Пары",
        "Встречи",
        "Анкеты",
        "Согласия",
        "Документы",
        "Сообщения",
        "Отчёты",
        "Журнал",
        "Настройки",
    ]
    for path, _ in entries:
        assert curator.open(path).status_code == 200, path


def test_empty_lists_teach_what_to_do(make_app: Callable[..., Flask], empty_database: SyncDatabase) -> None:
    curator = signed_in(make_app(empty_database), "zimina")

    assert "В программе пока никого нет" in curator.text("/")
    assert "Пока никого нет" in curator.text("/people/")
    assert "Пар пока нет" in curator.text("/pairs/")
    for path in ("/meetings/", "/responses/", "/consents/", "/messages/", "/messages/letters", "/results/"):
        assert 'class="empty"' in curator.text(path), path


def test_without_a_bot_the_panel_says_so_kindly(make_app: Callable[..., Flask], empty_database: SyncDatabase) -> None:
    curator = signed_in(make_app(empty_database), "zimina")

    for path in ("/", "/invitations/", "/invitations/sheet/mentor"):
        assert "Бот ещё" in curator.text(path), path


@pytest.mark.parametrize(
    ("path", "code", "title"),
    [("/no-such-page", 404, "Такой страницы нет"), ("/people/approve", 405, "Так эту страницу")],
)
def test_errors_are_pages_in_russian(curator: Browser, path: str, code: int, title: str) -> None:
    answer = curator.open(path)

    assert answer.status_code == code
    assert title in answer.text


def test_a_broken_page_tells_no_details(
    app: Flask, curator: Browser, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = " ".join(("Мила", "Крылова"))
    monkeypatch.setitem(app.view_functions, "today.index", lambda: {}[secret])

    answer = curator.open("/")

    assert answer.status_code == 500
    assert "Что-то сломалось у нас" in answer.text
    assert secret not in answer.text
    assert secret not in caplog.text
    assert "KeyError" in caplog.text


def test_a_giant_form_is_refused_in_russian(curator: Browser) -> None:
    answer = curator.send("/person/1/write", {"text": "я" * 700_000})

    assert answer.status_code == 413
    assert "Слишком большой текст" in answer.text


def test_what_people_typed_is_shown_as_text(curator: Browser, season: Season) -> None:
    curator.send(f"/person/{season.darya}/correct", {"last_name": "<b>Соколова</b>", "first_name": "Дарья"})

    assert "<b>Соколова" not in curator.open(f"/person/{season.darya}").text
    assert "&lt;b&gt;Соколова" in curator.open(f"/person/{season.darya}").text


def test_the_panel_starts_without_the_chats_library() -> None:
    code = "import admin.app, admin.server, sys; sys.exit('aiogram' in sys.modules or 'apscheduler' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/people/new", {"role": "x", "kind": "x", "birth_date": "вчера"}),
        ("/meetings/plan/1", {"starts_at": "скоро", "minutes": "много", "kind": "x", "place_kind": "x"}),
        ("/meetings/log/1", {"minutes": "-5"}),
        ("/settings/hours", {"quiet_from": "ночью", "silence_days": "много", "digest_weekday": "9"}),
        ("/settings/organisation", {"name": "", "time_zone": "Нигде"}),
        ("/pairs/1/end", {"reason": "x"}),
        ("/person/4/paper-consent/personal_data_guardian", {"decision": "x", "signed_on": "31.02.2026"}),
        ("/password", {"current": "", "new": "", "again": "x"}),
    ],
)
def test_a_form_complains_in_russian(curator: Browser, path: str, told: dict[str, str]) -> None:
    html = curator.send(path, told, seen=path).text

    complaints = re.findall(r'<p class="error">([^<]+)</p>', html)
    assert complaints, path
    for complaint in complaints:
        assert not re.search(r"[A-Za-z]{2,}", complaint), (path, complaint)


def test_words_in_an_address_cannot_bend_the_links(curator: Browser) -> None:
    html = curator.open("/people/?_scheme=javascript&_external=1&_anchor=x&role=mentor").text

    assert "javascript:" not in html
    assert 'href="/people/?_scheme=javascript' in html
