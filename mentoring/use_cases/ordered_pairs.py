"""Pairs as an order prints them, and as the orders in force have them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.names import date_facts, person_facts, post_of, short_date
from mentoring.report_words import form_word, plural
from mentoring.rules.deadlines import local_day
from mentoring.rules.documents import LineAct
from mentoring.rules.meetings import MeetingState
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Role
from mentoring.rules.plans import PlanState
from mentoring.rules.selection import needs_labour_consent
from mentoring.use_cases.organisation_card import own_organisation
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.models.plan import Plan
from storage.queries.documents import ordered_lines, pairs_to_print

PersonRow = dict[str, str]


@dataclass(slots=True)
class Ordered:
    """A pair as the signed orders have it: ``mentees`` are persons, ``orders`` the documents that named it."""

    pair_id: int
    mentees: set[int] = field(default_factory=set)
    orders: list[int] = field(default_factory=list)
    ended: bool = False


def ordered_pairs(session: Session, programme_id: int) -> dict[int, Ordered]:
    """By pair; one query. The number of pairs in reports is the number of those that are not ended."""
    found: dict[int, Ordered] = {}
    for line in ordered_lines(session, programme_id):
        pair = found.setdefault(line.pair_id, Ordered(line.pair_id))
        pair.orders.append(line.document_id)
        if line.act is LineAct.END:
            pair.ended = True
        elif line.person_id is not None:
            (pair.mentees.discard if line.act is LineAct.REMOVE else pair.mentees.add)(line.person_id)
    return found


def standing_pairs(session: Session, programme_id: int) -> list[Pair]:
    """Those that orders have fixed and not ended."""
    standing = [one.pair_id for one in ordered_pairs(session, programme_id).values() if not one.ended]
    return pairs_to_print(session, standing)


def pair_rows(
    session: Session, pairs: Sequence[Pair], starts_on: date | None, ends_on: date | None, *, closing: bool = False
) -> tuple[list[dict[str, Any]], bool]:
    """By the mentor's name, and whether a worker mentors a worker among them. ``starts_on`` None: each pair's own."""
    plans = _plans(session, [pair.id for pair in pairs])
    meetings = _meetings(session, [pair.id for pair in pairs]) if closing else {}
    rows = []
    for place, pair in enumerate(sorted(pairs, key=_by_mentor), start=1):
        own_start = starts_on or (own_day(session, pair.confirmed_at) if pair.confirmed_at else None)
        row = {
            "number": place,
            "mentor": one_person(mentor_of(pair).person),
            "mentees": [one_person(one.person) for one in mentees_of(pair)],
            "form": form_word(pair.form),
            "role_model": pair.role_model,
            **date_facts("starts_on", own_start),
            **date_facts("ends_on", ends_on),
            "plan": plans.get(pair.id, "составить"),
        }
        if closing:
            row |= {"result": RESULTS.get(pair.state, "срок завершён"), "meetings": meetings.get(pair.id, 0)}
        rows.append(row)
    return rows, any(_of_workers(pair) for pair in pairs)


def totals_of(pairs: Collection[Pair]) -> dict[str, Any]:
    groups = sum(len(mentees_of(pair)) > 1 for pair in pairs)
    alone = len(pairs) - groups
    return {
        "pairs": alone,
        "groups": groups,
        "mentors": len({mentor_of(pair).person_id for pair in pairs}),
        "mentees": len({one.person_id for pair in pairs for one in mentees_of(pair)}),
        "pairs_words": _counted(alone, groups, "пара", "группа"),
        "pairs_accusative": _counted(alone, groups, "пару", "группу"),
    }


def people_of_pairs(pairs: Iterable[Pair]) -> list[Person]:
    """Mentors by name, then mentees by name, each once."""
    listed = list(pairs)
    mentors = {mentor_of(pair).person for pair in listed}
    mentees = {one.person for pair in listed for one in mentees_of(pair)} - mentors
    return [*sorted(mentors, key=_name), *sorted(mentees, key=_name)]


def acquainted_of(people: Iterable[Person]) -> list[PersonRow]:
    return [one_person(one) for one in people]


def one_person(person: Person) -> PersonRow:
    return person_facts(person.name, post_of(person.kind, person.place, person.name), person.name_forms)


def pair_words(mentor: Person, mentees: Iterable[Person]) -> str:
    """«Лебедева Анна Сергеевна (учитель физики) – Крылова Мила (7 „Б“)»."""
    return f"{_with_place(mentor)} – {'; '.join(_with_place(one) for one in mentees)}"


def mentor_of(pair: Pair) -> PairMember:
    return next(member for member in pair.members if member.role is Role.MENTOR)


def mentees_of(pair: Pair) -> list[PairMember]:
    return [member for member in pair.present if member.role is Role.MENTEE]


def own_day(session: Session, moment: datetime) -> date:
    """Where the organisation lives."""
    return local_day(moment, ZoneInfo(own_organisation(session).time_zone))


def _counted(alone: int, groups: int, pair: str, group: str) -> str:
    said = [plural(alone, pair, "пары", "пар")] if alone or not groups else []
    said += [plural(groups, group, "группы", "групп")] if groups else []
    return " и ".join(said)


def _with_place(person: Person) -> str:
    name = person.name.full or ERASED
    return f"{name} ({person.place})" if person.place else name


def _by_mentor(pair: Pair) -> tuple[str, int]:
    return mentor_of(pair).person.name.full, pair.id


def _name(person: Person) -> tuple[str, int]:
    return person.name.full, person.id


def _of_workers(pair: Pair) -> bool:
    mentor = mentor_of(pair).person.kind
    return any(needs_labour_consent(pair.form, mentor, one.person.kind) for one in mentees_of(pair))


def _plans(session: Session, pair_ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        select(Plan.pair_id, Plan.approved_at).where(Plan.pair_id.in_(pair_ids), Plan.state == PlanState.APPROVED)
    )
    return {pair_id: f"утверждён {short_date(own_day(session, at))}" if at else "утверждён" for pair_id, at in rows}


def _meetings(session: Session, pair_ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(Meeting.pair_id, func.count())
        .where(Meeting.pair_id.in_(pair_ids), Meeting.state == MeetingState.HELD)
        .group_by(Meeting.pair_id)
    )
    return dict(rows.all())


ERASED = "участник, данные которого удалены"
RESULTS = {PairState.COMPLETED: "цель достигнута"}
