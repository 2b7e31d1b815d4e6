"""Who reaches a handler, and what the runtime itself answers for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database import AlreadyApplied, BotDatabase, NoOrganisation, SecondWrite, UpdateInHand, together
from bot.inbox_rows import Received, exchange
from bot.texts.runtime import PRIVATE_ONLY
from config.clock import system_clock
from mentoring.use_cases.chats import visitor_of
from storage.database import Database, SyncDatabase
from storage.models.notice import BotProfile
from storage.models.person import ChannelAccount, Person
from tests.bot.conftest import Member, School
from tests.bot.running import RunningBot
from tests.bot.smalltalk import count_words, keep_words, let_in, open_school
from tests.bot.test_inbox import words_update
from tests.chat import Sandbox, wait_until


def account_of(session: Session, chat_id: int) -> ChannelAccount:
    return session.scalars(select(ChannelAccount).where(ChannelAccount.external_id == str(chat_id))).one()


def test_a_stranger_is_answered_and_not_remembered(small_bot: RunningBot, school: School) -> None:
    stranger = school.sandbox.newcomer("Незнакомец")
    stranger.start()
    stranger.wait_for("Мы не знакомы")
    school.store.write(let_in, school.organisation_id, stranger.id, now=school.now)
    stranger.say("теперь я есть")
    stranger.wait_for("Записано: теперь я есть")


def test_blocking_the_bot_is_noted_and_coming_back_too(small_bot: RunningBot, mila: Member) -> None:
    mila.persona.block()
    wait_until(lambda: mila.store.read(account_of, mila.persona.id).unreachable_since is not None)
    assert mila.store.read(account_of, mila.persona.id).unreachable_reason == "blocked"

    mila.persona.unblock()
    wait_until(lambda: mila.store.read(account_of, mila.persona.id).unreachable_since is None)


def test_whoever_writes_can_be_reached(small_bot: RunningBot, mila: Member) -> None:
    mila.store.write(lose, mila.persona.id, at=system_clock())
    mila.persona.say("я тут")
    mila.persona.wait_for("Записано: я тут")
    assert mila.store.read(account_of, mila.persona.id).unreachable_since is None


def lose(session: Session, chat_id: int, *, at: Any) -> None:
    account_of(session, chat_id).unreachable_since = at


def test_a_group_is_told_that_the_bot_speaks_in_private_only(small_bot: RunningBot, sandbox: Sandbox) -> None:
    update = words_update(900, 5, "/start@bot")
    update["message"]["chat"] = {"id": -100500, "type": "group", "title": "7 «Б»"}
    small_bot.run(small_bot.runtime.inbox.take_in([update]))
    small_bot.rest()

    [call] = sandbox.calls("sendMessage")
    assert (call.arguments["chat_id"], call.arguments["text"]) == ("-100500", PRIVATE_ONLY)


def test_talk_in_a_group_is_none_of_the_bots_business(small_bot: RunningBot, sandbox: Sandbox) -> None:
    update = words_update(901, 5, "кто сделал домашку?")
    update["message"]["chat"] = {"id": -100500, "type": "group", "title": "7 «Б»"}
    small_bot.run(small_bot.runtime.inbox.take_in([update]))
    small_bot.rest()
    assert not sandbox.calls("sendMessage")


def test_the_panel_learns_how_the_bot_is_called(small_bot: RunningBot, store: SyncDatabase, sandbox: Sandbox) -> None:
    profile = store.read(lambda session: session.scalars(select(BotProfile)).one())
    assert profile.link_prefix == sandbox.deep_link("")
    assert profile.username


@pytest.fixture
def pupil(store: SyncDatabase, school: School) -> int:
    return store.write(let_in, school.organisation_id, 1004, now=school.now)


async def test_one_update_writes_once(school: School, pupil: int, database_url: str, store: SyncDatabase) -> None:
    async with fenced(database_url, school.organisation_id, kept(store, school)) as database:
        await database.write(keep_words, pupil, "раз", now=school.now)
        with pytest.raises(SecondWrite):
            await database.write(keep_words, pupil, "два", now=school.now)
        assert await database.read(count_words, pupil) == 1


async def test_an_update_that_was_applied_writes_nothing(
    school: School, pupil: int, database_url: str, store: SyncDatabase
) -> None:
    async with fenced(database_url, school.organisation_id, kept(store, school)) as database:
        await database.write(keep_words, pupil, "раз", now=school.now)
    async with fenced(database_url, school.organisation_id, UpdateInHand(42, 1)) as database:
        with pytest.raises(AlreadyApplied):
            await database.write(keep_words, pupil, "раз", now=school.now)
        assert await database.read(count_words, pupil) == 1


async def test_a_refused_write_leaves_room_for_another(
    school: School, pupil: int, database_url: str, store: SyncDatabase
) -> None:
    async with fenced(database_url, school.organisation_id, kept(store, school)) as database:
        with pytest.raises(Exception, match="text"):
            await database.write(keep_words, pupil, "", now=school.now)
        await database.write(keep_words, pupil, "раз", now=school.now)
        assert await database.read(count_words, pupil) == 1


async def test_steps_joined_together_stand_or_fall_together(
    school: School, pupil: int, database_url: str, store: SyncDatabase
) -> None:
    async with fenced(database_url, school.organisation_id, kept(store, school)) as database:
        with pytest.raises(Exception, match="text"):
            await database.write(together, words_step(pupil, "раз", school), words_step(pupil, "", school))
        assert await database.read(count_words, pupil) == 0
        assert await database.write(together, words_step(pupil, "раз", school), words_step(pupil, "два", school)) == 1
        assert await database.read(count_words, pupil) == 2


def words_step(person_id: int, text: str, school: School) -> Any:
    return lambda session: keep_words(session, person_id, text, now=school.now)


async def test_another_organisations_people_do_not_exist(
    school: School, database_url: str, store: SyncDatabase
) -> None:
    other = store.write(open_school, now=school.now)
    stranger = store.write(let_in, other, 2000, now=school.now)
    async with fenced(database_url, school.organisation_id, None) as database:
        assert await database.read(lambda session: session.get(Person, stranger)) is None
    async with fenced(database_url, None, None) as database:
        with pytest.raises(NoOrganisation):
            await database.read(count_words, stranger)
        visitor = await database.unscoped_read(visitor_of, "telegram", "2000")
        assert visitor
        assert await database.within(visitor.organisation_id).read(count_words, stranger) == 0


def kept(store: SyncDatabase, school: School) -> UpdateInHand:
    """An update in the inbox, in the hands of a first run."""
    store.write(exchange, 42, [Received(1, words_update(1, 1004, "раз"))], [], {}, now=school.now)
    return UpdateInHand(42, 1)


@asynccontextmanager
async def fenced(url: str, organisation_id: int | None, update: UpdateInHand | None) -> AsyncIterator[BotDatabase]:
    database = Database(url)
    yield BotDatabase(database, system_clock, organisation_id=organisation_id, in_hand=update)
    await database.close()
