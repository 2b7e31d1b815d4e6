"""News about proposals and pairs. Facts: `mentoring.use_cases.notice_facts`."""

from typing import Any

from aiogram.types import InlineKeyboardMarkup

from bot import callbacks as act
from bot.keyboards import Row, button, keyboard, menu_row, row
from bot.screen import Screen
from bot.screens.meetings import off_calendar_rows
from bot.screens.menu import with_hint
from bot.screens.pairs import introduced, plan_label, title
from bot.screens.proposals import proposal
from bot.screens.wishes import Wish
from bot.texts import buttons
from bot.texts import notices as words
from bot.texts import pairs as of_pairs
from bot.texts.wording import Markup, day, fill, full_day, lines, moment, paragraphs, plural
from mentoring.rules.people import Role, listed
from mentoring.use_cases.pair_views import NextMeeting, PairView

Facts = dict[str, Any]


def proposed(facts: Facts) -> Screen:
    return proposal(facts["proposal"], facts["zone"])


def proposal_reminder(facts: Facts) -> Screen:
    return with_hint(proposed(facts), words.PROPOSAL_REMINDER)


def proposal_gone(facts: Facts) -> Screen:
    return Screen(words.PROPOSAL_GONE[facts["role"]], keyboard(menu_row()))


def trial_started(facts: Facts) -> Screen:
    pair: PairView = facts["pair"]
    text = paragraphs(words.TRIAL_STARTED, _who(pair), words.TRIAL_WHAT, words.TRIAL_FIRST_STEP)
    return Screen(text, keyboard(_plan(pair), _my_pair(pair)))


def confirmed(facts: Facts) -> Screen:
    """Whoever joins a group hears of the meeting that stands already."""
    pair: PairView = facts["pair"]
    head = words.IN_GROUP_NOW if facts["newcomer"] else _confirmed(pair)
    coming: NextMeeting | None = facts["coming"]
    if coming:
        after = words.AFTER_TRIAL if facts["after_trial"] else ""
        following = fill(words.NEXT_MEETING, at=moment(coming.starts_at, facts["zone"]))
        about = button(buttons.ABOUT_MEETING, act.ShowMeeting(meeting_id=coming.meeting_id))
        return Screen(paragraphs(head, _who(pair), after, following), keyboard(row(about), _my_pair(pair)))
    step = words.AFTER_TRIAL if facts["after_trial"] else words.PAIR_FIRST_STEP[pair.role]
    step = words.GROUP_GOES_ON if facts["newcomer"] else step
    return Screen(paragraphs(head, _who(pair), step), keyboard(_plan(pair), _my_pair(pair)))


def fixed(facts: Facts) -> Screen:
    pair: PairView = facts["pair"]
    template = words.GROUP_FIXED if pair.is_group else words.PAIR_FIXED
    text = fill(template, names=pair.full_names, number=facts["number"], day=full_day(facts["dated_on"]))
    return Screen(text, keyboard(_my_pair(pair), menu_row()))


def paused(facts: Facts) -> Screen:
    pair: PairView = facts["pair"]
    until = fill(words.PAUSED_UNTIL, day=day(pair.paused_until)) if pair.paused_until else words.PAUSED_OPEN
    text = paragraphs(
        fill(words.PAIR_PAUSED, names=pair.full_names),
        fill(words.PAUSE_REASON, reason=pair.pause_reason) if pair.pause_reason else "",
        lines(until, _off(facts)),
        _in_calendar(facts),
    )
    return Screen(text, keyboard(*off_calendar_rows(facts["in_calendar"], facts["zone"]), _write(), menu_row()))


def resumed(facts: Facts) -> Screen:
    pair: PairView = facts["pair"]
    return Screen(fill(words.PAIR_RESUMED, names=pair.full_names), keyboard(_plan(pair), _my_pair(pair)))


def notice_given(facts: Facts) -> Screen:
    """By whom it was given is the mentor's business alone."""
    pair: PairView = facts["pair"]
    to_mentor = words.NOTICE_OF_WORKER if facts["by_worker"] else words.NOTICE_OF_EMPLOYER
    template = to_mentor if pair.role is Role.MENTOR else words.NOTICE_TO_MENTEE
    assert pair.ends_on is not None
    return Screen(fill(template, names=pair.full_names, day=day(pair.ends_on)), keyboard(_plan(pair), _my_pair(pair)))


def goes_on(facts: Facts) -> Screen:
    pair: PairView = facts["pair"]
    return Screen(fill(words.GOES_ON, names=pair.full_names), keyboard(_my_pair(pair), menu_row()))


def parted(facts: Facts) -> Screen:
    names = listed(other.full_name for other in facts["others"])
    return _over(fill(words.PARTED[facts["role"]], names=names), facts)


def ended(facts: Facts) -> Screen:
    """Why is told only of a completed one: a withdrawn consent is nobody else's business."""
    template = words.PAIR_COMPLETED if facts["completed"] else words.PAIR_ENDED
    names = listed(other.full_name for other in facts["others"])
    return _over(fill(words.GROUP_LEFT_SELF if facts["left"] else template, name=names), facts)


