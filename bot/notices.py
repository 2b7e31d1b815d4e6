"""A notice becomes a screen with the button that does the thing, so that nobody walks through a menu."""

from collections.abc import Callable
from typing import Any

from bot.screen import Screen
from bot.screens import news_of_meetings, news_of_pairs, news_of_people, news_of_plans, surveys
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.notices import NoticeToSend

Facts = dict[str, Any]


def render(notice: NoticeToSend) -> Screen:
    return RENDERERS[notice.kind](notice.facts)


RENDERERS: dict[NoticeKind, Callable[[Facts], Screen]] = {
    NoticeKind.GUARDIAN_CONSENT_ASKED: news_of_people.child_asked,
    NoticeKind.MINOR_GUARDIAN_CONSENTED: news_of_people.guardian_consented,
    NoticeKind.MINOR_GUARDIAN_REFUSED: news_of_people.guardian_refused,
    NoticeKind.PERSON_CONSENT_REMINDER: news_of_people.consent_reminder,
    NoticeKind.PERSON_PUBLICATION_ASKED: news_of_people.publication_asked,
    NoticeKind.MINOR_GUARDIAN_REMINDER: news_of_people.guardian_reminder,
    NoticeKind.PERSON_QUESTIONNAIRE_REMINDER: news_of_people.form_reminder,
    NoticeKind.PERSON_QUESTIONNAIRE_RETURNED: news_of_people.form_returned,
    NoticeKind.PERSON_APPROVED: news_of_people.approved,
    NoticeKind.PERSON_DECLINED: news_of_people.declined,
    NoticeKind.PERSON_CURATOR_WROTE: news_of_people.curator_wrote,
    NoticeKind.CURATOR_PERSON_WROTE: news_of_people.person_wrote,
    NoticeKind.CURATOR_CONSENT_REFUSED: news_of_people.consent_refused,
    NoticeKind.CURATOR_CONSENT_WITHDRAWN: news_of_people.consent_withdrawn,
    NoticeKind.CURATOR_DIGEST: news_of_people.digest,
    NoticeKind.MENTOR_PAIR_PROPOSED: news_of_pairs.proposed,
    NoticeKind.MENTEE_PAIR_PROPOSED: news_of_pairs.proposed,
    NoticeKind.PERSON_PROPOSAL_REMINDER: news_of_pairs.proposal_reminder,
    NoticeKind.PERSON_PROPOSAL_GONE: news_of_pairs.proposal_gone,
    NoticeKind.PERSON_PAIR_CONFIRMED: news_of_pairs.confirmed,
    NoticeKind.GUARDIAN_PAIR_CONFIRMED: news_of_pairs.child_paired,
    NoticeKind.PERSON_TRIAL_STARTED: news_of_pairs.trial_started,
    NoticeKind.GUARDIAN_TRIAL_STARTED: news_of_pairs.child_on_trial,
    NoticeKind.PERSON_PAIR_PARTED: news_of_pairs.parted,
    NoticeKind.PERSON_PAIR_FIXED: news_of_pairs.fixed,
    NoticeKind.PERSON_PAIR_PAUSED: news_of_pairs.paused,
    NoticeKind.PERSON_PAIR_RESUMED: news_of_pairs.resumed,
    NoticeKind.PERSON_PAIR_NOTICE_GIVEN: news_of_pairs.notice_given,
    NoticeKind.PERSON_PAIR_GOES_ON: news_of_pairs.goes_on,
    NoticeKind.PERSON_PAIR_SILENT: news_of_pairs.silent_for_long,
    NoticeKind.PERSON_PAIR_ENDED: news_of_pairs.ended,
    NoticeKind.PERSON_GROUP_JOINED: news_of_pairs.group_joined,
    NoticeKind.PERSON_GROUP_LEFT: news_of_pairs.group_left,
    NoticeKind.GUARDIAN_PAIR_CHANGED: news_of_pairs.child_changed,
    NoticeKind.CURATOR_PAIR_SILENT: news_of_pairs.pair_silent,
    NoticeKind.PERSON_PLAN_CHANGED: news_of_plans.changed,
    NoticeKind.PERSON_PLAN_APPROVED: news_of_plans.approved,
    NoticeKind.PERSON_PLAN_RETURNED: news_of_plans.returned,
    NoticeKind.PERSON_PLAN_REMINDER: news_of_plans.due,
    NoticeKind.PERSON_FIRST_MEETING_REMINDER: news_of_pairs.never_met,
    NoticeKind.PERSON_SILENCE_REMINDER: news_of_pairs.silent,
    NoticeKind.PERSON_MEETING_PLANNED: news_of_meetings.planned,
    NoticeKind.PERSON_MEETING_MOVED: news_of_meetings.moved,
    NoticeKind.PERSON_MEETING_CANCELLED: news_of_meetings.cancelled,
    NoticeKind.PERSON_MEETING_SUITS: news_of_meetings.suits,
    NoticeKind.PERSON_MEETING_OTHER_TIME: news_of_meetings.other_time,
    NoticeKind.PERSON_MEETING_TOMORROW: news_of_meetings.tomorrow,
    NoticeKind.PERSON_MEETING_SOON: news_of_meetings.soon,
    NoticeKind.PERSON_FEEDBACK_ASKED: news_of_meetings.feedback_asked,
    NoticeKind.PERSON_FEEDBACK_REMINDER: news_of_meetings.feedback_reminder,
    NoticeKind.PERSON_SURVEY_ASKED: surveys.asked,
    NoticeKind.PERSON_SURVEY_REMINDER: surveys.reminder,
    NoticeKind.CURATOR_CAMPAIGN_CLOSED: surveys.campaign_closed,
}
