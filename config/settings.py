"""One frozen ``Settings`` from the environment and ``.env``; every wrong value becomes one line in Russian."""

import os
import re
import secrets
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.secret_files import kept_secret

ROOT = Path(__file__).resolve().parent.parent
SQLITE = "sqlite:///"
SANDBOX_TOKEN = "42:SANDBOX"


class SettingsError(Exception):
    """A setting stops the start. The text is one line in Russian: which one, what is wrong, what to write."""


class Settings(BaseSettings):
    """Names of the environment are the fields' in capitals; relative paths are counted from the product's folder.

    Each default is what a first `make run` needs; `.env.example` explains every one.
    """

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, extra="forbid", hide_input_in_errors=True)

    bot_token: SecretStr | None = None  # None: the sandbox's
    telegram_api_url: str = "https://api.telegram.org"
    proxy_url: str | None = Field(None, repr=False)  # may hold a password
    link_prefix: str | None = None  # None: https://t.me/<username>?start=
    webhook_url: str | None = None  # None: long polling
    webhook_secret: SecretStr | None = None
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(8082, ge=1, le=65535)

    database_url: str = Field("", repr=False)  # may hold a password; empty: a SQLite file in var_dir
    var_dir: Path = Path("var")
    secret_key: SecretStr = SecretStr("")  # empty: generated into var_dir

    panel_host: str = "127.0.0.1"
    panel_port: int = Field(8080, ge=1, le=65535)
    public_url: str | None = None
    trusted_proxies: int = Field(0, ge=0, le=5)  # how many reverse proxies stand before the panel
    sandbox_host: str = "127.0.0.1"
    sandbox_port: int = Field(8081, ge=1, le=65535)

    time_zone: str = "Europe/Moscow"
    clock_file: Path | None = None  # the sandbox's shift of the clock
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"\d+:[\w-]+", value.get_secret_value(), re.ASCII):
            raise ValueError("это не похоже на токен. Скопируйте его из чата с @BotFather целиком: 123456789:AAE…")
        return value

    @field_validator("telegram_api_url", "public_url", "webhook_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"https?://[^\s/]+\S*", value):
            raise ValueError("нужен адрес целиком, например https://example.org")
        return value.rstrip("/") if value else value

    @field_validator("proxy_url")
    @classmethod
    def _proxy(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"(https?|socks[45])://[^\s/]+/?", value):
            raise ValueError(
                "нужен адрес прокси, например socks5://10.0.0.1:1080 или http://user:password@10.0.0.1:3128"
            )
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value and not re.match(r"sqlite:///.+|postgresql(\+psycopg)?://.+", value):
            raise ValueError("нужен sqlite:///путь/к/файлу.db или postgresql+psycopg://имя:пароль@сервер/база")
        return value

    @field_validator("secret_key")
    @classmethod
    def _key(cls, value: SecretStr) -> SecretStr:
        if value and len(value.get_secret_value()) < 32:
            raise ValueError("ключ короче 32 знаков. Уберите эту строку, и ключ создастся сам, или впишите длинный")
        return value

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, OSError, ValueError):
            raise ValueError(
                "такого часового пояса нет. Нужно имя вроде Europe/Moscow или Asia/Yekaterinburg"
            ) from None
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _webhook(self) -> Self:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET: не задан, а WEBHOOK_URL задан. Впишите 16 и больше латинских букв и цифр")
        if self.webhook_secret and not re.fullmatch(r"[\w-]{16,256}", self.webhook_secret.get_secret_value(), re.ASCII):
            raise ValueError("WEBHOOK_SECRET: нужны от 16 до 256 латинских букв, цифр, «_» и «-»")
        return self

    @property
    def sandboxed(self) -> bool:
        return self.bot_token is None or self.bot_token.get_secret_value() == SANDBOX_TOKEN

    @property
    def data_dir(self) -> Path:
        """Trying the product and using it never share a folder: a token finds no invented people."""
        return self.var_dir / "sandbox" if self.sandboxed else self.var_dir

    @property
    def panel_url(self) -> str:
        return self.public_url or f"http://127.0.0.1:{self.panel_port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def sqlite_file(self) -> Path | None:
        is_file = self.database_url.startswith(SQLITE)
        return Path(self.database_url.removeprefix(SQLITE)) if is_file else None


def load_settings(**overrides: Any) -> Settings:
    """Settings as the product uses them: paths absolute, the database and the secret key present.

    ``ENV_FILE`` names another file than ``.env`` beside ``manage.py``.
    """
    try:
        settings = Settings(_env_file=os.environ.get("ENV_FILE", ROOT / ".env"), **overrides)
    except ValidationError as error:
        raise SettingsError(_line(error)) from None
    return _completed(settings.model_copy(update={"var_dir": ROOT / settings.var_dir}))


def _completed(settings: Settings) -> Settings:
    found: dict[str, Any] = {
        "database_url": _database_address(settings.database_url, settings.data_dir),
        "secret_key": settings.secret_key or SecretStr(_kept_key(settings.data_dir)),
        "clock_file": ROOT / settings.clock_file if settings.clock_file else None,
    }
    if settings.bot_token is None:
        found |= {
            "bot_token": SecretStr(SANDBOX_TOKEN),
            "telegram_api_url": settings.sandbox_url,
            "link_prefix": settings.link_prefix or f"{settings.sandbox_url}/?start=",
            "clock_file": found["clock_file"] or settings.data_dir / "clock",
        }
    return settings.model_copy(update=found)


def _line(error: ValidationError) -> str:
    first = error.errors()[0]
    name = "_".join(str(part) for part in first["loc"]).upper()
    if first["type"] == "extra_forbidden":
        return _unknown(name)
    reason = first["ctx"]["error"] if first["type"] == "value_error" else _expected(name, first["type"])
    return f"Настройка {name}: {reason}." if name else f"Настройка {reason}."


def _unknown(name: str) -> str:
    similar = get_close_matches(name, [field.upper() for field in Settings.model_fields], n=1)
    hint = f" Наверное, имелась в виду {similar[0]}." if similar else " Уберите эту строку."
    return f"Настройка {name}: такой нет, а в файле .env она записана.{hint}"


def _expected(name: str, problem: str) -> str:
    if name.endswith("_PORT"):
        return "нужен номер порта от 1 до 65535"
    if problem == "literal_error":
        return "нужно одно из слов DEBUG, INFO, WARNING, ERROR"
    if problem.startswith(("int", "greater", "less")):
        return "нужно целое число от 0 до 5"
    return "значение не подходит; примеры в файле .env.example"


def _database_address(address: str, data_dir: Path) -> str:
    if not address:
        return f"{SQLITE}{data_dir / 'nastavnik.db'}"
    if address.startswith(SQLITE):
        return f"{SQLITE}{ROOT / address.removeprefix(SQLITE)}"
    return re.sub(r"^postgresql://", "postgresql+psycopg://", address)


def _kept_key(data_dir: Path) -> str:
    """The key of this machine, made once: sessions and links stay good over restarts."""
    try:
        return kept_secret(data_dir / "secret_key", lambda: secrets.token_urlsafe(48))
    except OSError as error:
        raise SettingsError(
            f"Настройка VAR_DIR: в папку {data_dir} нельзя писать ({error.strerror}). Дайте права или назовите другую."
        ) from None
