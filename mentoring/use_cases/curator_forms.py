"""The curator's own questionnaires, filled in on one page of the panel: the grid of quality, the SWOT."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.errors import AnswerRefused, NotFound
from mentoring.rules.people import Actor, Door
from mentoring.rules.questionnaire import Problem, ResponseState
from mentoring.rules.questions.definition import Definition, Value
from mentoring.rules.questions.kinds import in_words
from mentoring.rules.questions.paper import PaperSheet, read_sheet
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.beginnings import About, begun
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.curator_people import person_of_account
from mentoring.use_cases.drafts import definition_for, draft_of, ensure_open, own_draft
from mentoring.use_cases.paper import make_phones_real, replace_answers
from mentoring.use_cases.paper_tasks import PaperForm, form_of
from mentoring.use_cases.questionnaire_versions import definition_of, latest_version
from mentoring.use_cases.responses import submit_response
from mentoring.use_cases.swot import swot_draft
from storage.models.account import CuratorAccount
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.person import Person
from storage.models.questionnaire import Questionnaire, Response
from storage.queries.drafts import change_response
from storage.queries.people import current_programme

OF_CURATOR = "curator"
SWOT = "swot"


@dataclass(frozen=True, slots=True)
class CuratorForm:
    """``answers`` as they are typed, by question. ``drafted``: filled in from what people said, nobody has looked yet.

    ``campaign_title``: of the open campaign that asks for it, empty when the curator fills it in by themselves.
    """

    form: PaperForm
    intro: str
    minutes: int
    answers: dict[str, list[str]]
    begun: bool
    drafted: bool
    campaign_title: str
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class FormSaved:
    """``refusals`` by question: all the rest is kept, and nothing is sent while there are any."""

    response_id: int | None
    refusals: dict[str, AnswerRefused]
    sent: bool


def curator_form(session: Session, key: str, *, account_id: int, now: datetime) -> CuratorForm:
    account = session.get(CuratorAccount, account_id)
    person_id = account.person_id if account else None
    asked = _asked(session, key, person_id)
    unsent = _unsent(session, key, person_id, asked)
    definition = definition_for(session, draft_of(session, unsent.id)) if unsent else _published(session, key)
    known = {answer.key: answer.value for answer in unsent.answers} if unsent else {}
    suggested = {} if unsent else _suggested(session, definition, now)
    return CuratorForm(
        form_of(definition),
        definition.intro,
        definition.minutes,
        {**suggested, **_typed(definition, known)},
        begun=unsent is not None,
        drafted=bool(suggested),
        campaign_title=asked.campaign.title if asked else "",
        closes_at=asked.campaign.closes_at if asked else None,
    )


def save_curator_form(
    session: Session, key: str, answers: PaperSheet, *, send: bool, by: Actor, now: datetime
) -> FormSaved:
    """Keeps all that can be kept, and sends when asked to and nothing is wrong; a missing answer stops only sending."""
    person = person_of_account(session, require_curator(session, by), now=now)
    own = Actor(Door.PANEL, person_id=person.id, account_id=by.account_id)
    draft = own_draft(session, _opened(session, key, person, own, now), own)
    ensure_open(draft)
    definition = definition_for(session, draft)
    read, refusals = read_sheet(definition, answers, now.date())
    refusals |= make_phones_real(definition, read)
    replace_answers(session, draft, {name: value for name, value in read.items() if name not in refusals}, now=now)
    change_response(session, draft, door=by.door, touched_at=now)
    if not send:
        refusals = {name: one for name, one in refusals.items() if one.problem != Problem.REQUIRED}
    if send and not refusals:
        submit_response(session, draft.response_id, by=own, now=now)
    return FormSaved(None if draft.anonymous else draft.response_id, refusals, sent=send and not refusals)


def _opened(session: Session, key: str, person: Person, own: Actor, now: datetime) -> int:
    """What an open campaign asks for, or what was begun or given back, or a new one: the grid is filled in each
    half-year."""
    asked = _asked(session, key, person.id)
    if asked is not None:
        return begin_survey(session, asked.id, by=own, now=now).response_id
    unsent = _unsent(session, key, person.id, None)
    if unsent is None:
        version = latest_version(session, key)
        _ensure_curators(definition_of(session, version.id, version.digest))
        unsent = begun(session, version, person, About(), by=own, now=now)
    return unsent.id


def _asked(session: Session, key: str, person_id: int | None) -> CampaignRecipient | None:
    return session.scalar(
        select(CampaignRecipient)
        .join(CampaignRecipient.campaign)
        .join(Campaign.questionnaire)
        .where(
            CampaignRecipient.person_id == person_id,
            CampaignRecipient.state == RecipientState.WAITING,
            Campaign.state == CampaignState.OPEN,
            Questionnaire.key == key,
        )
        .order_by(Campaign.closes_at, CampaignRecipient.id)
        .limit(1)
    )


def _unsent(session: Session, key: str, person_id: int | None, asked: CampaignRecipient | None) -> Response | None:
    """Of the campaign that asks; else one of their own, or one that was given back for correction."""
    found = (
        select(Response)
        .join(Response.questionnaire)
        .where(Response.person_id == person_id, Questionnaire.key == key, Response.state != ResponseState.SUBMITTED)
    )
    if asked is not None:
        return session.scalar(found.where(Response.id == asked.response_id))
    open_to_all = Response.campaign_id.is_(None) | (Response.state == ResponseState.RETURNED)
    return session.scalar(found.where(open_to_all).order_by(Response.id.desc()).limit(1))


def _published(session: Session, key: str) -> Definition:
    version = latest_version(session, key)
    return _ensure_curators(definition_of(session, version.id, version.digest))


def _ensure_curators(definition: Definition) -> Definition:
    if definition.role != OF_CURATOR:
        raise NotFound("questionnaire")
    return definition


def _suggested(session: Session, definition: Definition, now: datetime) -> dict[str, list[str]]:
    """For the SWOT: lists from the answers of this year's programme, each line with its source."""
    programme = current_programme(session)
    if definition.use != SWOT or programme is None:
        return {}
    since = datetime.combine(programme.starts_on, time(), UTC)
    draft = swot_draft(session, programme.id, since, now, now)
    return {key: [text] for key, text in draft.items() if text and definition.question(key)}


def _typed(definition: Definition, answers: Mapping[str, Value]) -> dict[str, list[str]]:
    """Answers as the fields of the page show them: options by value, dates and numbers as they are written."""
    found = {}
    for question in definition.questions:
        value = answers.get(question.key)
        if value is None:
            continue
        if isinstance(value, list):
            found[question.key] = value
        elif isinstance(value, bool):
            found[question.key] = ["yes" if value else "no"]
        else:
            found[question.key] = [in_words(question, value) if question.kind == "date" else str(value)]
    return found
