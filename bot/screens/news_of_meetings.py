"""News about meetings. Facts: ``meeting``, the reader's `MeetingView`, and ``zone``."""

from typing import Any

from bot import callbacks as act
from bot.keyboards import Row, button, keyboard, menu_row, only, row
from bot.screen import Screen
from bot.screens.meetings import awaits_me, calendar_row, off_calendar_row, place_seen, reply_row
from bot.texts import buttons, meetings
from bot.texts import notices as words
from bot.texts.wording import Markup, clock_time, fill, lines, moment, paragraphs
from mentoring.use_cases.meetings import MeetingView

Facts = dict[str, Any]


def planned(facts: Facts) -> Screen:
    meeting: MeetingView = facts["meeting"]
    text = paragraphs(lines(_said(words.MEETING_PLANNED, facts), _ask(meeting)), meetings.KIND_HINT[meeting.kind])
    return Screen(text, keyboard(_answer(meeting), _about(meeting)))


def moved(facts: Facts) -> Screen:
    meeting: MeetingView = facts["meeting"]
    stale = meeting.in_calendar and facts["before"] != meeting.starts_at
    text = paragraphs(lines(_said(words.MEETING_MOVED, facts), _ask(meeting)), words.CALENDAR_MOVED if stale else "")
    return Screen(text, keyboard(_answer(meeting), calendar_row(meeting) if stale else [], _about(meeting)))


def cancelled(facts: Facts) -> Screen:
    meeting: MeetingView = facts["meeting"]
    because = fill(words.MEETING_CANCELLED_BECAUSE, reason=meeting.cancel_reason.rstrip("."))
    text = paragraphs(
        lines(_said(words.MEETING_CANCELLED, facts), because if meeting.cancel_reason else ""),
        words.CALENDAR_LEFT if meeting.in_calendar else "",
    )
    plan = button(buttons.PLAN_MEETING, act.PlanMeeting(pair_id=meeting.pair_id))
    return Screen(text, keyboard(off_calendar_row(meeting), row(plan), menu_row()))


def suits(facts: Facts) -> Screen:
    meeting: MeetingView = facts["meeting"]
    return Screen(_said(words.MEETING_SUITS, facts), keyboard(calendar_row(meeting), _about(meeting)))


def other_time(facts: Facts) -> Screen:
    meeting: MeetingView = facts["meeting"]
    template = words.MEETING_OTHER_TIME_GROUP if meeting.in_group else words.MEETING_OTHER_TIME
    return Screen(_said(template, facts), keyboard(*_change_rows(meeting)))


def tomorrow(facts: Facts) -> Screen:
    meeting: MeetingView = facts["meeting"]
    on = act.ConfirmTomorrow(meeting_id=meeting.meeting_id, revision=meeting.revision)
    return Screen(
        _said(words.MEETING_TOMORROW, facts), keyboard(row(button(buttons.STILL_ON, on)), *_change_rows(meeting))
    )


def soon(facts: Facts) -> Screen:
    return Screen(_said(words.MEETING_SOON, facts), keyboard(_about(facts["meeting"])))


def feedback_asked(facts: Facts) -> Screen:
    meeting: MeetingView = facts["meeting"]
    if meeting.may_say_outcome:
        return Screen(_said(words.FEEDBACK_UNSAID, facts), keyboard(_outcome(meeting)))
    give = act.GiveFeedback(meeting_id=meeting.meeting_id)
    return Screen(_said(words.FEEDBACK_HELD, facts), keyboard(row(button(buttons.LEAVE_FEEDBACK, give))))


def feedback_reminder(facts: Facts) -> Screen:
    asked = feedback_asked(facts)
    return Screen(paragraphs(words.FEEDBACK_AGAIN, asked.text), asked.keyboard)


def _said(template: str, facts: Facts) -> Markup:
    meeting: MeetingView = facts["meeting"]
    return fill(
        template,
        kind=meetings.KIND[meeting.kind],
        how=meetings.HOW_IT_WENT[meeting.kind],
        name=meeting.other_name,
        who=facts.get("who") or words.SOMEBODY,
        at=moment(meeting.starts_at, facts["zone"]),
        time=clock_time(meeting.starts_at, facts["zone"]),
        place=place_seen(meeting.place_kind, meeting.place),
    )


def _ask(meeting: MeetingView) -> str:
    """The person may have found the meeting in the menu and answered before this came."""
    return words.MEETING_ASKED if awaits_me(meeting) else ""


def _answer(meeting: MeetingView) -> Row:
    return reply_row(meeting) if awaits_me(meeting) else []


def _about(meeting: MeetingView) -> Row:
    return row(button(buttons.ABOUT_MEETING, act.ShowMeeting(meeting_id=meeting.meeting_id)))


def _outcome(meeting: MeetingView) -> Row:
    return [
        button(label, act.SayTookPlace(meeting_id=meeting.meeting_id, took_place=held))
        for label, held in ((buttons.TOOK_PLACE, True), (buttons.DID_NOT_TAKE_PLACE, False))
    ]


def _change_rows(meeting: MeetingView) -> list[Row]:
    return [
        only(meeting.may_change, buttons.MOVE, act.MoveMeeting(meeting_id=meeting.meeting_id)),
        only(meeting.may_change, buttons.CANCEL_MEETING, act.AskCancelReason(meeting_id=meeting.meeting_id)),
    ]
