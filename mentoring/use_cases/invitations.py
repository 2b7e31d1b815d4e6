"""Deep links: made, shown again, renewed. What opening one leads to: `mentoring.use_cases.arrivals`."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import InvitationPurpose
from mentoring.rules.errors import NotFound, TextEmpty, TextTooLong
from mentoring.rules.people import Actor, PersonKind, Role
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.arrivals import InvitationOpened as InvitationOpened
from mentoring.use_cases.arrivals import enrol
from mentoring.use_cases.arrivals import open_invitation as open_invitation
from mentoring.use_cases.audit import record
from mentoring.use_cases.listing import refresh_person
from storage.models.account import CuratorAccount
from storage.models.organisation import Programme
from storage.models.person import Invitation, Person
from storage.queries.people import current_programme


@dataclass(frozen=True, slots=True)
class Link:
    invitation_id: int
    token: str
    purpose: InvitationPurpose


@dataclass(frozen=True, slots=True)
class RoleLinks:
    mentor: str
    mentee: str


def invitation_links(session: Session, programme_id: int) -> RoleLinks:
    found = {
        invitation.purpose: invitation.token
        for invitation in session.scalars(_role_links(programme_id).order_by(Invitation.id))
    }
    if len(found) < 2:
        raise NotFound("programme")
    return RoleLinks(found[InvitationPurpose.MENTOR], found[InvitationPurpose.MENTEE])


def renew_invitation(session: Session, programme_id: int, role: Role, *, by: Actor, now: datetime) -> Link:
    """The old link stops working at once."""
    require_curator(session, by)
    if session.get(Programme, programme_id) is None:
        raise NotFound("programme")
    for old in session.scalars(_role_links(programme_id).where(Invitation.purpose == InvitationPurpose(role))):
        old.revoked_at = now
        record(session, "invitation.revoked", old, by=by, now=now)
    return _link(new_invitation(session, InvitationPurpose(role), programme_id=programme_id, by=by, now=now))


def guardian_link(session: Session, minor_person_id: int, *, by: Actor, now: datetime) -> Link:
    """One link a child, for both parents; asked again, it is the same."""
    minor = _person(session, minor_person_id)
    if by.person_id != minor.id:
        require_curator(session, by)
    standing = session.scalar(
        select(Invitation).where(
            Invitation.purpose == InvitationPurpose.GUARDIAN,
            Invitation.person_id == minor.id,
            Invitation.revoked_at.is_(None),
        )
    )
    return _link(standing or new_invitation(session, InvitationPurpose.GUARDIAN, person_id=minor.id, by=by, now=now))


def renew_guardian_link(session: Session, minor_person_id: int, *, by: Actor, now: datetime) -> Link:
    """The link went to the wrong hands: the old one stops working at once. Who came by it stays a guardian."""
    require_curator(session, by)
    old = session.get_one(Invitation, guardian_link(session, minor_person_id, by=by, now=now).invitation_id)
    old.revoked_at = now
    record(session, "invitation.revoked", old, by=by, now=now)
    session.flush()
    return guardian_link(session, minor_person_id, by=by, now=now)


def curator_link(session: Session, account_id: int, *, by: Actor, now: datetime) -> Link:
    """For linking one's own chat; good once. An earlier unused one stops working."""
    account = session.get(CuratorAccount, account_id)
    if account is None or account.disabled_at:
        raise NotFound("account")
    if by.account_id != account.id:
        require_curator(session, by)
    unused = select(Invitation).where(Invitation.account_id == account.id, Invitation.used_at.is_(None))
    for old in session.scalars(unused.where(Invitation.revoked_at.is_(None))):
        old.revoked_at = now
    return _link(new_invitation(session, InvitationPurpose.CURATOR, account_id=account.id, by=by, now=now))


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
    require_curator(session, by)
    programme = current_programme(session)
    if programme is None:
        raise NotFound("programme")
    names = {"last_name": last_name, "first_name": first_name, "patronymic": patronymic, "place": place}
    clean = {field: _clean(field, value) for field, value in names.items()}
    person = Person(organisation_id=programme.organisation_id, created_at=now, **clean)
    session.add(person)
    session.flush()
    enrol(session, person, programme.id, role, by, now)
    refresh_person(session, person)
    record(session, "person.invited", person, by=by, now=now, role=role.value)
    purpose = InvitationPurpose(role)
    return _link(new_invitation(session, purpose, programme_id=programme.id, person_id=person.id, by=by, now=now))


def partner_link(session: Session, person_id: int, *, by: Actor, now: datetime) -> Link:
    """For a partner's representative, good for one chat; asked again before it was used, it is the same."""
    require_curator(session, by)
    person = _person(session, person_id)
    if person.kind is not PersonKind.PARTNER:
        raise NotFound("partner")
    standing = session.scalar(_unused_of(person.id, InvitationPurpose.PARTNER))
    return _link(standing or new_invitation(session, InvitationPurpose.PARTNER, person_id=person.id, by=by, now=now))


def link_of_person(session: Session, person_id: int) -> Link | None:
    """The unused link of a person who was invited by name, to copy it again."""
    found = session.scalar(_unused_of(person_id, InvitationPurpose.MENTOR, InvitationPurpose.MENTEE))
    return _link(found) if found else None


def new_invitation(
    session: Session,
    purpose: InvitationPurpose,
    *,
    programme_id: int | None = None,
    person_id: int | None = None,
    account_id: int | None = None,
    by: Actor,
    now: datetime,
) -> Invitation:
    """128 random bits, 22 characters. Needs a fenced session."""
    invitation = Invitation(
        token=secrets.token_urlsafe(16),
        purpose=purpose,
        programme_id=programme_id,
        person_id=person_id,
        account_id=account_id,
        created_at=now,
    )
    session.add(invitation)
    session.flush()
    record(session, "invitation.made", invitation, by=by, now=now, purpose=purpose.value)
    return invitation


def _unused_of(person_id: int, *purposes: InvitationPurpose) -> Select[Invitation]:
    return select(Invitation).where(
        Invitation.person_id == person_id,
        Invitation.purpose.in_(purposes),
        Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None),
    )


def _role_links(programme_id: int) -> Select[Invitation]:
    """The shared ones: a named person's link is that person's own."""
    return select(Invitation).where(
        Invitation.programme_id == programme_id,
        Invitation.person_id.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.purpose.in_((InvitationPurpose.MENTOR, InvitationPurpose.MENTEE)),
    )


def _link(invitation: Invitation) -> Link:
    return Link(invitation.id, invitation.token, invitation.purpose)


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None or person.erased_at:
        raise NotFound("person")
    return person


def _clean(field: str, value: str) -> str:
    clean = " ".join(value.split())
    if not clean and field in ("last_name", "first_name"):
        raise TextEmpty(field)
    limit = 200 if field == "place" else 100
    if len(clean) > limit:
        raise TextTooLong(field, limit, len(clean))
    return clean
