"""Many at once: taps, people, processes. Nothing is done twice, nothing is lost, nobody sees «database is locked»."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor

from storage.database import SyncDatabase
from tests.background import PATIENCE
from tests.bot.conftest import Member, School
from tests.bot.running import RunningBot
from tests.bot.writers import counted, write_as_the_bot, write_as_the_panel
from tests.chat import Sandbox, wait_until

WRITES = 100


def test_ten_taps_at_once_count_once(small_bot: RunningBot, mila: Member, sandbox: Sandbox) -> None:
    mila.persona.say("привет")
    screen = mila.persona.wait_for("Записано")
    with ThreadPoolExecutor(10) as fingers:
        for _ in range(10):
            fingers.submit(mila.persona.press_data, screen.id, "press:0")
    mila.persona.wait_quiet()

    assert mila.presses == 1
    assert not sandbox.unanswered_callbacks()
    assert len([message for message in mila.persona.chat if message.from_bot]) == 1


def test_fifty_people_at_once_are_all_answered(small_bot: RunningBot, school: School) -> None:
    people = [school.member(f"Ученик {number}") for number in range(50)]
    for each in people:
        each.persona.say("привет")
    for each in people:
        each.persona.wait_for("Записано: привет")
    assert all(each.words == ["привет"] for each in people)


def test_three_processes_writing_at_once_lose_nothing(school: School, store: SyncDatabase, database_url: str) -> None:
    """The bot, the panel and a command: each reads, then writes what it has read plus one."""
    processes = multiprocessing.get_context("spawn")
    running = [
        processes.Process(target=writer, args=(database_url, school.organisation_id, WRITES))
        for writer in (write_as_the_bot, write_as_the_panel, write_as_the_panel)
    ]
    for process in running:
        process.start()
    for process in running:
        process.join(5 * PATIENCE)

    assert [process.exitcode for process in running] == [0, 0, 0]
    assert store.read(counted, school.organisation_id) == 3 * WRITES


def test_a_persons_taps_and_words_keep_their_order_among_others(small_bot: RunningBot, school: School) -> None:
    mila, timur = school.member("Мила"), school.member("Тимур")
    mila.persona.say("привет")
    screen = mila.persona.wait_for("Записано")
    for number in range(3):
        mila.persona.press_data(screen.id, f"press:{number}")
        timur.persona.say(f"слово {number}")
    wait_until(lambda: mila.presses == 3)
    wait_until(lambda: timur.words == ["слово 0", "слово 1", "слово 2"])
