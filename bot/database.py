"""The bot's way to the use-cases: fenced to the visitor's organisation, one update one transaction.

A transaction that an update causes also marks the update as applied. After a crash the update comes again, is found
applied, and changes nothing: `AlreadyApplied` is raised and the person is shown where they stand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.inbox_rows import mark_applied
from config.clock import Clock
from storage.database import Database
from storage.models.person import ChannelAccount
from storage.scope import set_organisation

P = ParamSpec("P")
T = TypeVar("T")


class AlreadyApplied(Exception):
    """The update in hand has changed its row before: what it asked for is done."""


class SecondWrite(RuntimeError):
    """One update, at most one transaction: join the steps with `together`."""


class NoOrganisation(RuntimeError):
    """A fenced session was asked for before the visitor's organisation is known."""


@dataclass(slots=True)
class UpdateInHand:
    """Which inbox row the running handler answers.

    ``applied``: an earlier try changed the records, only the answer is missing. ``written``: this try did.
    ``introduced``: something was written unfenced, so who the visitor is may have changed.
    """

    bot_id: int
    update_id: int
    applied: bool = False
    written: bool = False
    introduced: bool = False


class BotDatabase:
    """Handlers get one of these per update, already fenced to their visitor.

    ``unscoped_read`` and ``unscoped_write`` are only for what happens before the organisation is known:
    opening an invitation, finding a visitor.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        in_hand: UpdateInHand | None = None,
        organisation_id: int | None = None,
        account_id: int | None = None,
    ) -> None:
        self._database, self._clock, self._in_hand = database, clock, in_hand
        self._organisation_id, self._account_id = organisation_id, account_id

    def within(self, organisation_id: int, account_id: int | None = None) -> "BotDatabase":
        """The same update, from now on in this organisation; for a person who has just become known."""
        return BotDatabase(
            self._database,
            self._clock,
            in_hand=self._in_hand,
            organisation_id=organisation_id,
            account_id=account_id,
        )

    async def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._database.read(_fenced, self._known(), lambda session: query(session, *args, **kwargs))

    async def write(self, use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._write(
            partial(_fenced, organisation_id=self._known(), work=lambda opened: use_case(opened, *args, **kwargs))
        )

    async def unscoped_read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._database.read(query, *args, **kwargs)

    async def unscoped_write(
        self, use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        if self._in_hand:
            self._in_hand.introduced = True
        return await self._write(lambda session: use_case(session, *args, **kwargs))

    async def _write(self, work: Callable[[Session], T]) -> T:
        if self._in_hand is None:
            return await self._database.write(work)
        if self._in_hand.written:
            raise SecondWrite
        result = await self._database.write(_applied_once, self._in_hand, self._account_id, self._clock(), work)
        self._in_hand.written = True
        return result

    def _known(self) -> int:
        if self._organisation_id is None:
            raise NoOrganisation
        return self._organisation_id


def together(session: Session, first: Callable[[Session], T], *rest: Callable[[Session], Any]) -> T:
    """Several steps in the one transaction that an update has; gives the first one's result.

    ``await database.write(together, partial(plan_meeting, …), partial(expect_words, …))``
    """
    result = first(session)
    for step in rest:
        step(session)
    return result


def _fenced(session: Session, organisation_id: int, work: Callable[[Session], T]) -> T:
    set_organisation(session, organisation_id)
    return work(session)


def _applied_once(
    session: Session, in_hand: UpdateInHand, account_id: int | None, now: datetime, work: Callable[[Session], T]
) -> T:
    _lock_person(session, account_id)
    if not mark_applied(session, in_hand.bot_id, in_hand.update_id, now=now):
        raise AlreadyApplied
    return work(session)


def _lock_person(session: Session, account_id: int | None) -> None:
    """Two replicas must not answer one person at once. SQLite has one writer anyway."""
    if account_id is not None and session.get_bind().dialect.name == "postgresql":
        session.execute(select(ChannelAccount.id).where(ChannelAccount.id == account_id).with_for_update())
