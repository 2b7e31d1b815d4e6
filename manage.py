"""The product's command line. Each command imports what it needs, so that help answers at once."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from config.clock import clock_for
from config.memory import loading
from scheduler.command_line import Act, Acts, CommandRefused, Said, run, wants_json

if TYPE_CHECKING:
    from config.settings import Settings
    from storage.database import SyncDatabase
    from storage.upgrade import Upgraded

T = TypeVar("T")

ROLES = click.Choice(["mentor", "mentee"])
ACCOUNT_ROLES = click.Choice(["curator", "head", "administrator"])


@click.group(cls=Acts)
def manage() -> None:
    """«Наставник»: бот, панель куратора и напоминания для целевой модели наставничества."""


@manage.command(cls=Act)
def up() -> int:
    """Запустить всё: бота, панель, а без токена и песочницу."""
    from scheduler.up import up

    return up(_settings(), as_json=wants_json())


@manage.command(cls=Act)
def bot() -> int:
    """Только бот: чат, напоминания, отправка сообщений."""
    settings = _working()
    from scheduler.lifeline import wait_for_the_word

    with loading():
        from scheduler.loading import load_bot

        work = load_bot()
    wait_for_the_word()
    return asyncio.run(work(settings))


@manage.command(cls=Act)
def panel() -> None:
    """Только панель куратора."""
    settings = _working()
    from scheduler.lifeline import wait_for_the_word

    with loading():
        from admin.server import serve
    wait_for_the_word()
    serve(settings)


@manage.command(cls=Act)
def sandbox() -> None:
    """Только песочница: Telegram на этом компьютере."""
    settings = _working()
    from bot.sandbox.__main__ import serve
    from bot.sandbox.telegram import Options
    from scheduler.lifeline import wait_for_the_word

    wait_for_the_word()
    options = Options(
        token=settings.bot_token.get_secret_value() if settings.bot_token else "",
        state_file=settings.data_dir / "telegram.db",
        clock_file=settings.clock_file,
        cast_file=Path(__file__).parent / "config" / "demo" / "cast.toml",
        zone=settings.time_zone,
    )
    asyncio.run(serve(options, settings.sandbox_host, settings.sandbox_port, quiet=True))


@manage.command(cls=Act)
def prepare() -> Said:
    """Таблицы и первая организация, если их ещё нет (это делает и up)."""
    settings = _settings()
    with loading():
        from scheduler.first_start import settle
    now, upgraded = _now(settings), _upgrade(settings)
    with _database(settings) as database:
        login = settle(settings, database, now=now)
    entrance = {"login": login.login if login else None, "password": login.password if login else None}
    words = f"Вход в панель: логин {login.login}, пароль {login.password}" if login else "База готова."
    return Said(words, {"revision": upgraded.after, "backup": upgraded.copy, **entrance})


@manage.command(cls=Act)
def migrate() -> Said:
    """Привести таблицы к версии программы; перед этим снять копию базы. Новые анкеты библиотеки приходят с ней."""
    settings = _settings()
    from scheduler.first_start import bring_new_consents, bring_new_questionnaires

    upgraded = _upgrade(settings)
    with _database(settings) as database:
        brought = bring_new_questionnaires(database, now=_now(settings))
        consents = bring_new_consents(database, now=_now(settings))
    words = f"Таблицы версии {upgraded.after}." + (f" Копия до обновления: {upgraded.copy}" if upgraded.copy else "")
    words += (
        f" Анкет пришло: {brought.added}, обновлено: {brought.renewed}." if brought.added or brought.renewed else ""
    )
    words += f" Новых текстов согласий: {consents}." if consents else ""
    facts = {
        "questionnaires_added": brought.added,
        "questionnaires_renewed": brought.renewed,
        "consents_published": consents,
    }
    return Said(words, {"before": upgraded.before, "after": upgraded.after, "backup": upgraded.copy, **facts})


@manage.command(cls=Act)
@click.option("--message", required=True, help="что меняется, по-английски")
def migration(message: str) -> Said:
    """Для разработчика: набросать следующую миграцию по моделям."""
    settings = _settings()
    from storage.migrate import draft, newest

    draft(settings.database_url, message)
    return Said("Набросок лежит в storage/migrations/versions: прочитайте и поправьте его.", {"revision": newest()})


@manage.command(cls=Act)
def demo() -> Said:
    """Наполнить пустую базу выдуманной школой."""
    settings = _settings()
    if not settings.sandboxed:
        raise CommandRefused("Задан BOT_TOKEN: выдуманным людям в настоящей базе не место. Уберите токен из .env.")
    _upgrade(settings)
    from scheduler.first_start import fill_demo_school
    from storage.health import life

    now = _now(settings)
    with _database(settings) as database:
        if database.read(life, now=now).organisations:
            raise CommandRefused("В базе уже есть организация. Для новой школы возьмите другой файл в DATABASE_URL.")
        login = fill_demo_school(settings, database, now=now)
    words = f"Школа создана. Вход в панель: логин {login.login}, пароль {login.password}"
    return Said(words, {"login": login.login, "password": login.password})


@manage.group(cls=Acts)
def curator() -> None:
    """Учётные записи панели."""


@curator.command(cls=Act)
@click.option("--login", required=True, help="латинские буквы и цифры")
@click.option("--name", required=True, help="фамилия, имя и отчество")
@click.option("--role", type=ACCOUNT_ROLES, default="curator", show_default=True, help="что человеку можно")
@click.option("--organisation", type=int, help="номер организации, если их несколько")
@click.option("--password", help="свой пароль; без этого флага он создаётся сам")
def add(login: str, name: str, role: str, organisation: int | None, password: str | None) -> Said:
    """Завести человека в панели."""
    from scheduler import administration

    added = _write(administration.add_account, login, name, role=role, password=password, organisation_id=organisation)
    words = f"Заведён логин {added.login}, пароль {added.password}. Пароль больше нигде не покажется."
    return Said(words, {"account_id": added.account_id, "login": added.login, "password": added.password})


@curator.command(cls=Act)
@click.argument("login")
@click.option("--password", help="свой пароль; без этого флага он создаётся сам")
def reset(login: str, password: str | None) -> Said:
    """Новый пароль; прежние входы закрываются, блокировка снимается."""
    from scheduler import administration

    changed = _write(administration.reset_password, login, password=password)
    words = f"Новый пароль для {changed.login}: {changed.password}. Он больше нигде не покажется."
    return Said(words, {"account_id": changed.account_id, "login": changed.login, "password": changed.password})


@manage.group(cls=Acts)
def organisation() -> None:
    """Организации."""


@organisation.command("add", cls=Act)
@click.option("--name", required=True, help="полное название, как в документах")
@click.option("--short-name", default="", help="как говорят в разговоре")
@click.option("--address", default="", help="адрес, он входит в тексты согласий")
@click.option("--contact", default="", help="телефон или почта, они тоже входят в тексты согласий")
@click.option("--time-zone", help="часовой пояс; без флага берётся TIME_ZONE")
def add_organisation(name: str, short_name: str, address: str, contact: str, time_zone: str | None) -> Said:
    """Завести организацию с программой этого учебного года, анкетами и согласиями."""
    from config.settings import load_settings
    from scheduler import administration

    zone = time_zone or load_settings().time_zone
    opened = _write(
        administration.open_organisation, name, short_name=short_name, address=address, contact=contact, time_zone=zone
    )
    words = f"Организация заведена под номером {opened.organisation_id}. Теперь заведите её куратора: curator add."
    return Said(words, {"organisation_id": opened.organisation_id, "programme_id": opened.programme_id})


@manage.command(cls=Act)
@click.option("--role", type=ROLES, required=True, help="кого приглашаете")
@click.option("--organisation", type=int, help="номер организации, если их несколько")
def invite(role: str, organisation: int | None) -> Said:
    """Ссылка-приглашение в бота."""
    settings = _settings()
    from scheduler import administration

    with _database(settings) as database:
        link = database.read(administration.invitation_link, role, organisation, settings.link_prefix)
    return Said(link, {"role": role, "link": link})


@manage.command(cls=Act)
def backup() -> Said:
    """Копия базы; остаются последние четырнадцать. Можно на ходу."""
    settings = _settings()
    from storage.backup import back_up

    made = back_up(settings.database_url, settings.data_dir / "backups", now=_machine_time())
    words = f"Копия: {made.file} ({made.size // 1024} КБ)"
    return Said(words, {"file": made.file, "size": made.size, "removed": [str(file) for file in made.removed]})


@manage.command(cls=Act)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="только проверить копию")
@click.option("--force", is_flag=True, help="даже если «Наставник» работает")
def restore(file: Path, dry_run: bool, force: bool) -> Said:
    """Вернуть базу из копии; нынешняя откладывается рядом."""
    settings = _settings()
    from storage.backup import restore as put_back
    from storage.presence import somebody_works

    if not (dry_run or force) and somebody_works(settings.data_dir):
        raise CommandRefused("«Наставник» работает. Остановите его (Ctrl-C) и повторите.")
    restored = put_back(file, settings.database_url, dry_run=dry_run, now=_machine_time())
    aside = f" Прежняя отложена: {restored.kept_aside}" if restored.kept_aside else ""
    words = "Копия годится." if dry_run else f"База восстановлена.{aside} Запустите make run."
    return Said(words, {"file": file, "kept_aside": restored.kept_aside, "dry_run": dry_run})


@manage.command(cls=Act)
def doctor() -> Said:
    """Сказать словами, что не так и что сделать."""
    from scheduler.doctor import examine, report

    return report(examine(_settings()))


@manage.command(cls=Act)
def healthcheck() -> Said:
    """Для Docker и systemd: код 0, если база цела и бот жив."""
    from scheduler.doctor import pulse, report

    return report(pulse(_settings()))


@manage.command(cls=Act)
def bench() -> int:
    """Измерить скорость на этом компьютере."""
    import subprocess

    return subprocess.run([sys.executable, "-m", "tests.bench", *(["--json"] if wants_json() else [])]).returncode


def _settings() -> "Settings":
    from config.logging import start_logging
    from config.settings import load_settings

    settings = load_settings()
    start_logging(settings, as_json=wants_json())
    return settings


def _working() -> "Settings":
    from storage.presence import be_present

    settings = _settings()
    click.get_current_context().with_resource(be_present(settings.data_dir))
    return settings


def _upgrade(settings: "Settings") -> "Upgraded":
    from storage.upgrade import upgrade

    return upgrade(settings.database_url, settings.data_dir / "backups", now=_machine_time())


def _machine_time() -> datetime:
    return datetime.now(UTC)


def _now(settings: "Settings") -> datetime:
    return clock_for(settings.clock_file)()


@contextmanager
def _database(settings: "Settings") -> Iterator["SyncDatabase"]:
    from storage.database import SyncDatabase

    database = SyncDatabase(settings.database_url)
    try:
        yield database
    finally:
        database.close()


def _write(act: Callable[..., T], *args: object, **kwargs: object) -> T:
    settings = _settings()
    from mentoring.rules.errors import MentoringError
    from scheduler.administration import refusal_in_words

    with _database(settings) as database:
        try:
            return database.write(act, *args, **kwargs, now=_now(settings))
        except MentoringError as error:
            raise CommandRefused(refusal_in_words(error)) from error


if __name__ == "__main__":
    run(manage, sys.argv[1:])
