"""The first tap on a questionnaire: who may begin it, about what, and what is known already."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState
from mentoring.rules.consents import ConsentKind, Giver, kinds_in_force
from mentoring.rules.errors import AnswerRefused, ConsentsMissing, MissingConsent, NotAllowed, NotFound, OutOfDate
from mentoring.rules.meetings import ensure_feedback_fits
from mentoring.rules.people import Actor, PersonKind
from mentoring.rules.questionnaire import ResponseState, Typed
from mentoring.rules.questions import path
from mentoring.rules.questions.definition import Definition, Value
from mentoring.rules.questions.kinds import KINDS
from mentoring.use_cases.audit import record
from mentoring.use_cases.drafts import ENDED, draft_of
from mentoring.use_cases.meeting_views import takes_part
from mentoring.use_cases.questionnaire_versions import definition_of
from storage.models.campaign import Campaign
from storage.models.meeting import Meeting
from storage.models.pair import PairMember
from storage.models.person import Enrolment, Guardianship, Person
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion, Response
from storage.queries.consents import consent_facts, missing_of
from storage.queries.drafts import put_answers


@dataclass(frozen=True, slots=True)
class About:
    """What a response is about. One person has one response to a questionnaire about the same thing."""

    enrolment_id: int | None = None
    meeting_id: int | None = None
    pair_id: int | None = None
    campaign_id: int | None = None


def response_about(session: Session, key: str, person_id: int, about: About) -> Response | None:
    return session.scalar(
        select(Response)
        .join(Response.questionnaire)
        .where(
            Questionnaire.key == key,
            Response.person_id == person_id,
            Response.enrolment_id.is_not_distinct_from(about.enrolment_id),
            Response.meeting_id.is_not_distinct_from(about.meeting_id),
            Response.pair_id.is_not_distinct_from(about.pair_id),
            Response.campaign_id.is_not_distinct_from(about.campaign_id),
        )
        .limit(1)
    )


def printed_version(session: Session, key: str, version_id: int) -> QuestionnaireVersion:
    """Any published version of the questionnaire, as it may lie before a curator on paper."""
    version = session.scalar(
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(
            Questionnaire.key == key,
            QuestionnaireVersion.id == version_id,
            QuestionnaireVersion.published_at.is_not(None),
        )
    )
    if version is None:
        raise NotFound("questionnaire")
    return version


def begun(
    session: Session, version: QuestionnaireVersion, person: Person, about: About, *, by: Actor, now: datetime
) -> Response:
    """Raises ConsentsMissing, NotFound for what is not the person's own, OutOfDate for what is over or was not."""
    definition = definition_of(session, version.id, version.digest)
    campaign = _campaign(session, about, by)
    _ensure_own(session, definition.key, person.id, about)
    _ensure_consents(session, definition, person, about)
    known = _known_answers(definition, person, now)
    response = Response(
        person_id=person.id,
        questionnaire_id=version.questionnaire_id,
        version_id=version.id,
        enrolment_id=about.enrolment_id,
        meeting_id=about.meeting_id,
        pair_id=about.pair_id,
        campaign_id=about.campaign_id,
        state=ResponseState.DRAFT,
        position=path.beginning(definition, known).position,
        door=by.door,
        entered_by_account_id=by.account_id,
        started_at=now,
        touched_at=now,
    )
    session.add(response)
    session.flush()
    put_answers(session, draft_of(session, response.id), known, now=now)
    if campaign is None or not campaign.anonymous:  # no trace ties a person to the time of an anonymous answer
        record(session, "response.started", response, by=by, now=now, key=definition.key)
    return response


def _campaign(session: Session, about: About, by: Actor) -> Campaign | None:
    """Answers on paper are entered after the end too."""
    if about.campaign_id is None:
        return None
    campaign = session.get(Campaign, about.campaign_id)
    if campaign is None:
        raise NotFound("campaign")
    if campaign.anonymous and by.person_id is None:
        raise NotAllowed("anonymous")
    late = campaign.state is CampaignState.CLOSED and by.account_id is not None
    if campaign.state is not CampaignState.OPEN and not late:
        raise OutOfDate("campaign", campaign.state)
    return campaign


