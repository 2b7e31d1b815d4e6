"""A plan as it is read: by one of the pair, by the curator, and by what prints it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from mentoring.rules.errors import NotFound
from mentoring.rules.pairs import ACQUAINTED, STANDING, PairState
from mentoring.rules.people import Role, listed
from mentoring.rules.plan_templates import PlanTemplate, Section
from mentoring.rules.plans import ItemState, PlanState, Progress, is_overdue, progress
from mentoring.use_cases.pair_views import introduced, name_seen
from mentoring.use_cases.plan_rows import (
    content_of,
    digest_of,
    item_content,
    mentees_of,
    mentor_of,
    plan_of_pair,
    template_for,
    template_named,
    term_of,
    today_of,
)
from storage.models.pair import Pair, PairMember
from storage.models.plan import Plan, PlanItem


@dataclass(frozen=True, slots=True)
class ItemView:
    """``number`` counts over all sections and is 0 for what was dropped. ``since_approval``: "" as it was approved,
    "new" or "changed"; ``before`` is what of it was approved instead: its words, its day."""

    item_id: int
    number: int
    section: str
    text: str
    due_on: date | None
    planned_result: str
    actual_result: str
    mark: str
    state: ItemState
    overdue: bool
    since_approval: str
    before: str


@dataclass(frozen=True, slots=True)
class SectionView:
    key: str
    title: str
    short: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class NoteView:
    key: str
    title: str
    hint: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """``plan_id`` 0: nobody has begun it, and the term is what it would be given. ``seen`` is the version of its
    content, for a decision on it. ``changed``: the content is another than was approved last. Names: in full for the
    curator, as people are introduced for one of the pair."""

    pair_id: int
    plan_id: int
    template: str
    title: str
    short: str
    state: PlanState
    pair_state: PairState
    over: bool
    starts_on: date
    ends_on: date
    goals: tuple[str, ...]
    notes: tuple[NoteView, ...]
    sections: tuple[SectionView, ...]
    dropped: tuple[ItemView, ...]
    progress: Progress
    remark: str
    revision: int
    approved_at: datetime | None
    changed: bool
    approved_goals: tuple[str, ...]
    approved_until: date | None
    seen: str
    mentor: str
    mentees: tuple[str, ...]

    @property
    def items(self) -> tuple[ItemView, ...]:
        """Those that stand, in the order of their numbers."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def empty(self) -> bool:
        return not self.goals and not self.items


@dataclass(frozen=True, slots=True)
class MyPlan:
    """``others``: the other side, «Мила и Тимур» or «Анна Сергеевна»."""

    plan: PlanView
    role: Role
    others: str


@dataclass(frozen=True, slots=True)
class MyItem:
    """``section`` is the short name of its section."""

    mine: MyPlan
    item: ItemView
    section: str


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """For papers. ``notes`` by key («tasks», «expected»; absent in an individual plan). ``percent``: the share done."""

    title: str
    state: PlanState
    starts_on: date
    ends_on: date
    goals: tuple[str, ...]
    notes: Mapping[str, str]
    sections: tuple[SectionView, ...]
    progress: Progress
    percent: int
    approved_at: datetime | None


def plan_of(session: Session, pair_id: int, *, now: datetime) -> PlanView:
    """For the curator. Raises NotFound for a pair that does not know itself yet."""
    return _view(session, _pair(session, pair_id), now, names=lambda member: member.person.name.full)


def my_plan(session: Session, pair_id: int, person_id: int, *, now: datetime) -> MyPlan:
    pair = _pair(session, pair_id)
    me = next((member for member in pair.present if member.person_id == person_id), None)
    if me is None:
        raise NotFound("pair")
    others = mentees_of(pair) if me.role is Role.MENTOR else [mentor_of(pair)]
    seen = _view(session, pair, now, names=lambda member: introduced(member.person))
    return MyPlan(seen, me.role, listed(name_seen(other.person) for other in others))


def my_item(session: Session, item_id: int, person_id: int, *, now: datetime) -> MyItem:
    pair_id = session.scalar(
        select(Plan.pair_id).join(PlanItem, PlanItem.plan_id == Plan.id).where(PlanItem.id == item_id)
    )
    if pair_id is None:
        raise NotFound("plan_item")
    mine = my_plan(session, pair_id, person_id, now=now)
    for item in (*mine.plan.items, *mine.plan.dropped):
        if item.item_id == item_id:
            return MyItem(mine, item, next(one.short for one in mine.plan.sections if one.key == item.section))
    raise NotFound("plan_item")


