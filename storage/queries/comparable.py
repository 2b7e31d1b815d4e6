"""How many have answered both halves of a survey, for all surveys at once; and by what its answers can be narrowed."""

import re
from collections.abc import Collection

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.questionnaire import ResponseState
from storage.models.campaign import Campaign
from storage.models.person import Person
from storage.models.questionnaire import Response


def answered_both(
    session: Session, before_ids: Collection[int], after_ids: Collection[int]
) -> dict[tuple[int, int], int]:
    """By the two questionnaires: people in pairs who sent the one and the other."""
    before, after = aliased(Response), aliased(Response)
    same = and_(after.person_id == before.person_id, after.pair_id == before.pair_id)
    people = (
        select(before.questionnaire_id.label("first"), after.questionnaire_id.label("last"))
        .add_columns(before.person_id, before.pair_id)
        .join(after, same)
        .where(
            before.questionnaire_id.in_(before_ids),
            after.questionnaire_id.in_(after_ids),
            before.state == ResponseState.SUBMITTED,
            after.state == ResponseState.SUBMITTED,
        )
        .distinct()
        .subquery()
    )
    counted = select(people.c.first, people.c.last, func.count()).group_by(people.c.first, people.c.last)
    return {(first, last): n for first, last, n in session.execute(counted)}


def campaigns_of(session: Session, questionnaire_id: int) -> list[tuple[int, str]]:
    """Number and title of each campaign, the newest first."""
    query = select(Campaign.id, Campaign.title).where(Campaign.questionnaire_id == questionnaire_id)
    return [(campaign_id, title) for campaign_id, title in session.execute(query.order_by(Campaign.opens_at.desc()))]


def grades_of(session: Session, questionnaire_id: int) -> list[int]:
    """Years of school of those who have sent it, lowest first: 7 for «7 „Б“»."""
    places = (
        select(Person.place)
        .join(Response, Response.person_id == Person.id)
        .where(Response.questionnaire_id == questionnaire_id, Response.state == ResponseState.SUBMITTED)
        .distinct()
    )
    found = (re.match(r"(\d{1,2})(?!\d)", place) for place in session.scalars(places))
    return sorted({int(one[1]) for one in found if one})
