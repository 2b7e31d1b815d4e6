"""Rows by their ids, with the names that lists show. A few statements for a page of fifty."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.pairs import Stay
from mentoring.rules.people import PersonName, Role
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion, Response, Submission


@dataclass(frozen=True, slots=True)
class PersonSeen:
    person_id: int
    name: str
    place: str
    erased: bool


@dataclass(frozen=True, slots=True)
class EnrolmentSeen:
    person: PersonSeen
    role: Role
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PairSeen:
    """``erased``: one of its people is."""

    pair_id: int
    mentor: str
    mentees: str
    confirmed_at: datetime | None
    erased: bool


@dataclass(frozen=True, slots=True)
class MeetingSeen:
    meeting_id: int
    pair: PairSeen
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class RecipientSeen:
    person: PersonSeen
    title: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class SheetSeen:
    submission_id: int
    response_id: int
    person_id: int
    version_id: int
    digest: str
    title: str
    submitted_at: datetime
    answers: Mapping[str, Any]


MemberSeen = tuple[Role, PersonSeen]
Span = tuple[datetime, datetime]
"""From and until, the latter exclusive."""


def people_seen(session: Session, ids: Collection[int]) -> dict[int, PersonSeen]:
    rows = session.execute(
        select(Person.id, Person.last_name, Person.first_name, Person.patronymic, Person.place, Person.erased_at).where(
            Person.id.in_(set(ids))
        )
    )
    return {
        row.id: PersonSeen(
            row.id, PersonName(row.last_name, row.first_name, row.patronymic).full, row.place, row.erased_at is not None
        )
        for row in rows
    }


def enrolments_seen(session: Session, ids: Collection[int]) -> dict[int, EnrolmentSeen]:
    rows = session.execute(
        select(Enrolment.id, Enrolment.person_id, Enrolment.role, Enrolment.created_at).where(
            Enrolment.id.in_(set(ids))
        )
    ).all()
    people = people_seen(session, [row.person_id for row in rows])
    return {row.id: EnrolmentSeen(people[row.person_id], row.role, row.created_at) for row in rows}


def pairs_seen(session: Session, ids: Collection[int], during: Span | None = None) -> dict[int, PairSeen]:
    """With the people who were in each of them ``during`` a time; without one, with all who ever were."""
    known, there = _pairs_known(session, ids), _there(session, ids)
    return {
        pair_id: _pair(
            pair_id, confirmed_at, [one for one, stay in there[pair_id] if not during or stay.between(*during)]
        )
        for pair_id, confirmed_at in known.items()
    }


def meetings_seen(session: Session, ids: Collection[int]) -> dict[int, MeetingSeen]:
    """With the people who were in the pair at the time of each."""
    rows = session.execute(select(Meeting.id, Meeting.pair_id, Meeting.starts_at).where(Meeting.id.in_(set(ids)))).all()
    pair_ids = {row.pair_id for row in rows}
    known, there = _pairs_known(session, pair_ids), _there(session, pair_ids)
    seen = {}
    for row in rows:
        members = [one for one, stay in there[row.pair_id] if stay.at(row.starts_at)]
        seen[row.id] = MeetingSeen(row.id, _pair(row.pair_id, known[row.pair_id], members), row.starts_at)
    return seen


def recipients_seen(session: Session, ids: Collection[int]) -> dict[int, RecipientSeen]:
    rows = session.execute(
        select(CampaignRecipient.id, CampaignRecipient.person_id, Campaign.title, CampaignRecipient.asked_at)
        .join(Campaign, Campaign.id == CampaignRecipient.campaign_id)
        .where(CampaignRecipient.id.in_(set(ids)))
    ).all()
    people = people_seen(session, [row.person_id for row in rows])
    return {row.id: RecipientSeen(people[row.person_id], row.title, row.asked_at) for row in rows}


def sheets_seen(session: Session, ids: Collection[int]) -> dict[int, SheetSeen]:
    rows = session.execute(
        select(
            Submission.id,
            Response.id,
            Response.person_id,
            Response.version_id,
            QuestionnaireVersion.digest,
            Questionnaire.title,
            Submission.submitted_at,
            Submission.answers,
        )
        .join(Response, Response.id == Submission.response_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Response.version_id)
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .where(Submission.id.in_(set(ids)))
    )
    return {row[0]: SheetSeen(*row) for row in rows}


def _pairs_known(session: Session, ids: Collection[int]) -> dict[int, datetime | None]:
    return dict(session.execute(select(Pair.id, Pair.confirmed_at).where(Pair.id.in_(set(ids)))).all())


def _there(session: Session, pair_ids: Collection[int]) -> dict[int, list[tuple[MemberSeen, Stay]]]:
    rows = session.execute(
        select(
            PairMember.pair_id,
            PairMember.role,
            PairMember.person_id,
            Pair.started_at,
            PairMember.joined_at,
            PairMember.left_at,
        )
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(PairMember.pair_id.in_(set(pair_ids)), PairMember.joined_at.is_not(None))
        .order_by(PairMember.id)
    ).all()
    people = people_seen(session, [row.person_id for row in rows])
    found: dict[int, list[tuple[MemberSeen, Stay]]] = {pair_id: [] for pair_id in pair_ids}
    for pair_id, role, person_id, *stay in rows:
        found[pair_id].append(((role, people[person_id]), Stay(*stay)))
    return found


def _pair(pair_id: int, confirmed_at: datetime | None, members: Sequence[MemberSeen]) -> PairSeen:
    mentors, mentees = (
        ", ".join(one.name for its, one in members if its is role and one.name) for role in (Role.MENTOR, Role.MENTEE)
    )
    return PairSeen(pair_id, mentors, mentees, confirmed_at, any(one.erased for _, one in members))
