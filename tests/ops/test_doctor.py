"""The doctor says what is wrong and what to do."""

import http.server
import json
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from config.settings import Settings, load_settings
from scheduler.doctor import Finding, Level, examine, pulse
from storage.database import SyncDatabase
from storage.migrate import migrate, revisions, roll_back
from storage.models.notice import BotProfile, Heartbeat

TOKEN = "123456:abcdefghijklmnopqrstuvwxyz0123456789"


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    return load_settings()


@pytest.fixture
def ready(settings: Settings) -> Settings:
    migrate(settings.database_url)
    return settings


@pytest.fixture
def telegram() -> Iterator[str]:
    """Answers getMe to one token, as the Bot API does."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            right = self.path == f"/bot{TOKEN}/getMe"
            self.send_response(200 if right else 401)
            self.end_headers()
            self.wfile.write(json.dumps({"ok": right, "result": {"username": "mayak_bot"}}).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def about(findings: list[Finding], subject: str) -> list[Finding]:
    return [each for each in findings if each.about == subject]


def test_a_fresh_folder_is_not_ill(settings: Settings) -> None:
    assert Level.BAD not in {each.level for each in examine(settings)}


def test_what_is_not_well_says_what_to_do(settings: Settings) -> None:
    assert all(each.advice for each in examine(settings) if each.level is not Level.OK)


def test_tables_of_an_older_version_are_noticed(ready: Settings) -> None:
    roll_back(ready.database_url, revisions()[-2])

    assert any(each.level is Level.BAD and "migrate" in each.advice for each in about(examine(ready), "база"))


def test_a_damaged_database_is_noticed(ready: Settings) -> None:
    file = ready.sqlite_file
    assert file
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    body = bytearray(file.read_bytes())
    body[8192:20480] = b"\xff" * 12288
    file.write_bytes(body)

    assert Level.BAD in {each.level for each in about(examine(ready), "база")}


@pytest.mark.parametrize(("ago", "level"), [(10, Level.OK), (600, Level.BAD)])
def test_a_silent_bot_is_noticed(ready: Settings, ago: int, level: Level) -> None:
    database = SyncDatabase(ready.database_url)
    seen = datetime.now(UTC) - timedelta(seconds=ago)
    database.write(lambda session: session.add(Heartbeat(process="bot", at=seen)))
    database.close()

    assert [each.level for each in about(pulse(ready), "бот")] == [level]


@pytest.mark.parametrize(("token", "level"), [(TOKEN, Level.OK), (TOKEN + "x", Level.BAD)])
def test_the_token_is_asked_about(settings: Settings, telegram: str, token: str, level: Level) -> None:
    asked = load_settings(bot_token=token, telegram_api_url=telegram)
    found = about(examine(asked), "токен")

    assert [each.level for each in found] == [level]
    assert token not in str(found)


def test_a_real_bot_on_the_sandboxs_database_is_warned_about(ready: Settings, telegram: str) -> None:
    database = SyncDatabase(ready.database_url)
    database.write(
        lambda session: session.add(BotProfile(bot_id=42, username="s", link_prefix="", seen_at=datetime.now(UTC)))
    )
    database.close()
    real = load_settings(bot_token=TOKEN, telegram_api_url=telegram, database_url=ready.database_url)

    assert any("выдуманными" in each.words for each in about(examine(real), "база"))


def test_a_panel_open_to_the_network_without_a_certificate_is_warned_about(settings: Settings) -> None:
    open_to_all = load_settings(panel_host="0.0.0.0")

    assert [each.level for each in about(examine(open_to_all), "панель")] == [Level.WARN]
