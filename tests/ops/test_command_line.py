"""`manage.py` answers at once, asks nothing, says errors in one line and speaks JSON to scripts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import manage as product
from tests.ops.conftest import Manage
from tests.ports import free_port

ROOT = Path(__file__).parents[2]


def every_command() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in product.manage.commands.items():
        if isinstance(command, click.Group):
            found += [(name, inner) for inner in command.commands]
        else:
            found.append((name,))
    return found


def test_help_answers_in_under_a_second(environment: dict[str, str]) -> None:
    """Of the processor: what else the machine does is not its fault."""

    def once() -> float:
        before = os.times()
        subprocess.run([sys.executable, "manage.py", "--help"], cwd=ROOT, check=True, capture_output=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(once() for _ in range(3)) < 1


def test_help_does_not_import_what_commands_need() -> None:
    code = "import sys, manage; manage.manage.main(['--help'], standalone_mode=False); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert {"aiogram", "sqlalchemy", "flask", "alembic", "pydantic"}.isdisjoint(loaded.stdout.split())


@pytest.mark.parametrize("command", every_command(), ids=" ".join)
def test_every_command_has_json_and_asks_nothing(command: tuple[str, ...]) -> None:
    found: click.Command = product.manage
    for name in command:
        assert isinstance(found, click.Group)
        found = found.commands[name]

    assert any("--json" in option.opts for option in found.params)
    assert all(getattr(option, "prompt", None) is None for option in found.params)
    assert found.help


def test_help_is_in_russian(manage: Manage) -> None:
    told = manage("curator", "add", "--help").stdout

    for english in ("Usage", "Options", "Commands", "Show this message"):
        assert english not in told
    assert "показать эту справку" in told


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("fly",), "Команды «fly» нет"),
        (("up", "--loud"), "Флага --loud нет"),
        (("curator", "add"), "Не хватает --login"),
        (("invite", "--role", "boss"), "--role: подходит одно из слов mentor, mentee"),
        (("invite", "--role", "mentor", "--organisation", "x"), "--organisation: такое значение не подходит"),
        (("restore", "absent.db"), "Файла absent.db нет"),
        (("curator", "reset", "nobody"), "Учётной записи с таким логином нет"),
        (("invite", "--role", "mentor"), "Ни одной организации ещё нет"),
        (("curator", "add", "--login", "a", "--name", "b"), "Ни одной организации ещё нет"),
    ],
)
@pytest.mark.usefixtures("tables")
def test_an_error_is_one_line_and_a_code(manage: Manage, arguments: tuple[str, ...], part: str) -> None:
    done = manage(*arguments)

    assert part in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.returncode > 0
    assert done.stdout == ""


def test_there_is_nothing_to_copy_before_the_first_start(manage: Manage) -> None:
    assert "ещё нет: копировать нечего" in manage("backup").stderr


def test_an_error_is_json_when_json_is_asked_for(manage: Manage) -> None:
    done = manage("restore", "absent.db", "--json")

    assert "absent.db" in json.loads(done.stdout)["error"]
    assert done.returncode == 1


@pytest.mark.slow(12)
def test_an_administrator_scripts_an_installation_from_nothing(manage: Manage, tmp_path: Path) -> None:
    assert answer(manage("migrate", "--json"))["before"] is None
    opened = answer(
        manage("organisation", "add", "--name", "Гимназия «Маяк»", "--address", "город Приозёрный", "--json")
    )
    link = answer(manage("invite", "--role", "mentee", "--json"))["link"]
    added = answer(manage("curator", "add", "--login", "Zimina", "--name", "Зимина Ольга Викторовна", "--json"))
    changed = answer(manage("curator", "reset", "zimina", "--json"))
    copied = answer(manage("backup", "--json"))
    checked = answer(manage("restore", copied["file"], "--dry-run", "--json"))
    restored = answer(manage("restore", copied["file"], "--json"))

    assert opened["organisation_id"] == 1
    assert link.startswith("http://127.0.0.1:")
    assert "/?start=" in link
    assert added["login"] == changed["login"] == "zimina"
    assert added["password"] != changed["password"]
    assert checked == {"file": copied["file"], "kept_aside": None, "dry_run": True}
    assert Path(restored["kept_aside"]).exists()


def test_a_database_that_people_used_is_copied_before_it_is_migrated(manage: Manage, tables: Path) -> None:
    from storage.migrate import newest, revisions, roll_back

    roll_back(f"sqlite:///{tables}", revisions()[-2])
    migrated = answer(manage("migrate", "--json"))

    assert (migrated["before"], migrated["after"]) == (revisions()[-2], newest())
    assert Path(migrated["backup"]).exists()
    assert answer(manage("migrate", "--json"))["backup"] is None


def test_a_real_bots_link_waits_until_its_name_is_known(manage: Manage) -> None:
    real = {"BOT_TOKEN": "123456:abcdefghijklmnopqrstuvwxyz0123456789"}
    manage("migrate", **real)
    manage("organisation", "add", "--name", "Гимназия «Маяк»", **real)

    assert "Имя бота ещё неизвестно" in manage("invite", "--role", "mentor", **real).stderr


def test_restoring_waits_until_nobody_works(manage: Manage, tables: Path) -> None:
    from storage.presence import be_present

    copied = answer(manage("backup", "--json"))
    with be_present(tables.parent):
        refused = manage("restore", copied["file"])
        forced = manage("restore", copied["file"], "--force")

    assert "Остановите" in refused.stderr
    assert forced.returncode == 0


def test_a_taken_port_is_one_clear_line(manage: Manage) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = manage("up", PANEL_PORT=str(port))

    assert done.stderr.startswith(f"Порт {port} занят, панель не откроется.")
    assert len(done.stderr.splitlines()) == 1
    assert done.returncode == 1


def test_invented_people_do_not_enter_a_real_database(manage: Manage) -> None:
    done = manage("demo", BOT_TOKEN="123456:abcdefghijklmnopqrstuvwxyz0123456789")

    assert "выдуманным людям" in done.stderr
    assert done.returncode == 1


def test_the_doctor_speaks_json_and_never_the_token(manage: Manage) -> None:
    token = "123456:canaryCanaryCanaryCanaryCanaryCanary"
    done = manage("doctor", "--json", BOT_TOKEN=token, TELEGRAM_API_URL=f"http://127.0.0.1:{free_port()}")
    facts = json.loads(done.stdout)

    assert done.returncode == 1
    assert not facts["healthy"]
    assert any(each["about"] == "токен" and each["level"] == "bad" for each in facts["findings"])
    assert "canary" not in (done.stdout + done.stderr).lower()


def answer(done: "subprocess.CompletedProcess[str]") -> dict[str, str]:
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(json.loads(done.stdout))