def group_joined(facts: Facts) -> Screen:
    who = introduced([facts["who"]]) if facts["who"] else ""
    return _group_changed(facts["pair"], who, words.GROUP_JOINED_MENTOR if who else words.GROUP_JOINED_MENTEE)


def group_left(facts: Facts) -> Screen:
    who = facts["who"].full_name if facts["who"] else ""
    return _group_changed(facts["pair"], who, words.GROUP_LEFT_MENTOR if who else words.GROUP_LEFT_MENTEE)


def child_on_trial(facts: Facts) -> Screen:
    return _child(words.CHILD_ON_TRIAL[facts["minor_role"]], facts)


def child_paired(facts: Facts) -> Screen:
    templates = words.CHILD_CONFIRMED if facts["after_trial"] else words.CHILD_PAIRED
    return _child(templates[facts["minor_role"]], facts)


def child_changed(facts: Facts) -> Screen:
    until = facts["paused_until"] if facts["change"] == "paused" else None
    text = lines(
        fill(words.CHILD_CHANGED[facts["change"]], child=facts["minor_name"]),
        fill(words.CHILD_WITH[facts["minor_role"]], other=introduced(facts["others"])),
        _off(facts),
        fill(words.CHILD_PAUSED_UNTIL, day=day(until)) if until else words.CHILD_THEN.get(facts["change"], ""),
    )
    return Screen(text, _child_rows(facts))


def never_met(facts: Facts) -> Screen:
    return _nudge(words.NEVER_MET, facts)


def silent(facts: Facts) -> Screen:
    return _nudge(words.SILENT, facts)


def silent_for_long(facts: Facts) -> Screen:
    pair: PairView = facts["pair"]
    days = plural(facts["days"], "день", "дня", "дней")
    said = fill(words.SILENT_FOR_LONG, names=pair.full_names, days=days, day=day(facts["ends_on"]))
    pause = button(buttons.NEED_PAUSE, act.AskWish(pair_id=pair.pair_id, wish=Wish.PAUSE))
    end = button(buttons.WANT_TO_END, act.AskWish(pair_id=pair.pair_id, wish=Wish.END))
    return Screen(said, keyboard(_plan(pair), _log(pair), row(pause), row(end)))


def pair_silent(facts: Facts) -> Screen:
    days = plural(facts["days"], "день", "дня", "дней")
    said = fill(words.PAIR_SILENT, mentor=facts["mentor_name"], mentees=facts["mentee_names"], days=days)
    return Screen(said, keyboard(row(button(buttons.DIGEST, act.ShowMenu()))))


def _over(said: Markup, facts: Facts) -> Screen:
    off = "" if facts.get("left") else _off(facts)
    rows = off_calendar_rows(facts["in_calendar"], facts["zone"])
    return Screen(paragraphs(said, off, _in_calendar(facts)), keyboard(*rows, _write(), menu_row()))


def _off(facts: Facts) -> str:
    return fill(words.MEETINGS_OFF, count=facts["cancelled"]) if facts["cancelled"] else ""


def _in_calendar(facts: Facts) -> str:
    return words.CALENDAR_LEFT if facts["in_calendar"] else ""


def _confirmed(pair: PairView) -> str:
    return words.GROUP_CONFIRMED if pair.is_group else words.PAIR_CONFIRMED


def _who(pair: PairView) -> Markup:
    return lines(title(pair), of_pairs.FELLOWS.get(pair.fellows, ""))


def _group_changed(pair: PairView, who: str, template: str) -> Screen:
    return Screen(fill(template, who=who, names=pair.full_names), keyboard(_my_pair(pair), menu_row()))


def _child(template: str, facts: Facts) -> Screen:
    how_many = of_pairs.HOW_MANY.get(facts["fellows"] + 1)
    text = paragraphs(
        fill(template, child=facts["minor_name"], other=introduced(facts["others"])),
        fill(words.CHILD_FELLOWS, how_many=how_many) if how_many else "",
    )
    return Screen(text, _child_rows(facts))


def _child_rows(facts: Facts) -> InlineKeyboardMarkup:
    child = button(buttons.HOW_IT_GOES, act.ShowChild(person_id=facts["minor_id"]))
    return keyboard(row(child), _write())


def _nudge(template: str, facts: Facts) -> Screen:
    pair: PairView = facts["pair"]
    text = fill(template, name=pair.full_names, days=plural(facts["days"], "день", "дня", "дней"))
    return Screen(text, keyboard(_plan(pair), _log(pair)))


def _plan(pair: PairView) -> Row:
    return row(button(plan_label(pair), act.PlanMeeting(pair_id=pair.pair_id)))


def _log(pair: PairView) -> Row:
    return row(button(buttons.LOG_MEETING, act.LogMeeting(pair_id=pair.pair_id)))


def _my_pair(pair: PairView) -> Row:
    return row(button(buttons.MY_GROUP if pair.is_group else buttons.MY_PAIR, act.ShowPair(pair_id=pair.pair_id)))


def _write() -> Row:
    return row(button(buttons.WRITE_TO_CURATOR, act.WriteToCurator()))
