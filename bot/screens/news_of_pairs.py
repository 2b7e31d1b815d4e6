"""News about proposals and pairs. Facts: `mentoring.use_cases.notice_facts`."""

from typing import Any

from bot import callbacks as act
from bot.keyboards import button, keyboard, menu_row, row
from bot.screen import Screen
from bot.screens.menu import with_hint
from bot.screens.pairs import introduced, proposal, title
from bot.texts import buttons
from bot.texts import notices as words
from bot.texts.wording import fill, paragraphs, plural
from mentoring.rules.pairs import EndReason

Facts = dict[str, Any]


def proposed(facts: Facts) -> Screen:
    return proposal(facts["proposal"], facts["zone"])


def proposal_reminder(facts: Facts) -> Screen:
    return with_hint(proposed(facts), words.PROPOSAL_REMINDER)


def proposal_gone(facts: Facts) -> Screen:
    return Screen(words.PROPOSAL_GONE[facts["role"]], keyboard(menu_row()))


def confirmed(facts: Facts) -> Screen:
    pair = facts["pair"]
    text = paragraphs(words.PAIR_CONFIRMED, title(pair), words.PAIR_FIRST_STEP[pair.role])
    plan = button(buttons.PLAN_FIRST_MEETING, act.PlanMeeting(pair_id=pair.pair_id))
    return Screen(text, keyboard(row(plan), row(button(buttons.MY_PAIR, act.ShowPair(pair_id=pair.pair_id)))))


def child_paired(facts: Facts) -> Screen:
    template = words.CHILD_PAIRED[facts["minor_role"]]
    text = fill(template, child=facts["minor_name"], other=introduced(facts["other"]))
    child = button(buttons.HOW_IT_GOES, act.ShowChild(person_id=facts["minor_id"]))
    return Screen(text, keyboard(row(child), row(button(buttons.WRITE_TO_CURATOR, act.WriteToCurator()))))


def ended(facts: Facts) -> Screen:
    """Why is told only of a completed one: a withdrawn consent is nobody else's business."""
    template = words.PAIR_COMPLETED if facts["reason"] == EndReason.COMPLETED else words.PAIR_ENDED
    write = button(buttons.WRITE_TO_CURATOR, act.WriteToCurator())
    return Screen(fill(template, name=facts["other"].full_name), keyboard(row(write), menu_row()))


def never_met(facts: Facts) -> Screen:
    return _nudge(words.NEVER_MET, buttons.PLAN_FIRST_MEETING, facts)


def silent(facts: Facts) -> Screen:
    return _nudge(words.SILENT, buttons.PLAN_MEETING, facts)


def _nudge(template: str, label: str, facts: Facts) -> Screen:
    pair = facts["pair"]
    text = fill(template, name=pair.other.full_name, days=plural(facts["days"], "день", "дня", "дней"))
    plan = button(label, act.PlanMeeting(pair_id=pair.pair_id))
    log = button(buttons.LOG_MEETING, act.LogMeeting(pair_id=pair.pair_id))
    return Screen(text, keyboard(row(plan), row(log)))
