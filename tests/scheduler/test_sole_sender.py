"""However many replicas there are, one of them sends."""

import pytest

from scheduler.sole_sender import SoleSender

BOT_ID = 42


async def test_on_sqlite_the_one_process_sends(database_url: str) -> None:
    assert await SoleSender(database_url, BOT_ID).is_us()


@pytest.mark.postgres
async def test_on_postgresql_one_replica_sends_until_it_is_gone(postgres_url: str) -> None:
    first, second = SoleSender(postgres_url, BOT_ID), SoleSender(postgres_url, BOT_ID)
    assert await first.is_us()
    assert not await second.is_us()
    assert await first.is_us()

    await first.release()
    assert await second.is_us()
    assert not await first.is_us()
    await second.release()


@pytest.mark.postgres
async def test_another_bots_sender_is_not_in_the_way(postgres_url: str) -> None:
    ours, theirs = SoleSender(postgres_url, BOT_ID), SoleSender(postgres_url, BOT_ID + 1)
    assert await ours.is_us()
    assert await theirs.is_us()
    await ours.release()
    await theirs.release()
