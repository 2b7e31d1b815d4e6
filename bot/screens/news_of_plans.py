"""What happened to a plan, said with the button that opens it."""

from typing import Any

from bot import callbacks as act
from bot.keyboards import button, column, keyboard, menu_row, row
from bot.screen import Screen
from bot.screens.plans import shortly, state_of
from bot.texts import buttons
from bot.texts import plans as words
from bot.texts.wording import fill, lines, paragraphs
from mentoring.rules.people import Role
from mentoring.use_cases.plan_facts import DuePlan
from mentoring.use_cases.plan_views import MyPlan

ITEMS_SHOWN = 5

Facts = dict[str, Any]


def changed(facts: Facts) -> Screen:
    mine, reported = facts["mine"], facts["reported"]
    if reported:
        said = words.NEWS_REPORTED["one" if reported == 1 else "many"]
        return _about(mine, fill(said, count=reported))
    return _about(mine, words.NEWS_CHANGED)


def approved(facts: Facts) -> Screen:
    mine = facts["mine"]
    then = words.NEWS_APPROVED_MENTOR if mine.role is Role.MENTOR else words.NEWS_APPROVED_MENTEE
    return _about(mine, paragraphs(words.NEWS_APPROVED, then))


def returned(facts: Facts) -> Screen:
    mine = facts["mine"]
    return _about(mine, fill(words.NEWS_RETURNED, remark=mine.plan.remark))


def due(facts: Facts) -> Screen:
    plans: tuple[DuePlan, ...] = facts["plans"]
    mentee = any(one.mine.role is Role.MENTEE for one in plans)
    text = paragraphs(
        words.NEWS_DUE,
        *(_due(one) for one in plans),
        words.NEWS_DUE_MENTEE if mentee else words.NEWS_DUE_MENTOR,
    )
    return Screen(text, keyboard(*column(_open(one, plans) for one in plans), menu_row()))


def _open(one: DuePlan, plans: tuple[DuePlan, ...]) -> Any:
    label = buttons.OPEN_PLAN if len(plans) == 1 else f"{buttons.PLAN}: {one.mine.others}"
    return button(label, act.ShowPlan(pair_id=one.mine.plan.pair_id))


def _due(one: DuePlan) -> str:
    items = (
        fill(words.ITEM_STATE, line=fill("• {text}", text=shortly(item.text)), state=state_of(item))
        for item in one.items[:ITEMS_SHOWN]
    )
    return lines(fill(words.NEWS_DUE_OF, others=one.mine.others), *items)


def _about(mine: MyPlan, text: str) -> Screen:
    open_plan = button(buttons.OPEN_PLAN, act.ShowPlan(pair_id=mine.plan.pair_id))
    title = fill(words.NEWS_OF, others=mine.others)
    return Screen(lines(title, text), keyboard(row(open_plan), menu_row()))
