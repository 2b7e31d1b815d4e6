"""A campaign of the school as rows, in the state a test needs."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from mentoring.rules.campaigns import Audience, CampaignState, RecipientState
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import Screenful
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.responses import Submitted, submit_response
from storage.models.campaign import AnonymousSheet, Campaign, CampaignRecipient
from storage.models.questionnaire import Questionnaire
from tests.use_cases.forms import filled_in
from tests.use_cases.school import NOW, TIMUR, School, days

LATER = NOW + timedelta(hours=1)
ANSWERS: dict[str, Any] = {"name": "Тимур", "likes": "theatre", "role": "Гамлета", "stage": "yes"}
"""To the club's questionnaire."""


def campaign(school: School, key: str = "club", **fields: Any) -> Campaign:
    questionnaire = school.session.scalars(select(Questionnaire).where(Questionnaire.key == key)).one()
    given = {"state": CampaignState.OPEN, "audience": {"audience": Audience.MENTEES}} | fields
    row = Campaign(
        organisation_id=school.organisation.id,
        programme_id=school.programme.id,
        questionnaire_id=questionnaire.id,
        title="Опрос",
        opens_at=NOW,
        closes_at=NOW + days(7),
        created_at=NOW,
        **given,
    )
    school.session.add(row)
    school.session.flush()
    return row


def asked(school: School, of: Campaign, person_id: int, **subject: int) -> CampaignRecipient:
    row = CampaignRecipient(
        organisation_id=school.organisation.id,
        campaign_id=of.id,
        person_id=person_id,
        subject=f"person:{person_id}",
        state=RecipientState.WAITING,
        asked_at=NOW,
        **subject,
    )
    school.session.add(row)
    school.session.flush()
    return row


def surveyed(school: School, recipient: CampaignRecipient) -> Screenful:
    return begin_survey(school.session, recipient.id, by=Actor.person(recipient.person_id), now=NOW)


def sheets(school: School) -> list[dict[str, Any]]:
    return list(school.session.scalars(select(AnonymousSheet.answers)))


def one(school: School, **fields: Any) -> CampaignRecipient:
    """Timur, asked in a campaign of his own."""
    timur = school.enrol(TIMUR, Role.MENTEE)
    return asked(school, campaign(school, **fields), timur.person_id, enrolment_id=timur.id)


def by(recipient: CampaignRecipient) -> Actor:
    return Actor.person(recipient.person_id)


def sent(school: School, recipient: CampaignRecipient) -> Submitted:
    screen = filled_in(school, surveyed(school, recipient), recipient.person_id, **ANSWERS)
    return submit_response(school.session, screen.response_id, by=by(recipient), now=LATER)
