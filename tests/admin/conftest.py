"""The panel over a real database file, and its people signed in."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from admin.app import create_app
from admin.auth import limiter
from admin.desk import Desk
from config.settings import Settings
from storage.database import SyncDatabase
from storage.tables import Base
from tests.admin.season import PASSWORD, Season, play_season, show_bot
from tests.conftest import NOW
from tests.use_cases.gymnasium import open_gymnasium

ORIGIN = "http://localhost"


class Clock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


class Browser:
    """A person at the panel: opens pages, presses buttons that are really on them."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, path: str) -> TestResponse:
        return self.client.get(path)

    def text(self, path: str) -> str:
        answer = self.open(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return unescape(answer.text)

    def token(self, path: str = "/password") -> str:
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.client.get(path).text)
        assert found, f"{path} has no form"
        return found[1]

    def send(self, path: str, data: dict[str, object] | None = None, *, seen: str | None = None) -> TestResponse:
        """Post as the form on the page ``seen`` (the same path by default) would."""
        token = self.token(seen or "/password")
        headers = {"Referer": f"{ORIGIN}{seen or path}"}
        return self.client.post(path, data={"csrf_token": token, **(data or {})}, headers=headers)

    def press(self, page: str, action: str, data: dict[str, object] | None = None) -> TestResponse:
        """Press the button of the page whose form leads to ``action``; fails if there is none."""
        html = self.client.get(page).text
        assert f'action="{action}"' in html, f"no button to {action} on {page}"
        return self.send(action, data, seen=page)

    def sign_in(self, login: str, password: str = PASSWORD) -> TestResponse:
        token = self.token("/sign-in")
        return self.client.post("/sign-in", data={"csrf_token": token, "login": login, "password": password})


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def session_clock() -> Clock:
    return Clock(NOW)


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Season, Season]:
    """Two schools in one file, played once for all tests; each test gets a copy."""
    file = tmp_path_factory.mktemp("season") / "played.db"
    database = SyncDatabase(f"sqlite:///{file}")
    Base.metadata.create_all(database.writing)
    with database.writers.begin() as session:
        ours = play_season(session)
        show_bot(session)
    with database.writers.begin() as session:
        foreign = play_season(session, school="Лицей «Парус»", login="orlova", chats=2000)
    database.close()
    whole = file.with_name("whole.db")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", [str(whole)])
    return whole, ours, foreign


@pytest.fixture
def season(played: tuple[Path, Season, Season]) -> Season:
    return played[1]


@pytest.fixture
def foreign(played: tuple[Path, Season, Season]) -> Season:
    return played[2]


@pytest.fixture
def database(played: tuple[Path, Season, Season], tmp_path: Path) -> Iterator[SyncDatabase]:
    file = tmp_path / "panel.db"
    file.write_bytes(played[0].read_bytes())
    opened = SyncDatabase(f"sqlite:///{file}")
    yield opened
    opened.close()


@pytest.fixture
def empty_database(store: SyncDatabase) -> SyncDatabase:
    """One organisation, and nobody in it."""
    with store.writers.begin() as session:
        open_gymnasium(session)
    return store


def settings_for(**changed: object) -> Settings:
    return Settings(_env_file=None, secret_key=SecretStr("a key for tests that is long enough"), **changed)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def built() -> dict[object, list[Flask]]:
    """Panels that no test has at present: to put one together and read its templates takes longer than most tests."""
    return defaultdict(list)


@pytest.fixture
def make_app(built: dict[object, list[Flask]], clock: Clock, session_clock: Clock) -> Iterator[Callable[..., Flask]]:
    """A panel of the test's own while it lasts: its desk is new, nobody has knocked at its door."""
    taken: list[tuple[object, Flask]] = []

    def make(database: SyncDatabase, **changed: object) -> Flask:
        settings = settings_for(**changed)
        free = built[key := repr(sorted(changed.items()))]
        app = free.pop() if free else create_app(settings, database)
        app.extensions["desk"] = Desk(database, clock, settings.time_zone, session_clock)
        limiter.reset()
        taken.append((key, app))
        return app

    yield make
    for key, app in taken:
        built[key].append(app)


@pytest.fixture
def app(make_app: Callable[..., Flask], database: SyncDatabase) -> Flask:
    return make_app(database)


def signed_in(app: Flask, login: str, password: str = PASSWORD) -> Browser:
    browser = Browser(app.test_client())
    answer = browser.sign_in(login, password)
    assert answer.status_code == 303, answer.text
    return browser


@pytest.fixture
def curator(app: Flask) -> Browser:
    return signed_in(app, "zimina")


@pytest.fixture
def administrator(app: Flask) -> Browser:
    return signed_in(app, "zimina-admin")


@pytest.fixture
def stranger(app: Flask) -> Browser:
    return Browser(app.test_client())
