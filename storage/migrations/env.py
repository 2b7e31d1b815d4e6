"""How Alembic meets our tables. `storage.migrate` gives it an open connection; there is no alembic.ini."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.base import UtcDateTime, Word
from storage.tables import Base


def plain_type(kind: str, thing: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A migration names database types only: it must run after the models have moved on."""
    if kind != "type":
        return False
    if isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(thing, Word):
        return f"sa.String({thing.impl_instance.length})"  # type: ignore[attr-defined]
    return False


def run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=plain_type,
        transactional_ddl=True,
        compare_type=True,
        compare_server_default=True,
    )
    context.run_migrations()


run(context.config.attributes["connection"])
