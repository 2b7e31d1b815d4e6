"""What happens when somebody opens a link: a person, a chat, a part in the programme or in a child's affairs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus, InvitationPurpose, LeftBecause
from mentoring.rules.errors import GuardianCannotJoin, InvitationUnknown, OtherOrganisation
from mentoring.rules.people import Actor, AgeGroup, PersonKind, Role, called, name_from_full
from mentoring.use_cases.audit import record
from mentoring.use_cases.listing import refresh_person
from storage.models.account import CuratorAccount
from storage.models.organisation import Organisation, Programme
from storage.models.person import ChannelAccount, Enrolment, Guardianship, Invitation, Person
from storage.queries.people import current_programme, leading_curator_name
from storage.scope import fenced


@dataclass(frozen=True, slots=True)
class InvitationOpened:
    """``minor_name`` is the child's first name, if known; ``already``: the link changed nothing."""

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


@dataclass(frozen=True, slots=True)
class _Came:
    """What the opening of a link led to, beside the chat itself."""

    account: ChannelAccount
    enrolment: Enrolment | None = None
    minor: Person | None = None
    already: bool = False


@dataclass(frozen=True, slots=True)
class _Chat:
    channel: str
    external_id: str
    username: str


def open_invitation(
    session: Session, token: str, *, channel: str, external_id: str, username: str = "", now: datetime
) -> InvitationOpened:
    """Unfenced. Raises InvitationUnknown, OtherOrganisation, GuardianCannotJoin.

    An unknown, revoked, expired or used link is told apart by nobody.
    """
    invitation = session.scalar(select(Invitation).where(Invitation.token == token))
    if invitation is None or invitation.revoked_at or (invitation.expires_at and invitation.expires_at <= now):
        raise InvitationUnknown
    chat = _Chat(channel, external_id, username[:64])
    account = _known_chat(session, chat, invitation.organisation_id)
    with fenced(session, invitation.organisation_id):
        came = _OPENERS[invitation.purpose](session, invitation, account, chat, now)
        refresh_person(session, came.account.person)
        session.flush()
        return _opened(session, invitation, came)


def _known_chat(session: Session, chat: _Chat, organisation_id: int) -> ChannelAccount | None:
    account = session.scalar(
        select(ChannelAccount).where(
            ChannelAccount.channel == chat.channel, ChannelAccount.external_id == chat.external_id
        )
    )
    if account is None:
        return None
    if account.organisation_id != organisation_id:
        raise OtherOrganisation(session.get_one(Organisation, account.organisation_id).short_name)
    account.username = chat.username or account.username
    return account


def _join_by_role(
    session: Session, invitation: Invitation, account: ChannelAccount | None, chat: _Chat, now: datetime
) -> _Came:
    if session.get_one(Programme, invitation.programme_id).closed_at:
        raise InvitationUnknown
    if invitation.person_id is not None:
        return _come_as_named(session, invitation, account, chat, now)
    account = account or _new_chat(session, _new_person(session, None, now), chat, now)
    enrolment, already = _come_back_or_enrol(session, account.person, invitation, now)
    return _Came(account, enrolment, already=already)


def _come_as_named(
    session: Session, invitation: Invitation, account: ChannelAccount | None, chat: _Chat, now: datetime
) -> _Came:
    person = session.get_one(Person, invitation.person_id)
    account, already = _own_chat(session, person, invitation, account, chat, now)
    enrolment, _ = _come_back_or_enrol(session, person, invitation, now)
    return _Came(account, enrolment, already=already)


def _come_as_partner(
    session: Session, invitation: Invitation, account: ChannelAccount | None, chat: _Chat, now: datetime
) -> _Came:
    """Somebody who speaks for a partner takes no part in the programme: there is nothing to enrol in."""
    person = session.get_one(Person, invitation.person_id)
    account, already = _own_chat(session, person, invitation, account, chat, now)
    return _Came(account, already=already)


def _own_chat(
    session: Session,
    person: Person,
    invitation: Invitation,
    account: ChannelAccount | None,
    chat: _Chat,
    now: datetime,
) -> tuple[ChannelAccount, bool]:
    """A chat that belongs to somebody else cannot become the named person: their data would mix."""
    mine = account is not None and account.person_id == person.id
    if person.erased_at or (not mine and (account is not None or invitation.used_at)):
        raise InvitationUnknown
    invitation.used_at = invitation.used_at or now
    return account or _new_chat(session, person, chat, now), mine


