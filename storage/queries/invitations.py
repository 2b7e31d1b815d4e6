"""Links that work now."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import InvitationPurpose
from storage.models.person import Invitation


def live_token(
    session: Session, *purposes: InvitationPurpose, person_id: int | None = None, account_id: int | None = None
) -> str | None:
    """Of the guardian's or named link of a person, or of a curator's own: the newest that still works."""
    whose = Invitation.person_id == person_id if person_id is not None else Invitation.account_id == account_id
    return session.scalar(
        select(Invitation.token)
        .where(Invitation.purpose.in_(purposes), whose, Invitation.revoked_at.is_(None))
        .where((Invitation.used_at.is_(None)) | (Invitation.purpose == InvitationPurpose.GUARDIAN))
        .order_by(Invitation.id.desc())
        .limit(1)
    )
