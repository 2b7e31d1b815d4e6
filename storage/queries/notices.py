"""Notices that fall due, and the chats by which people are reached."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from mentoring.rules.reminders import NoticeKind, NoticeState
from storage.models.notice import Notice
from storage.models.person import ChannelAccount, Guardianship

KEYS_AT_ONCE = 20_000
"""Under the number of parameters that a statement may have in SQLite (32 766) and PostgreSQL (65 535)."""


@dataclass(frozen=True, slots=True)
class DueNotice:
    notice_id: int
    organisation_id: int
    person_id: int
    kind: NoticeKind
    payload: dict[str, Any]
    attempts: int
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Chat:
    channel: str
    external_id: str
    reachable: bool


def due_notices(session: Session, *, limit: int, now: datetime) -> Sequence[DueNotice]:
    """Locked where the database can: another sender passes over them. A claim whose lease has ended is due again."""
    waiting = and_(Notice.state == NoticeState.WAITING, Notice.due_at <= now)
    abandoned = and_(Notice.state == NoticeState.CLAIMED, Notice.lease_until <= now)
    columns = (
        Notice.id,
        Notice.organisation_id,
        Notice.person_id,
        Notice.kind,
        Notice.payload,
        Notice.attempts,
        Notice.expires_at,
    )
    due = select(*columns).where(or_(waiting, abandoned)).order_by(Notice.due_at, Notice.id).limit(limit)
    return [DueNotice(*row) for row in session.execute(due.with_for_update(skip_locked=True))]


def reachable_chats(session: Session, person_ids: Collection[int]) -> dict[int, Chat]:
    """One chat of each person who has any: a reachable one if there is, the newest of those."""
    accounts = session.scalars(
        select(ChannelAccount)
        .where(ChannelAccount.person_id.in_(person_ids))
        .order_by(ChannelAccount.unreachable_since.is_(None), ChannelAccount.linked_at, ChannelAccount.id)
    )
    return {
        account.person_id: Chat(account.channel, account.external_id, account.unreachable_since is None)
        for account in accounts
    }


def guardian_has_chat(session: Session, minor_id: int) -> bool:
    """Whether a guardian can be written to."""
    linked = (
        select(ChannelAccount.id)
        .join(Guardianship, Guardianship.guardian_id == ChannelAccount.person_id)
        .where(Guardianship.minor_id == minor_id, ChannelAccount.unreachable_since.is_(None))
    )
    return session.scalar(linked.limit(1)) is not None


def known_keys(session: Session, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = keys[start : start + KEYS_AT_ONCE]
        found.update(session.scalars(select(Notice.dedup_key).where(Notice.dedup_key.in_(some))))
    return found


def last_due(
    session: Session, kinds: Collection[NoticeKind], since: datetime
) -> dict[tuple[int, NoticeKind], datetime]:
    """When each person's last notice of each of these kinds was or is due, of those due after ``since``.

    All states are named, since the index begins with the state.
    """
    last = func.max(Notice.due_at, type_=Notice.due_at.type)
    rows = session.execute(
        select(Notice.person_id, Notice.kind, last)
        .where(Notice.state.in_(NoticeState), Notice.due_at > since, Notice.kind.in_(kinds))
        .group_by(Notice.person_id, Notice.kind)
    )
    return {(person_id, kind): due for person_id, kind, due in rows}