def _come_as_guardian(
    session: Session, invitation: Invitation, account: ChannelAccount | None, chat: _Chat, now: datetime
) -> _Came:
    minor = session.get_one(Person, invitation.person_id)
    if minor.erased_at:
        raise InvitationUnknown
    if account is not None and _is_a_child(account.person, minor):
        raise GuardianCannotJoin
    account = account or _new_chat(session, _new_person(session, PersonKind.PARENT, now), chat, now)
    pair = {"guardian_id": account.person_id, "minor_id": minor.id}
    known = session.scalar(select(Guardianship).filter_by(**pair))
    if known is None:
        known = Guardianship(created_at=now, **pair)
        session.add(known)
        session.flush()
        record(session, "guardianship.claimed", known, by=Actor.person(account.person_id), now=now)
        already = False
    else:
        already = True
    invitation.used_at = invitation.used_at or now
    return _Came(account, minor=minor, already=already)


def _come_as_curator(
    session: Session, invitation: Invitation, account: ChannelAccount | None, chat: _Chat, now: datetime
) -> _Came:
    curator = session.get_one(CuratorAccount, invitation.account_id)
    mine = account is not None and curator.person_id == account.person_id
    if curator.disabled_at or (invitation.used_at and not mine):
        raise InvitationUnknown
    account = account or _new_chat(session, _curator_person(session, curator, now), chat, now)
    invitation.used_at = invitation.used_at or now
    if not mine:
        curator.person_id = account.person_id
        record(session, "account.chat_linked", curator, by=Actor.person(account.person_id), now=now)
    return _Came(account, already=mine)


def _is_a_child(person: Person, minor: Person) -> bool:
    return person.id == minor.id or person.age_group in (AgeGroup.UNDER_14, AgeGroup.FROM_14_TO_17)


def _curator_person(session: Session, curator: CuratorAccount, now: datetime) -> Person:
    """A curator who changed the chat stays the same person."""
    if curator.person_id is not None:
        return session.get_one(Person, curator.person_id)
    person = _new_person(session, PersonKind.CURATOR, now)
    name = name_from_full(curator.full_name)
    person.last_name, person.first_name, person.patronymic = name.last[:100], name.first[:100], name.patronymic[:100]
    return person


def _new_person(session: Session, kind: PersonKind | None, now: datetime) -> Person:
    person = Person(kind=kind, created_at=now)
    session.add(person)
    session.flush()
    record(session, "person.came", person, by=Actor.person(person.id), now=now)
    return person


def _new_chat(session: Session, person: Person, chat: _Chat, now: datetime) -> ChannelAccount:
    account = ChannelAccount(
        person=person, channel=chat.channel, external_id=chat.external_id, username=chat.username, linked_at=now
    )
    session.add(account)
    session.flush()
    return account


def _come_back_or_enrol(
    session: Session, person: Person, invitation: Invitation, now: datetime
) -> tuple[Enrolment, bool]:
    """Someone who had left of their own will begins anew; the curator's «no» and a refused consent stand."""
    role, programme_id = Role(invitation.purpose), invitation.programme_id
    enrolment = session.scalar(select(Enrolment).filter_by(programme_id=programme_id, person_id=person.id, role=role))
    by = Actor.person(person.id)
    if enrolment is None:
        return enrol(session, person, programme_id, role, by, now), False
    if enrolment.left_because is not LeftBecause.OWN_WISH:
        return enrolment, True
    enrolment.status, enrolment.status_at, enrolment.left_because = EnrolmentStatus.JOINING, now, None
    record(session, "enrolment.joining", enrolment, by=by, now=now)
    return enrolment, False


def enrol(
    session: Session, person: Person, programme_id: int | None, role: Role, by: Actor, now: datetime
) -> Enrolment:
    enrolment = Enrolment(
        programme_id=programme_id,
        person_id=person.id,
        role=role,
        status=EnrolmentStatus.JOINING,
        status_at=now,
        created_at=now,
    )
    session.add(enrolment)
    session.flush()
    record(session, "enrolment.joining", enrolment, by=by, now=now, role=role.value)
    return enrolment


def _opened(session: Session, invitation: Invitation, came: _Came) -> InvitationOpened:
    organisation = session.get_one(Organisation, invitation.organisation_id)
    programme = current_programme(session)
    minor = came.minor
    return InvitationOpened(
        purpose=invitation.purpose,
        account_id=came.account.id,
        person_id=came.account.person_id,
        organisation_id=organisation.id,
        organisation_name=organisation.short_name,
        curator_name=leading_curator_name(session),
        curator_contact=organisation.contact,
        programme_name=programme.name if programme else "",
        role=came.enrolment.role if came.enrolment else None,
        enrolment_id=came.enrolment.id if came.enrolment else None,
        minor_id=minor.id if minor else None,
        minor_name=called(minor.name, minor.kind, AgeGroup.UNDER_14) or None if minor else None,
        already=came.already,
    )


_OPENERS = {
    InvitationPurpose.MENTOR: _join_by_role,
    InvitationPurpose.MENTEE: _join_by_role,
    InvitationPurpose.GUARDIAN: _come_as_guardian,
    InvitationPurpose.CURATOR: _come_as_curator,
    InvitationPurpose.PARTNER: _come_as_partner,
}
