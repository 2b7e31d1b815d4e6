"""`python3 bootstrap LOCK`: a ready `.venv` from a lock file, with nothing but the standard library to start from.

Debian's and Ubuntu's python3 come without pip and ensurepip, so pip's own wheel lies beside this file (a wheel runs as
it is). A stamp in the environment makes the next start immediate; a changed lock or another Python installs anew.
"""

import hashlib
import json
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "installed.json"

PIP = HERE / "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


def main(lock: Path) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(f"Нужен Python 3.11 или новее, а здесь {sys.version.split()[0]}. Укажите: make run PYTHON=python3.12")
    version = python_version()
    if version is None:
        make_environment()
        version = python_version()
    wanted = hashlib.sha256(lock.read_bytes() + str(version).encode()).hexdigest()
    if stamps().get(lock.name) != wanted:
        print("Ставлю зависимости: один раз, около минуты…", file=sys.stderr, flush=True)
        install(lock)
        STAMP.write_text(json.dumps(stamps() | {lock.name: wanted}))


def python_version() -> str | None:
    """The environment's own. None: it is absent, half-made, or its Python has gone with an upgrade of the system."""
    try:
        asked = subprocess.run([PYTHON, "-VV"], capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return asked.stdout


def make_environment() -> None:
    venv.EnvBuilder(clear=True, symlinks=True).create(ENVIRONMENT)


def install(lock: Path) -> None:
    if hashlib.sha256(PIP.read_bytes()).hexdigest() != PIP_SHA256:
        sys.exit(f"Файл {PIP.name} повреждён. Скачайте продукт заново.")
    command = [str(PYTHON), str(PIP / "pip"), "install", "-qq", "--no-input", "--no-deps", "-r", str(lock)]
    if subprocess.run(command, check=False).returncode:
        sys.exit(
            "Не получилось поставить зависимости: причина в строках выше. Чаще всего нет выхода в интернет. "
            "Адрес своего зеркала пакетов задаёт PIP_INDEX_URL."
        )
    subprocess.run(
        [PYTHON, "-m", "compileall", "-q", "-x", r"/(\.venv|tests)/", ROOT], check=False
    )  # a quick first start


def stamps() -> dict[str, str]:
    kept: dict[str, str] = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    return kept


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
