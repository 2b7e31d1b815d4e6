"""Campaigns that run: started as a curator does, followed as the clock does, answered as people do."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from mentoring.rules.campaigns import Audience, AudienceFilter, CampaignState, RecipientState
from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import Picked, Skipped
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.campaigns import create_campaign, follow_campaigns
from mentoring.use_cases.notices import NoticeToSend, claim_notices, mark_sent
from mentoring.use_cases.questionnaires import answer_question
from mentoring.use_cases.reminders import plan_reminders
from mentoring.use_cases.responses import submit_response
from storage.models.campaign import Campaign, CampaignRecipient
from storage.scope import set_organisation
from tests.use_cases.school import NOW, School, days

MENTORS, MENTEES = AudienceFilter(Audience.MENTORS), AudienceFilter(Audience.MENTEES)
WEEK = NOW + days(7)


def start(school: School, key: str = "pulse_mentor", audience: AudienceFilter = MENTORS, **fields: Any) -> int:
    said: dict[str, Any] = {
        "programme_id": school.programme.id,
        "title": "Короткий опрос",
        "opens_at": NOW,
        "closes_at": WEEK,
        "by": school.curator,
        "now": NOW,
    }
    return create_campaign(school.session, key, audience=audience, **said | fields).campaign_id


def recipients(school: School, campaign_id: int) -> dict[int, RecipientState]:
    rows = school.session.scalars(
        select(CampaignRecipient).filter_by(campaign_id=campaign_id).execution_options(populate_existing=True)
    )
    return {row.person_id: row.state for row in rows}


def recipient(school: School, person_id: int, campaign_id: int | None = None) -> CampaignRecipient:
    found = select(CampaignRecipient).filter_by(person_id=person_id).order_by(CampaignRecipient.id)
    return school.session.scalars(found.filter_by(campaign_id=campaign_id) if campaign_id else found).first()  # type: ignore[return-value]


def state(school: School, campaign_id: int) -> CampaignState:
    return school.session.get_one(Campaign, campaign_id, populate_existing=True).state


def follow(school: School, now: datetime) -> None:
    organisation_id = school.session.info.pop("organisation_id")
    follow_campaigns(school.session, now=now)
    set_organisation(school.session, organisation_id)


def send(school: School, now: datetime) -> list[NoticeToSend]:
    """All that is due now, told to everybody."""
    organisation_id = school.session.info.pop("organisation_id")
    claimed = claim_notices(school.session, limit=100, now=now)
    for notice in claimed:
        mark_sent(school.session, notice.notice_id, 1, now=now)
    set_organisation(school.session, organisation_id)
    return list(claimed)


def tick(school: School, now: datetime) -> list[NoticeToSend]:
    """One round of the clock's jobs."""
    organisation_id = school.session.info.pop("organisation_id")
    follow_campaigns(school.session, now=now)
    plan_reminders(school.session, now=now)
    set_organisation(school.session, organisation_id)
    return [notice for notice in send(school, now) if "SURVEY" in notice.kind.name or "CAMPAIGN" in notice.kind.name]


def answer(school: School, recipient_id: int, *, now: datetime) -> None:
    person_id = school.session.get_one(CampaignRecipient, recipient_id).person_id
    by = Actor.person(person_id)
    response_id = begin_survey(school.session, recipient_id, by=by, now=now).response_id
    for key, raw in (("comfort", Picked("7")), ("words", Skipped()), ("go_on", Picked("yes"))):
        answer_question(school.session, response_id, key, raw, by=by, now=now)
    submit_response(school.session, response_id, by=by, now=now)
