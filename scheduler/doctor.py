"""`doctor`: what is wrong with this installation, in words, and what to do about it."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http.client import HTTPMessage
from urllib.error import HTTPError
from urllib.request import OpenerDirector, ProxyHandler, build_opener
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from config.clock import clock_for
from config.settings import Settings
from scheduler.command_line import Said
from scheduler.ports import port_taken
from storage.backup import sqlite_file
from storage.database import SyncDatabase
from storage.health import Condition, Life, can_lose_a_write, condition, life
from storage.migrate import newest
from storage.presence import somebody_works

MEGABYTE = 1024 * 1024
LITTLE_SPACE, NO_SPACE = 2048 * MEGABYTE, 300 * MEGABYTE
SILENT_AFTER = timedelta(minutes=2)  # the bot marks its life every fifteen seconds
LATE_AFTER = timedelta(minutes=10)
CLOCK_DRIFT = timedelta(minutes=1)
PATIENCE = 10.0  # seconds for Telegram to answer


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


SIGNS = {Level.OK: "✓", Level.WARN: "!", Level.BAD: "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    level: Level
    about: str
    words: str
    advice: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Everything is looked at, even when something before is broken."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _settings, _database, _token, _disk, _zone, _ports
    )  # fmt: skip
    return [finding for check in checks for finding in check(settings)]


def report(findings: Sequence[Finding]) -> Said:
    lines = [f"{SIGNS[each.level]} {each.about}: {each.words}. {each.advice}".rstrip() for each in findings]
    ill = any(each.level is Level.BAD for each in findings)
    return Said("\n".join(lines), {"healthy": not ill, "findings": [asdict(each) for each in findings]}, int(ill))


def pulse(settings: Settings) -> list[Finding]:
    """What a container's health check asks every half minute: the database and the bot's last sign of life."""
    return list(_database(settings))


def _settings(settings: Settings) -> Iterator[Finding]:
    if settings.sandboxed:
        yield Finding(Level.OK, "настройки", "токена нет: работает песочница на этом компьютере")
    else:
        yield Finding(Level.OK, "настройки", "прочитаны, токен задан")
    if settings.panel_host not in ("127.0.0.1", "localhost", "::1") and not settings.panel_url.startswith("https://"):
        yield Finding(
            Level.WARN,
            "панель",
            "видна в сети, а адрес в PUBLIC_URL не https: пароли пойдут открыто",
            "Поставьте перед панелью прокси с сертификатом и впишите его адрес в PUBLIC_URL.",
        )


def _database(settings: Settings) -> Iterator[Finding]:
    file = sqlite_file(settings.database_url)
    if file and not file.exists():
        yield Finding(Level.WARN, "база", "её ещё нет", "Она появится после первого make run.")
        return
    database = SyncDatabase(settings.database_url)
    try:
        found = database.read(condition)
        yield from _condition(found)
        if found.revision == newest():
            yield from _life(database.read(life, now=clock_for(settings.clock_file)()), settings)
    except SQLAlchemyError as error:
        reason = "файл повреждён или занят" if file else "сервер не отвечает или не пускает"
        yield Finding(
            Level.BAD, "база", f"не открывается: {reason} ({type(error).__name__})", "Проверьте DATABASE_URL."
        )
    finally:
        database.close()


def _condition(found: Condition) -> Iterator[Finding]:
    if found.quick_check != "ok":
        yield Finding(
            Level.BAD, "база", f"повреждена: {found.quick_check}", "Восстановите копию: manage.py restore backups/…"
        )
    if found.revision == newest():
        yield Finding(Level.OK, "база", f"цела, таблицы нужной версии ({found.revision})")
    else:
        yield Finding(
            Level.BAD, "база", f"таблицы версии {found.revision}, нужна {newest()}", "Запустите manage.py migrate."
        )
    if found.journal_mode and found.journal_mode != "wal":
        yield Finding(
            Level.WARN,
            "база",
            f"журнал в режиме {found.journal_mode}",
            "Папка с базой на сетевом диске? Перенесите её.",
        )
    if found.journal_mode and can_lose_a_write(found.server_version):
        yield Finding(
            Level.WARN,
            "база",
            f"в SQLite {found.server_version} изредка теряется запись при сбросе журнала (исправлено в 3.51.3)",
            "Делайте manage.py backup каждый день; если кураторов больше трёх, перейдите на PostgreSQL.",
        )


def _life(found: Life, settings: Settings) -> Iterator[Finding]:
    if not found.organisations:
        yield Finding(
            Level.WARN, "организация", "не заведена ни одна", "Запустите make run или manage.py organisation add."
        )
    if found.sandbox_was_here and not settings.sandboxed:
        yield Finding(
            Level.WARN,
            "база",
            "в ней работала песочница: люди в ней могут быть выдуманными",
            "Для настоящей программы возьмите пустую базу: другое имя в DATABASE_URL.",
        )
    yield _bot(found.bot_seen)
    if found.oldest_due_notice and found.oldest_due_notice > LATE_AFTER:
        late = int(found.oldest_due_notice.total_seconds() // 60)
        yield Finding(
            Level.WARN, "сообщения", f"не отправляются уже {late} мин", "Проверьте, работает ли бот и есть ли связь."
        )
    if found.oldest_unread_update and found.oldest_unread_update > LATE_AFTER:
        yield Finding(Level.WARN, "входящие", "есть необработанные нажатия", "Перезапустите бота: он продолжит с них.")


def _bot(seen: timedelta | None) -> Finding:
    if seen is None:
        return Finding(Level.WARN, "бот", "ещё ни разу не запускался", "Запустите make run.")
    if seen > SILENT_AFTER:
        minutes = int(seen.total_seconds() // 60)
        return Finding(Level.BAD, "бот", f"молчит {minutes} мин", "Запустите make run или посмотрите журнал.")
    return Finding(Level.OK, "бот", "работает")


def _token(settings: Settings) -> Iterator[Finding]:
    """Asks getMe with the standard library: aiogram takes three seconds to import. The token is never shown."""
    opener = _opener(settings.proxy_url)
    if opener is None:
        yield Finding(
            Level.WARN, "токен", "через SOCKS-прокси не проверяю", "Бот сам скажет в журнале, если токен не тот."
        )
        return
    assert settings.bot_token
    address = f"{settings.telegram_api_url}/bot{settings.bot_token.get_secret_value()}/getMe"
    try:
        with opener.open(address, timeout=PATIENCE) as answer:
            name = json.load(answer)["result"]["username"]
            yield Finding(Level.OK, "токен", f"годится, бот @{name}")
            yield from _machine_clock(answer.headers)
    except HTTPError as error:
        yield Finding(Level.BAD, "токен", f"Telegram его не принял (код {error.code})", "Возьмите токен у @BotFather.")
    except (OSError, ValueError, KeyError, TypeError):
        yield _unanswered(settings)


def _opener(proxy: str | None) -> OpenerDirector | None:
    if proxy and not proxy.startswith("http"):
        return None
    return build_opener(ProxyHandler({"http": proxy, "https": proxy})) if proxy else build_opener()


def _unanswered(settings: Settings) -> Finding:
    if settings.sandboxed:
        return Finding(Level.WARN, "токен", "песочница не запущена, спросить некого", "Запустите make run.")
    return Finding(
        Level.BAD,
        "токен",
        "сервер Bot API не ответил",
        "Проверьте выход в интернет; если Telegram у вас закрыт, задайте PROXY_URL или TELEGRAM_API_URL.",
    )


def _machine_clock(headers: HTTPMessage) -> Iterator[Finding]:
    if not headers.get("Date"):
        return
    drift = abs(datetime.now(UTC) - parsedate_to_datetime(headers["Date"]))
    if drift > CLOCK_DRIFT:
        seconds = int(drift.total_seconds())
        yield Finding(
            Level.BAD, "часы", f"расходятся с сервером на {seconds} с", "Включите синхронизацию времени (NTP)."
        )
    else:
        yield Finding(Level.OK, "часы", "идут верно")


def _disk(settings: Settings) -> Iterator[Finding]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data_dir).free
    level = Level.BAD if free < NO_SPACE else Level.WARN if free < LITTLE_SPACE else Level.OK
    advice = "" if level is Level.OK else "Освободите место: без него база перестанет записывать."
    yield Finding(level, "диск", f"свободно {free // MEGABYTE} МБ", advice)


def _zone(settings: Settings) -> Iterator[Finding]:
    local = datetime.now(ZoneInfo(settings.time_zone))
    yield Finding(Level.OK, "время", f"{local:%d.%m.%Y %H:%M}, пояс {settings.time_zone}")


def _ports(settings: Settings) -> Iterator[Finding]:
    if somebody_works(settings.data_dir):
        yield Finding(Level.OK, "порты", "заняты самим «Наставником»: он работает")
        return
    wanted = {"PANEL_PORT": (settings.panel_host, settings.panel_port)}
    if settings.sandboxed:
        wanted["SANDBOX_PORT"] = (settings.sandbox_host, settings.sandbox_port)
    for name, (host, port) in wanted.items():
        if port_taken(host, port):
            yield Finding(Level.BAD, "порты", f"порт {port} занят другой программой", f"Впишите в .env другой {name}.")
        else:
            yield Finding(Level.OK, "порты", f"порт {port} свободен")
