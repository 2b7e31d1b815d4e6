"""What the panel has freed does not stay in its process. The habit to keep it is glibc's, and so is the cure."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
MIB = 1024 * 1024
RESIDENT = """
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096
"""
SIGN_INS = """
from argon2 import PasswordHasher
from config.memory import part_with_large_blocks

part_with_large_blocks()
hasher = PasswordHasher(time_cost=1, memory_cost=19 * 1024, parallelism=1)
before = resident()
for _ in range(3):
    hasher.hash("a password")
print(resident() - before)
"""
PAPERS = """
from lxml import etree
from config.memory import give_back

paper, kept = etree.fromstring(b"<p>" + b"<r><t>x</t></r>" * 200_000 + b"</p>"), etree.fromstring(b"<p/>")
del paper
full = resident()
give_back()
print(full - resident())
"""
LOADED = """
import gc
from config.memory import loading

with loading():
    print(gc.isenabled())
print(gc.isenabled(), gc.get_freeze_count() > 1000)
"""
PANEL = """
import os, signal
from admin import server
from config.settings import Settings
from pydantic import SecretStr

def stop():
    print("given back")
    os.kill(os.getpid(), signal.SIGTERM)

server.SECONDS_BETWEEN_CLEANINGS, server.give_back = 0.01, stop
server.part_with_large_blocks = lambda: print("parted")
server.create_app = lambda *_: print
settings = Settings(_env_file=None, secret_key=SecretStr("x" * 40), database_url="sqlite:///never.db")
server.serve(settings.model_copy(update={{"panel_port": {port}}}))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another library of C frees as it likes")
def test_a_sign_in_and_a_paper_leave_nothing_behind() -> None:
    assert int(printed(RESIDENT + SIGN_INS)) < 5 * MIB
    assert int(printed(RESIDENT + PAPERS)) > 20 * MIB


def test_the_panel_cleans_up_while_it_works() -> None:
    assert printed(PANEL.format(port=free_port())).splitlines()[:2] == ["parted", "given back"]


def test_what_is_loaded_for_good_is_not_looked_through_for_garbage() -> None:
    assert printed(LOADED).split() == ["False", "True", "True"]


def printed(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
