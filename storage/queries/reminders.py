"""What people are being waited for: found for everybody at once, or for one person. Each function is one query.

Only people with a chat that can be reached are found; the others stand in the curator's lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.accounts import DECIDING_ROLES
from mentoring.rules.consents import ConsentGap, ConsentKind
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.meetings import LONGEST, MeetingState
from mentoring.rules.pairs import ACQUAINTED, WORKING, PairAnswer, PairState
from mentoring.rules.people import AgeGroup, Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.reminders import NoticeKind
from storage.models.account import CuratorAccount
from storage.models.consent import Consent
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import ChannelAccount, Enrolment, Guardianship, Person
from storage.models.questionnaire import Response
from storage.queries.feedback import tells_of_meeting
from storage.queries.pairs import was_there

LIVE = (EnrolmentStatus.JOINING, EnrolmentStatus.SUBMITTED, EnrolmentStatus.RETURNED, EnrolmentStatus.APPROVED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody (``person_id``) is waited for since ``since``, on account of ``about_id``'s taking part."""

    kind: NoticeKind
    organisation_id: int
    person_id: int
    age_group: AgeGroup | None
    about_id: int
    payload: dict[str, int | str]
    key: str
    since: datetime


@dataclass(frozen=True, slots=True)
class MeetingGuest:
    """One of the two of a meeting. ``answered``: has sent feedback about it."""

    organisation_id: int
    person_id: int
    age_group: AgeGroup | None
    answered: bool
    meeting: Meeting


def consents(session: Session, about: int | None = None) -> Iterator[Waiting]:
    """Own consents; and the minor, whose guardian cannot be reached, is asked to send them the link."""
    guarded = exists().where(Guardianship.minor_id == Person.id, _reachable(Guardianship.guardian_id))
    columns = (Person.missing_consents, guarded.label("guarded"), func.min(Enrolment.created_at, type_=_MOMENT))
    found = _people(about, *columns).join(Enrolment, Enrolment.person_id == Person.id)
    waiting = found.where(Enrolment.status.in_(LIVE), Person.missing_consents != ConsentGap.NONE).group_by(Person.id)
    for organisation_id, person_id, age_group, gap, has_guardian, since in session.execute(waiting):
        if gap is not ConsentGap.GUARDIAN:
            kind = ConsentKind.MINOR if age_group is AgeGroup.FROM_14_TO_17 else ConsentKind.ADULT
            payload: dict[str, int | str] = {"whose": person_id, "consent": kind.value}
            key, notice = f"{person_id}:{kind}", NoticeKind.PERSON_CONSENT_REMINDER
        elif has_guardian:
            continue
        else:
            payload, key, notice = {}, f"{person_id}", NoticeKind.MINOR_GUARDIAN_REMINDER
        yield Waiting(notice, organisation_id, person_id, age_group, person_id, payload, key, since)


def guardians(session: Session, about: int | None = None) -> Iterator[Waiting]:
    takes_part = exists().where(Enrolment.person_id == _MINOR.id, Enrolment.status.in_(LIVE))
    found = (
        _people(None, _MINOR.id, Guardianship.created_at)
        .join(Guardianship, Guardianship.guardian_id == Person.id)
        .join(_MINOR, _MINOR.id == Guardianship.minor_id)
        .where(_MINOR.missing_consents.in_((ConsentGap.GUARDIAN, ConsentGap.BOTH)), takes_part)
    )
    if about is not None:
        found = found.where(_MINOR.id == about)
    kind = NoticeKind.PERSON_CONSENT_REMINDER
    for organisation_id, person_id, age_group, minor_id, since in session.execute(found):
        payload: dict[str, int | str] = {"whose": minor_id, "consent": ConsentKind.GUARDIAN.value}
        key = f"{minor_id}:{ConsentKind.GUARDIAN}"
        yield Waiting(kind, organisation_id, person_id, age_group, minor_id, payload, key, since)


def questionnaires(session: Session, about: int | None = None) -> Iterator[Waiting]:
    """Not sent, or returned and not corrected; waiting since it was last touched, returned or made possible."""
    consented = select(func.max(Consent.decided_at, type_=_MOMENT)).where(Consent.person_id == Person.id)
    touched = select(func.max(Response.touched_at, type_=_MOMENT)).where(Response.enrolment_id == Enrolment.id)
    moments = (Enrolment.status_at, consented.scalar_subquery(), touched.scalar_subquery())
    found = _people(about, Enrolment.id, *moments).join(Enrolment, Enrolment.person_id == Person.id)
    unsent = (EnrolmentStatus.JOINING, EnrolmentStatus.RETURNED)
    waiting = found.where(Enrolment.status.in_(unsent), Person.missing_consents == ConsentGap.NONE)
    kind = NoticeKind.PERSON_QUESTIONNAIRE_REMINDER
    for organisation_id, person_id, age_group, enrolment_id, *since in session.execute(waiting):
        last = max(moment for moment in since if moment)
        key = f"{enrolment_id}:{last:%y%m%d%H%M}"
        payload: dict[str, int | str] = {"enrolment_id": enrolment_id}
        yield Waiting(kind, organisation_id, person_id, age_group, person_id, payload, key, last)


