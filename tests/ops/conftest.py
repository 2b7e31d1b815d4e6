"""A product of its own for each test: its folder, its ports, no `.env`, no settings of this machine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from config.settings import Settings
from tests.ports import free_port

ROOT = Path(__file__).parents[2]

Manage: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the started processes see; this process sees it too."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    chosen = {
        "ENV_FILE": str(tmp_path / "absent.env"),
        "VAR_DIR": str(tmp_path / "var"),
        "PANEL_PORT": str(free_port()),
        "SANDBOX_PORT": str(free_port()),
    }
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    return dict(os.environ)


@pytest.fixture
def manage(environment: dict[str, str]) -> Manage:
    def run(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment | more,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.fixture
def tables(environment: dict[str, str], empty_tables: Path) -> Path:
    """The sandbox's database as `migrate` leaves it."""
    file = Path(environment["VAR_DIR"]) / "sandbox" / "nastavnik.db"
    file.parent.mkdir(parents=True)
    shutil.copyfile(empty_tables, file)
    return file
