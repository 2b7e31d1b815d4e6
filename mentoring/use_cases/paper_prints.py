"""Forms to be printed: for one person, a meeting, or all who have not answered a campaign."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.campaigns import RecipientState
from mentoring.rules.errors import NotFound
from mentoring.rules.meetings import MeetingKind
from mentoring.rules.paper_codes import shown_code
from mentoring.rules.people import Actor, Role, called
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES
from mentoring.rules.questions.definition import Definition
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.meeting_views import own_feedback_key, takes_part
from mentoring.use_cases.paper_codes import PaperSubject, issue_codes
from mentoring.use_cases.paper_definitions import definition_on_paper
from mentoring.use_cases.questionnaire_versions import latest_version
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person
from storage.queries.pairs import was_in


@dataclass(frozen=True, slots=True)
class FormToPrint:
    """``who``: a first name and the letter of a surname, all that a sheet on a desk needs. ``others`` likewise: the
    pair that it is about; ``child``: whom a parent is asked about.
    """

    definition: Definition
    code: str  # as it is shown
    who: str
    place: str
    others: tuple[str, ...] = ()
    child: str = ""
    meeting_kind: MeetingKind | None = None
    meeting_at: datetime | None = None
    closes_at: datetime | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class CampaignPaper:
    """What printing a campaign gives: so many forms, for those who have not answered."""

    campaign_id: int
    title: str
    forms: int
    anonymous: bool


def campaign_paper(session: Session, campaign_id: int) -> CampaignPaper:
    campaign = _campaign(session, campaign_id)
    silent = select(func.count()).select_from(_silent(campaign_id).subquery())
    return CampaignPaper(campaign.id, campaign.title, session.scalar(silent) or 0, campaign.anonymous)


def print_campaign(session: Session, campaign_id: int, *, by: Actor, now: datetime) -> tuple[FormToPrint, ...]:
    """Class by class, as they are handed out."""
    require_curator(session, by)
    campaign = _campaign(session, campaign_id)
    asked = session.scalars(_silent(campaign_id).order_by(Person.place, Person.search_text, Person.id)).all()
    record(session, "forms.printed", campaign, by=by, now=now, count=len(asked))
    return _of_recipients(session, campaign, asked, now)


def print_recipient(session: Session, recipient_id: int, *, by: Actor, now: datetime) -> tuple[FormToPrint, ...]:
    require_curator(session, by)
    asked = session.get(CampaignRecipient, recipient_id)
    if asked is None or asked.person.erased_at:
        raise NotFound("survey")
    return _of_recipients(session, _campaign(session, asked.campaign_id), [asked], now)


def print_entry(session: Session, enrolment_id: int, *, by: Actor, now: datetime) -> tuple[FormToPrint, ...]:
    """The questionnaire by which this person comes into the programme."""
    require_curator(session, by)
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None or enrolment.person.erased_at:
        raise NotFound("enrolment")
    version = latest_version(session, ENTRY_QUESTIONNAIRES[enrolment.role])
    subject = PaperSubject(enrolment.person_id, version.id, enrolment_id=enrolment.id)
    (code,) = issue_codes(session, [subject], now=now)
    definition = definition_on_paper(session, subject)
    return (FormToPrint(definition, shown_code(code), _short(enrolment.person), enrolment.person.place),)


def meeting_paper(session: Session, meeting_id: int) -> tuple[tuple[int, str], ...]:
    """Id and full name of those of the pair who have not told how the meeting went."""
    meeting = _meeting(session, meeting_id)
    return tuple((person.id, person.name.full) for person, _ in _untold(session, meeting))


def print_meeting(session: Session, meeting_id: int, *, by: Actor, now: datetime) -> tuple[FormToPrint, ...]:
    """A form of feedback for each of the pair who has not told yet."""
    require_curator(session, by)
    meeting = _meeting(session, meeting_id)
    people = _who_met(session, meeting)
    asked = [(person, latest_version(session, key).id) for person, key in _untold(session, meeting)]
    subjects = [PaperSubject(person.id, version_id, meeting_id=meeting.id) for person, version_id in asked]
    codes = issue_codes(session, subjects, now=now)
    return tuple(
        FormToPrint(
            definition_on_paper(session, subject),
            shown_code(code),
            _short(person),
            person.place,
            tuple(map(_short, people)),
            meeting_kind=meeting.kind,
            meeting_at=meeting.starts_at,
        )
        for (person, _), subject, code in zip(asked, subjects, codes, strict=True)
    )


def _meeting(session: Session, meeting_id: int) -> Meeting:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound("meeting")
    return meeting


def _untold(session: Session, meeting: Meeting) -> Iterator[tuple[Person, str]]:
    """With the key of the feedback that is theirs to give."""
    for person in _who_met(session, meeting):
        key = own_feedback_key(session, meeting, person.id)
        if key and not person.erased_at:
            yield person, key


def _who_met(session: Session, meeting: Meeting) -> list[Person]:
    """The mentor first; of a group, who was in it at the time."""
    members = sorted(meeting.pair.members, key=lambda one: (one.role is not Role.MENTOR, one.id))
    return [one.person for one in members if takes_part(one, meeting.starts_at)]


def _campaign(session: Session, campaign_id: int) -> Campaign:
    campaign = session.get(Campaign, campaign_id, options=(joinedload(Campaign.questionnaire),))
    if campaign is None:
        raise NotFound("campaign")
    return campaign


def _silent(campaign_id: int) -> Select[CampaignRecipient]:
    return (
        select(CampaignRecipient)
        .join(CampaignRecipient.person)
        .options(joinedload(CampaignRecipient.person))
        .where(
            CampaignRecipient.campaign_id == campaign_id,
            CampaignRecipient.state == RecipientState.WAITING,
            Person.erased_at.is_(None),
        )
    )


def _of_recipients(
    session: Session, campaign: Campaign, asked: Sequence[CampaignRecipient], now: datetime
) -> tuple[FormToPrint, ...]:
    version = latest_version(session, campaign.questionnaire.key)
    subjects = [_subject(one, version.id) for one in asked]
    codes = issue_codes(session, subjects, now=now)
    pairs = _members(session, {one.pair_id for one in asked if one.pair_id})
    children = _children(session, asked)
    return tuple(
        FormToPrint(
            definition_on_paper(session, subject),
            shown_code(code),
            _short(one.person),
            one.person.place,
            tuple(_short(person) for person in pairs.get(one.pair_id or 0, ())),
            children.get(one.id, ""),
            closes_at=campaign.closes_at,
            anonymous=campaign.anonymous,
        )
        for one, subject, code in zip(asked, subjects, codes, strict=True)
    )


def _subject(asked: CampaignRecipient, version_id: int) -> PaperSubject:
    return PaperSubject(asked.person_id, version_id, asked.enrolment_id, None, asked.pair_id, recipient_id=asked.id)


def _children(session: Session, asked: Iterable[CampaignRecipient]) -> dict[int, str]:
    """By recipient: whose part in the programme somebody else is asked about."""
    parts = {one.enrolment_id: one for one in asked if one.enrolment_id}
    rows = session.scalars(
        select(Enrolment).options(joinedload(Enrolment.person)).where(Enrolment.id.in_(tuple(parts)))
    )
    return {parts[row.id].id: _short(row.person) for row in rows if parts[row.id].person_id != row.person_id}


def _members(session: Session, pairs: Iterable[int]) -> dict[int, list[Person]]:
    """By pair, the mentor first."""
    members = session.scalars(
        select(PairMember)
        .join(Pair, Pair.id == PairMember.pair_id)
        .options(joinedload(PairMember.person))
        .where(PairMember.pair_id.in_(tuple(pairs)), was_in())
        .order_by(PairMember.role.desc(), PairMember.id)
    )
    found: dict[int, list[Person]] = {}
    for member in members:
        found.setdefault(member.pair_id, []).append(member.person)
    return found


def _short(person: Person) -> str:
    """«Мила К.», «Анна Сергеевна Л.»."""
    name = called(person.name, person.kind, person.age_group)
    letter = f" {person.last_name[:1]}." if person.last_name and name != person.last_name else ""
    return f"{name}{letter}"