def _ensure_own(session: Session, key: str, person_id: int, about: About) -> None:
    if about.enrolment_id is not None:
        _ensure_takes_part(session, person_id, about.enrolment_id)
    if about.pair_id is not None:
        _membership(session, person_id, about.pair_id, "pair")
    if about.meeting_id is not None:
        _ensure_was_there(session, key, person_id, about.meeting_id)


def _ensure_takes_part(session: Session, person_id: int, enrolment_id: int) -> None:
    """A guardian speaks about the part that their child takes."""
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None or not (
        enrolment.person_id == person_id or _is_guardian(session, person_id, enrolment.person_id)
    ):
        raise NotFound("enrolment")
    if enrolment.status in ENDED:
        raise OutOfDate("enrolment", enrolment.status)


def _is_guardian(session: Session, guardian_id: int, minor_id: int) -> bool:
    found = select(Guardianship.id).filter_by(guardian_id=guardian_id, minor_id=minor_id)
    return session.scalar(found) is not None


def _ensure_was_there(session: Session, key: str, person_id: int, meeting_id: int) -> None:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound("meeting")
    if not takes_part(_membership(session, person_id, meeting.pair_id, "meeting"), meeting.starts_at):
        raise NotFound("meeting")
    ensure_feedback_fits(key, meeting.state)


def _membership(session: Session, person_id: int, pair_id: int, noun: str) -> PairMember:
    member = session.scalar(select(PairMember).filter_by(person_id=person_id, pair_id=pair_id))
    if member is None or not member.was_in:
        raise NotFound(noun)
    return member


def _ensure_consents(session: Session, definition: Definition, person: Person, about: About) -> None:
    """Curators need none for their own work; a parent answers while a consent for their child stands."""
    if person.kind is PersonKind.CURATOR:
        return
    if definition.role == "guardian" or person.kind is PersonKind.PARENT:
        missing = _missing_for_children(session, person, about)
    else:
        missing = missing_of(person, consent_facts(session, (person.id,))[person.id])
    if missing:
        raise ConsentsMissing(missing)


def _missing_for_children(session: Session, guardian: Person, about: About) -> tuple[MissingConsent, ...]:
    """Of the child whom the questionnaire is about; else of the first, unless there is a consent for any."""
    query = select(Person).join(Guardianship, Guardianship.minor_id == Person.id).order_by(Guardianship.id)
    query = query.where(Guardianship.guardian_id == guardian.id, Person.erased_at.is_(None))
    if about.enrolment_id is not None:
        query = query.join(Enrolment, Enrolment.person_id == Person.id).where(Enrolment.id == about.enrolment_id)
    children = session.scalars(query).all()
    facts = consent_facts(session, [child.id for child in children])
    if any(ConsentKind.GUARDIAN in kinds_in_force(facts[child.id]) for child in children):
        return ()
    whose = children[0] if children else guardian
    return (MissingConsent(whose.id, whose.name.full, ConsentKind.GUARDIAN, Giver.GUARDIAN),)


def _known_answers(definition: Definition, person: Person, now: datetime) -> dict[str, Value]:
    """What the person's record says already, where it is a valid answer; looked over by the person on the way."""
    found: dict[str, Value] = {}
    for question in definition.questions:
        text = _recorded(person, question.fills)
        if not text:
            continue
        try:
            found[question.key] = KINDS[question.kind].read(question, Typed(text), None, now.date())
        except AnswerRefused:
            continue
    return found


def _recorded(person: Person, field: str) -> str:
    owner, _, name = field.partition(".")
    value = getattr(person, name) if owner == "person" else None
    return "" if value is None else str(value)
