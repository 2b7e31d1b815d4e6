"""Processes that write to one database at once; light to load, for each starts anew."""

import asyncio

from sqlalchemy.orm import Session

from storage import tables as tables
from storage.database import Database, SyncDatabase
from storage.models.organisation import Organisation


def count_one(session: Session, organisation_id: int) -> None:
    organisation = session.get_one(Organisation, organisation_id)
    organisation.settings = {"count": organisation.settings.get("count", 0) + 1}


def counted(session: Session, organisation_id: int) -> int:
    return int(session.get_one(Organisation, organisation_id).settings["count"])


def write_as_the_bot(url: str, organisation_id: int, writes: int) -> None:
    async def write_all() -> None:
        database = Database(url)
        await asyncio.gather(*(database.write(count_one, organisation_id) for _ in range(writes)))
        await database.close()

    asyncio.run(write_all())


def write_as_the_panel(url: str, organisation_id: int, writes: int) -> None:
    database = SyncDatabase(url)
    for _ in range(writes):
        database.write(count_one, organisation_id)
    database.close()
