"""Meetings: planned, answered, moved, cancelled, written down afterwards."""

from aiogram.filters.callback_data import CallbackData


class ChoosePairForMeeting(CallbackData, prefix="lw"):
    pass


class PlanMeeting(CallbackData, prefix="ml"):
    pair_id: int


class PlanDay(CallbackData, prefix="ld"):
    """``day`` as yymmdd."""

    pair_id: int
    day: str


class PlanTime(CallbackData, prefix="lt"):
    """``at`` as seconds since the epoch."""

    pair_id: int
    at: int


class PlanPlace(CallbackData, prefix="lp"):
    pair_id: int
    at: int
    place: str


class ConfirmPlan(CallbackData, prefix="lc"):
    pair_id: int
    at: int
    place: str


class ShowMyMeetings(CallbackData, prefix="mm"):
    pass


class ShowMeeting(CallbackData, prefix="mt"):
    meeting_id: int


class ReplyToMeeting(CallbackData, prefix="re"):
    meeting_id: int
    revision: int
    reply: str


class ConfirmTomorrow(CallbackData, prefix="so"):
    meeting_id: int
    revision: int


class MoveMeeting(CallbackData, prefix="vm"):
    meeting_id: int


class MoveDay(CallbackData, prefix="vd"):
    meeting_id: int
    day: str


class MoveTime(CallbackData, prefix="vt"):
    meeting_id: int
    at: int


class AskCancelReason(CallbackData, prefix="cn"):
    meeting_id: int


class CancelMeeting(CallbackData, prefix="cc"):
    meeting_id: int
    reason: str


class WriteCancelReason(CallbackData, prefix="cv"):
    meeting_id: int


class AddPlace(CallbackData, prefix="ap"):
    meeting_id: int


class GetCalendarFile(CallbackData, prefix="ic"):
    meeting_id: int


class SayTookPlace(CallbackData, prefix="tp"):
    meeting_id: int
    took_place: bool


class LogMeeting(CallbackData, prefix="lg"):
    pair_id: int


class LogDay(CallbackData, prefix="gd"):
    pair_id: int
    day: str


class LogTime(CallbackData, prefix="gt"):
    pair_id: int
    at: int


class LogMinutes(CallbackData, prefix="gm"):
    pair_id: int
    at: int
    minutes: int


class LogWithoutTopic(CallbackData, prefix="gx"):
    pair_id: int
    at: int
    minutes: int
