"""Meetings of a pair: the four taps of a plan, the card, the list."""

from collections.abc import Sequence
from dataclasses import replace

from aiogram.types import InlineKeyboardButton

from bot import callbacks as act
from bot.keyboards import ROWS_LIMIT, button, column, keyboard, menu_row, only, row
from bot.screen import Document, Part, Screen
from bot.texts import buttons
from bot.texts import meetings as words
from bot.texts.errors import explain
from bot.texts.wording import fill, lines, local_day, minutes, moment, paragraphs
from mentoring.rules.errors import OutOfDate
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.use_cases.meeting_calendar import LeftInCalendar
from mentoring.use_cases.meetings import MOVED, CalendarEvent, MeetingView, MyMeetings

LIST_LIMIT = 5
OFF_CALENDAR_LIMIT = 3


def planned(meeting: MeetingView, zone: str) -> Screen:
    following = words.PLANNED_NEXT_OF_GROUP if meeting.in_group else words.PLANNED_NEXT
    text = paragraphs(_said(words.PLANNED, meeting, zone), _said(following, meeting, zone))
    return Screen(text, keyboard(*_planned_rows(meeting), menu_row()))


def moved(meeting: MeetingView, zone: str) -> Screen:
    return Screen(_said(words.MOVED, meeting, zone), keyboard(*_planned_rows(meeting), menu_row()))


def replied(meeting: MeetingView, zone: str) -> Screen:
    if meeting.my_reply is Reply.SUITS:
        return Screen(words.REPLIED_SUITS, keyboard(calendar_row(meeting), menu_row()))
    move = only(meeting.may_change, buttons.MOVE, act.MoveMeeting(meeting_id=meeting.meeting_id))
    return Screen(words.REPLIED_OTHER_TIME, keyboard(move, menu_row()))


def still_on(meeting: MeetingView, zone: str) -> Screen:
    return Screen(_said(words.STILL_ON, meeting, zone), keyboard(calendar_row(meeting), menu_row()))


def ask_cancel(meeting: MeetingView, zone: str) -> Screen:
    reasons = [
        button(label, act.CancelMeeting(meeting_id=meeting.meeting_id, reason=reason))
        for reason, label in words.CANCEL_REASONS.items()
    ]
    reasons.append(button(words.OTHER_REASON, act.WriteCancelReason(meeting_id=meeting.meeting_id)))
    back = button(buttons.BACK, act.ShowMeeting(meeting_id=meeting.meeting_id))
    return Screen(_said(words.ASK_CANCEL, meeting, zone), keyboard(*column(reasons), row(back)))


def write_cancel_reason(meeting_id: int) -> Screen:
    back = button(buttons.BACK, act.AskCancelReason(meeting_id=meeting_id))
    return Screen(words.WRITE_CANCEL_REASON, keyboard(row(back)))


def cancelled(meeting: MeetingView, zone: str) -> Screen:
    again = button(buttons.PLAN_MEETING, act.PlanMeeting(pair_id=meeting.pair_id))
    return Screen(_said(words.CANCELLED, meeting, zone), keyboard(row(again), off_calendar_row(meeting), menu_row()))


def card(meeting: MeetingView, zone: str) -> Screen:
    head = _said(words.CARD, meeting, zone)
    topic = fill(words.TOPIC, topic=meeting.topic) if meeting.topic else ""
    return Screen(paragraphs(lines(head, topic), _state(meeting)), keyboard(*_card_rows(meeting), menu_row()))


def out_of_date(meeting: MeetingView, zone: str, refusal: OutOfDate) -> Screen:
    """An old button: how things stand now, with the right ones."""
    now = card(meeting, zone)
    said = _said(words.OUT_OF_DATE, meeting, zone) if refusal.state == MOVED else explain(refusal)
    return Screen(paragraphs(said, now.text), now.keyboard)


def before_feedback(meeting: MeetingView, zone: str) -> Screen:
    """First it must be said that the meeting took place; and one feedback is enough."""
    if meeting.may_say_outcome:
        return ask_took_place(meeting, zone)
    now = card(meeting, zone)
    return Screen(paragraphs(words.FEEDBACK_NOT_AWAITED, now.text), now.keyboard)


def ask_place(meeting: MeetingView, zone: str) -> Screen:
    back = button(buttons.BACK, act.ShowMeeting(meeting_id=meeting.meeting_id))
    return Screen(_said(words.ASK_NEW_PLACE, meeting, zone), keyboard(row(back)))


