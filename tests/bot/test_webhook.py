"""Updates brought by Telegram: kept before 200 is said, taken only with the secret, by any number of replicas."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.webhook import SECRET_HEADER, ask_for_webhook, serve_webhook
from storage.database import SyncDatabase
from storage.models.notice import InboxUpdate
from storage.tables import Base
from tests.bot.conftest import Member, School
from tests.bot.running import RunningBot, SettableClock
from tests.bot.smalltalk import open_school, smalltalk
from tests.bot.test_inbox import words_update
from tests.chat import Sandbox, wait_until

SECRET = "test-secret-0123456789"
URL = "http://127.0.0.1/telegram"


@contextmanager
def replica(school: School, database_url: str) -> Iterator[tuple[RunningBot, str]]:
    """A bot behind a webhook, and its address."""
    bot = RunningBot(school.sandbox, database_url, SettableClock(school.now), smalltalk())
    server: web.AppRunner = bot.run(
        serve_webhook(
            bot.runtime.inbox, url=URL, secret=SECRET, host="127.0.0.1", port=0, in_contact=bot.runtime.contact.made
        )
    )
    try:
        yield bot, f"http://127.0.0.1:{server.addresses[0][1]}/telegram"
    finally:
        bot.run(server.cleanup())
        bot.stop()


def post(url: str, update: dict[str, Any], secret: str = SECRET) -> int:
    async def send() -> int:
        headers = {SECRET_HEADER: secret}
        async with aiohttp.ClientSession() as session, session.post(url, json=update, headers=headers) as answer:
            return answer.status

    return asyncio.run(send())


def tap(update_id: int, chat_id: int, message_id: int, data: str) -> dict[str, Any]:
    person = {"id": chat_id, "is_bot": False, "first_name": "Мила"}
    chat = {"id": chat_id, "type": "private", "first_name": "Мила"}
    message = {"message_id": message_id, "date": 1_700_000_000, "chat": chat, "text": "…"}
    query = {"id": str(update_id), "from": person, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": update_id, "callback_query": query}


def kept(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(InboxUpdate)) or 0


def test_an_update_is_in_the_inbox_when_200_is_said(school: School, mila: Member, database_url: str) -> None:
    school.sandbox.fault("sendMessage", "slow", seconds=1)
    with replica(school, database_url) as (_, url):
        assert post(url, words_update(1, mila.persona.id, "привет")) == 200
        assert school.store.read(kept) == 1
        mila.persona.wait_for("Записано: привет")


def test_nobody_else_can_bring_updates(school: School, mila: Member, database_url: str) -> None:
    with replica(school, database_url) as (_, url):
        assert post(url, words_update(1, mila.persona.id, "привет"), secret="guess") == 403
        assert post(url, words_update(1, mila.persona.id, "привет"), secret="") == 403
    assert school.store.read(kept) == 0


def test_an_update_brought_twice_is_answered_once(school: School, mila: Member, database_url: str) -> None:
    with replica(school, database_url) as (bot, url):
        assert [post(url, words_update(1, mila.persona.id, "привет")) for _ in range(2)] == [200, 200]
        bot.rest()
    assert mila.words == ["привет"]
    assert len(mila.persona.chat) == 1


def test_the_sandbox_brings_updates_to_the_webhook_that_was_asked_for(
    school: School, mila: Member, database_url: str
) -> None:
    with replica(school, database_url) as (bot, url):
        bot.run(ask_for_webhook(bot.runtime.bot, url, SECRET))
        mila.persona.say("привет")
        mila.persona.wait_for("Записано: привет")


@pytest.fixture
def postgres_school(postgres_url: str, sandbox: Sandbox, now: Any) -> Iterator[School]:
    store = SyncDatabase(postgres_url)
    Base.metadata.create_all(store.writing)
    yield School(store.write(open_school, now=now), sandbox, store, now)
    store.close()


@pytest.mark.postgres
def test_ten_taps_at_once_through_two_replicas_count_once(postgres_school: School, postgres_url: str) -> None:
    mila = postgres_school.member("Мила")
    with (
        replica(postgres_school, postgres_url) as (first, one),
        replica(postgres_school, postgres_url) as (second, two),
    ):
        assert post(one, words_update(1, mila.persona.id, "привет")) == 200
        screen = mila.persona.wait_for("Записано")
        taps = [tap(100 + number, mila.persona.id, screen.id, "press:0") for number in range(10)]
        with ThreadPoolExecutor(10) as fingers:
            said = list(fingers.map(post, [one, two] * 5, taps))
        first.rest()
        second.rest()

    assert said == [200] * 10
    assert mila.presses == 1


@pytest.mark.postgres
def test_one_update_brought_to_two_replicas_is_answered_by_one(postgres_school: School, postgres_url: str) -> None:
    mila = postgres_school.member("Мила")
    with replica(postgres_school, postgres_url) as (_, one), replica(postgres_school, postgres_url) as (_, two):
        update = words_update(1, mila.persona.id, "привет")
        with ThreadPoolExecutor(8) as telegram:
            said = list(telegram.map(post, [one, two] * 4, [update] * 8))
        wait_until(lambda: mila.words == ["привет"])
        mila.persona.wait_quiet()

    assert said == [200] * 8
    assert mila.words == ["привет"]
    assert len(mila.persona.chat) == 1
