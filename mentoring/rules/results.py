"""What a curator is told to look at, and how few answers may be shown."""

from datetime import timedelta
from enum import StrEnum

STALE_PROPOSAL = timedelta(days=3)
"""Without an answer: it comes to the curator's attention."""

UNCLOSED = timedelta(days=1)
"""After the beginning of a meeting of which nobody has said how it went: both have been asked twice by then."""

RECENT = timedelta(days=14)
"""For so long a decline, a missed meeting or an undelivered notice is something to do, and then it is history."""


class TodayKind(StrEnum):
    """Things to do, the most urgent first: the order of the members is the order on the page."""

    ERASURE_DUE = "erasure_due"
    NAMES_ON_SITE = "names_on_site"  # the consent to publication was taken back
    OPEN_LETTERS = "open_letters"
    PAIRS_TO_CONFIRM = "pairs_to_confirm"
    TRIALS_TO_DECIDE = "trials_to_decide"  # the trial meeting was held
    PAIRS_UNDER_NOTICE = "pairs_under_notice"  # end in a few days, ТК 351.8
    PAUSES_OVER = "pauses_over"  # by their day, and nobody has said what now
    LABOUR_CONSENTS = "labour_consents"  # a worker mentors a worker and has not agreed in writing: no order without it
    PAIRS_WITHOUT_ORDER = "pairs_without_order"  # the curator decided, and no order has fixed them
    ORDERS_OUTDATED = "orders_outdated"  # pairs that do not stand as their order says
    NEW_RESPONSES = "new_responses"
    PLANS_TO_APPROVE = "plans_to_approve"
    GUARDIANS_REFUSED = "guardians_refused"
    PAIRS_DECLINED = "pairs_declined"
    MEETINGS_MISSED = "meetings_missed"
    HELP_ASKED = "help_asked"
    CAMPAIGN_SILENT = "campaign_silent"  # closes in two days, and somebody has not answered
    CAMPAIGN_OPENS = "campaign_opens"  # within a day
    REMINDED_IN_VAIN = "reminded_in_vain"
    CONSENTS_MISSING = "consents_missing"
    STALE_PROPOSALS = "stale_proposals"
    SILENT_PAIRS = "silent_pairs"
    PAIRS_WITHOUT_FIRST_MEETING = "pairs_without_first_meeting"
    MEETINGS_UNCLOSED = "meetings_unclosed"
    PLANS_OVERDUE = "plans_overdue"  # an item was to be done by now, and nobody says what came of it
    NOT_CORRECTED = "not_corrected"
    WAITING_OVERDUE = "waiting_overdue"  # without a pair, and the day by which somebody was to see to it is past
    WITHOUT_PAIR = "without_pair"
    CALENDAR_NOT_SET = "calendar_not_set"  # no campaign of the year's calendar is planned
    UNREACHABLE = "unreachable"
    NOTICES_FAILED = "notices_failed"
