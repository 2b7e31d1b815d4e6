"""Notices: their kinds, when they may reach a person, and when they have lost their sense."""

from enum import StrEnum


class NoticeState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"  # permanently: blocked, deleted account, or too many attempts
    EXPIRED = "expired"  # too late to be of use
    NEEDLESS = "needless"  # the person had done it already


class NoticeKind(StrEnum):
    """Recipient, thing, change."""

    GUARDIAN_CONSENT_ASKED = "guardian_consent_asked"
    MINOR_GUARDIAN_CONSENTED = "minor_guardian_consented"
    MINOR_GUARDIAN_REFUSED = "minor_guardian_refused"
    PERSON_CONSENT_REMINDER = "person_consent_reminder"
    MINOR_GUARDIAN_REMINDER = "minor_guardian_reminder"
    PERSON_QUESTIONNAIRE_REMINDER = "person_questionnaire_reminder"
    PERSON_QUESTIONNAIRE_RETURNED = "person_questionnaire_returned"
    PERSON_APPROVED = "person_approved"
    PERSON_DECLINED = "person_declined"
    MENTOR_PAIR_PROPOSED = "mentor_pair_proposed"
    MENTEE_PAIR_PROPOSED = "mentee_pair_proposed"
    PERSON_PROPOSAL_REMINDER = "person_proposal_reminder"
    PERSON_PROPOSAL_GONE = "person_proposal_gone"
    PERSON_PAIR_CONFIRMED = "person_pair_confirmed"
    GUARDIAN_PAIR_CONFIRMED = "guardian_pair_confirmed"
    PERSON_PAIR_ENDED = "person_pair_ended"
    PERSON_FIRST_MEETING_REMINDER = "person_first_meeting_reminder"
    PERSON_SILENCE_REMINDER = "person_silence_reminder"
    PERSON_MEETING_PLANNED = "person_meeting_planned"
    PERSON_MEETING_MOVED = "person_meeting_moved"
    PERSON_MEETING_CANCELLED = "person_meeting_cancelled"
    PERSON_MEETING_SUITS = "person_meeting_suits"
    PERSON_MEETING_OTHER_TIME = "person_meeting_other_time"
    PERSON_MEETING_TOMORROW = "person_meeting_tomorrow"
    PERSON_MEETING_SOON = "person_meeting_soon"
    PERSON_FEEDBACK_ASKED = "person_feedback_asked"
    PERSON_FEEDBACK_REMINDER = "person_feedback_reminder"
    PERSON_CURATOR_WROTE = "person_curator_wrote"
    CURATOR_DIGEST = "curator_digest"
    CURATOR_PERSON_WROTE = "curator_person_wrote"
