"""What a notice says: looked up when it is claimed, as its reader may see it; nothing when it has lost its sense.

Every notice has ``name`` (how to address the reader), ``organisation`` (short), ``zone``, ``curator_name`` and
``curator_contact``. Beside these, by kind:

- guardian_consent_asked: minor_id, minor_name (first name, may be empty)
- minor_guardian_consented, minor_guardian_refused: guardian_name (may be empty); enrolment_id, role if the form opens
- person_publication_asked: as person_consent_reminder
- person_consent_reminder: whose_id, whose_name (empty: the reader's own), consent (`ConsentKind`), own (bool)
- minor_guardian_reminder: linked (bool: a guardian has opened the link)
- person_questionnaire_reminder: enrolment_id, role, response_id (0: not begun), answered
- person_questionnaire_returned, person_approved, person_declined: enrolment_id, role, remark
- mentor_pair_proposed, mentee_pair_proposed, person_proposal_reminder: proposal (`ProposalView`)
- person_proposal_gone: pair_id, role
- person_trial_started, person_pair_resumed, person_pair_goes_on: pair (`PairView`)
- person_pair_confirmed: pair, coming (`NextMeeting` or None), newcomer, after_trial
- person_pair_fixed: pair, number, dated_on (of the order)
- person_pair_paused: pair, cancelled (how many meetings)
- person_pair_notice_given: pair, by_worker
- person_group_joined, person_group_left: pair, who (`PersonSeen`; None: the reader does not know them)
- person_plan_changed: mine (`MyPlan`), reported; person_plan_approved, person_plan_returned: mine
- person_plan_reminder: plans (of `DuePlan`), today
- person_first_meeting_reminder, person_silence_reminder: pair, days; person_pair_silent also ends_on
- person_pair_parted: pair_id, role, others (of `PersonSeen`)
- person_pair_ended: pair_id, role, others, reason (`EndReason`), left, completed
- guardian_trial_started, guardian_pair_confirmed, guardian_pair_changed: minor_id, minor_name, minor_role, others,
  fellows; guardian_pair_confirmed also after_trial, guardian_pair_changed also change, paused_until
- person_meeting_…, person_feedback_…: meeting (`MeetingView`); person_meeting_moved also before (the time given up),
  person_meeting_suits and person_meeting_other_time also who (a name, or empty)
- person_curator_wrote: letter_id, author, text
- curator_person_wrote: letter_id, person_id, person_name, place, text
- curator_consent_refused, curator_consent_withdrawn: person_id, person_name, by_name, consent (`ConsentKind`)
- curator_digest: today (`Today`)
- person_survey_asked, person_survey_reminder: surveys (all `SurveyWaiting` of the reader, the new ones
  or the most urgent first), survey (the first of them)
- curator_campaign_closed: campaign_id, title, answered, asked
- curator_pair_silent: pair_id, mentor_name, mentee_names, days
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.people import called
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases import campaign_surveys, meeting_facts, pair_facts, people_facts, plan_facts
from mentoring.use_cases.results import today
from storage.models.organisation import Organisation
from storage.models.person import Person
from storage.queries.notices import DueNotice
from storage.queries.people import leading_curator_name
from storage.scope import fenced

Facts = dict[str, Any]
Look = Callable[[Session, Person, Any, datetime], Facts | None]


def facts_of(session: Session, due: Iterable[DueNotice], *, now: datetime) -> dict[int, Facts]:
    """By notice. One is missing when the person has done it already, or it is about nothing any more."""
    found: dict[int, Facts] = {}
    for organisation_id, theirs in groupby(sorted(due, key=_organisation), key=_organisation):
        with fenced(session, organisation_id):
            found |= _facts_within(session, list(theirs), now)
    return found


def _organisation(notice: DueNotice) -> int:
    return notice.organisation_id


def _facts_within(session: Session, notices: list[DueNotice], now: datetime) -> dict[int, Facts]:
    common = _letterhead(session, notices[0].organisation_id)
    readers = {reader.id: reader for reader in session.scalars(_people(notice.person_id for notice in notices))}
    found = {}
    for notice in notices:
        reader = readers.get(notice.person_id)
        facts = _look(session, notice, reader, now) if reader else None
        if reader and facts is not None:
            name = called(reader.name, reader.kind, reader.age_group)
            found[notice.notice_id] = {"name": name, **common, **facts}
    return found


def _letterhead(session: Session, organisation_id: int) -> Facts:
    organisation = session.get_one(Organisation, organisation_id)
    return {
        "organisation": organisation.short_name,
        "zone": organisation.time_zone,
        "curator_name": leading_curator_name(session),
        "curator_contact": organisation.contact,
    }


def _people(person_ids: Iterable[int]) -> Select[Person]:
    return select(Person).where(Person.id.in_(set(person_ids)), Person.erased_at.is_(None))


def _look(session: Session, notice: DueNotice, reader: Person, now: datetime) -> Facts | None:
    try:
        return LOOKS[notice.kind](session, reader, notice.payload, now)
    except NotFound:
        return None


def _digest(session: Session, reader: Person, payload: Any, now: datetime) -> Facts:
    return {"today": today(session, now=now)}


LOOKS: dict[NoticeKind, Look] = {
    NoticeKind.GUARDIAN_CONSENT_ASKED: people_facts.consent_asked,
    NoticeKind.MINOR_GUARDIAN_CONSENTED: people_facts.guardian_decided,
    NoticeKind.MINOR_GUARDIAN_REFUSED: people_facts.guardian_decided,
    NoticeKind.PERSON_CONSENT_REMINDER: people_facts.consent_missing,
    NoticeKind.PERSON_PUBLICATION_ASKED: people_facts.publication_asked,
    NoticeKind.MINOR_GUARDIAN_REMINDER: people_facts.guardian_awaited,
    NoticeKind.PERSON_QUESTIONNAIRE_REMINDER: people_facts.questionnaire_open,
    NoticeKind.PERSON_QUESTIONNAIRE_RETURNED: people_facts.returned,
    NoticeKind.PERSON_APPROVED: people_facts.approved,
    NoticeKind.PERSON_DECLINED: people_facts.declined,
    NoticeKind.MENTOR_PAIR_PROPOSED: pair_facts.proposed,
    NoticeKind.MENTEE_PAIR_PROPOSED: pair_facts.proposed,
    NoticeKind.PERSON_PROPOSAL_REMINDER: pair_facts.proposed,
    NoticeKind.PERSON_PROPOSAL_GONE: pair_facts.gone,
    NoticeKind.PERSON_PAIR_CONFIRMED: pair_facts.confirmed,
    NoticeKind.GUARDIAN_PAIR_CONFIRMED: pair_facts.confirmed_to_guardian,
    NoticeKind.PERSON_TRIAL_STARTED: pair_facts.trial_started,
    NoticeKind.GUARDIAN_TRIAL_STARTED: pair_facts.trial_started_to_guardian,
    NoticeKind.PERSON_PAIR_PARTED: pair_facts.parted,
    NoticeKind.PERSON_PAIR_FIXED: pair_facts.fixed,
    NoticeKind.PERSON_PAIR_PAUSED: pair_facts.paused,
    NoticeKind.PERSON_PAIR_RESUMED: pair_facts.resumed,
    NoticeKind.PERSON_PAIR_NOTICE_GIVEN: pair_facts.notice_given,
    NoticeKind.PERSON_PAIR_GOES_ON: pair_facts.goes_on,
    NoticeKind.PERSON_PAIR_SILENT: pair_facts.silent_for_long,
    NoticeKind.PERSON_PAIR_ENDED: pair_facts.ended,
    NoticeKind.PERSON_GROUP_JOINED: pair_facts.group_changed,
    NoticeKind.PERSON_GROUP_LEFT: pair_facts.group_changed,
    NoticeKind.GUARDIAN_PAIR_CHANGED: pair_facts.changed_to_guardian,
    NoticeKind.CURATOR_PAIR_SILENT: pair_facts.silent_to_curator,
    NoticeKind.PERSON_PLAN_CHANGED: plan_facts.changed,
    NoticeKind.PERSON_PLAN_APPROVED: plan_facts.approved,
    NoticeKind.PERSON_PLAN_RETURNED: plan_facts.returned,
    NoticeKind.PERSON_PLAN_REMINDER: plan_facts.due,
    NoticeKind.PERSON_FIRST_MEETING_REMINDER: pair_facts.never_met,
    NoticeKind.PERSON_SILENCE_REMINDER: pair_facts.silent,
    NoticeKind.PERSON_MEETING_PLANNED: meeting_facts.as_planned,
    NoticeKind.PERSON_MEETING_MOVED: meeting_facts.moved,
    NoticeKind.PERSON_MEETING_CANCELLED: meeting_facts.cancelled,
    NoticeKind.PERSON_MEETING_SUITS: meeting_facts.suits,
    NoticeKind.PERSON_MEETING_OTHER_TIME: meeting_facts.other_time,
    NoticeKind.PERSON_MEETING_TOMORROW: meeting_facts.as_planned,
    NoticeKind.PERSON_MEETING_SOON: meeting_facts.as_planned,
    NoticeKind.PERSON_FEEDBACK_ASKED: meeting_facts.feedback_owed,
    NoticeKind.PERSON_FEEDBACK_REMINDER: meeting_facts.feedback_owed,
    NoticeKind.PERSON_SURVEY_ASKED: campaign_surveys.asked_of,
    NoticeKind.PERSON_SURVEY_REMINDER: campaign_surveys.still_waiting,
    NoticeKind.PERSON_CURATOR_WROTE: people_facts.curators_letter,
    NoticeKind.CURATOR_PERSON_WROTE: people_facts.persons_letter,
    NoticeKind.CURATOR_CONSENT_REFUSED: people_facts.consent_against,
    NoticeKind.CURATOR_CONSENT_WITHDRAWN: people_facts.consent_against,
    NoticeKind.CURATOR_CAMPAIGN_CLOSED: campaign_surveys.campaign_closed,
    NoticeKind.CURATOR_DIGEST: _digest,
}