def proposals(session: Session, about: int | None = None) -> Iterator[Waiting]:
    asked = or_(
        and_(Pair.state == PairState.ASKED_MENTOR, PairMember.role == Role.MENTOR),
        and_(Pair.state == PairState.ASKED_MENTEE, PairMember.role == Role.MENTEE),
    )
    kind = NoticeKind.PERSON_PROPOSAL_REMINDER
    for organisation_id, person_id, age_group, pair_id, state, since in session.execute(
        _members(about, Pair.id, Pair.state, Pair.state_at).where(asked, PairMember.answer == PairAnswer.WAITING)
    ):
        key, payload = f"{pair_id}:{state}", {"pair_id": pair_id}
        yield Waiting(kind, organisation_id, person_id, age_group, person_id, payload, key, since)


def quiet_pairs(session: Session, now: datetime, about: int | None = None) -> Iterator[Waiting]:
    """Mentors of pairs without a meeting ahead: those who never met, and those who met once upon a time. Who has given
    notice, or was given it, is not urged to begin anything."""
    coming = exists().where(Meeting.pair_id == Pair.id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now)
    found = _members(about, Pair.id, Pair.started_at, Pair.last_met_at, Pair.resumed_at).where(
        Pair.state.in_(WORKING), Pair.ends_on.is_(None), PairMember.role == Role.MENTOR, ~coming
    )
    for organisation_id, person_id, age_group, pair_id, started_at, last_met_at, resumed_at in session.execute(found):
        kind = NoticeKind.PERSON_SILENCE_REMINDER if last_met_at else NoticeKind.PERSON_FIRST_MEETING_REMINDER
        met = last_met_at or started_at
        since = max(met, resumed_at or met)
        key, payload = f"{pair_id}:{since:%y%m%d%H%M}", {"pair_id": pair_id}
        yield Waiting(kind, organisation_id, person_id, age_group, person_id, payload, key, since)


def guests(session: Session, since: datetime, until: datetime, about: int | None = None) -> Iterator[MeetingGuest]:
    """Of planned and held meetings that begin in between, in a pair that has not been ended before."""
    answered = exists().where(
        Response.meeting_id == Meeting.id,
        Response.person_id == Person.id,
        Response.state == ResponseState.SUBMITTED,
        tells_of_meeting(),
    )
    found = (
        _members(about, answered.label("answered"), Meeting)
        .join(Meeting, Meeting.pair_id == Pair.id)
        .where(
            Pair.state.in_(ACQUAINTED),
            Meeting.state.in_((MeetingState.PLANNED, MeetingState.HELD)),
            Meeting.starts_at > since - timedelta(minutes=LONGEST),
            Meeting.starts_at <= until,
            was_there(Meeting.starts_at),
        )
    )
    for row in session.execute(found):
        yield MeetingGuest(*row)


def curators(session: Session) -> Iterator[tuple[int, int]]:
    """(organisation, person) of curators who linked their chat."""
    found = (
        _people(None)
        .join(CuratorAccount, CuratorAccount.person_id == Person.id)
        .where(CuratorAccount.disabled_at.is_(None), CuratorAccount.role.in_(DECIDING_ROLES))
        .distinct()
    )
    for organisation_id, person_id, _ in session.execute(found):
        yield organisation_id, person_id


def _people(about: int | None, *columns: Any) -> Select[Any]:
    found = select(Person.organisation_id, Person.id, Person.age_group, *columns).select_from(Person)
    found = found.where(Person.erased_at.is_(None), _reachable(Person.id))
    return found if about is None else found.where(Person.id == about)


def _members(about: int | None, *columns: Any) -> Select[Any]:
    found = _people(about, *columns).join(PairMember, PairMember.person_id == Person.id)
    return found.where(PairMember.left_at.is_(None)).join(Pair, Pair.id == PairMember.pair_id)


def _reachable(person_id: Any) -> ColumnElement[bool]:
    return exists().where(_CHAT.person_id == person_id, _CHAT.unreachable_since.is_(None))


_MOMENT = Enrolment.created_at.type
_CHAT, _MINOR = aliased(ChannelAccount), aliased(Person)
"""Made once: the clock asks these questions every minute, and making an alias costs more than asking."""
