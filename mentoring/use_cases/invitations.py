"""Deep links: who is invited, and what happens when a link is opened."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.enrolment import InvitationPurpose
from mentoring.rules.people import Actor, Role


@dataclass(frozen=True, slots=True)
class Link:
    invitation_id: int
    token: str
    purpose: InvitationPurpose


@dataclass(frozen=True, slots=True)
class RoleLinks:
    mentor: str
    mentee: str


@dataclass(frozen=True, slots=True)
class InvitationOpened:
    """``minor_name`` is the child's for a guardian's link, if known; ``already`` says that the link changed nothing."""

    purpose: InvitationPurpose
    account_id: int
    person_id: int
    organisation_id: int
    organisation_name: str
    curator_name: str
    curator_contact: str
    programme_name: str
    role: Role | None
    enrolment_id: int | None
    minor_id: int | None
    minor_name: str | None
    already: bool


def open_invitation(
    session: Session, token: str, *, channel: str, external_id: str, username: str = "", now: datetime
) -> InvitationOpened:
    """Unfenced. Raises InvitationUnknown, OtherOrganisation, GuardianCannotJoin."""
    raise NotImplementedError


def invitation_links(session: Session, programme_id: int) -> RoleLinks:
    raise NotImplementedError


def renew_invitation(session: Session, programme_id: int, role: Role, *, by: Actor, now: datetime) -> Link:
    """The old link stops working at once."""
    raise NotImplementedError


def guardian_link(session: Session, minor_person_id: int, *, by: Actor, now: datetime) -> Link:
    """One link a child, for both parents; asked again, it is the same."""
    raise NotImplementedError


def curator_link(session: Session, account_id: int, *, by: Actor, now: datetime) -> Link:
    raise NotImplementedError


def invite_person(
    session: Session,
    *,
    role: Role,
    last_name: str,
    first_name: str,
    patronymic: str = "",
    place: str = "",
    by: Actor,
    now: datetime,
) -> Link:
    """A link for one named person, good for one chat."""
    raise NotImplementedError
