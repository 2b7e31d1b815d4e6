"""Nothing that was taken in is lost, and nothing happens twice."""

import asyncio
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.inbox import MOST_FROM_ONE, RESTARTS
from bot.inbox_rows import prune
from bot.texts.runtime import BROKEN
from storage.database import SyncDatabase
from storage.models.notice import InboxUpdate
from tests.background import PATIENCE
from tests.bot.conftest import Member, School
from tests.bot.running import RunningBot, running_bot
from tests.bot.smalltalk import smalltalk
from tests.chat import Sandbox, wait_until


def rows(session: Session) -> list[InboxUpdate]:
    return list(session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id)))


def words_update(update_id: int, chat_id: int, text: str) -> dict[str, Any]:
    """An update as Telegram brings it."""
    person = {"id": chat_id, "is_bot": False, "first_name": "Мила"}
    message = {
        "message_id": update_id,
        "date": int(time.time()),
        "chat": {"id": chat_id, "type": "private", "first_name": "Мила"},
        "from": person,
        "text": text,
    }
    return {"update_id": update_id, "message": message}


def test_words_are_kept_answered_and_marked_done(small_bot: RunningBot, mila: Member, store: SyncDatabase) -> None:
    mila.persona.say("хочу в робототехнику")
    mila.persona.wait_for("Записано: хочу в робототехнику")
    small_bot.rest()

    assert mila.words == ["хочу в робототехнику"]
    [row] = store.read(rows)
    assert row.applied_at
    assert row.done_at
    assert row.body == {}, "what people write is not kept in the inbox once it is answered"


def test_an_update_is_kept_before_telegram_is_told_so(
    small_bot: RunningBot, mila: Member, sandbox: Sandbox, store: SyncDatabase
) -> None:
    sandbox.fault("sendMessage", "slow", seconds=1)
    mila.persona.say("раз")

    wait_until(lambda: sandbox.pending() == 0)  # confirmed while the answer is still on its way
    assert mila.persona.screen == ""
    [row] = store.read(rows)
    assert not row.done_at


def test_a_repeated_update_changes_nothing(small_bot: RunningBot, mila: Member, store: SyncDatabase) -> None:
    update = words_update(7_000_001, mila.persona.id, "дважды")
    for _ in range(3):
        small_bot.run(small_bot.runtime.inbox.take_in([update]))
        small_bot.rest()

    assert mila.words == ["дважды"]
    assert len(mila.persona.chat) == 1
    assert len(store.read(rows)) == 1


def test_many_who_come_at_once_share_few_commits(small_bot: RunningBot, school: School, store: SyncDatabase) -> None:
    people = [school.member(f"Ученик {number}") for number in range(20)]
    updates = [words_update(8_000_000 + n, each.persona.id, f"слово {n}") for n, each in enumerate(people)]
    small_bot.run(take_in_one_by_one(small_bot, updates))
    small_bot.rest()

    assert [each.words for each in people] == [[f"слово {n}"] for n in range(20)]


async def take_in_one_by_one(small_bot: RunningBot, updates: list[dict[str, Any]]) -> None:
    await asyncio.gather(*(small_bot.runtime.inbox.take_in([update]) for update in updates))


def test_one_persons_words_are_handled_in_their_order(small_bot: RunningBot, mila: Member) -> None:
    said = [f"слово {number}" for number in range(12)]
    for words in said:
        mila.persona.say(words)
    mila.persona.wait_for("Записано: слово 11")

    assert mila.words == said


def test_a_slow_answer_to_one_person_holds_nobody_else_up(
    small_bot: RunningBot, school: School, mila: Member, sandbox: Sandbox
) -> None:
    timur = school.member("Тимур")
    sandbox.fault("sendMessage", "slow", seconds=10 * PATIENCE, chat_id=mila.persona.id)
    mila.persona.say("медленно")
    mila.persona.say("и ещё")
    wait_until(lambda: bool(mila.words))
    timur.persona.say("быстро")

    timur.persona.wait_for("Записано: быстро")
    assert mila.words == ["медленно"], "her own next words wait their turn"
    sandbox.clear_faults()
    mila.persona.wait_for("Записано: и ещё")


def leave_unfinished(
    session: Session, update: dict[str, Any], *, now: datetime, applied: bool = False, tries: int = 0
) -> None:
    """What a process leaves behind that died in the middle."""
    applied_at = now if applied else None
    row = InboxUpdate(bot_id=42, update_id=update["update_id"], body=update, received_at=now, applied_at=applied_at)
    row.tries = tries
    session.add(row)


