"""kill -9 at any moment: what a person was told is saved, is saved; what was not yet said, comes."""

import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.inbox import RESTARTS
from storage.database import SyncDatabase
from storage.models.notice import InboxUpdate
from tests.bot.conftest import Member, School
from tests.bot.processes import BotProcess, WarmStart
from tests.chat import Sandbox, wait_until

KILLS = 10
StartBot = Callable[..., BotProcess]
SEED = 20261123
SOONER_THAN_A_POLL = 15  # seconds; a poll waits for 25


@pytest.mark.slow(20)
def test_kills_at_random_moments_lose_no_word_and_double_none(
    school: School, sandbox: Sandbox, store: SyncDatabase, start_bot: StartBot
) -> None:
    chance = random.Random(SEED)
    people = [school.member(name) for name in ("Мила", "Тимур", "Дарья")]
    said: dict[int, list[str]] = {each.person_id: [] for each in people}
    for kill in range(KILLS):
        with start_bot() as process:
            wait_until(lambda: is_polling(sandbox))
            wait_until(lambda: store.read(suspected) == 0)
            for number in range(2):
                for each in people:
                    words = f"слово {kill}-{number}"
                    each.persona.say(words)
                    said[each.person_id].append(words)
                time.sleep(chance.uniform(0, 0.1))
            time.sleep(chance.uniform(0, 0.15))
            process.kill()
        for each in people:
            assert_confirmed_words_are_kept(each)

    with start_bot() as process:
        for each in people:
            wait_until(lambda each=each: each.words == said[each.person_id])  # type: ignore[misc]
        wait_until(lambda: store.read(unfinished) == 0)
        assert process.terminate() == 0
    for each in people:
        assert each.words == said[each.person_id]


@pytest.fixture
def start_bot(warm: WarmStart, sandbox: Sandbox, database_url: str, tmp_path: Path) -> StartBot:
    return partial(warm.start, sandbox, database_url, tmp_path / "bot.log")


def assert_confirmed_words_are_kept(member: Member) -> None:
    confirmed = {
        message.text.removeprefix("Записано: ").partition("\n")[0]
        for message in member.persona.chat
        if message.from_bot and message.text.startswith("Записано: ")
    }
    assert confirmed <= set(member.words)


def unfinished(session: Session) -> int:
    return session.scalar(select(func.count()).where(InboxUpdate.done_at.is_(None))) or 0


def suspected(session: Session) -> int:
    """Updates that one more kill or two would have given up as its cause: a slow machine may answer none in between."""
    worn = InboxUpdate.done_at.is_(None) & (InboxUpdate.tries >= RESTARTS - 1)
    return session.scalar(select(func.count()).where(worn)) or 0


def is_polling(sandbox: Sandbox) -> bool:
    return sandbox.ask(lambda telegram: telegram.updates.polled)


def test_sigterm_answers_what_is_in_hand_and_ends_soon(
    mila: Member, sandbox: Sandbox, start_bot: StartBot, store: SyncDatabase
) -> None:
    with start_bot() as process:
        mila.persona.say("привет")
        mila.persona.wait_for("Записано: привет")
        sandbox.fault("sendMessage", "slow", seconds=1)
        mila.persona.say("в последний миг")
        wait_until(lambda: "в последний миг" in mila.words)
        began = time.monotonic()
        assert process.terminate() == 0
        assert time.monotonic() - began < SOONER_THAN_A_POLL

    assert "Записано: в последний миг" in mila.persona.screen
    assert store.read(unfinished) == 0


def test_sigterm_in_the_rush_loses_nothing(school: School, start_bot: StartBot, store: SyncDatabase) -> None:
    people = [school.member(f"Ученик {number}") for number in range(20)]
    with start_bot() as process:
        for each in people:
            for number in range(3):
                each.persona.say(f"слово {number}")
        wait_until(lambda: any(each.words for each in people))
        assert process.terminate() == 0
    with start_bot() as process:
        wait_until(lambda: all(len(each.words) == 3 for each in people))
        assert process.terminate() == 0

    assert [each.words for each in people] == [["слово 0", "слово 1", "слово 2"]] * 20


def test_a_wrong_token_is_said_in_one_line(school: School, start_bot: StartBot) -> None:
    with start_bot(BOT_TOKEN="43:WRONG") as process:
        assert process.wait() == 2
        assert "Telegram не принимает токен" in process.complaints


def test_without_a_network_the_process_waits_and_can_be_stopped(school: School, start_bot: StartBot) -> None:
    with start_bot(TELEGRAM_API_URL="http://127.0.0.1:9") as process:
        wait_until(lambda: "no updates come in" in process.complaints)
        time.sleep(1.5)
        assert process.terminate() == 0
        assert process.complaints.count("no updates come in") == 1
