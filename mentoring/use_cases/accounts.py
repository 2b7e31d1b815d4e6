"""People of the panel: accounts, passwords, sessions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.accounts import AccountRole
from mentoring.rules.people import Actor


@dataclass(frozen=True, slots=True)
class AccountAdded:
    """``password`` is shown once and kept only as a hash."""

    account_id: int
    login: str
    password: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    account_id: int
    organisation_id: int
    session_version: int
    must_change_password: bool


@dataclass(frozen=True, slots=True)
class AccountCard:
    account_id: int
    login: str
    full_name: str
    role: AccountRole
    organisation_id: int
    organisation_name: str
    programme_id: int
    programme_name: str
    session_version: int
    must_change_password: bool
    telegram_linked: bool


def add_account(
    session: Session,
    login: str,
    full_name: str,
    *,
    role: AccountRole,
    password: str | None = None,
    organisation_id: int,
    by: Actor,
    now: datetime,
) -> AccountAdded:
    """Unfenced. A readable password is made when none is given, and must then be changed at the first sign-in."""
    raise NotImplementedError


def check_password(session: Session, login: str, password: str, *, now: datetime) -> SignedIn | None:
    """Unfenced. None is a refusal: it is returned and not raised, so that the failed attempt is committed and counted.

    An unknown login, a wrong password and a locked account look the same; five failures lock for fifteen minutes.
    """
    raise NotImplementedError


def change_password(session: Session, account_id: int, old: str, new: str, *, by: Actor, now: datetime) -> int:
    """The new session version: all other sessions end. Raises SignInRefused on a wrong old password, ValueWrong on a weak new one."""
    raise NotImplementedError


def reset_password(
    session: Session, login: str, *, password: str | None = None, by: Actor, now: datetime
) -> AccountAdded:
    """Unfenced (the command line's). Unlocks, ends all sessions."""
    raise NotImplementedError


def end_sessions(session: Session, account_id: int, *, by: Actor, now: datetime) -> int:
    raise NotImplementedError


def account_by_id(session: Session, account_id: int) -> AccountCard | None:
    """Unfenced. None for a disabled account too."""
    raise NotImplementedError


def accounts_list(session: Session) -> tuple[AccountCard, ...]:
    raise NotImplementedError


def require_curator(session: Session, by: Actor) -> int:
    """The id of the account that acts: a curator's or an administrator's, signed in or in their linked chat. A head only reads."""
    raise NotImplementedError
