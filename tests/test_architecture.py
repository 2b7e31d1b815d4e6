"""The house keeps its shape: who may import whom, and what must stay out of a room."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("admin", "bot", "config", "mentoring", "scheduler", "storage")
PAPERS = {"docx", "docxtpl", "lxml", "openpyxl", "pytrovich", "xlsxwriter"}  # imported by the act that needs them
SOLVER = {"numpy", "scipy"}  # ADR 19
PANELS = {"flask", "flask_admin", "jinja2", "waitress", "wtforms"}
BOTS = {"aiogram", "aiohttp", "aiosqlite", "apscheduler"}
ONCE = {"alembic", "mentoring.demo", "scheduler.first_start"}  # before the work begins, in a process that ends
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "base_service"}


def test_every_arrow_points_down() -> None:
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo"], cwd=ROOT, capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stdout


def test_the_rules_import_the_standard_library_only() -> None:
    foreign = {
        f"{file.name}: {name}"
        for file in (ROOT / "mentoring" / "rules").rglob("*.py")
        for name in _imports(file)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("mentoring.rules")
    }

    assert foreign == set()


@pytest.mark.parametrize("module", ["admin.app", "admin.server", "manage", "storage.tables", "scheduler.doctor"])
def test_the_chat_library_is_not_paid_for_where_it_is_not_used(module: str) -> None:
    loaded = _loaded_after(f"import {module}")

    assert "aiogram" not in loaded


def test_the_sandbox_starts_without_the_bots_library() -> None:
    assert "aiogram" not in _loaded_after("import bot.sandbox.__main__")


@pytest.mark.parametrize(
    ("loaded", "foreign"),
    [
        ("from scheduler.loading import load_bot; load_bot()", PAPERS | SOLVER | PANELS | ONCE),
        ("import admin.server", PAPERS | SOLVER | BOTS | ONCE),
        ("import bot.sandbox.__main__", PAPERS | SOLVER | PANELS | ONCE | {"aiogram", "sqlalchemy", "mentoring"}),
        ("import scheduler.up", PAPERS | SOLVER | PANELS | BOTS | ONCE | {"sqlalchemy", "mentoring"}),
    ],
    ids=["bot", "panel", "sandbox", "up"],
)
def test_a_process_holds_nothing_of_anothers_work(loaded: str, foreign: set[str]) -> None:
    """A school's machine keeps all of them in memory for months."""
    assert _loaded_after(loaded) & foreign == set()


def test_no_room_is_called_a_drawer_for_everything() -> None:
    named = {file for package in PACKAGES for file in (ROOT / package).rglob("*.py") if file.stem in FORBIDDEN_NAMES}

    assert named == set()


def test_a_package_says_one_sentence_at_most() -> None:
    for package in PACKAGES:
        for file in (ROOT / package).rglob("__init__.py"):
            if file.parent.name == "handlers":
                continue  # it lists the routers
            body = ast.parse(file.read_text()).body
            assert all(isinstance(node, ast.Expr) for node in body), file
            assert len(body) <= 1, file


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def _loaded_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())
