"""Named SELECTs over people and those who lead them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.accounts import DECIDING_ROLES, AccountRole
from storage.models.account import CuratorAccount
from storage.models.organisation import Programme


def leading_curator_name(session: Session) -> str:
    """The organisation's first curator, or its administrator while there is none; needs a fenced session."""
    return (
        session.scalar(
            select(CuratorAccount.full_name)
            .where(CuratorAccount.disabled_at.is_(None), CuratorAccount.role.in_(DECIDING_ROLES))
            .order_by(CuratorAccount.role != AccountRole.CURATOR, CuratorAccount.id)
            .limit(1)
        )
        or ""
    )


def current_programme(session: Session) -> Programme | None:
    """The open one; of several the newest."""
    return session.scalar(
        select(Programme)
        .where(Programme.closed_at.is_(None))
        .order_by(Programme.starts_on.desc(), Programme.id.desc())
        .limit(1)
    )
