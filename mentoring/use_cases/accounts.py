"""People of the panel: accounts, passwords, sessions."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.accounts import (
    DECIDING_ROLES,
    PASSWORD_LENGTHS,
    AccountRole,
    locked_until,
    password_fits,
    plain_login,
)
from mentoring.rules.errors import NotAllowed, NotFound, SignInRefused, TextEmpty, ValueWrong
from mentoring.rules.forms import OrganisationKind
from mentoring.rules.people import Actor, Door
from mentoring.use_cases.audit import record
from storage.models.account import CuratorAccount
from storage.models.organisation import Organisation, Programme
from storage.models.person import ChannelAccount

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's small profile: 24 ms, 19 MiB


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
    organisation_name: str  # the short one
    time_zone: str
    programme_id: int
    programme_name: str
    school_year: str
    session_version: int
    must_change_password: bool
    telegram_linked: bool
    disabled: bool
    organisation_kind: str = OrganisationKind.SCHOOL.value


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
    """Unfenced, or fenced by the panel of an administrator. A password made here must be changed at the first sign-in.

    Raises ValueWrong("login") when it is taken, in whichever organisation.
    """
    _require_administrator(session, by)
    login, chosen = _new_login(session, login), password or readable_password()
    if not password_fits(chosen, login):
        raise ValueWrong("password")
    account = CuratorAccount(
        organisation_id=organisation_id,
        login=login,
        full_name=_full_name(full_name),
        role=role,
        password_hash=_HASHER.hash(chosen),
        must_change_password=password is None,
        created_at=now,
    )
    session.add(account)
    session.flush()
    record(session, "account.added", account, by=by, now=now, role=role.value)
    return AccountAdded(account.id, login, chosen)


def check_password(session: Session, login: str, password: str, *, now: datetime) -> SignedIn | None:
    """Unfenced. None is a refusal: it is returned and not raised, so that the failed attempt is committed and counted.

    An unknown login, a wrong password and a locked account look the same, in time too; five failures lock for
    fifteen minutes.
    """
    account = session.scalar(select(CuratorAccount).where(CuratorAccount.login == plain_login(login)).with_for_update())
    right = _verified(account.password_hash if account else _nobodys_hash(), password)
    if account is None or account.disabled_at or (account.locked_until and account.locked_until > now):
        return None
    if not right:
        _count_failure(session, account, now)
        return None
    account.failed_attempts, account.locked_until, account.last_seen_at = 0, None, now
    if _HASHER.check_needs_rehash(account.password_hash):
        account.password_hash = _HASHER.hash(password)
    record(session, "account.signed_in", account, by=Actor.curator(account.id), now=now)
    return SignedIn(account.id, account.organisation_id, account.session_version, account.must_change_password)


def change_password(session: Session, account_id: int, old: str, new: str, *, by: Actor, now: datetime) -> int:
    """The new session version: all other sessions end.

    Raises SignInRefused on a wrong old password, ValueWrong on a weak new one.
    """
    account = _account(session, account_id)
    if by.account_id != account_id:
        raise NotAllowed("change_password")
    if not _verified(account.password_hash, old):
        raise SignInRefused
    if not password_fits(new, account.login) or new == old:
        raise ValueWrong("password")
    _set_password(account, new, must_change=False)
    record(session, "account.password_changed", account, by=by, now=now)
    return account.session_version


def reset_password(
    session: Session, login: str, *, password: str | None = None, by: Actor, now: datetime
) -> AccountAdded:
    """Unfenced (the command line's), or an administrator's for their organisation. Unlocks, ends all sessions."""
    _require_administrator(session, by)
    account = session.scalar(select(CuratorAccount).where(CuratorAccount.login == plain_login(login)))
    if account is None:
        raise NotFound("account")
    chosen = password or readable_password()
    if not password_fits(chosen, account.login):
        raise ValueWrong("password")
    _set_password(account, chosen, must_change=password is None)
    account.disabled_at = None
    record(session, "account.password_reset", account, by=by, now=now)
    return AccountAdded(account.id, account.login, chosen)


def end_sessions(session: Session, account_id: int, *, by: Actor, now: datetime) -> int:
    """One's own, or anybody's by an administrator. The new session version."""
    account = _account(session, account_id)
    if by.account_id != account_id:
        _require_administrator(session, by)
    account.session_version += 1
    record(session, "account.sessions_ended", account, by=by, now=now)
    return account.session_version


def disable_account(session: Session, account_id: int, *, by: Actor, now: datetime) -> None:
    """Ends the sessions; a new password from an administrator brings the account back. Nobody disables themselves."""
    account = _account(session, account_id)
    _require_administrator(session, by)
    if by.account_id == account_id:
        raise NotAllowed("disable_account")
    if account.disabled_at is None:
        account.disabled_at, account.session_version = now, account.session_version + 1
        record(session, "account.disabled", account, by=by, now=now)


def account_by_id(session: Session, account_id: int) -> AccountCard | None:
    """Unfenced. None for a disabled account too. One query: the panel asks at every page."""
    found = session.execute(
        _cards().where(CuratorAccount.id == account_id, CuratorAccount.disabled_at.is_(None))
    ).one_or_none()
    return _card(*found) if found else None


def accounts_list(session: Session) -> tuple[AccountCard, ...]:
    return tuple(_card(*row) for row in session.execute(_cards().order_by(CuratorAccount.full_name)))


def require_curator(session: Session, by: Actor) -> int:
    """The id of the account that acts, signed in or in its linked chat. A head only reads."""
    account = _acting_account(session, by)
    if account is None or account.disabled_at or account.role not in DECIDING_ROLES:
        raise NotAllowed
    return account.id


def _acting_account(session: Session, by: Actor) -> CuratorAccount | None:
    if by.account_id is not None:
        return session.get(CuratorAccount, by.account_id)
    if by.person_id is None:
        return None
    own = select(CuratorAccount).where(CuratorAccount.person_id == by.person_id, CuratorAccount.disabled_at.is_(None))
    return session.scalar(own.order_by(CuratorAccount.role == AccountRole.HEAD, CuratorAccount.id).limit(1))


def _require_administrator(session: Session, by: Actor) -> None:
    """The command line belongs to whoever has the machine."""
    if by.door is Door.COMMAND_LINE:
        return
    account = session.get(CuratorAccount, by.account_id) if by.account_id is not None else None
    if account is None or account.disabled_at or account.role is not AccountRole.ADMINISTRATOR:
        raise NotAllowed


def _new_login(session: Session, login: str) -> str:
    plain = plain_login(login)
    if not plain or len(plain) > 64 or len(plain.split()) != 1:
        raise ValueWrong("login")
    everywhere = select(CuratorAccount.__table__.c.id).where(CuratorAccount.__table__.c.login == plain)
    if session.connection().scalar(everywhere):  # below the fence: a login is one for all organisations
        raise ValueWrong("login")
    return plain


def _full_name(full_name: str) -> str:
    name = " ".join(full_name.split())
    if not name:
        raise TextEmpty("full_name")
    return name[:200]


def readable_password() -> str:
    """Four groups of two syllables: 50 bits, no letter that looks like another, typed on any keyboard."""
    syllables = ["".join((secrets.choice("bdfghkmnprstvxz"), secrets.choice("aeiouy"))) for _ in range(8)]
    return "-".join(one + other for one, other in zip(syllables[::2], syllables[1::2], strict=True))


def _verified(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password[: PASSWORD_LENGTHS.stop])
    except VerificationError:
        return False


def _count_failure(session: Session, account: CuratorAccount, now: datetime) -> None:
    account.failed_attempts += 1
    account.locked_until = locked_until(account.failed_attempts, now)
    if account.locked_until:
        account.failed_attempts = 0
        record(session, "account.locked", account, by=Actor.system(Door.PANEL), now=now)


def _set_password(account: CuratorAccount, password: str, *, must_change: bool) -> None:
    account.password_hash, account.must_change_password = _HASHER.hash(password), must_change
    account.failed_attempts, account.locked_until = 0, None
    account.session_version = (account.session_version or 0) + 1


def _cards() -> Select[CuratorAccount, Organisation, Programme, bool]:
    newest = aliased(Programme)
    current = (
        select(newest.id)
        .where(newest.organisation_id == CuratorAccount.organisation_id, newest.closed_at.is_(None))
        .order_by(newest.starts_on.desc(), newest.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    chat = exists().where(ChannelAccount.person_id == CuratorAccount.person_id)
    return (
        select(CuratorAccount, Organisation, Programme, chat.label("chat"))
        .join(Organisation, Organisation.id == CuratorAccount.organisation_id)
        .outerjoin(Programme, Programme.id == current)
    )


def _card(account: CuratorAccount, organisation: Organisation, programme: Programme | None, chat: bool) -> AccountCard:
    return AccountCard(
        account_id=account.id,
        login=account.login,
        full_name=account.full_name,
        role=account.role,
        organisation_id=organisation.id,
        organisation_name=organisation.short_name,
        time_zone=organisation.time_zone,
        programme_id=programme.id if programme else 0,
        programme_name=programme.name if programme else "",
        school_year=programme.school_year if programme else "",
        session_version=account.session_version,
        must_change_password=account.must_change_password,
        telegram_linked=chat,
        disabled=account.disabled_at is not None,
        organisation_kind=organisation.kind,
    )


def _account(session: Session, account_id: int) -> CuratorAccount:
    account = session.get(CuratorAccount, account_id)
    if account is None:
        raise NotFound("account")
    return account


@cache
def _nobodys_hash() -> str:
    """An unknown login must take as long as a wrong password."""
    return _HASHER.hash("nobody")
