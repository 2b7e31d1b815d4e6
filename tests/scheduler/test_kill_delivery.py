"""kill -9 while notices go out: none is lost, and only those in the air come twice."""

import random
import time
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.reminders import NoticeState
from scheduler.delivery import IN_THE_AIR
from storage.models.notice import Notice
from tests.bot.conftest import School
from tests.bot.processes import WarmStart
from tests.chat import Sandbox, wait_until
from tests.scheduler.conftest import plan

PEOPLE = 40
KILLS = 3
SEED = 20261123


def unsent(session: Session) -> int:
    return session.scalar(select(func.count(Notice.id)).where(Notice.state != NoticeState.SENT)) or 0


@pytest.mark.slow(20)
def test_kills_during_delivery_lose_no_notice(
    warm: WarmStart, school: School, sandbox: Sandbox, database_url: str, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    today = replace(school, now=sandbox.clock.now)
    people = [today.member(f"Ученик {number}") for number in range(PEOPLE)]
    for each in people:
        school.store.write(plan, each, today)
    start = partial(warm.start, sandbox, database_url, tmp_path / "bot.log", CLOCK_FILE=str(sandbox.clock.file))

    for _ in range(KILLS):
        before = len(sandbox.calls("sendMessage"))
        with start() as process:
            wait_until(lambda before=before: len(sandbox.calls("sendMessage")) > before)  # type: ignore[misc]
            time.sleep(chance.uniform(0, 0.15))
            process.kill()
        sandbox.clock.forward(minutes=3)  # the dead process's claims run out
    with start() as process:
        wait_until(lambda: school.store.read(unsent) == 0)
        assert process.terminate() == 0

    came = Counter({each.persona.id: len(each.persona.chat) for each in people})
    assert min(came.values()) == 1
    assert sum(came.values()) - PEOPLE <= KILLS * IN_THE_AIR
