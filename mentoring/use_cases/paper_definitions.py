"""The questions of a printed form: those of its version, with the people of the campaign to choose from."""

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.questions.definition import Definition
from mentoring.use_cases.paper_codes import PaperSubject
from mentoring.use_cases.questionnaire_versions import definition_of, latest_version
from storage.models.campaign import Campaign
from storage.models.questionnaire import QuestionnaireVersion


def definition_on_paper(session: Session, subject: PaperSubject, campaign: Campaign | None = None) -> Definition:
    """``campaign``: of the subject's recipient."""
    version = session.get(QuestionnaireVersion, subject.version_id)
    if version is None or version.published_at is None:
        raise NotFound("questionnaire")
    return definition_of(session, version.id, version.digest)


def published_definition(session: Session, key: str) -> Definition:
    version = latest_version(session, key)
    return definition_of(session, version.id, version.digest)
