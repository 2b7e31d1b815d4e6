"""People answer a survey of twenty questions of the library at once: scales, yes and no, the last three typed."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.callbacks import PickOption
from config.library import questionnaire_definitions
from mentoring.rules.campaigns import Audience, AudienceFilter, CampaignState, RecipientState
from mentoring.use_cases.questionnaire_versions import publish_questionnaire
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.organisation import Programme
from storage.models.questionnaire import Response
from storage.scope import set_organisation
from tests.bench.school import NOW, SYSTEM, Pupil, School
from tests.bench.telegram import Played, Telegram

KEY = "survey_student_pupil_mentor_after"
QUESTIONS, TYPED = 20, 3
PAUSE = 2.0  # seconds that a quick reader takes for a question: the whole survey in less than a minute


@dataclass(frozen=True, slots=True)
class Survey:
    """``first``: chat → the press that answers its first question."""

    first: dict[int, str]


async def answer_in_a_crowd(telegram: Telegram, survey: Survey) -> Played:
    """Each in their own time, to the review."""
    return await telegram.play(survey.first, QUESTIONS, PAUSE)


async def answer_without_a_breath(telegram: Telegram, survey: Survey) -> Played:
    """As machines would: the next press the moment the screen is there. Without the typed ones, for of new messages
    Telegram takes but thirty a second."""
    return await telegram.play(survey.first, QUESTIONS - TYPED)


def open_survey(session: Session, school: School, pupils: tuple[Pupil, ...]) -> Survey:
    """A campaign under way, in which these have opened the first question."""
    set_organisation(session, school.organisation_id)
    definition = questionnaire_definitions()[KEY]
    assert len(definition["question"]) == QUESTIONS
    published = publish_questionnaire(session, definition, by=SYSTEM, now=NOW)
    campaign = Campaign(
        programme_id=session.scalars(select(Programme.id)).one(),
        questionnaire_id=published.questionnaire_id,
        title="Опрос ноября",
        audience=AudienceFilter(Audience.MENTORS).to_stored(),
        state=CampaignState.OPEN,
        opens_at=NOW,
        closes_at=NOW + timedelta(days=5),
        created_at=NOW,
    )
    session.add(campaign)
    session.flush()
    key = definition["question"][0]["key"]
    return Survey({pupil.chat_id: _opened(session, campaign, published.version_id, pupil, key) for pupil in pupils})


def _opened(session: Session, campaign: Campaign, version_id: int, pupil: Pupil, key: str) -> str:
    response = Response(
        person_id=pupil.person_id,
        questionnaire_id=campaign.questionnaire_id,
        version_id=version_id,
        campaign_id=campaign.id,
        state="draft",
        position=key,
        started_at=NOW,
        touched_at=NOW,
    )
    session.add(response)
    session.flush()
    session.add(
        CampaignRecipient(
            campaign_id=campaign.id,
            person_id=pupil.person_id,
            subject=f"person:{pupil.person_id}",
            state=RecipientState.WAITING,
            response_id=response.id,
            asked_at=NOW,
        )
    )
    return PickOption(response_id=response.id, question=key, option="7").pack()
