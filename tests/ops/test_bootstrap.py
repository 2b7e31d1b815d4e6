"""The environment is made from a bare Python, once, and made again when it has to be."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTE = "Ставлю зависимости"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A product whose lock asks for nothing, so that no network is needed."""
    shutil.copytree(ROOT / "bootstrap", tmp_path / "bootstrap", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "requirements.lock").write_text("# nothing\n")
    return tmp_path


def bootstrap(checkout: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "bootstrap", "requirements.lock"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, timeout=120)


def test_the_second_time_nothing_is_installed(checkout: Path) -> None:
    first, second = bootstrap(checkout), bootstrap(checkout)

    assert (first.returncode, second.returncode) == (0, 0)
    assert NOTE in first.stderr
    assert second.stderr == ""
    assert subprocess.run([checkout / ".venv" / "bin" / "python", "-c", ""]).returncode == 0


def test_a_changed_lock_installs_again(checkout: Path) -> None:
    bootstrap(checkout)
    (checkout / "requirements.lock").write_text("# nothing either\n")

    assert NOTE in bootstrap(checkout).stderr


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Path) -> None:
    bootstrap(checkout)
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nonexistent/python3")

    assert bootstrap(checkout).returncode == 0
    assert json.loads((checkout / ".venv" / "installed.json").read_text())


def test_a_damaged_pip_is_not_run(checkout: Path) -> None:
    wheel = next((checkout / "bootstrap").glob("*.whl"))
    wheel.write_bytes(wheel.read_bytes()[:-1])
    done = bootstrap(checkout)

    assert done.returncode == 1
    assert "повреждён" in done.stderr


def test_a_package_that_cannot_be_had_is_said_in_words(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text("./no-such-package-1.0-py3-none-any.whl\n")
    done = bootstrap(checkout)

    assert done.returncode == 1
    assert "Не получилось поставить зависимости" in done.stderr
    assert not (checkout / ".venv" / "installed.json").exists()


def test_the_locks_name_no_host_and_the_developers_hold_the_products() -> None:
    product, developers = ((ROOT / name).read_text() for name in ("requirements.lock", "requirements-dev.lock"))

    assert "://" not in product + developers
    assert pins(product) <= pins(developers)


def pins(lock: str) -> set[str]:
    return {line.split(" ")[0] for line in lock.splitlines() if "==" in line}
