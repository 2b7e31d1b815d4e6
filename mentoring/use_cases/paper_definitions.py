"""The questions of a printed form: those of its version, with the people of the campaign to choose from."""

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.questions.definition import Definition
from mentoring.use_cases.paper_codes import PaperSubject
from mentoring.use_cases.person_choices import with_people
from mentoring.use_cases.questionnaire_versions import definition_of, latest_version
from storage.models.campaign import CampaignRecipient
from storage.models.questionnaire import QuestionnaireVersion


def definition_on_paper(session: Session, subject: PaperSubject) -> Definition:
    version = session.get(QuestionnaireVersion, subject.version_id)
    if version is None or version.published_at is None:
        raise NotFound("questionnaire")
    asked = session.get(CampaignRecipient, subject.recipient_id) if subject.recipient_id else None
    definition = definition_of(session, version.id, version.digest)
    return with_people(
        session, definition, person_id=subject.person_id, campaign_id=asked.campaign_id if asked else None
    )


def published_definition(session: Session, key: str) -> Definition:
    """For a blank: nobody's names stand on it."""
    version = latest_version(session, key)
    return definition_of(session, version.id, version.digest)
