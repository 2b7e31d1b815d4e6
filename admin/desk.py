"""What a request of the panel works with: one reading session, the clock, and the one way to change anything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import current_app, g
from flask_login import current_user
from sqlalchemy.orm import Session

from config.clock import Clock, system_clock
from mentoring.rules.errors import NotAllowed
from mentoring.rules.people import Actor, Door
from storage.database import SyncDatabase
from storage.scope import set_organisation

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """``session_clock`` measures how long a curator sits here: real time, which the sandbox's shift must not move."""

    database: SyncDatabase
    clock: Clock
    time_zone: str
    session_clock: Clock = system_clock


def desk() -> Desk:
    found: Desk = current_app.extensions["desk"]
    return found


def now() -> datetime:
    """The moment of this request: every page and use-case of it sees the same one."""
    if "now" not in g:
        g.now = desk().clock()
    moment: datetime = g.now
    return moment


def zone() -> str:
    """Where the organisation lives; the installation's own zone before anybody has signed in."""
    if "zone" not in g:
        if not (current_user and current_user.is_authenticated):
            return desk().time_zone
        g.zone = current_user.card.time_zone  # a page asks it for each of its dates
    name: str = g.zone
    return name


def reading() -> Session:
    """The request's own session on the reading engine, fenced as soon as `admin.auth` knows the curator."""
    if "reading" not in g:
        g.reading = desk().database.readers()
        if "fence" in g:  # a second one, after a change
            set_organisation(g.reading, g.fence)
    session: Session = g.reading
    return session


def fence_reading(organisation_id: int) -> None:
    g.fence = organisation_id
    set_organisation(reading(), organisation_id)


def read(query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    return query(reading(), *args, **kwargs)


def perform(use_case: Callable[..., T], *args: Any, door: Door = Door.PANEL, **kwargs: Any) -> T:
    """Run a use-case in a short writing transaction, as the curator, inside the curator's organisation.

    ``door`` is PAPER when the curator enters what a person gave on paper.
    """
    if not current_user.may_change:
        raise NotAllowed(use_case.__name__)
    stop_reading()
    with desk().database.writers.begin() as session:
        set_organisation(session, current_user.organisation_id)
        return use_case(session, *args, by=Actor.curator(current_user.account_id, door), now=now(), **kwargs)


def stop_reading(_: BaseException | None = None) -> None:
    """What is read after a change must be read anew."""
    session: Session | None = g.pop("reading", None)
    if session is not None:
        session.close()
