"""The product's clock: moved by the sandbox, read by the product from a small file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.clock import TimeRunsForward
from config.clock import clock_for
from tests.chat import Persona, Sandbox
from tests.sandbox.api import Api


def test_the_product_reads_the_time_that_the_sandbox_set(sandbox: Sandbox) -> None:
    product = clock_for(sandbox.clock.file)
    sandbox.clock.forward(days=1, hours=1)
    ahead = product() - datetime.now(UTC)
    assert abs(ahead - timedelta(days=1, hours=1)) < timedelta(seconds=5)
    assert abs(product() - sandbox.clock.now) < timedelta(seconds=5)


def test_messages_carry_the_product_time(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    moment = datetime.now(UTC) + timedelta(days=30)
    sandbox.clock.move_to(moment)
    mila.say("Здравствуйте")
    assert abs(api.updates()[-1]["message"]["date"] - moment.timestamp()) < 5


def test_time_never_runs_back(sandbox: Sandbox) -> None:
    sandbox.clock.forward(hours=2)
    with pytest.raises(TimeRunsForward):
        sandbox.clock.forward(hours=-1)
    with pytest.raises(TimeRunsForward):
        sandbox.clock.move_to(datetime.now(UTC))


def test_the_clock_goes_on_after_a_restart(tmp_path: Path) -> None:
    with Sandbox(clock_file=tmp_path / "clock") as sandbox:
        sandbox.clock.forward(days=3)
    with Sandbox(clock_file=tmp_path / "clock") as sandbox:
        assert sandbox.clock.now - datetime.now(UTC) > timedelta(days=2, hours=23)
