"""The table of jobs, worked by a real process: what falls due is done, and the process shows that it lives."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.app import JOBS
from storage.models.notice import Heartbeat
from storage.models.person import ChannelAccount
from tests.bot.conftest import Member, School
from tests.bot.processes import BotProcess, WarmStart
from tests.chat import Sandbox, wait_until
from tests.scheduler.conftest import plan

SOON = timedelta(seconds=2)


def alive(session: Session) -> set[str]:
    return set(session.scalars(select(Heartbeat.process)))


@pytest.fixture
def process(warm: WarmStart, sandbox: Sandbox, school: School, database_url: str, tmp_path: Path) -> BotProcess:
    start = partial(warm.start, sandbox, database_url, tmp_path / "bot.log")
    return start(CLOCK_FILE=str(sandbox.clock.file))


def test_a_notice_that_falls_due_when_the_clock_is_moved_comes_by_itself(
    process: BotProcess, school: School, mila: Member, sandbox: Sandbox
) -> None:
    today = replace(school, now=sandbox.clock.now)
    school.store.write(plan, mila, today, due_at=today.now + timedelta(days=3))
    with process:
        wait_until(lambda: sandbox.ask(lambda telegram: telegram.updates.polled))
        assert mila.persona.screen == ""
        sandbox.clock.forward(days=3)
        mila.persona.wait_for("Новость")


def test_the_process_shows_that_it_lives(process: BotProcess, school: School) -> None:
    with process:
        wait_until(lambda: school.store.read(alive) >= {"bot", "reminders"})


def test_delivery_looks_for_due_notices_so_often_that_the_chat_feels_alive() -> None:
    deliver = next(job for job in JOBS if job.work.__name__ == "deliver_notices")
    assert deliver.every <= SOON


def test_where_the_buttons_are_survives_a_restart(process: BotProcess, school: School, mila: Member) -> None:
    with process:
        mila.persona.say("раз")
        screen = mila.persona.wait_for("Записано: раз")
        assert process.terminate() == 0
    account = school.store.read(lambda session: session.scalars(select(ChannelAccount)).one())
    assert account.screen_message_id == screen.id
