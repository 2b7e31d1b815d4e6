"""A wrong setting stops the start with one line that names it; a right one is completed."""

from pathlib import Path

import pytest

from config.settings import ROOT, Settings, SettingsError, load_settings
from tests.ops.conftest import Manage

WRONG = {
    "BOT_TOKEN": "my token",
    "TELEGRAM_API_URL": "api.example.org",
    "PROXY_URL": "192.0.2.7:1080",
    "WEBHOOK_URL": "example.org/hook",
    "WEBHOOK_SECRET": "short",
    "WEBHOOK_PORT": "0",
    "DATABASE_URL": "mysql://localhost/base",
    "SECRET_KEY": "short",
    "PANEL_PORT": "http",
    "PUBLIC_URL": "nastavnik.example.org",
    "TRUSTED_PROXIES": "-1",
    "SANDBOX_PORT": "70000",
    "TIME_ZONE": "Europe/Atlantis",
    "LOG_LEVEL": "LOUD",
}


@pytest.mark.usefixtures("environment")
class TestReading:
    @pytest.mark.parametrize(("name", "value"), WRONG.items())
    def test_a_wrong_value_is_named_in_one_line(self, name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(name, value)

        with pytest.raises(SettingsError) as caught:
            load_settings()

        line = str(caught.value)
        assert line.startswith(f"Настройка {name}: ")
        assert "\n" not in line
        assert value not in line.removeprefix(f"Настройка {name}")

    def test_a_misspelt_name_in_the_file_is_noticed(self, tmp_path: Path) -> None:
        (tmp_path / "absent.env").write_text("BOT_TOKKEN=1:a\n")

        with pytest.raises(SettingsError, match="имелась в виду BOT_TOKEN"):
            load_settings()

    def test_the_file_is_read_and_the_environment_wins(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "absent.env").write_text("TIME_ZONE=Asia/Omsk\nPANEL_PORT=1\n# comment\nBOT_TOKEN=\n")
        monkeypatch.setenv("PANEL_PORT", "9000")

        settings = load_settings()

        assert (settings.time_zone, settings.panel_port) == ("Asia/Omsk", 9000)
        assert settings.sandboxed

    def test_a_webhook_needs_its_secret(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WEBHOOK_URL", "https://example.org/hook")

        with pytest.raises(SettingsError, match="WEBHOOK_SECRET"):
            load_settings()

    def test_settings_do_not_change(self) -> None:
        with pytest.raises(ValueError, match="frozen"):
            load_settings().panel_port = 1  # type: ignore[misc]

    def test_secrets_are_not_shown_with_the_rest(self, monkeypatch: pytest.MonkeyPatch) -> None:
        secrets = {
            "BOT_TOKEN": "123456:canary-canary-canary-canary-canary",
            "SECRET_KEY": "canary" * 8,
            "DATABASE_URL": "postgresql://me:canary@localhost/base",
            "PROXY_URL": "socks5://me:canary@localhost:1080",
        }
        for name, value in secrets.items():
            monkeypatch.setenv(name, value)

        assert "canary" not in repr(load_settings())


@pytest.mark.usefixtures("environment")
class TestCompleting:
    def test_without_a_token_the_sandbox_is_meant(self, tmp_path: Path) -> None:
        settings = load_settings()

        assert settings.bot_token
        assert settings.bot_token.get_secret_value() == "42:SANDBOX"
        assert settings.telegram_api_url == f"http://127.0.0.1:{settings.sandbox_port}"
        assert settings.link_prefix == f"{settings.telegram_api_url}/?start="
        assert settings.clock_file == tmp_path / "var" / "sandbox" / "clock"

    def test_a_token_never_meets_the_sandboxs_database(self, monkeypatch: pytest.MonkeyPatch) -> None:
        trying = load_settings()
        monkeypatch.setenv("BOT_TOKEN", "123456:abcdefghijklmnopqrstuvwxyzabcdefghi")
        using = load_settings()

        assert trying.database_url != using.database_url
        assert using.telegram_api_url == "https://api.telegram.org"
        assert using.clock_file is None

    def test_relative_paths_are_counted_from_the_product(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("DATABASE_URL", "sqlite:///var/school.db")

        assert load_settings().database_url == f"sqlite:///{ROOT / 'var' / 'school.db'}"

    def test_the_postgres_address_names_its_driver(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://me@localhost/base")

        assert load_settings().database_url == "postgresql+psycopg://me@localhost/base"

    def test_the_key_is_made_once_and_belongs_to_its_owner(self, tmp_path: Path) -> None:
        first, second = load_settings().secret_key, load_settings().secret_key
        file = tmp_path / "var" / "sandbox" / "secret_key"

        assert first == second
        assert len(first.get_secret_value()) >= 32
        assert file.stat().st_mode & 0o777 == 0o600
        assert [each.name for each in file.parent.iterdir()] == ["secret_key"]

    def test_a_folder_that_cannot_be_written_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VAR_DIR", "/proc/nothing")

        with pytest.raises(SettingsError, match="VAR_DIR"):
            load_settings()


def test_the_example_explains_every_setting() -> None:
    example = (ROOT / ".env.example").read_text()

    for name in Settings.model_fields:
        assert f"\n#{name.upper()}=" in example, name


def test_the_example_as_it_is_changes_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "absent.env").write_text((ROOT / ".env.example").read_text())

    assert load_settings().sandboxed


@pytest.mark.parametrize("command", ["up", "bot", "panel", "sandbox", "migrate", "doctor", "backup"])
def test_a_wrong_setting_stops_every_command_with_code_two(manage: Manage, command: str) -> None:
    done = manage(command, PANEL_PORT="x")

    assert done.returncode == 2
    assert done.stderr == "Настройка PANEL_PORT: нужен номер порта от 1 до 65535.\n"
    assert done.stdout == ""
