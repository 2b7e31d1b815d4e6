"""One item of a plan: its day, its results, and what either of the two may do with it."""

from datetime import date, timedelta

from bot import callbacks as act
from bot.keyboards import Row, button, column, keyboard, row
from bot.screen import Screen
from bot.screens.plans import DAY_CODE, state_of
from bot.texts import buttons
from bot.texts import plans as words
from bot.texts.wording import day, fill, lines, paragraphs, short_day
from mentoring.rules.people import Role
from mentoring.rules.plan_templates import in_months
from mentoring.rules.plans import MARKS, ItemAct, ItemState, allows
from mentoring.use_cases.plan_views import ItemView, MyItem


def item(seen: MyItem) -> Screen:
    one = seen.item
    heading = fill(words.ITEM, number=one.number, text=one.text) if one.number else fill(words.ITEM_GONE, text=one.text)
    text = paragraphs(
        heading,
        lines(fill(words.OF_SECTION, section=seen.section), _due(one), _said(words.PLANNED, one.planned_result)),
        lines(_state(one), _said(words.ACTUAL, one.actual_result), _said(words.MARK, one.mark)),
        "" if seen.mine.plan.revision or seen.mine.plan.over else words.REPORT_AFTER,
    )
    return Screen(text, keyboard(*_rows(seen)))


def choose_due(seen: MyItem, today: date, *, adding: bool) -> Screen:
    plan, one = seen.mine.plan, seen.item
    days = {
        buttons.WEEK: today + timedelta(days=7),
        buttons.TWO_WEEKS: today + timedelta(days=14),
        buttons.MONTH: in_months(today, 1),
        buttons.END_OF_PLAN: plan.ends_on,
    }
    found = [
        button(label.format(day=short_day(on)), act.SetDue(item_id=one.item_id, day=_code(on), adding=adding))
        for label, on in days.items()
        if plan.starts_on <= on <= plan.ends_on
    ]
    without = button(buttons.WITHOUT_DAY, act.SetDue(item_id=one.item_id, day="", adding=adding))
    back = [] if adding else _to_item(one.item_id)
    text = words.DUE_ASK if adding else words.DUE_CHANGE
    return Screen(fill(text, text=one.text), keyboard(*column([*found, without]), back))


def write_planned(seen: MyItem, *, adding: bool) -> Screen:
    if adding:
        skip = row(button(buttons.SKIP, act.ShowPlan(pair_id=seen.mine.plan.pair_id)))
        return Screen(words.PLANNED_ASK, keyboard(skip))
    return Screen(fill(words.PLANNED_CHANGE, text=seen.item.text), keyboard(_to_item(seen.item.item_id)))


def rewrite(seen: MyItem) -> Screen:
    return Screen(fill(words.ITEM_REWRITE, text=seen.item.text), keyboard(_to_item(seen.item.item_id)))


def tell_result(seen: MyItem) -> Screen:
    text = words.TELL_GROUP if len(seen.mine.plan.mentees) > 1 else words.TELL
    without = row(button(buttons.JUST_DONE, act.ResultWithoutWords(item_id=seen.item.item_id)))
    return Screen(fill(text, text=seen.item.text), keyboard(without, _to_item(seen.item.item_id)))


def marked(seen: MyItem) -> Screen:
    more = fill(words.MARK_WORDS, others=seen.mine.others)
    back = row(button(buttons.TO_PLAN, act.ShowPlan(pair_id=seen.mine.plan.pair_id)))
    return Screen(paragraphs(words.MARKED[seen.item.state], more), keyboard(back))


def _rows(seen: MyItem) -> list[Row]:
    plan = row(button(buttons.TO_PLAN, act.ShowPlan(pair_id=seen.mine.plan.pair_id)))
    if seen.mine.plan.over:
        return [plan]
    return [*_result_rows(seen), *_change_rows(seen.item), plan]


def _result_rows(seen: MyItem) -> list[Row]:
    """Once the plan has been approved: the mentee tells, the mentor marks."""
    one = seen.item
    if not seen.mine.plan.revision or not one.number:
        return []
    if seen.mine.role is Role.MENTOR:
        labels = zip(MARKS, (buttons.MARK_DONE, buttons.MARK_PARTLY, buttons.MARK_NOT_DONE), strict=True)
        return [
            [
                button(label, act.MarkPlanItem(item_id=one.item_id, mark=mark))
                for mark, label in labels
                if mark is not one.state
            ]
        ]
    tells = allows(one.state, ItemAct.REPORT)
    return [row(button(buttons.TELL_RESULT, act.TellResult(item_id=one.item_id)))] if tells else []


def _change_rows(one: ItemView) -> list[Row]:
    if one.state is ItemState.DROPPED:
        return [row(button(buttons.RESTORE, act.RestorePlanItem(item_id=one.item_id)))]
    if not allows(one.state, ItemAct.CHANGE):
        return []
    return [
        row(
            button(buttons.CHANGE_WORDS, act.ChangePlanItem(item_id=one.item_id)),
            button(buttons.CHANGE_DUE, act.ChooseDue(item_id=one.item_id, adding=False)),
            button(buttons.CHANGE_PLANNED, act.WritePlanned(item_id=one.item_id)),
        ),
        row(button(buttons.DROP, act.DropPlanItem(item_id=one.item_id))),
    ]


def _due(one: ItemView) -> str:
    if one.due_on is None:
        return words.NO_DUE
    return fill(words.OVERDUE_LINE if one.overdue else words.DUE_LINE, day=day(one.due_on))


def _state(one: ItemView) -> str:
    return fill(words.STATE, state=state_of(one)) if one.state in words.STATES else ""


def _said(template: str, text: str) -> str:
    return fill(template, words=text) if text else ""


def _to_item(item_id: int) -> Row:
    return row(button(buttons.BACK, act.ShowPlanItem(item_id=item_id)))


def _code(on: date) -> str:
    return on.strftime(DAY_CODE)
