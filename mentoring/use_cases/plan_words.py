"""The words of plans as data about a person: handed out to them, and destroyed with them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from mentoring.data_words import WORDS
from mentoring.rules.pairs import STANDING
from mentoring.use_cases.pair_views import name_seen
from mentoring.use_cases.plan_results import SAID_APART
from mentoring.use_cases.plan_rows import template_named
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.models.plan import Plan, PlanItem
from storage.queries.pairs import was_in


def plan_sheets(session: Session, person_id: int) -> list[dict[str, Any]]:
    """In Russian words, ready for JSON."""
    return [_sheet(plan) for plan, _ in _plans_of(session, person_id)]


def erase_plan_words(session: Session, person: Person) -> None:
    """Of a pair that is over all words go, and how much was done stays. A group that goes on keeps its plan without
    what this person has said."""
    for plan, pair in _plans_of(session, person.id):
        if pair.state in STANDING:
            _erase_said(plan, f"{name_seen(person)}: ")
        else:
            _erase_all(plan)


def _plans_of(session: Session, person_id: int) -> list[tuple[Plan, Pair]]:
    found = session.execute(
        select(Plan, Pair)
        .join(Pair, Pair.id == Plan.pair_id)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(PairMember.person_id == person_id, was_in())
        .order_by(Plan.id)
        .options(selectinload(Plan.items))
    )
    return [(plan, pair) for plan, pair in found]


def _sheet(plan: Plan) -> dict[str, Any]:
    template = template_named(plan.template)
    return {
        "План": template.title,
        "Состояние": WORDS[type(plan.state)][plan.state],
        "Срок": f"{plan.starts_on:%d.%m.%Y} – {plan.ends_on:%d.%m.%Y}",
        "Цели": list(plan.goals),
        **{note.title: plan.notes.get(note.key, "") for note in template.notes},
        "Дела": [_item(item) for item in plan.items],
    }


def _item(item: PlanItem) -> dict[str, str]:
    return {
        "Дело": item.text,
        "Срок": f"{item.due_on:%d.%m.%Y}" if item.due_on else "",
        "Что должно получиться": item.planned_result,
        "Что вышло": item.actual_result,
        "Отметка наставника": item.mark,
        "Состояние": WORDS[type(item.state)][item.state],
    }


def _erase_all(plan: Plan) -> None:
    plan.goals, plan.notes, plan.remark, plan.approved = [], {}, "", None
    for item in plan.items:
        item.text = item.planned_result = item.actual_result = item.mark = ""


def _erase_said(plan: Plan, signature: str) -> None:
    for item in plan.items:
        said = item.actual_result.split(SAID_APART)
        item.actual_result = SAID_APART.join(part for part in said if not part.startswith(signature))
