"""What every journey stands on: the sandbox, the bot, the panel, one school and the way people fill in a form."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from html import unescape
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

from sqlalchemy.orm import Session
from waitress import create_server

from admin.app import create_app
from config.consent_texts import consent_sources
from config.library import questionnaire_definitions
from mentoring.demo.season import fill_demo
from mentoring.rules.accounts import AccountRole
from mentoring.rules.people import Actor, Door
from mentoring.use_cases.accounts import add_account
from mentoring.use_cases.organisations import open_organisation
from storage.database import SyncDatabase
from storage.migrate import migrate
from tests.admin.conftest import Browser
from tests.bot.running import RunningBot, SettableClock, running_bot, settings_for
from tests.chat import Persona, Sandbox

CAST = Path(__file__).parents[2] / "config" / "demo" / "cast.toml"
LOGIN, PASSWORD = "zimina", "приозёрный-маяк-47"
SYSTEM = Actor.system(Door.COMMAND_LINE)

Answer = str | Sequence[str] | None
"""Words to type or a button to press; several buttons before «Готово»; None to skip."""


@dataclass
class Stage:
    sandbox: Sandbox
    bot: RunningBot
    curator: Browser
    clock: SettableClock
    database_url: str

    def later(self, **by: float) -> None:
        """Time passes, and what has fallen due is sent."""
        self.clock.now += timedelta(**by)
        self.bot.tick()

    def link(self, role: str) -> str:
        """The deep link's payload, as the curator copies it from the panel."""
        page = unescape(self.curator.text("/invitations/"))
        links = re.findall(r"[?&]start=([\w-]{16,})", page)
        first, second = dict.fromkeys(links)
        return str(first if role == "mentor" else second)


@contextmanager
def stage(database_url: str, now: datetime) -> Iterator[Stage]:
    migrate(database_url)
    store, clock = SyncDatabase(database_url), SettableClock(now)
    store.write(_open_school, now=now)
    with Sandbox() as sandbox, running_bot(sandbox, database_url, clock) as bot:
        app = create_app(settings_for(sandbox, database_url, secret_key="s" * 40), store, clock)
        curator = Browser(app.test_client())
        assert curator.sign_in(LOGIN, PASSWORD).status_code in (302, 303)
        yield Stage(sandbox, bot, curator, clock, database_url)
    store.close()


@contextmanager
def demo_stage(database_url: str, now: datetime) -> Iterator[tuple[Stage, str]]:
    """The demo school with its cast, and the panel as a real server at the address given beside the stage."""
    migrate(database_url)
    store, clock = SyncDatabase(database_url), SettableClock(now)
    store.write(fill_demo, LOGIN, PASSWORD, now=now)
    with Sandbox(cast=CAST) as sandbox, running_bot(sandbox, database_url, clock) as bot:
        app = create_app(settings_for(sandbox, database_url, secret_key="s" * 40), store, clock)
        server = create_server(app, host="127.0.0.1", port=0)
        Thread(target=server.run, daemon=True).start()
        yield (
            Stage(sandbox, bot, Browser(app.test_client()), clock, database_url),
            f"http://127.0.0.1:{server.effective_port}",
        )
        server.close()
    store.close()


def fill(person: Persona, answers: Mapping[str, Answer]) -> str:
    """Answers question by question, found by a part of their text, until the form can be sent; returns that screen."""
    person.wait_for("Вопрос")
    for _ in range(60):
        screen = person.screen
        if "Проверьте ответы" in screen:
            return screen
        key = next((key for key in answers if key in screen), None)
        assert key is not None, f"no answer prepared for this screen:\n{person.dump()}"
        if answers[key] is None and "Отправить" in person.buttons:
            return screen
        _answer(person, answers[key])
    raise AssertionError(f"the form does not end\n{person.dump()}")


def _answer(person: Persona, answer: Answer) -> None:
    if answer is None:
        _then_waits(person, partial(person.press, "Пропустить"))
    elif not isinstance(answer, str):
        for label in (*answer, "Готово"):
            _then_waits(person, partial(person.press, label))
    elif any(answer in label for label in person.buttons):
        _then_waits(person, partial(person.press, answer))
    else:
        _then_waits(person, partial(person.say, answer))


def _then_waits(person: Persona, act: Callable[[], object], timeout: float = 10) -> None:
    """Until the newest message is another one or says something else: buttons taken off an older one do not count."""
    before, deadline = _screen(person), monotonic() + timeout
    act()
    while _screen(person) == before:
        assert monotonic() < deadline, f"nothing happened\n{person.dump()}"
        sleep(0.02)


def _screen(person: Persona) -> tuple[int, str, list[str]]:
    last = person.last
    return last.id, last.text, last.buttons


def _open_school(session: Session, *, now: datetime) -> None:
    opened = open_organisation(
        session,
        "МБОУ «Гимназия „Маяк“»",
        "Гимназия «Маяк»",
        address="г. Приозёрный, ул. Набережная, д. 5",
        contact="кабинет 12",
        definitions=questionnaire_definitions().values(),
        consents=consent_sources(),
        by=SYSTEM,
        now=now,
    )
    add_account(
        session,
        LOGIN,
        "Зимина Ольга Викторовна",
        role=AccountRole.CURATOR,
        password=PASSWORD,
        organisation_id=opened.organisation_id,
        by=SYSTEM,
        now=now,
    )