def place_saved(meeting: MeetingView, zone: str) -> Screen:
    now = card(meeting, zone)
    return Screen(paragraphs(_said(words.PLACE_SAVED, meeting, zone), now.text), now.keyboard)


def listed(found: MyMeetings, zone: str) -> Screen:
    ahead, behind = found.coming[:LIST_LIMIT], found.past[:LIST_LIMIT]
    text = paragraphs(
        words.MINE,
        _lines(words.AHEAD, ahead, zone),
        _lines(words.BEHIND, behind, zone),
        "" if ahead or behind else words.NONE_YET,
    )
    unfinished = [one for one in found.past if one.feedback_key or one.may_say_outcome]
    opened = [*ahead, *unfinished][: ROWS_LIMIT - 2]
    plan = button(buttons.PLAN_MEETING, act.ChoosePairForMeeting())
    return Screen(text, keyboard(*column(_open(one, zone) for one in opened), row(plan), menu_row()))


def ask_took_place(meeting: MeetingView, zone: str) -> Screen:
    yes = button(buttons.TOOK_PLACE, act.SayTookPlace(meeting_id=meeting.meeting_id, took_place=True))
    no = button(buttons.DID_NOT_TAKE_PLACE, act.SayTookPlace(meeting_id=meeting.meeting_id, took_place=False))
    return Screen(_said(words.ASK_TOOK_PLACE, meeting, zone), keyboard(row(yes), row(no), menu_row()))


def outcome(meeting: MeetingView) -> Screen:
    if meeting.state is MeetingState.HELD:
        return Screen(words.SAID_HELD, keyboard(_feedback_row(meeting), menu_row()))
    again = button(buttons.PLAN_MEETING, act.PlanMeeting(pair_id=meeting.pair_id))
    return Screen(words.SAID_MISSED, keyboard(row(again), menu_row()))


def why_asked(step: Screen) -> Screen:
    return replace(step, text=paragraphs(words.SAID_WHY, step.text))


def told(meeting: MeetingView) -> Screen:
    """Thanks for a feedback; or for why there was no meeting, with the next one at hand."""
    missed = meeting.state is not MeetingState.HELD
    tries_next = not missed and meeting.on_trial and meeting.kind is MeetingKind.FIRST
    plan = act.PlanMeeting(pair_id=meeting.pair_id)
    said = words.WHY_RECORDED if missed else paragraphs(words.FEEDBACK_SENT, _after_trial_meeting(meeting))
    again = only(missed, buttons.PLAN_MEETING, plan) or only(tries_next, buttons.PLAN_TRIAL_MEETING, plan)
    return Screen(said, keyboard(again, menu_row()), part=Part.END)


def _after_trial_meeting(meeting: MeetingView) -> str:
    return words.TRIAL_NEXT.get(meeting.kind, "") if meeting.on_trial else ""


def logged(meeting: MeetingView, zone: str) -> Screen:
    text = fill(words.LOGGED, at=moment(meeting.starts_at, zone), minutes=minutes(meeting.minutes))
    return Screen(text, keyboard(_feedback_row(meeting), menu_row()))


def calendar_file(event: CalendarEvent, content: bytes, meeting: MeetingView | None, zone: str) -> Screen:
    """``meeting``: as it stands; none for one that is off."""
    name = words.CALENDAR_NAME.format(day=local_day(event.starts_at, zone).strftime("%d.%m"))
    file = Document(name, content)
    if meeting is None:
        caption = fill(words.CALENDAR_OFF_CAPTION, at=moment(event.starts_at, zone))
        return Screen(caption, keyboard(menu_row()), file)
    return Screen(_said(words.CALENDAR_CAPTION, meeting, zone), keyboard(*_planned_rows(meeting), menu_row()), file)


def cancel_reason(word: str) -> str:
    """The button's word as the other side reads it."""
    return words.CANCEL_REASON_SEEN.get(word, "")


def place_seen(kind: PlaceKind, place: str) -> str:
    return place or words.PLACE_SEEN[kind]


def _said(template: str, meeting: MeetingView, zone: str) -> str:
    return fill(
        template,
        kind=words.KIND[meeting.kind],
        name=meeting.other_name,
        at=moment(meeting.starts_at, zone),
        minutes=minutes(meeting.minutes),
        place=place_seen(meeting.place_kind, meeting.place),
    )


def _state(meeting: MeetingView) -> str:
    if meeting.state is MeetingState.CANCELLED and meeting.cancel_reason:
        return fill(words.CANCELLED_BECAUSE, reason=meeting.cancel_reason.rstrip("."))
    if meeting.state is not MeetingState.PLANNED:
        return words.STATE[meeting.state]
    return paragraphs(_replies(meeting), words.KIND_HINT[meeting.kind])


