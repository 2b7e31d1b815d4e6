"""A sandbox, a school with Мила in it, and the bot's process between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.sandbox.people import Person as SandboxPerson
from bot.sandbox.telegram import Telegram
from storage.database import SyncDatabase
from tests.bot.maiak import Maiak, maiak
from tests.bot.processes import WarmStart
from tests.bot.running import RunningBot, SettableClock, running_bot
from tests.bot.smalltalk import let_in, open_school, presses_of, smalltalk, words_of
from tests.chat import Persona, Sandbox, wait_until


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whom both the sandbox and the school know."""

    persona: Persona
    person_id: int
    store: SyncDatabase

    @property
    def words(self) -> list[str]:
        return self.store.read(words_of, self.person_id)

    @property
    def presses(self) -> int:
        return self.store.read(presses_of, self.person_id)


@dataclass(frozen=True, slots=True)
class School:
    organisation_id: int
    sandbox: Sandbox
    store: SyncDatabase
    now: datetime

    def member(self, name: str = "Мила") -> Member:
        """Somebody who has pressed «Начать» before."""
        persona = self.sandbox.newcomer(name)
        self.sandbox.ask(lambda telegram: telegram.people.change(persona_in(telegram, persona.id), started=True))
        person_id = self.store.write(let_in, self.organisation_id, persona.id, now=self.now, name=name)
        return Member(persona, person_id, self.store)


def persona_in(telegram: Telegram, person_id: int) -> SandboxPerson:
    person = telegram.people.by_id(person_id)
    assert person
    return person


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with Sandbox(clock_file=tmp_path / "clock") as telegram:
        yield telegram


@pytest.fixture
def school(store: SyncDatabase, sandbox: Sandbox, now: datetime) -> School:
    return School(store.write(open_school, now=now), sandbox, store, now)


@pytest.fixture
def mila(school: School) -> Member:
    return school.member("Мила")


@pytest.fixture
def small_bot(sandbox: Sandbox, school: School, database_url: str) -> Iterator[RunningBot]:
    """The runtime with `tests.bot.smalltalk` for its words."""
    with running_bot(sandbox, database_url, SettableClock(school.now), smalltalk()) as running:
        yield running


@pytest.fixture(scope="session")
def warm() -> Iterator[WarmStart]:
    """Starts bot processes in a blink."""
    process = WarmStart()
    yield process
    process.stop()


@pytest.fixture
def place(store: SyncDatabase, sandbox: Sandbox, database_url: str) -> Iterator[Maiak]:
    """Гимназия «Маяк» with the real conversation. Nobody is left without an answer, and Telegram refuses nothing.

    But a second tap may draw what is drawn already.
    """
    with maiak(store, sandbox, database_url) as opened:
        yield opened
        wait_until(lambda: not sandbox.unanswered_callbacks())
        assert [call for call in sandbox.refused_calls() if "is not modified" not in call.description] == []
