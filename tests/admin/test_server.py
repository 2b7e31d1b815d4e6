"""The panel as a process of its own: it answers, and it stops when asked, but not before it has answered."""

import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Event, Thread
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from waitress import create_server

from admin.last_pages import finish
from admin.server import THREADS
from storage.database import SyncDatabase
from tests.background import wait_until
from tests.ports import free_port

PROGRAM = """
import sys
from pydantic import SecretStr
from admin.server import serve
from config.settings import Settings
serve(Settings(_env_file=None, secret_key=SecretStr("x" * 40), database_url=sys.argv[1], panel_port=int(sys.argv[2])))
"""
SLOW = """
import sys, time
from pathlib import Path
from admin import server

def page(environ, start_response):
    folder, name = Path(sys.argv[3]), environ["QUERY_STRING"]
    if name:
        (folder / name).touch()
    while name and not (folder / "go").exists():
        time.sleep(0.01)
    start_response("200 OK", [("Content-Length", str(SIZE))])
    return [b"x" * SIZE]

SIZE = 3_000_000
server.create_app = lambda *_: page
"""


def test_it_answers_and_stops_cleanly_on_sigterm(database: SyncDatabase, tmp_path: Path) -> None:
    with panel(tmp_path, PROGRAM) as (process, address):
        assert b"ok" in answer(f"{address}/readyz")
        headers = urlopen(f"{address}/sign-in").headers
        assert "waitress" not in str(headers)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_a_stop_waits_for_the_pages_in_work_and_for_those_that_wait_for_a_thread(tmp_path: Path) -> None:
    said = tmp_path / "errors"
    with panel(tmp_path, SLOW + PROGRAM) as (process, address), ThreadPoolExecutor(THREADS + 2) as readers:
        answer(address)
        pages = [readers.submit(answer, f"{address}/?page{number}") for number in range(THREADS + 2)]
        wait_until(lambda: len(list(tmp_path.glob("page*"))) == THREADS and "depth is 2" in said.read_text(), 30)

        process.send_signal(signal.SIGTERM)
        wait_until(lambda: refused(address), 30)
        (tmp_path / "go").touch()

        assert [len(page.result(30)) for page in pages] == [3_000_000] * (THREADS + 2)
        assert process.wait(timeout=20) == 0
        assert "Traceback" not in said.read_text()


def test_a_panel_at_two_addresses_answers_at_both_before_it_ends(caplog: pytest.LogCaptureFixture) -> None:
    """As «localhost» may be; nothing is said of it in the log."""
    ports, begun, go = (free_port(), free_port()), Barrier(3), Event()

    def page(_: object, start_response: Callable[..., object]) -> list[bytes]:
        begun.wait(30)
        go.wait(30)
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    server = create_server(page, listen=" ".join(f"127.0.0.1:{port}" for port in ports))
    loop = Thread(target=server.run, daemon=True)
    loop.start()
    with ThreadPoolExecutor(3) as others:
        pages = [others.submit(answer, f"http://127.0.0.1:{port}/") for port in ports]
        begun.wait(30)
        ending = others.submit(finish, server, loop, 30)
        wait_until(lambda: all(refused(f"http://127.0.0.1:{port}") for port in ports), 30)
        go.set()
        assert [one.result(30) for one in pages] == [b"ok", b"ok"]
        ending.result(30)

    assert not loop.is_alive()
    assert [one for one in caplog.records if one.name == "waitress" and one.levelno >= logging.WARNING] == []


def test_a_page_that_never_ends_is_waited_for_so_long_and_no_longer() -> None:
    begun, go = Event(), Event()

    def page(_: object, start_response: Callable[..., object]) -> list[bytes]:
        begun.set()
        go.wait(60)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    port = free_port()
    server = create_server(page, listen=f"127.0.0.1:{port}")
    loop = Thread(target=server.run, daemon=True)
    loop.start()
    with ThreadPoolExecutor(2) as others:
        asked = others.submit(answer, f"http://127.0.0.1:{port}/")
        assert begun.wait(30)
        others.submit(finish, server, loop, 0.2).result(30)
        assert not asked.done()
        go.set()
        assert asked.result(30) == b""


@contextmanager
def panel(folder: Path, program: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = str(free_port())
    arguments = [sys.executable, "-c", program, f"sqlite:///{folder / 'panel.db'}", port, str(folder)]
    with (folder / "errors").open("w") as errors:
        process = subprocess.Popen(arguments, env=os.environ, stderr=errors)
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def answer(address: str) -> bytes:
    wait_until(lambda: not refused(address), 60)
    with urlopen(address, timeout=60) as page:
        body: bytes = page.read()
        return body


def refused(address: str) -> bool:
    try:
        socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=10).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:  # it is being closed at this moment
        return False
    return False
