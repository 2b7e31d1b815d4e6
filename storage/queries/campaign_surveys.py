"""What people are asked in open campaigns and have not answered yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.consents import ConsentGap
from mentoring.rules.people import AgeGroup, PersonKind, PersonName, called, listed
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.pair import PairMember
from storage.models.person import Person
from storage.models.questionnaire import Answer, QuestionnaireVersion, Response


@dataclass(frozen=True, slots=True)
class Asked:
    """``version_id``: the version that was begun; none before that."""

    recipient_id: int
    campaign_id: int
    questionnaire_id: int
    title: str
    pair_id: int | None
    asked_at: datetime
    closes_at: datetime
    anonymous: bool
    response_id: int | None
    version_id: int | None


@dataclass(frozen=True, slots=True)
class Version:
    version_id: int
    digest: str


def surveys_asked(session: Session, person_id: int, now: datetime) -> Sequence[Asked]:
    """The window that closes first comes first. Whose consent has been taken back is asked nothing about taking part,
    also before the clock has released them; what a parent is asked hangs on the child's consent and not on this one."""
    alone = and_(CampaignRecipient.pair_id.is_(None), CampaignRecipient.enrolment_id.is_(None))
    columns: tuple[Any, ...] = (
        CampaignRecipient.id,
        Campaign.id,
        Campaign.questionnaire_id,
        Campaign.title,
        CampaignRecipient.pair_id,
        CampaignRecipient.asked_at,
        Campaign.closes_at,
        Campaign.anonymous,
        CampaignRecipient.response_id,
        Response.version_id,
    )
    found = (
        select(*columns)
        .join(Campaign, Campaign.id == CampaignRecipient.campaign_id)
        .join(Person, Person.id == CampaignRecipient.person_id)
        .outerjoin(Response, Response.id == CampaignRecipient.response_id)
        .where(
            CampaignRecipient.person_id == person_id,
            or_(alone, Person.missing_consents == ConsentGap.NONE),
            CampaignRecipient.state == RecipientState.WAITING,
            Campaign.state == CampaignState.OPEN,
            Campaign.closes_at > now,
        )
        .order_by(Campaign.closes_at, CampaignRecipient.id)
    )
    return [Asked(*row) for row in session.execute(found)]


def versions(session: Session, version_ids: Collection[int], questionnaire_ids: Collection[int]) -> dict[int, Version]:
    """By questionnaire the latest published, which one begins; by the negative of its id one that was begun."""
    begun = select(QuestionnaireVersion.id, QuestionnaireVersion.digest).where(QuestionnaireVersion.id.in_(version_ids))
    found = {-version_id: Version(version_id, digest) for version_id, digest in session.execute(begun)}
    return found | latest_versions(session, questionnaire_ids)


def latest_versions(session: Session, questionnaire_ids: Collection[int]) -> dict[int, Version]:
    rows = session.execute(_latest().where(QuestionnaireVersion.questionnaire_id.in_(questionnaire_ids)))
    return {questionnaire_id: Version(version_id, digest) for questionnaire_id, version_id, digest in rows}


def _latest() -> Select[int, int, str]:
    return (
        select(QuestionnaireVersion.questionnaire_id, QuestionnaireVersion.id, QuestionnaireVersion.digest)
        .where(QuestionnaireVersion.published_at.is_not(None))
        .order_by(QuestionnaireVersion.number)
    )


def answered_counts(session: Session, response_ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(Answer.response_id, func.count())
        .where(Answer.response_id.in_(response_ids))
        .group_by(Answer.response_id)
    )
    return {response_id: count for response_id, count in rows}


def others_of(session: Session, person_id: int, pair_ids: Collection[int]) -> dict[int, str]:
    """By pair, how the other side is called: never the other mentees of a group, whom a mentee does not know."""
    own = aliased(PairMember)
    rows = session.execute(
        select(
            PairMember.pair_id,
            Person.last_name,
            Person.first_name,
            Person.patronymic,
            Person.kind,
            Person.age_group,
        )
        .join(Person, Person.id == PairMember.person_id)
        .join(own, and_(own.pair_id == PairMember.pair_id, own.role != PairMember.role))
        .where(own.person_id == person_id, PairMember.pair_id.in_(pair_ids))
        .where(PairMember.left_at.is_(None), Person.erased_at.is_(None))
        .order_by(PairMember.id)
    )
    found: dict[int, list[str]] = {}
    for pair_id, last, first, patronymic, kind, age_group in rows:
        found.setdefault(pair_id, []).append(_said(PersonName(last, first, patronymic), kind, age_group))
    return {pair_id: listed(names) for pair_id, names in found.items()}


def _said(name: PersonName, kind: PersonKind | None, age_group: AgeGroup | None) -> str:
    return called(name, kind, age_group)
