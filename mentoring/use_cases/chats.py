"""Who is on the other side of a chat, what their next words mean, and whether they can be reached."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.accounts import AccountRole
from mentoring.rules.errors import NotFound
from mentoring.rules.people import Actor, Door
from mentoring.use_cases.audit import record
from storage.models.account import CuratorAccount
from storage.models.organisation import Organisation
from storage.models.person import ChannelAccount, Enrolment, Guardianship


class VisitorKind(StrEnum):
    PARTICIPANT = "participant"
    GUARDIAN = "guardian"
    CURATOR = "curator"


@dataclass(frozen=True, slots=True)
class Visitor:
    account_id: int
    person_id: int
    organisation_id: int
    kind: VisitorKind
    organisation_name: str
    time_zone: str


def visitor_of(session: Session, channel: str, external_id: str) -> Visitor | None:
    """Unfenced. None for a stranger."""
    found = session.execute(
        select(ChannelAccount, Organisation)
        .join(Organisation, Organisation.id == ChannelAccount.organisation_id)
        .where(ChannelAccount.channel == channel, ChannelAccount.external_id == external_id)
    ).one_or_none()
    if found is None:
        return None
    account, organisation = found
    kind = _kind_of(session, account.person_id)
    return Visitor(
        account.id, account.person_id, organisation.id, kind, organisation.short_name, organisation.time_zone
    )


def expect_words(session: Session, account_id: int, expecting: dict[str, Any] | None) -> None:
    _account(session, account_id).expecting = expecting or {}


def expected_words(session: Session, account_id: int) -> dict[str, Any]:
    return dict(_account(session, account_id).expecting)


def remember_screen(session: Session, account_id: int, message_id: int | None) -> int | None:
    """The id that was remembered before."""
    account = _account(session, account_id)
    before, account.screen_message_id = account.screen_message_id, message_id
    return before


def mark_unreachable(session: Session, channel: str, external_id: str, reason: str, *, now: datetime) -> None:
    """Works fenced and unfenced; a stranger's chat is passed over, and a chat marked already keeps its first mark."""
    account = _account_of_chat(session, channel, external_id)
    if account is None or account.unreachable_since:
        return
    account.unreachable_since, account.unreachable_reason = now, reason[:32]
    record(session, "person.unreachable", account.person, by=Actor.system(Door.CHAT), now=now, reason=reason[:32])


def mark_reachable(session: Session, channel: str, external_id: str, *, now: datetime) -> None:
    account = _account_of_chat(session, channel, external_id)
    if account is None or account.unreachable_since is None:
        return
    account.unreachable_since, account.unreachable_reason = None, ""
    record(session, "person.reachable", account.person, by=Actor.system(Door.CHAT), now=now)


def curator_person_ids(session: Session) -> tuple[int, ...]:
    """The chats that curators and administrators have linked: where a notice «to the curator» goes."""
    return tuple(
        session.scalars(
            select(CuratorAccount.person_id)
            .where(
                CuratorAccount.person_id.in_(select(ChannelAccount.person_id)),
                CuratorAccount.disabled_at.is_(None),
                CuratorAccount.role.in_((AccountRole.CURATOR, AccountRole.ADMINISTRATOR)),
            )
            .distinct()
            .order_by(CuratorAccount.person_id)
        )
    )


def _kind_of(session: Session, person_id: int) -> VisitorKind:
    """A curator who is also somebody's mentor is a curator here: the menu shows both."""
    is_curator, is_guardian, is_enrolled = session.execute(
        select(
            select(CuratorAccount.id).where(CuratorAccount.person_id == person_id).exists(),
            select(Guardianship.id).where(Guardianship.guardian_id == person_id).exists(),
            select(Enrolment.id).where(Enrolment.person_id == person_id).exists(),
        )
    ).one()
    if is_curator:
        return VisitorKind.CURATOR
    return VisitorKind.GUARDIAN if is_guardian and not is_enrolled else VisitorKind.PARTICIPANT


def _account(session: Session, account_id: int) -> ChannelAccount:
    account = session.get(ChannelAccount, account_id)
    if account is None:
        raise NotFound("chat")
    return account


def _account_of_chat(session: Session, channel: str, external_id: str) -> ChannelAccount | None:
    return session.scalar(
        select(ChannelAccount)
        .options(joinedload(ChannelAccount.person))
        .where(ChannelAccount.channel == channel, ChannelAccount.external_id == external_id)
    )
