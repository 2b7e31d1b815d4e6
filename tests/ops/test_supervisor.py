"""The parts start together, stop together, and a part that dies is named."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.background import PATIENCE, wait_until

ROOT = Path(__file__).parents[2]

HOUSE = """
import asyncio, sys
from scheduler.supervisor import Part, supervise

async def announce(printed):
    print("ready", printed.decode().strip(), flush=True)

def part(name, code):
    return Part(name, [sys.executable, "-c", code])

parts = [part(name, code) for name, code in zip(sys.argv[3::2], sys.argv[4::2])]
tell = lambda line: print(line, file=sys.stderr, flush=True)
sys.exit(asyncio.run(supervise(parts, part("prepare", sys.argv[1]), announce, tell, patience=float(sys.argv[2]))))
"""

WAITS = """
import os, signal, sys, time
from scheduler.lifeline import wait_for_the_word
signal.signal(signal.SIGTERM, lambda *_: (print("{name} ends", flush=True), sys.exit(0)))
print("{name} is", os.getpid(), flush=True)
wait_for_the_word()
print("{name} begins", flush=True)
time.sleep(60)
"""
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf is up", flush=True)
time.sleep(60)
"""

House: TypeAlias = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def house() -> Iterator[House]:
    started: list[subprocess.Popen[str]] = []

    def start(*parts: str, prepare: str = "print('prepared')", patience: float = 20) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", HOUSE, prepare, str(patience), *parts],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def waits(name: str) -> tuple[str, str]:
    return name, WAITS.format(name=name)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_all_parts_end_and_the_code_is_nought(house: House, sign: signal.Signals) -> None:
    process = house(*waits("bot"), *waits("panel"))
    read_until(process, "bot begins", "panel begins", "ready prepared")
    process.send_signal(sign)
    rest, errors = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0, errors
    assert "bot ends" in rest
    assert "panel ends" in rest
    assert errors == ""


def test_when_a_part_dies_it_is_named_and_the_others_end(house: House) -> None:
    process = house(*waits("panel"), "bot", "import sys; sys.exit(3)")
    out, errors = process.communicate(timeout=PATIENCE)

    assert process.returncode == 3
    assert "«bot» (код 3)" in errors
    assert pid_of(out, "panel") is None or not alive(pid_of(out, "panel"))


def test_a_part_that_ends_without_a_reason_is_a_failure_too(house: House) -> None:
    process = house(*waits("panel"), "bot", "print('done')")
    _, errors = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1
    assert "«bot» (код 0)" in errors


def test_a_deaf_part_is_killed_when_patience_ends(house: House) -> None:
    process = house("deaf", DEAF, patience=1)
    read_until(process, "deaf is up", "ready prepared")
    began = time.monotonic()
    process.terminate()
    _, errors = process.communicate(timeout=PATIENCE)

    assert time.monotonic() - began < PATIENCE / 2
    assert process.returncode == 1
    assert "«deaf» не остановилась сама" in errors


def test_a_second_ctrl_c_does_not_wait(house: House) -> None:
    process = house("deaf", DEAF, patience=10 * PATIENCE)
    read_until(process, "deaf is up", "ready prepared")
    process.send_signal(signal.SIGINT)
    while process.poll() is None:  # two signals may become one on a busy machine
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=PATIENCE / 4)

    assert process.returncode == 1


def test_nothing_begins_before_the_preparation_is_over(house: House, tmp_path: Path) -> None:
    name, code = waits("bot")
    telling = code.replace('begins"', f'begins", os.path.exists({str(tmp_path / "prepared")!r})')
    process = house(name, telling, prepare=prepared_after_the_word(tmp_path))
    read_until(process, "bot is")  # it imports meanwhile
    (tmp_path / "word").touch()

    assert "bot begins True" in read_until(process, "bot begins")
    process.terminate()
    process.communicate(timeout=PATIENCE)


def test_every_part_loads_while_the_base_is_prepared_and_is_watched_when_it_works(house: House, tmp_path: Path) -> None:
    process = house(*waits("bot"), *waits("panel"), prepare=prepared_after_the_word(tmp_path))
    lines = read_until(process, "bot is", "panel is")
    (tmp_path / "word").touch()
    lines += read_until(process, "bot begins", "panel begins", "ready tables")
    panel = pid_of(lines, "panel")
    assert panel
    os.kill(panel, signal.SIGKILL)
    _, errors = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1
    assert "«panel»" in errors


def test_a_failed_preparation_starts_nothing(house: House) -> None:
    process = house(*waits("bot"), prepare="import sys; sys.exit(2)")
    out, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 2
    assert "bot begins" not in out


def test_the_parts_do_not_outlive_a_killed_supervisor(house: House) -> None:
    process = house(*waits("bot"))
    lines = read_until(process, "bot begins")
    process.kill()

    wait_until(lambda: not alive(pid_of(lines, "bot")))


def read_until(process: "subprocess.Popen[str]", *wanted: str) -> str:
    assert process.stdout
    lines = ""
    while not all(each in lines for each in wanted):
        line = process.stdout.readline()
        assert line, f"it ended after {lines!r}"
        lines += line
    return lines


def prepared_after_the_word(folder: Path) -> str:
    """A preparation that lasts until there is the file ``word``, and then leaves the file ``prepared``."""
    return f"""
import time
from pathlib import Path
while not Path({str(folder)!r}, "word").exists():
    time.sleep(0.02)
Path({str(folder)!r}, "prepared").touch()
print("tables")
"""


def pid_of(lines: str, name: str) -> int | None:
    found = [line.rsplit(" ", 1)[1] for line in lines.splitlines() if line.startswith(f"{name} is ")]
    return int(found[0]) if found else None


def alive(pid: int | None) -> bool:
    assert pid
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
