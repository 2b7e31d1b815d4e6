"""The pairs and groups of a person, and one of them."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from bot import callbacks as act
from bot.keyboards import button, column, keyboard, menu_row, only, row
from bot.screen import Screen
from bot.screens.wishes import Wish
from bot.texts import buttons
from bot.texts import pairs as words
from bot.texts.wording import Markup, day, fill, lines, local_day, moment, paragraphs, plural
from mentoring.rules.errors import OutOfDate
from mentoring.rules.meetings import MeetingKind
from mentoring.rules.pairs import WORKING, PairState
from mentoring.rules.people import Role, listed
from mentoring.use_cases.pair_views import PairView, PersonSeen


def pairs(found: Sequence[PairView], zone: str) -> Screen:
    """One pair is shown at once; of several, one is chosen."""
    if len(found) == 1:
        return pair(found[0], zone)
    if not found:
        return Screen(words.NO_PAIRS, keyboard(row(button(buttons.WRITE_TO_CURATOR, act.WriteToCurator())), menu_row()))
    chosen = [button(one.full_names, act.ShowPair(pair_id=one.pair_id)) for one in found]
    return Screen(words.CHOOSE_PAIR, keyboard(*column(chosen), menu_row()))


def among(found: Sequence[PairView], pair_id: int) -> PairView:
    """The pair whose button was pressed."""
    chosen = next((one for one in found if one.pair_id == pair_id), None)
    if chosen is None:
        raise OutOfDate("pair", PairState.ENDED)
    return chosen


def choose_for_meeting(found: Sequence[PairView], zone: str) -> Screen:
    planning = [one for one in found if one.state in WORKING]
    if not planning:
        return pairs(found, zone)
    chosen = [button(one.full_names, act.PlanMeeting(pair_id=one.pair_id)) for one in planning]
    return Screen(words.CHOOSE_FOR_MEETING, keyboard(*column(chosen), menu_row()))


def pair(seen: PairView, zone: str) -> Screen:
    text = paragraphs(
        lines(title(seen), words.FELLOWS.get(seen.fellows, "")),
        _standing(seen),
        lines(_since(seen, zone), _met(seen, zone), _next(seen, zone)),
    )
    return Screen(text, keyboard(*pair_rows(seen), menu_row()))


def pair_rows(seen: PairView) -> list[list[InlineKeyboardButton]]:
    coming, plans = seen.next_meeting, seen.state in WORKING
    part = act.AskWish(pair_id=seen.pair_id, wish=Wish.PART)
    return [
        only(coming, buttons.ABOUT_MEETING, act.ShowMeeting(meeting_id=coming.meeting_id if coming else 0)),
        only(plans and not coming, plan_label(seen), act.PlanMeeting(pair_id=seen.pair_id)),
        row(button(buttons.LOG_MEETING, act.LogMeeting(pair_id=seen.pair_id))),
        row(button(buttons.MEETINGS, act.ShowMyMeetings()), button(buttons.PLAN, act.ShowPlan(pair_id=seen.pair_id))),
        only(seen.on_trial, buttons.NOT_SUITED, part),
        only(not seen.on_trial, buttons.PAUSE_OR_END, act.ChooseWish(pair_id=seen.pair_id)),
    ]


def plan_label(seen: PairView) -> str:
    labels = {MeetingKind.FIRST: buttons.PLAN_FIRST_MEETING, MeetingKind.TRIAL: buttons.PLAN_TRIAL_MEETING}
    return labels.get(seen.next_kind, buttons.PLAN_MEETING)


def introduced(people: Sequence[PersonSeen]) -> Markup:
    """«Мила Крылова, 7 „Б“»; of several «Мила Крылова (7 „Б“) и Тимур Асланов (10 „А“)»."""
    template = words.WITH_PLACE if len(people) == 1 else words.WITH_PLACE_AMONG
    return Markup(listed(_introduced(person, template) for person in people))


def title(seen: PairView) -> str:
    mine = words.GROUP_OF_MINE if len(seen.others) > 1 else words.MENTEE_OF_MINE
    return fill(words.MENTOR_OF_MINE if seen.role is Role.MENTEE else mine, name=introduced(seen.others))


def _introduced(person: PersonSeen, template: str) -> Markup:
    if not person.place:
        return fill("{name}", name=person.full_name)
    return fill(template, name=person.full_name, place=person.place)


def _standing(seen: PairView) -> str:
    if seen.state is PairState.PAUSED:
        until = fill(words.PAUSED_UNTIL, day=day(seen.paused_until)) if seen.paused_until else words.PAUSED
        reason = fill(words.PAUSE_REASON, reason=seen.pause_reason) if seen.pause_reason else ""
        return lines(until, reason, words.NO_PLANNING)
    if seen.on_trial:
        step = min(seen.meetings_held, len(words.TRIAL_STEPS) - 1)
        return lines(words.TRIAL, words.TRIAL_STEPS[step])
    return fill(words.ENDS_ON, day=day(seen.ends_on)) if seen.ends_on else ""


def _since(seen: PairView, zone: str) -> str:
    return fill(words.TOGETHER_SINCE, day=day(local_day(seen.started_at, zone)))


def _met(seen: PairView, zone: str) -> str:
    if not seen.meetings_held:
        return "" if seen.on_trial or seen.state is PairState.PAUSED else words.NOT_MET_YET
    held = fill(words.MEETINGS_HELD, meetings=plural(seen.meetings_held, "встреча", "встречи", "встреч"))
    last = fill(words.LAST_MET, at=moment(seen.last_met_at, zone)) if seen.last_met_at else ""
    return f"{held} {last}"


def _next(seen: PairView, zone: str) -> str:
    if seen.next_meeting is None:
        return words.NO_NEXT if seen.meetings_held else ""
    return fill(words.NEXT_MEETING, at=moment(seen.next_meeting.starts_at, zone))
