"""What lies before a curator who types a sheet in: whose it is, about what, and its questions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.errors import NotFound
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES, QuestionView, ResponseState
from mentoring.rules.questions.definition import Definition, Question
from mentoring.rules.questions.screens import question_view
from mentoring.use_cases.beginnings import About, response_about
from mentoring.use_cases.meeting_views import own_feedback_key, takes_part
from mentoring.use_cases.paper_codes import PaperSubject
from mentoring.use_cases.paper_definitions import definition_on_paper
from mentoring.use_cases.questionnaire_versions import definition_of, latest_version
from storage.models.campaign import CampaignRecipient
from storage.models.meeting import Meeting
from storage.models.person import Enrolment, Person
from storage.models.questionnaire import Answer, Response


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """``asked_after`` names the question on which this one depends (empty: always asked); ``asked_if`` its answers."""

    number: int
    view: QuestionView
    section: str
    asked_after: str
    asked_if: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperForm:
    key: str
    title: str
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True, slots=True)
class PaperTask:
    """``answered``: it has been sent already, nothing can be typed in. ``begun``: answers that the person has given in
    the chat and not sent; the sheet takes their place (0 in an anonymous campaign: nobody looks).
    """

    subject: PaperSubject
    person_name: str
    place: str
    form: PaperForm
    campaign_id: int | None
    campaign_title: str
    anonymous: bool
    closed: bool
    meeting_at: datetime | None
    answered: bool
    response_id: int | None
    begun: int


def paper_form(session: Session, key: str) -> PaperForm:
    """Of the published questionnaire."""
    version = latest_version(session, key)
    return form_of(definition_of(session, version.id, version.digest))


def form_of(definition: Definition) -> PaperForm:
    """Every question, the conditional ones too."""
    questions = enumerate(definition.questions, 1)
    return PaperForm(definition.key, definition.title, tuple(_question(number, one) for number, one in questions))


def subject_of_enrolment(session: Session, enrolment_id: int) -> PaperSubject:
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None:
        raise NotFound("enrolment")
    version = latest_version(session, ENTRY_QUESTIONNAIRES[enrolment.role])
    return PaperSubject(enrolment.person_id, version.id, enrolment_id=enrolment.id)


def subject_of_meeting(session: Session, meeting_id: int, person_id: int) -> PaperSubject:
    meeting = session.get(Meeting, meeting_id)
    members = {one.person_id for one in meeting.pair.members if takes_part(one, meeting.starts_at)} if meeting else ()
    key = own_feedback_key(session, meeting, person_id) if meeting and person_id in members else None
    if key is None:
        raise NotFound("meeting")
    return PaperSubject(person_id, latest_version(session, key).id, meeting_id=meeting_id)


def subject_of_recipient(session: Session, recipient_id: int) -> PaperSubject:
    """Of the latest version: a sheet with a code knows its own."""
    asked = session.get(CampaignRecipient, recipient_id)
    if asked is None:
        raise NotFound("survey")
    version = latest_version(session, asked.campaign.questionnaire.key)
    return PaperSubject(asked.person_id, version.id, asked.enrolment_id, None, asked.pair_id, asked.id)


def paper_task(session: Session, subject: PaperSubject) -> PaperTask:
    person = session.get(Person, subject.person_id)
    if person is None or person.erased_at:
        raise NotFound("person")
    asked = session.get(CampaignRecipient, subject.recipient_id) if subject.recipient_id else None
    definition = definition_on_paper(session, subject)
    response = _response(session, definition.key, subject, asked)
    meeting = session.get(Meeting, subject.meeting_id) if subject.meeting_id else None
    anonymous = asked is not None and asked.campaign.anonymous
    return PaperTask(
        subject,
        person.name.full,
        person.place,
        form_of(definition),
        asked.campaign_id if asked else None,
        asked.campaign.title if asked else "",
        anonymous,
        asked is not None and asked.campaign.state is not CampaignState.OPEN,
        meeting.starts_at if meeting else None,
        _is_answered(asked, response),
        response.id if response and not anonymous else None,
        0 if anonymous or response is None else _answers(session, response.id),
    )


def _question(number: int, question: Question) -> PaperQuestion:
    condition, view = question.show_if, question_view(question, {})
    after, wanted = (condition.question, tuple(sorted(condition.any_of))) if condition else ("", ())
    return PaperQuestion(number, view, question.section, after, wanted)


def _response(session: Session, key: str, subject: PaperSubject, asked: CampaignRecipient | None) -> Response | None:
    campaign_id = asked.campaign_id if asked else None
    about = About(subject.enrolment_id, subject.meeting_id, subject.pair_id, campaign_id)
    return response_about(session, key, subject.person_id, about)


def _is_answered(asked: CampaignRecipient | None, response: Response | None) -> bool:
    """A response that the curator has returned waits for answers again."""
    if response is not None:
        return response.state is ResponseState.SUBMITTED
    return asked is not None and asked.state is RecipientState.ANSWERED


def _answers(session: Session, response_id: int) -> int:
    return session.scalar(select(func.count()).where(Answer.response_id == response_id)) or 0
