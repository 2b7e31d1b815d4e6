"""A notice reaches its person once, whatever the network, the person and the process do."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversation import Conversation
from bot.screen import Screen
from mentoring.rules.reminders import NoticeState
from mentoring.use_cases.notices import NoticeToSend
from storage.models.notice import Notice
from storage.models.person import ChannelAccount
from tests.bot.conftest import Member, School
from tests.bot.running import RunningBot, SettableClock, running_bot
from tests.bot.smalltalk import smalltalk
from tests.chat import Sandbox
from tests.scheduler.conftest import notice, plan

MANY = 200


def test_a_due_notice_is_sent_and_marked(small_bot: RunningBot, school: School, mila: Member, planned: int) -> None:
    small_bot.deliver()

    assert mila.persona.screen == f"Новость {planned}"
    sent = school.store.read(notice, planned)
    assert (sent.state, sent.message_id) == (NoticeState.SENT, mila.persona.last.id)
    small_bot.deliver()
    assert len(mila.persona.chat) == 1


def test_a_notice_waits_for_its_time(school: School, mila: Member, sandbox: Sandbox, database_url: str) -> None:
    clock = SettableClock(school.now)
    later = school.store.write(plan, mila, school, due_at=school.now + timedelta(hours=2))
    with running_bot(sandbox, database_url, clock, smalltalk()) as bot:
        bot.deliver()
        assert mila.persona.screen == ""
        clock.now += timedelta(hours=2)
        bot.deliver()
        assert mila.persona.screen == f"Новость {later}"


def test_whoever_has_blocked_the_bot_is_noted_and_not_written_to_again(
    small_bot: RunningBot, school: School, mila: Member, planned: int, sandbox: Sandbox
) -> None:
    sandbox.fault("sendMessage", "error", code=403, description="Forbidden: bot was blocked by the user")
    small_bot.deliver()

    assert school.store.read(notice, planned).state is NoticeState.FAILED
    account = school.store.read(lambda session: session.scalars(select(ChannelAccount)).one())
    assert account.unreachable_reason == "blocked"
    second = school.store.write(plan, mila, school)
    small_bot.deliver()
    assert school.store.read(notice, second).state is NoticeState.FAILED
    assert len(sandbox.calls("sendMessage")) == 1


@pytest.mark.parametrize("description", ["Forbidden: user is deactivated", "Bad Request: chat not found"])
def test_a_lost_account_is_lost_for_good(
    small_bot: RunningBot, school: School, planned: int, sandbox: Sandbox, description: str
) -> None:
    code = 403 if description.startswith("Forbidden") else 400
    sandbox.fault("sendMessage", "error", code=code, description=description)
    small_bot.deliver()
    assert school.store.read(notice, planned).state is NoticeState.FAILED
    assert school.store.read(lambda session: session.scalars(select(ChannelAccount)).one()).unreachable_since


def test_after_telegrams_own_trouble_a_notice_is_tried_again_later(
    school: School, mila: Member, planned: int, sandbox: Sandbox, database_url: str
) -> None:
    clock = SettableClock(school.now)
    sandbox.fault("sendMessage", "error", code=502, description="Bad Gateway")
    with running_bot(sandbox, database_url, clock, smalltalk()) as bot:
        bot.deliver()
        waiting = school.store.read(notice, planned)
        assert (waiting.state, waiting.attempts) == (NoticeState.WAITING, 1)
        assert waiting.due_at > school.now
        clock.now = waiting.due_at
        bot.deliver()
    assert mila.persona.screen == f"Новость {planned}"


def test_a_flood_answer_delays_a_notice_and_loses_nothing(
    small_bot: RunningBot, school: School, mila: Member, planned: int, sandbox: Sandbox
) -> None:
    sandbox.fault("sendMessage", "flood", seconds=1)
    small_bot.deliver()
    assert mila.persona.screen == f"Новость {planned}"
    assert school.store.read(notice, planned).attempts == 1


def test_a_notice_that_cannot_be_drawn_stops_nobody_else(
    school: School, mila: Member, planned: int, sandbox: Sandbox, database_url: str
) -> None:
    def draw(each: NoticeToSend) -> Screen:
        return Screen("") if each.notice_id == planned else Screen("Новость")

    timur = school.member("Тимур")
    fine = school.store.write(plan, timur, school)
    with running_bot(sandbox, database_url, SettableClock(school.now), with_render(draw)) as bot:
        bot.deliver()
    assert school.store.read(notice, planned).state is NoticeState.FAILED
    assert school.store.read(notice, fine).state is NoticeState.SENT
    assert timur.persona.screen == "Новость"


def with_render(draw: Callable[[NoticeToSend], Screen]) -> Conversation:
    return replace(smalltalk(), render=draw)


def test_a_claim_that_died_is_taken_again_after_its_lease(
    school: School, mila: Member, planned: int, sandbox: Sandbox, database_url: str
) -> None:
    clock = SettableClock(school.now)
    school.store.write(claim_and_die, planned, school)
    with running_bot(sandbox, database_url, clock, smalltalk()) as bot:
        bot.deliver()
        assert mila.persona.screen == ""
        clock.now += timedelta(minutes=3)
        bot.deliver()
    assert mila.persona.screen == f"Новость {planned}"


def claim_and_die(session: Session, notice_id: int, school: School) -> None:
    row = notice(session, notice_id)
    row.state, row.lease_until = NoticeState.CLAIMED, school.now + timedelta(minutes=2)


def test_two_hundred_notices_meet_no_flood_answer(small_bot: RunningBot, school: School, sandbox: Sandbox) -> None:
    sandbox.ask(lambda telegram: setattr(telegram.limits, "enabled", True))
    for number in range(MANY):
        school.store.write(plan, school.member(f"Ученик {number}"), school)
    small_bot.deliver()

    calls = sandbox.calls("sendMessage")
    moments = sorted(call.began for call in calls)
    assert not [call for call in calls if call.code == 429]
    assert len(calls) == MANY
    assert max(bisect_right(moments, at + 1) - index for index, at in enumerate(moments)) <= 30
    waiting = select(func.count(Notice.id)).where(Notice.state != NoticeState.SENT)
    assert school.store.read(lambda session: session.scalar(waiting)) == 0


def test_one_persons_notices_keep_their_order(small_bot: RunningBot, school: School, mila: Member) -> None:
    planned = [school.store.write(plan, mila, school, number) for number in range(3)]
    small_bot.deliver()
    assert [message.text for message in mila.persona.chat] == [f"Новость {each}" for each in planned]