def _replies(meeting: MeetingView) -> str:
    if awaits_me(meeting):
        return words.WAITING_MY_REPLY
    some = meeting.in_group and meeting.reply is Reply.WAITING
    return words.WAITING_OTHERS if some else words.REPLY[meeting.reply]


def _card_rows(meeting: MeetingView) -> list[list[InlineKeyboardButton]]:
    return [
        reply_row(meeting),
        _outcome_row(meeting),
        _feedback_row(meeting),
        *_planned_rows(meeting),
        only(meeting.state is MeetingState.CANCELLED, buttons.PLAN_MEETING, act.PlanMeeting(pair_id=meeting.pair_id)),
        off_calendar_row(meeting),
    ]


def awaits_me(meeting: MeetingView) -> bool:
    """Once somebody of a group needs another time, nobody else is asked about this one."""
    unsaid = meeting.may_reply and meeting.my_reply is Reply.WAITING
    return unsaid and meeting.reply is not Reply.OTHER_TIME


def reply_row(meeting: MeetingView) -> list[InlineKeyboardButton]:
    if not meeting.may_reply:
        return []
    return [
        button(label, act.ReplyToMeeting(meeting_id=meeting.meeting_id, revision=meeting.revision, reply=reply))
        for label, reply in ((buttons.SUITS, Reply.SUITS), (buttons.OTHER_TIME, Reply.OTHER_TIME))
        if reply is not meeting.my_reply
    ]


def _outcome_row(meeting: MeetingView) -> list[InlineKeyboardButton]:
    if not meeting.may_say_outcome:
        return []
    return [
        button(label, act.SayTookPlace(meeting_id=meeting.meeting_id, took_place=held))
        for label, held in ((buttons.TOOK_PLACE, True), (buttons.DID_NOT_TAKE_PLACE, False))
    ]


def _feedback_row(meeting: MeetingView) -> list[InlineKeyboardButton]:
    return only(meeting.feedback_key, buttons.LEAVE_FEEDBACK, act.GiveFeedback(meeting_id=meeting.meeting_id))


def _planned_rows(meeting: MeetingView) -> list[list[InlineKeyboardButton]]:
    if not meeting.may_change:
        return []
    return [
        row(
            button(buttons.MOVE, act.MoveMeeting(meeting_id=meeting.meeting_id)),
            button(buttons.CANCEL_MEETING, act.AskCancelReason(meeting_id=meeting.meeting_id)),
        ),
        calendar_row(meeting),
        only(not meeting.place, buttons.ADD_PLACE, act.AddPlace(meeting_id=meeting.meeting_id)),
    ]


def calendar_row(meeting: MeetingView) -> list[InlineKeyboardButton]:
    return row(button(buttons.CALENDAR_FILE, act.GetCalendarFile(meeting_id=meeting.meeting_id)))


def off_calendar_row(meeting: MeetingView) -> list[InlineKeyboardButton]:
    off = meeting.in_calendar and meeting.state is MeetingState.CANCELLED
    return only(off, buttons.OFF_CALENDAR, act.GetCalendarFile(meeting_id=meeting.meeting_id))


def off_calendar_rows(left: Sequence[LeftInCalendar], zone: str) -> list[list[InlineKeyboardButton]]:
    """Of more than a few nobody presses each: those are in «Встречи» too."""
    named = [(one, local_day(one.starts_at, zone).strftime("%d.%m")) for one in left[:OFF_CALENDAR_LIMIT]]
    return [
        row(button(buttons.OFF_CALENDAR_ON.format(day=day), act.GetCalendarFile(meeting_id=one.meeting_id)))
        for one, day in named
    ]


def _lines(title: str, meetings: Sequence[MeetingView], zone: str) -> str:
    if not meetings:
        return ""
    return lines(title, *(_line(one, zone) for one in meetings))


def _line(meeting: MeetingView, zone: str) -> str:
    at, state = moment(meeting.starts_at, zone), words.STATE[meeting.state].rstrip(".").lower()
    if not state:
        return fill(words.LINE, at=at, name=meeting.other_name)
    return fill(words.LINE_STATE, at=at, name=meeting.other_name, state=state)


def _open(meeting: MeetingView, zone: str) -> InlineKeyboardButton:
    label = words.LINE.format(at=moment(meeting.starts_at, zone), name=meeting.other_name)
    return button(label, act.ShowMeeting(meeting_id=meeting.meeting_id))