def test_what_was_applied_but_not_answered_is_answered_and_not_applied_again(
    school: School, mila: Member, sandbox: Sandbox, store: SyncDatabase, database_url: str
) -> None:
    update = words_update(7, mila.persona.id, "уже записано")
    store.write(leave_unfinished, update, now=school.now, applied=True)

    with running_bot(sandbox, database_url, conversation=smalltalk()) as bot:
        mila.persona.wait_for("Вы здесь\nВсего записей: 0")
        bot.rest()
    assert mila.words == []
    assert store.read(rows)[0].done_at


def test_what_was_neither_applied_nor_answered_is_handled_in_full(
    school: School, mila: Member, sandbox: Sandbox, store: SyncDatabase, database_url: str
) -> None:
    store.write(leave_unfinished, words_update(7, mila.persona.id, "ещё не записано"), now=school.now)

    with running_bot(sandbox, database_url, conversation=smalltalk()):
        mila.persona.wait_for("Записано: ещё не записано")
    assert mila.words == ["ещё не записано"]


def test_an_update_that_ends_process_after_process_is_given_up(
    school: School, mila: Member, sandbox: Sandbox, store: SyncDatabase, database_url: str
) -> None:
    store.write(leave_unfinished, words_update(7, mila.persona.id, "яд"), now=school.now, tries=RESTARTS)

    with running_bot(sandbox, database_url, conversation=smalltalk()) as bot:
        mila.persona.wait_for(BROKEN)
        bot.rest()
    assert mila.words == []
    assert store.read(rows)[0].done_at


def test_what_a_dead_replica_took_in_is_adopted_and_a_living_ones_is_left(
    small_bot: RunningBot, school: School, mila: Member, store: SyncDatabase
) -> None:
    forgotten, fresh = (words_update(number, mila.persona.id, f"слово {number}") for number in (7, 8))
    store.write(leave_unfinished, forgotten, now=school.now - timedelta(minutes=5))
    store.write(leave_unfinished, fresh, now=school.now - timedelta(seconds=5))
    small_bot.run(small_bot.runtime.inbox.resume(timedelta(minutes=2)))
    small_bot.rest()
    assert mila.words == ["слово 7"]


def test_a_handler_that_always_breaks_ends_in_an_apology_and_lets_the_next_words_through(
    small_bot: RunningBot, mila: Member, store: SyncDatabase
) -> None:
    mila.persona.say("сломайся")
    mila.persona.say("дальше")
    mila.persona.wait_for(BROKEN)
    mila.persona.wait_for("Записано: дальше")
    small_bot.rest()

    broken, fine = store.read(rows)
    assert (broken.error, fine.error) == ("Weird", "")
    assert broken.done_at
    assert not broken.applied_at


def test_a_break_after_the_change_shows_where_the_person_stands_and_changes_nothing_more(
    small_bot: RunningBot, mila: Member
) -> None:
    mila.persona.say("сломайся после")
    mila.persona.wait_for("Вы здесь\nВсего записей: 1")
    assert mila.words == ["сломайся после"]


def test_an_outage_of_the_network_is_waited_out_and_the_answer_comes(
    small_bot: RunningBot, mila: Member, sandbox: Sandbox, store: SyncDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.OUTAGE_DELAY", 0.2)
    monkeypatch.setattr("bot.sender.RETRY_DELAYS", (0.01,))
    sandbox.fault("sendMessage", "cut", times=9)
    mila.persona.say("когда нет связи")
    mila.persona.wait_for("Вы здесь\nВсего записей: 1")
    small_bot.rest()

    assert mila.words == ["когда нет связи"]
    assert store.read(rows)[0].error == ""


def test_a_program_that_floods_the_chat_does_not_shut_others_out(
    small_bot: RunningBot, school: School, mila: Member, store: SyncDatabase
) -> None:
    flood = [words_update(number, mila.persona.id, f"спам {number}") for number in range(1, 2 * MOST_FROM_ONE)]
    small_bot.run(small_bot.runtime.inbox.take_in(flood))
    timur = school.member("Тимур")
    timur.persona.say("привет")
    timur.persona.wait_for("Записано: привет")

    wait_until(lambda: len([row for row in store.read(rows) if row.error]) == MOST_FROM_ONE - 1)


def test_done_updates_are_pruned_after_a_week_and_unfinished_ones_stay(
    school: School, mila: Member, store: SyncDatabase
) -> None:
    for number in (1, 2, 3):
        store.write(leave_unfinished, words_update(number, mila.persona.id, "…"), now=school.now)
    store.write(mark_done, 1, at=school.now - timedelta(days=8))
    store.write(mark_done, 2, at=school.now - timedelta(days=6))

    store.write(prune, before=school.now - timedelta(days=7))

    assert [row.update_id for row in store.read(rows)] == [2, 3]


def mark_done(session: Session, update_id: int, *, at: datetime) -> None:
    session.get_one(InboxUpdate, (42, update_id)).done_at = at
