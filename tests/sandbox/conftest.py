"""A sandbox with nobody's bot behind it, Mila who has started it, and a bare client."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chat import Persona, Sandbox
from tests.sandbox.api import Api


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with Sandbox(state_file=tmp_path / "sandbox.db", clock_file=tmp_path / "clock") as running:
        yield running


@pytest.fixture
def api(sandbox: Sandbox) -> Api:
    return Api(sandbox.api_url)


@pytest.fixture
def mila(sandbox: Sandbox, api: Api) -> Persona:
    """Mila, whose /start the bot has already confirmed."""
    mila = sandbox.newcomer("Мила", "Крылова")
    mila.start()
    api.updates(offset=api.updates()[-1]["update_id"] + 1)
    return mila
