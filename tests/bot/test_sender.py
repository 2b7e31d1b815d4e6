"""Telegram's limits are kept by ourselves, its refusals are waited out, the network's failures are repeated."""

import asyncio
import time
from bisect import bisect_right
from typing import Any, cast

from aiogram.methods import SendMessage

from bot.pace import CHAT_BURST, MESSAGES, NOTICES, ChatPace, Pace
from bot.sender import Sender, as_notice
from tests.bot.conftest import Member, School
from tests.bot.running import RunningBot
from tests.bot.still_time import in_still_time, now
from tests.chat import Sandbox, wait_until

TELEGRAM_ALLOWS = 30


def most_in_a_second(moments: list[float]) -> int:
    return max(bisect_right(moments, moment + 1) - index for index, moment in enumerate(moments))


async def send_all(pace: Pace, count: int, latency: float, *, notice: bool, seen: list[float]) -> None:
    """``seen``: when each message reached Telegram, somewhere between our sending and its answer."""

    async def send(number: int) -> None:
        async with pace.turn(notice=notice):
            await asyncio.sleep(latency * (number % 7) / 7)
            seen.append(now())
            await asyncio.sleep(latency * (7 - number % 7) / 7)

    await asyncio.gather(*(send(number) for number in range(count)))


@in_still_time
async def test_no_second_holds_more_messages_than_telegram_allows_whatever_the_network_does() -> None:
    seen: list[float] = []
    pace = Pace()
    await asyncio.gather(
        send_all(pace, 45, 0.3, notice=True, seen=seen), send_all(pace, 30, 0.05, notice=False, seen=seen)
    )
    assert len(seen) == 75
    assert most_in_a_second(sorted(seen)) <= MESSAGES < TELEGRAM_ALLOWS


@in_still_time
async def test_an_answer_does_not_wait_behind_notices() -> None:
    pace, seen = Pace(), []  # type: tuple[Pace, list[float]]
    notices = asyncio.create_task(send_all(pace, 80, 0, notice=True, seen=[]))
    await asyncio.sleep(0.05)
    asked = now()
    await send_all(pace, 1, 0, notice=False, seen=seen)

    assert seen[0] - asked < 0.3, "the notices alone take three seconds"
    notices.cancel()


@in_still_time
async def test_notices_fill_what_the_limit_allows() -> None:
    seen: list[float] = []
    await send_all(Pace(), 3 * NOTICES, 0, notice=True, seen=seen)
    assert 1.9 < seen[-1] - seen[0] < 2.9, "a second's worth at once, and then another each second"


@in_still_time
async def test_after_a_pause_everything_goes_on() -> None:
    pace, seen = Pace(), []  # type: tuple[Pace, list[float]]
    began = now()
    pace.pause(0.4)
    await send_all(pace, 3, 0, notice=False, seen=seen)
    assert min(seen) - began >= 0.4


@in_still_time
async def test_a_cancelled_wait_gives_its_place_back() -> None:
    pace = Pace()
    pace.pause(0.2)
    waiting = [asyncio.create_task(send_all(pace, 1, 0, notice=False, seen=[])) for _ in range(MESSAGES * 2)]
    await asyncio.sleep(0.05)
    for task in waiting:
        task.cancel()
    seen: list[float] = []
    began = now()
    await send_all(pace, MESSAGES, 0, notice=False, seen=seen)
    assert seen[-1] - began < 0.9


@in_still_time
async def test_one_chat_may_have_a_burst_of_answers_but_one_notice_a_second() -> None:
    chats = ChatPace()
    began = now()
    for _ in range(CHAT_BURST):
        await chats.wait(1, notice=False)
    assert now() - began < 0.5

    await chats.wait(2, notice=True)
    await chats.wait(2, notice=True)
    assert 0.9 < now() - began < 1.6


@in_still_time
async def test_two_notices_to_one_chat_leave_a_second_apart_and_to_two_chats_at_once() -> None:
    sender, left = Sender(), []

    async def arrives(_: Any, method: Any) -> Any:
        left.append((method.chat_id, round(now())))

    with as_notice():
        for chat_id in (1, 2, 1):
            await sender(arrives, cast(Any, None), SendMessage(chat_id=chat_id, text="Завтра встреча"))
    assert left == [(1, 0), (2, 0), (1, 1)]


def test_a_flood_answer_is_waited_out_and_the_message_arrives(
    small_bot: RunningBot, mila: Member, sandbox: Sandbox
) -> None:
    sandbox.fault("sendMessage", "flood", seconds=1, times=2)
    began = time.monotonic()
    mila.persona.say("привет")
    mila.persona.wait_for("Записано: привет")

    assert time.monotonic() - began >= 2
    assert mila.words == ["привет"]


def test_flood_silences_the_sender_for_everybody(small_bot: RunningBot, school: School, sandbox: Sandbox) -> None:
    mila, timur = school.member("Мила"), school.member("Тимур")
    sandbox.fault("sendMessage", "flood", seconds=2, chat_id=mila.persona.id)
    began = time.monotonic()
    mila.persona.say("раз")
    wait_until(lambda: bool(sandbox.refused_calls()))
    timur.persona.say("два")
    timur.persona.wait_for("Записано: два")
    assert time.monotonic() - began >= 2


def test_servers_errors_and_cut_connections_are_repeated(small_bot: RunningBot, mila: Member, sandbox: Sandbox) -> None:
    sandbox.fault("sendMessage", "error", code=502, description="Bad Gateway")
    sandbox.fault("sendMessage", "cut")
    mila.persona.say("привет")
    mila.persona.wait_for("Записано: привет")
    mila.persona.wait_quiet()
    assert len(mila.persona.chat) == 2


def test_a_message_whose_answer_was_lost_comes_twice_at_most(
    small_bot: RunningBot, mila: Member, sandbox: Sandbox
) -> None:
    sandbox.fault("sendMessage", "drop")
    mila.persona.say("привет")
    wait_until(lambda: len(mila.persona.chat) == 3)
    mila.persona.wait_quiet()
    assert [message.text for message in mila.persona.chat[1:]] == ["Записано: привет\nВсего записей: 1"] * 2
    assert mila.words == ["привет"]


def test_a_blocked_bot_goes_on_with_others(small_bot: RunningBot, school: School) -> None:
    mila, timur = school.member("Мила"), school.member("Тимур")
    mila.persona.say("сейчас заблокирую")
    mila.persona.block()
    timur.persona.say("привет")
    timur.persona.wait_for("Записано: привет")


def test_forty_notices_to_forty_people_meet_no_flood_answer(
    small_bot: RunningBot, school: School, sandbox: Sandbox
) -> None:
    sandbox.ask(lambda telegram: setattr(telegram.limits, "enabled", True))
    people = [school.member(f"Ученик {number}") for number in range(40)]
    for each in people:
        each.persona.start()
    small_bot.rest()

    small_bot.run(write_to_all(small_bot, people))
    assert not [call for call in sandbox.calls("sendMessage") if call.code == 429]


async def write_to_all(small_bot: RunningBot, people: list[Member]) -> None:
    with as_notice():
        await asyncio.gather(*(small_bot.runtime.bot.send_message(each.persona.id, "Новость") for each in people))
