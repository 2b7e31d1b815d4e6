"""The plan of a pair as one of them reads it, its goals, its note and its term."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NoReturn

from aiogram.types import InlineKeyboardButton

from bot import callbacks as act
from bot.keyboards import Row, button, column, grid, keyboard, menu_row, only, row
from bot.screen import Screen
from bot.texts import buttons
from bot.texts import plans as words
from bot.texts.wording import day, day_of_year, fill, lines, local_day, paragraphs
from mentoring.rules.errors import OutOfDate
from mentoring.rules.plan_templates import in_months
from mentoring.rules.plans import MOST_GOALS, MOST_ITEMS, PlanState
from mentoring.use_cases.plan_views import ItemView, MyPlan, NoteView, PlanView, SectionView
from mentoring.use_cases.plans import goal_mark

IN_A_ROW = 5
SHOWN = 120  # characters of an item or a goal where many stand one below the other
DAY_CODE = "%y%m%d"
TERMS = (3, 6, 9, 12)  # months


def plan(mine: MyPlan, zone: str) -> Screen:
    seen = mine.plan
    text = paragraphs(
        lines(title(mine), fill(words.TERM, day=day_of_year(seen.ends_on))),
        _standing(mine, zone),
        _goals(seen.goals),
        *(_note(note) for note in seen.notes if note.text),
        *(_section(section) for section in seen.sections if section.items),
        lines(_progress(seen), words.CHOOSE_ITEM if seen.items else ""),
    )
    return Screen(text, keyboard(*_plan_rows(seen)))


def title(mine: MyPlan) -> str:
    return fill(words.TITLE, title=mine.plan.short, others=mine.others)


def goals(mine: MyPlan) -> Screen:
    seen = mine.plan
    numbered = [fill(words.NUMBERED, number=at, text=goal) for at, goal in enumerate(seen.goals, start=1)]
    open_goal = [
        button(f"{place + 1}", act.ShowGoal(pair_id=seen.pair_id, number=place, mark=goal_mark(goal)))
        for place, goal in enumerate(seen.goals)
    ]
    add = only(len(seen.goals) < MOST_GOALS, buttons.ADD_GOAL, act.AddGoal(pair_id=seen.pair_id))
    text = paragraphs(words.GOALS_ASK, lines(*numbered)) if seen.goals else words.GOALS_NONE
    return Screen(text, keyboard(*grid(open_goal, IN_A_ROW), add, _back(seen.pair_id)))


def goal(mine: MyPlan, place: int) -> Screen:
    pair_id, text = mine.plan.pair_id, mine.plan.goals[place]
    mark = goal_mark(text)
    return Screen(
        fill(words.GOAL, goal=text),
        keyboard(
            row(
                button(buttons.CHANGE_WORDS, act.ChangeGoal(pair_id=pair_id, number=place, mark=mark)),
                button(buttons.DROP, act.DropGoal(pair_id=pair_id, number=place, mark=mark)),
            ),
            row(button(buttons.BACK, act.ShowGoals(pair_id=pair_id))),
        ),
    )


def write_goal(pair_id: int, found: Sequence[str]) -> Screen:
    taken = [button(f"{at}", act.TakeGoal(pair_id=pair_id, mark=goal_mark(one))) for at, one in enumerate(found, 1)]
    return _with_suggestions(words.GOAL_WRITE, found, taken, act.ShowGoals(pair_id=pair_id))


def rewrite_goal(pair_id: int, place: int, text: str) -> Screen:
    back = button(buttons.BACK, act.ShowGoal(pair_id=pair_id, number=place, mark=goal_mark(text)))
    return Screen(fill(words.GOAL_REWRITE, goal=text), keyboard(row(back)))


def choose_section(seen: PlanView) -> Screen:
    found = [
        button(section.short, act.WritePlanItem(pair_id=seen.pair_id, section=section.key)) for section in seen.sections
    ]
    return Screen(words.CHOOSE_SECTION, keyboard(*column(found), _back(seen.pair_id)))


def write_item(pair_id: int, section: SectionView, found: Sequence[str]) -> Screen:
    taken = [
        button(f"{at}", act.TakePlanItem(pair_id=pair_id, section=section.key, mark=goal_mark(one)))
        for at, one in enumerate(found, 1)
    ]
    asked = fill(words.ITEM_WRITE, section=section.title)
    return _with_suggestions(asked, found, taken, act.AddPlanItem(pair_id=pair_id))


def notes(seen: PlanView) -> Screen:
    said = [fill(words.NOTE_LINE, title=note.title, text=shortly(note.text) or words.NOTE_EMPTY) for note in seen.notes]
    found = [button(note.title, act.WriteNote(pair_id=seen.pair_id, key=note.key)) for note in seen.notes]
    return Screen(paragraphs(words.NOTES, *said), keyboard(*column(found), _back(seen.pair_id)))


def write_note(pair_id: int, note: NoteView) -> Screen:
    text = words.NOTE_REWRITE if note.text else words.NOTE_WRITE
    back = row(button(buttons.BACK, act.ShowNotes(pair_id=pair_id)))
    return Screen(fill(text, title=note.title, hint=note.hint, text=note.text), keyboard(back))


def choose_term(seen: PlanView, today: date) -> Screen:
    ends = [in_months(seen.starts_on, months) for months in TERMS]
    found = [
        button(day_of_year(on), act.SetTerm(pair_id=seen.pair_id, day=on.strftime(DAY_CODE)))
        for on in ends
        if on > today + timedelta(days=7)
    ]
    text = fill(words.TERM_ASK, day=day_of_year(seen.ends_on))
    return Screen(text, keyboard(*grid(found, 2), _back(seen.pair_id)))


def note_of(seen: PlanView, key: str) -> NoteView:
    return next((note for note in seen.notes if note.key == key), None) or _gone()


def section_of(seen: PlanView, key: str) -> SectionView:
    return next((section for section in seen.sections if section.key == key), None) or _gone()


def shortly(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def state_of(item: ItemView) -> str:
    """«до пт, 4 декабря», «✓ сделано»; empty for an open item without a day."""
    if item.state in words.STATES:
        return words.STATES[item.state]
    if item.due_on is None:
        return ""
    return fill(words.OVERDUE if item.overdue else words.DUE, day=day(item.due_on))


def _plan_rows(seen: PlanView) -> list[Row | None]:
    numbers = [button(f"{item.number}", act.ShowPlanItem(item_id=item.item_id)) for item in seen.items]
    back = row(button(buttons.TO_PAIR, act.ShowPair(pair_id=seen.pair_id)), *menu_row())
    if seen.over:
        return [*grid(numbers, IN_A_ROW), menu_row()]
    return [*grid(numbers, IN_A_ROW), *_building_rows(seen), back]


def _building_rows(seen: PlanView) -> list[Row]:
    pair_id = seen.pair_id
    goals_label = buttons.GOALS.format(count=len(seen.goals)) if seen.goals else buttons.WRITE_GOAL
    goals_act = act.ShowGoals(pair_id=pair_id) if seen.goals else act.AddGoal(pair_id=pair_id)
    sendable = seen.goals and seen.items and seen.state in (PlanState.DRAFT, PlanState.RETURNED)
    beside = row(
        button(goals_label, goals_act),
        button(buttons.NOTE, act.ShowNotes(pair_id=pair_id)) if seen.notes else None,
        button(buttons.TERM, act.ChooseTerm(pair_id=pair_id)) if seen.plan_id else None,
    )
    return [
        only(len(seen.items) < MOST_ITEMS, buttons.ADD_ITEM, act.AddPlanItem(pair_id=pair_id)),
        beside,
        only(sendable, buttons.SEND_TO_CURATOR, act.SendPlan(pair_id=pair_id)),
    ]


def _standing(mine: MyPlan, zone: str) -> str:
    seen = mine.plan
    if seen.over:
        return words.CLOSED
    if seen.empty:
        return words.NOT_BEGUN_GROUP if len(seen.mentees) > 1 else words.NOT_BEGUN
    if seen.state is PlanState.SENT:
        return words.CHANGED_AGAIN if seen.revision else words.SENT
    if seen.state is PlanState.APPROVED and seen.approved_at:
        return fill(words.APPROVED, day=day(local_day(seen.approved_at, zone)))
    said = fill(words.RETURNED, remark=seen.remark) if seen.state is PlanState.RETURNED else words.DRAFT
    return lines(said, "" if seen.goals else words.LACKS_GOALS, "" if seen.items else words.LACKS_ITEMS)


def _goals(found: Sequence[str]) -> str:
    return lines(words.GOALS, *(fill(words.GOAL_LINE, goal=one) for one in found)) if found else ""


def _note(note: NoteView) -> str:
    return fill(words.NOTE_LINE, title=note.title, text=shortly(note.text))


def _section(section: SectionView) -> str:
    return lines(fill(words.SECTION, section=section.short), *(_line(item) for item in section.items))


def _line(item: ItemView) -> str:
    line = fill(words.ITEM_LINE, number=item.number, text=shortly(item.text))
    state = state_of(item)
    return fill(words.ITEM_STATE, line=line, state=state) if state else line


def _progress(seen: PlanView) -> str:
    counted = seen.progress
    if not seen.revision or not counted.total:
        return ""
    said = words.PROGRESS_PARTLY if counted.partly else words.PROGRESS
    return said.format(done=counted.done, total=counted.total, partly=counted.partly)


def _with_suggestions(asked: str, found: Sequence[str], taken: list[InlineKeyboardButton], back: object) -> Screen:
    said = [fill(words.NUMBERED, number=at, text=one) for at, one in enumerate(found, start=1)]
    text = paragraphs(asked, lines(words.SUGGESTED, *said) if found else "")
    return Screen(text, keyboard(taken, row(button(buttons.BACK, back))))  # type: ignore[arg-type]


def _gone() -> NoReturn:
    """The plan has another form by now."""
    raise OutOfDate("plan", "changed")


def _back(pair_id: int) -> Row:
    return row(button(buttons.TO_PLAN, act.ShowPlan(pair_id=pair_id)))