def plan_facts(session: Session, pair_id: int, *, now: datetime) -> PlanFacts:
    """As it stands, with what came of it; an empty plan of its template where nobody has begun one. ``approved_at`` is
    empty where it was changed since."""
    seen = plan_of(session, pair_id, now=now)
    return PlanFacts(
        title=seen.title,
        state=seen.state,
        starts_on=seen.starts_on,
        ends_on=seen.ends_on,
        goals=seen.goals,
        notes={note.key: note.text for note in seen.notes},
        sections=seen.sections,
        progress=seen.progress,
        percent=seen.progress.percent,
        approved_at=None if seen.changed else seen.approved_at,
    )


def _pair(session: Session, pair_id: int) -> Pair:
    people = selectinload(Pair.members).joinedload(PairMember.person)
    pair = session.get(Pair, pair_id, options=[people, joinedload(Pair.programme)])
    if pair is None or pair.state not in ACQUAINTED:
        raise NotFound("pair")
    return pair


def _view(session: Session, pair: Pair, now: datetime, *, names: Any) -> PlanView:
    plan = plan_of_pair(session, pair.id)
    template = template_named(plan.template) if plan else template_for(pair.form)
    starts_on, ends_on = (plan.starts_on, plan.ends_on) if plan else term_of(session, pair, template, now)
    items = _items(plan, template, today_of(session, pair.organisation_id, now)) if plan else ()
    approved = plan.approved if plan else None
    return PlanView(
        pair_id=pair.id,
        plan_id=plan.id if plan else 0,
        template=template.key,
        title=template.title,
        short=template.short,
        state=plan.state if plan else PlanState.DRAFT,
        pair_state=pair.state,
        over=pair.state not in STANDING,
        starts_on=starts_on,
        ends_on=ends_on,
        goals=tuple(plan.goals) if plan else (),
        notes=tuple(NoteView(*note, plan.notes.get(note[0], "") if plan else "") for note in _notes(template)),
        sections=tuple(_section(section, items) for section in template.sections),
        dropped=tuple(item for item in items if item.state is ItemState.DROPPED),
        progress=progress(item.state for item in items),
        remark=plan.remark if plan else "",
        revision=plan.revision if plan else 0,
        approved_at=plan.approved_at if plan else None,
        changed=bool(plan and approved and content_of(plan) != approved),
        approved_goals=tuple(approved["goals"]) if approved else (),
        approved_until=date.fromisoformat(approved["ends_on"]) if approved else None,
        seen=digest_of(plan) if plan else "",
        mentor=names(mentor_of(pair)),
        mentees=tuple(names(mentee) for mentee in mentees_of(pair)),
    )


def _notes(template: PlanTemplate) -> list[tuple[str, str, str]]:
    return [(note.key, note.title, note.hint) for note in template.notes]


def _section(section: Section, items: Iterable[ItemView]) -> SectionView:
    standing = (item for item in items if item.section == section.key and item.state is not ItemState.DROPPED)
    return SectionView(section.key, section.title, section.short, tuple(standing))


def _items(plan: Plan, template: PlanTemplate, today: date) -> tuple[ItemView, ...]:
    """An item of a section that the template does not have (its form was changed) stands in the first one."""
    places = {section.key: place for place, section in enumerate(template.sections)}
    sections = [section.key for section in template.sections]
    ordered = sorted(plan.items, key=lambda item: (places.get(item.section, 0), item.position, item.id))
    approved = (plan.approved or {}).get("items")
    number, found = 0, []
    for item in ordered:
        number += item.state is not ItemState.DROPPED
        section = item.section if item.section in places else sections[0]
        shown = 0 if item.state is ItemState.DROPPED else number
        found.append(_item(item, shown, section, approved, today))
    return tuple(found)


def _item(item: PlanItem, number: int, section: str, approved: Mapping[str, Any] | None, today: date) -> ItemView:
    return ItemView(
        item_id=item.id,
        number=number,
        section=section,
        text=item.text,
        due_on=item.due_on,
        planned_result=item.planned_result,
        actual_result=item.actual_result,
        mark=item.mark,
        state=item.state,
        overdue=is_overdue(item.state, item.due_on, today),
        since_approval=_since_approval(item, approved),
        before=_before(item, approved),
    )


def _since_approval(item: PlanItem, approved: Mapping[str, Any] | None) -> str:
    if approved is None:
        return ""
    before = approved.get(str(item.id))
    if before is None:
        return "new"
    return "changed" if before != item_content(item) else ""


def _before(item: PlanItem, approved: Mapping[str, Any] | None) -> str:
    before, now = (approved or {}).get(str(item.id)), item_content(item)
    if before is None:
        return ""
    due = date.fromisoformat(before["due_on"]) if before["due_on"] else None
    day = f"{due:%d.%m.%Y}" if due else "без срока"
    parts = ((before["text"], now["text"]), (day, f"{item.due_on:%d.%m.%Y}" if item.due_on else "без срока"))
    return ", ".join(old for old, new in (*parts, (before["planned"], now["planned"])) if old and old != new)
