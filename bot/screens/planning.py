"""The taps of a plan, of a move and of a record: day, time, place; day, time, length, topic."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot import callbacks as act
from bot.keyboards import button, column, grid, keyboard, menu_row, only, row
from bot.screen import Screen
from bot.texts import buttons
from bot.texts import meetings as words
from bot.texts.wording import clock_time, day, fill, local_day, moment, short_day
from bot.texts.wording import minutes as in_words
from mentoring.rules.meetings import PlaceKind
from mentoring.use_cases.meetings import DayOption, MeetingView, TimeOption
from mentoring.use_cases.pairs import PairView

DAY_CODE = "%y%m%d"
LOG_DAYS = 8
LOG_HOURS = range(8, 21)
LOG_MINUTES = (30, 45, 60, 90)


def choose_day(pair: PairView, days: Sequence[DayOption]) -> Screen:
    text = _which_day(pair.is_group, any(option.both_free for option in days))
    options = [button(_day_label(option), act.PlanDay(pair_id=pair.pair_id, day=_code(option.day))) for option in days]
    return Screen(fill(text, kind=words.KIND[pair.next_kind], name=pair.names), keyboard(*grid(options, 2), menu_row()))


def choose_new_day(meeting: MeetingView, days: Sequence[DayOption]) -> Screen:
    options = [
        button(_day_label(option), act.MoveDay(meeting_id=meeting.meeting_id, day=_code(option.day))) for option in days
    ]
    template = _which_day(meeting.in_group, any(option.both_free for option in days))
    text = fill(template, kind=words.KIND[meeting.kind], name=meeting.other_name)
    back = button(buttons.BACK, act.ShowMeeting(meeting_id=meeting.meeting_id))
    return Screen(text, keyboard(*grid(options, 2), row(back)))


def choose_time(pair_id: int, on: date, times: Sequence[TimeOption], zone: str) -> Screen:
    options = [
        button(_time_label(option, zone), act.PlanTime(pair_id=pair_id, at=_seconds(option.starts_at)))
        for option in times
    ]
    back = button(buttons.OTHER_DAY, act.PlanMeeting(pair_id=pair_id))
    return _times(on, options, back)


def choose_new_time(meeting_id: int, on: date, times: Sequence[TimeOption], zone: str) -> Screen:
    options = [
        button(_time_label(option, zone), act.MoveTime(meeting_id=meeting_id, at=_seconds(option.starts_at)))
        for option in times
    ]
    return _times(on, options, button(buttons.OTHER_DAY, act.MoveMeeting(meeting_id=meeting_id)))


def choose_place(pair_id: int, at: datetime, zone: str) -> Screen:
    options = [
        button(words.PLACES[kind], act.PlanPlace(pair_id=pair_id, at=_seconds(at), place=kind)) for kind in PlaceKind
    ]
    back = button(buttons.OTHER_HOUR, act.PlanDay(pair_id=pair_id, day=_code(local_day(at, zone))))
    return Screen(fill(words.CHOOSE_PLACE, at=moment(at, zone)), keyboard(*column(options), row(back)))


def add_place(pair_id: int, at: datetime, place: PlaceKind, zone: str) -> Screen:
    confirm = act.ConfirmPlan(pair_id=pair_id, at=_seconds(at), place=place)
    back = button(buttons.OTHER_PLACE, act.PlanTime(pair_id=pair_id, at=_seconds(at)))
    return Screen(
        fill(_PLACE_QUESTIONS[place], at=moment(at, zone)),
        keyboard(only(place is not PlaceKind.OTHER, buttons.READY, confirm), row(back)),
    )


def log_day(pair: PairView, now: datetime, zone: str) -> Screen:
    today = local_day(now, zone)
    options = [
        button(short_day(on), act.LogDay(pair_id=pair.pair_id, day=_code(on)))
        for on in (today - timedelta(days=ago) for ago in range(LOG_DAYS))
    ]
    return Screen(fill(words.LOG_DAY, name=pair.names), keyboard(*grid(options, 2), menu_row()))


def log_time(pair_id: int, on: date, now: datetime, zone: str) -> Screen:
    starts = (datetime(on.year, on.month, on.day, hour, tzinfo=ZoneInfo(zone)) for hour in LOG_HOURS)
    options = [
        button(clock_time(at, zone), act.LogTime(pair_id=pair_id, at=_seconds(at))) for at in starts if at <= now
    ]
    back = button(buttons.OTHER_DAY, act.LogMeeting(pair_id=pair_id))
    text = words.LOG_TIME if options else words.NO_TIMES
    return Screen(fill(text, day=day(on)), keyboard(*grid(options, 4), row(back)))


def log_minutes(pair_id: int, at: datetime, zone: str) -> Screen:
    options = [
        button(
            buttons.MINUTES.format(minutes=minutes),
            act.LogMinutes(pair_id=pair_id, at=_seconds(at), minutes=minutes),
        )
        for minutes in LOG_MINUTES
    ]
    back = button(buttons.OTHER_HOUR, act.LogDay(pair_id=pair_id, day=_code(local_day(at, zone))))
    return Screen(fill(words.LOG_MINUTES, at=moment(at, zone)), keyboard(*grid(options, 2), row(back)))


def log_topic(pair_id: int, at: datetime, minutes: int, zone: str) -> Screen:
    done = button(buttons.WITHOUT_TOPIC, act.LogWithoutTopic(pair_id=pair_id, at=_seconds(at), minutes=minutes))
    back = button(buttons.BACK, act.LogTime(pair_id=pair_id, at=_seconds(at)))
    text = fill(words.LOG_TOPIC, at=moment(at, zone), minutes=in_words(minutes))
    return Screen(text, keyboard(row(done), row(back)))


_PLACE_QUESTIONS = {
    PlaceKind.ORGANISATION: words.ADD_ROOM,
    PlaceKind.ONLINE: words.ADD_LINK,
    PlaceKind.OTHER: words.ADD_PLACE,
}


def _which_day(of_group: bool, marked: bool) -> str:
    if not marked:
        return words.CHOOSE_DAY_PLAIN
    return words.CHOOSE_DAY_OF_GROUP if of_group else words.CHOOSE_DAY


def _times(on: date, options: list[InlineKeyboardButton], back: InlineKeyboardButton) -> Screen:
    text = words.CHOOSE_TIME if options else words.NO_TIMES
    return Screen(fill(text, day=day(on)), keyboard(*grid(options, 4), row(back)))


def _day_label(option: DayOption) -> str:
    label = short_day(option.day)
    return buttons.FREE_DAY.format(day=label) if option.both_free else label


def _time_label(option: TimeOption, zone: str) -> str:
    label = clock_time(option.starts_at, zone)
    return buttons.FREE_DAY.format(day=label) if option.both_free else label


def _code(on: date) -> str:
    return on.strftime(DAY_CODE)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
