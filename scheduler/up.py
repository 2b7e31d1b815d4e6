"""`up`: the whole product by one command, and the lines that tell where it is."""

import asyncio
import json
import sys
from typing import Any

import click

from config.settings import ROOT, Settings
from scheduler.command_line import CommandRefused
from scheduler.ports import port_taken
from scheduler.supervisor import Part, supervise
from storage.presence import be_present

SECONDS_TO_OPEN = 60


def up(settings: Settings, *, as_json: bool) -> int:
    """Blocks until it is asked to stop; the exit code."""
    _refuse_taken_ports(settings)
    with be_present(settings.data_dir):
        return asyncio.run(_run(settings, as_json))


async def _run(settings: Settings, as_json: bool) -> int:
    names = ["sandbox", "bot", "panel"] if settings.sandboxed else ["bot", "panel"]

    async def announce(printed: bytes) -> None:
        await _open(settings.panel_host, settings.panel_port)
        if settings.sandboxed:
            await _open(settings.sandbox_host, settings.sandbox_port)
        facts = _facts(settings, json.loads(printed))
        click.echo(json.dumps(facts, ensure_ascii=False) if as_json else "\n".join(_lines(settings, facts)))

    parts = [Part(name, _command(name, as_json)) for name in names]
    return await supervise(parts, Part("prepare", _command("prepare", True)), announce, _tell)


def _command(name: str, as_json: bool) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), name, *(["--json"] if as_json else [])]


def _facts(settings: Settings, prepared: dict[str, Any]) -> dict[str, Any]:
    facts = {"panel": settings.panel_url, "login": prepared["login"], "password": prepared["password"]}
    return facts | ({"chat": settings.sandbox_url} if settings.sandboxed else {})


def _lines(settings: Settings, facts: dict[str, Any]) -> list[str]:
    lines = [f"Панель куратора: {facts['panel']}", _entrance(facts)]
    if settings.sandboxed:
        lines.append(f"Чат с ботом:     {facts['chat']} — Telegram на этом компьютере, все люди в нём выдуманы")
        lines.append(
            "Настоящий бот:   возьмите токен у @BotFather, впишите BOT_TOKEN=… в файл .env и запустите make run"
        )
    else:
        lines.append("Бот:             отвечает в Telegram; ссылки-приглашения — в панели на странице «Сегодня»")
    return lines


def _entrance(facts: dict[str, Any]) -> str:
    if facts["password"]:
        return f"Вход:            логин {facts['login']}, пароль {facts['password']}"
    return "Вход:            пароль показан при первом запуске; новый даст manage.py curator reset ЛОГИН"


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _refuse_taken_ports(settings: Settings) -> None:
    wanted = [("панель", settings.panel_host, settings.panel_port, "PANEL_PORT")]
    if settings.sandboxed:
        wanted.append(("чат", settings.sandbox_host, settings.sandbox_port, "SANDBOX_PORT"))
    for what, host, port, name in wanted:
        if port_taken(host, port):
            raise CommandRefused(
                f"Порт {port} занят, {what} не откроется. Остановите того, кто его занял, или впишите {name} в .env."
            )


async def _open(host: str, port: int) -> None:
    """Waits until something listens there; if nothing ever does, its process has said why."""
    address = "127.0.0.1" if host in ("0.0.0.0", "") else "::1" if host == "::" else host
    for _ in range(SECONDS_TO_OPEN * 20):
        try:
            _, writer = await asyncio.open_connection(address, port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
