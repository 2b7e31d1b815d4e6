"""What a report is counted from: the programme's people, pairs, meetings, questionings and sent sheets, as plain rows.

A programme is one organisation's year: hundreds of people, thousands of meetings. They are read whole and counted by
the rules, so that each figure keeps the rows behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.meetings import MeetingState
from mentoring.rules.pairs import Stay
from mentoring.rules.people import PersonKind, Role
from mentoring.rules.questionnaire import ResponseState
from storage.models.account import AuditEntry
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.document import Document
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person
from storage.models.questionnaire import Response
from storage.queries.report_sheets import SUBMISSION

RESPONSE: Table = Response.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class EnrolmentFact:
    """``approved_at``: the first time; None if the curator has never taken the person in."""

    enrolment_id: int
    person_id: int
    role: Role
    status: EnrolmentStatus
    status_at: datetime
    created_at: datetime
    approved_at: datetime | None
    kind: PersonKind | None
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class MemberFact:
    person_id: int
    role: Role
    stay: Stay


@dataclass(frozen=True, slots=True)
class PairFact:
    """``members``: all who ever were in it; ``ordered_on``: the date of the signed order that fixed the pair."""

    pair_id: int
    form: str
    confirmed_at: datetime
    ended_at: datetime | None
    members: tuple[MemberFact, ...]
    ordered_on: date | None = None

    def there_at(self, moment: datetime, role: Role) -> list[int]:
        return [one.person_id for one in self.members if one.role is role and one.stay.at(moment)]

    def there_between(self, since: datetime, until: datetime, role: Role) -> list[int]:
        """Of those who were still in it when the curator decided for it, or came later."""
        begins = max(since, self.confirmed_at)
        return [one.person_id for one in self.members if one.role is role and one.stay.between(begins, until)]


@dataclass(frozen=True, slots=True)
class MeetingFact:
    meeting_id: int
    pair_id: int
    state: MeetingState
    was_planned: bool
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class RecipientFact:
    recipient_id: int
    campaign_id: int
    title: str
    anonymous: bool
    state: RecipientState


def programme_enrolments(session: Session, programme_id: int) -> list[EnrolmentFact]:
    approved = _first_approvals(session)
    rows = session.execute(
        select(
            Enrolment.id,
            Enrolment.person_id,
            Enrolment.role,
            Enrolment.status,
            Enrolment.status_at,
            Enrolment.created_at,
            Person.kind,
            Person.birth_date,
        )
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.programme_id == programme_id)
        .order_by(Enrolment.id)
    )
    return [
        EnrolmentFact(*row[:6], _approved_at(row.id, row.status, row.status_at, approved), row.kind, row.birth_date)
        for row in rows
    ]


def confirmed_pairs(session: Session, programme_id: int) -> list[PairFact]:
    found: Sequence[Any] = session.execute(
        select(Pair.id, Pair.form, Pair.confirmed_at, Pair.ended_at, Document.dated_on)
        .outerjoin(Document, Document.id == Pair.order_id)
        .where(Pair.programme_id == programme_id, Pair.confirmed_at.is_not(None))
        .order_by(Pair.id)
    ).all()
    members: dict[int, list[MemberFact]] = {}
    for pair_id, person_id, role, *stay in session.execute(
        select(
            PairMember.pair_id,
            PairMember.person_id,
            PairMember.role,
            Pair.started_at,
            PairMember.joined_at,
            PairMember.left_at,
        )
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(Pair.programme_id == programme_id, Pair.confirmed_at.is_not(None), PairMember.joined_at.is_not(None))
        .order_by(PairMember.id)
    ):
        members.setdefault(pair_id, []).append(MemberFact(person_id, role, Stay(*stay)))
    return [
        PairFact(row.id, row.form, row.confirmed_at, row.ended_at, tuple(members.get(row.id, ())), row.dated_on)
        for row in found
    ]


def meetings_between(session: Session, programme_id: int, since: datetime, until: datetime) -> list[MeetingFact]:
    rows = session.execute(
        select(Meeting.id, Meeting.pair_id, Meeting.state, Meeting.was_planned, Meeting.starts_at)
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(Pair.programme_id == programme_id, Meeting.starts_at >= since, Meeting.starts_at < until)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [MeetingFact(*row) for row in rows]


def feedback_between(
    session: Session, programme_id: int, since: datetime, until: datetime
) -> dict[tuple[int, int], int]:
    """The submission of each (meeting, person) that has sent one; meetings that began in the time and were held.

    Sent sheets are looked up below the fence, which stands at the meeting: see `last_submission_id`.
    """
    said = RESPONSE.c
    newest = select(func.max(SUBMISSION.c.id)).where(SUBMISSION.c.response_id == said.id).correlate(RESPONSE)
    rows = session.execute(
        select(Meeting.id, said.person_id, newest.scalar_subquery())
        .join(RESPONSE, said.meeting_id == Meeting.id)
        .where(
            Meeting.pair_id.in_(select(Pair.id).where(Pair.programme_id == programme_id)),
            Meeting.starts_at >= since,
            Meeting.starts_at < until,
            Meeting.state == MeetingState.HELD,
            said.state == ResponseState.SUBMITTED,
        )
    )
    return {(row[0], row[1]): row[2] or 0 for row in rows}


def recipients_between(session: Session, programme_id: int, since: datetime, until: datetime) -> list[RecipientFact]:
    """Of campaigns that were not cancelled; those who were released are nobody's debt."""
    rows = session.execute(
        select(
            CampaignRecipient.id,
            CampaignRecipient.campaign_id,
            Campaign.title,
            Campaign.anonymous,
            CampaignRecipient.state,
        )
        .join(Campaign, Campaign.id == CampaignRecipient.campaign_id)
        .where(
            Campaign.programme_id == programme_id,
            Campaign.state != CampaignState.CANCELLED,
            CampaignRecipient.state != RecipientState.RELEASED,
            CampaignRecipient.asked_at >= since,
            CampaignRecipient.asked_at < until,
        )
        .order_by(Campaign.opens_at, Campaign.id, CampaignRecipient.id)
    )
    return [RecipientFact(*row) for row in rows]


def partners_known(session: Session, until: datetime) -> list[tuple[int, str]]:
    """Representatives and the organisations for which they speak, the oldest acquaintance first."""
    rows = session.execute(
        select(Person.id, Person.place)
        .where(
            Person.kind == PersonKind.PARTNER,
            Person.place != "",
            Person.erased_at.is_(None),
            Person.created_at < until,
        )
        .order_by(Person.id)
    )
    return [(person_id, place) for person_id, place in rows]


def _first_approvals(session: Session) -> dict[int, datetime]:
    rows = session.execute(
        select(AuditEntry.object_id, func.min(AuditEntry.at))
        .where(AuditEntry.object_kind == Enrolment.__tablename__, AuditEntry.act == "enrolment.approved")
        .group_by(AuditEntry.object_id)
    )
    return {enrolment_id: at for enrolment_id, at in rows}


def _approved_at(
    enrolment_id: int, status: EnrolmentStatus, status_at: datetime, approved: dict[int, datetime]
) -> datetime | None:
    return approved.get(enrolment_id) or (status_at if status is EnrolmentStatus.APPROVED else None)
