"""One sender per bot token: Telegram's limit is the token's, whatever the number of replicas.

On PostgreSQL an advisory lock decides, held by a connection of its own; if that is lost, so is the lock, and another
replica may go on. On SQLite there is one bot process by design.
"""

import logging
from contextlib import suppress

from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

log = logging.getLogger(__name__)


class SoleSender:
    def __init__(self, database_url: str, bot_id: int) -> None:
        url = make_url(database_url)
        self._bot_id = bot_id
        self._engine: AsyncEngine | None = None
        self._connection: AsyncConnection | None = None
        if url.get_backend_name() == "postgresql":
            address = url.set(drivername="postgresql+psycopg")
            self._engine = create_async_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")

    async def is_us(self) -> bool:
        """Whether this process holds the lock, taking it if it is free."""
        if self._engine is None:
            return True
        try:
            return await (self._still_holds() if self._connection else self._take(self._engine))
        except SQLAlchemyError as failure:
            log.warning("the sender's lock is lost", exc_info=failure)
            await self.release()
            return False

    async def release(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            with suppress(SQLAlchemyError):
                await connection.close()

    async def _still_holds(self) -> bool:
        assert self._connection
        await self._connection.execute(select(1))
        return True

    async def _take(self, engine: AsyncEngine) -> bool:
        connection = await engine.connect()
        if await connection.scalar(select(func.pg_try_advisory_lock(self._bot_id))):
            self._connection = connection
            return True
        await connection.close()
        return False
