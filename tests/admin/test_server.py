"""The panel as a process of its own: it answers, and it stops when asked."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from storage.database import SyncDatabase

PROGRAM = """
import sys
from pathlib import Path
from pydantic import SecretStr
from admin.server import serve
from config.settings import Settings
serve(Settings(_env_file=None, secret_key=SecretStr("x" * 40), database_url=sys.argv[1], panel_port=int(sys.argv[2])))
"""


def test_it_answers_and_stops_cleanly_on_sigterm(database: SyncDatabase, tmp_path: Path) -> None:
    port = _free_port()
    address = f"sqlite:///{tmp_path / 'panel.db'}"
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, address, str(port)], env=os.environ)
    try:
        assert b"ok" in _answer(f"http://127.0.0.1:{port}/readyz")
        headers = urlopen(f"http://127.0.0.1:{port}/sign-in").headers
        assert "waitress" not in str(headers)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()


def _answer(address: str) -> bytes:
    for _ in range(150):
        try:
            with urlopen(address) as answer:
                body: bytes = answer.read()
                return body
        except URLError:
            time.sleep(0.2)
    raise AssertionError("the panel does not answer")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
