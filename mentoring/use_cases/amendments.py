"""What has changed since an order on pairs was signed: the order «О внесении изменений» writes itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from mentoring.rules.documents import LineAct
from mentoring.rules.pairs import OVER
from mentoring.use_cases.ordered_pairs import Ordered, mentees_of, mentor_of, ordered_pairs, own_day, pair_words
from storage.models.document import Document
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.queries.documents import orders_on_pairs, pairs_to_print, waiting_for_order


@dataclass(frozen=True, slots=True)
class Change:
    """``key`` is what a curator leaves out by; ``person_id`` the mentee who came or left."""

    key: str
    act: LineAct
    pair_id: int
    person_id: int | None
    enrolment_id: int | None
    what: str
    old: str
    new: str
    reason: str
    since: date | None
    form: str = ""  # of a new pair


def changes_for(session: Session, amended: Document) -> tuple[Change, ...]:
    """Of pairs that this order or its amendments have fixed, and the pairs that wait for an order: these come last."""
    root = amended.amends_id or amended.id
    family = {root, *(one.id for one in orders_on_pairs(session, amended.programme_id) if one.amends_id == root)}
    ordered = {
        one.pair_id: one
        for one in ordered_pairs(session, amended.programme_id).values()
        if not one.ended and one.orders[0] in family
    }
    waiting = waiting_for_order(session, amended.programme_id)
    pairs = {pair.id: pair for pair in pairs_to_print(session, {*ordered, *waiting})}
    changed = [change for pair_id, one in ordered.items() for change in _of_ordered(session, pairs[pair_id], one)]
    return (*changed, *(_fixed(session, pairs[pair_id]) for pair_id in waiting if pair_id not in ordered))


def _of_ordered(session: Session, pair: Pair, ordered: Ordered) -> Iterator[Change]:
    if pair.state in OVER:
        yield _ended(session, pair, ordered)
        return
    known = {member.person_id: member for member in pair.members}
    now_in = {member.person_id for member in mentees_of(pair)}
    for person_id in sorted(ordered.mentees - now_in):
        yield _moved(session, pair, known[person_id], LineAct.REMOVE, ordered.mentees, now_in)
    for person_id in sorted(now_in - ordered.mentees):
        yield _moved(session, pair, known[person_id], LineAct.ADD, ordered.mentees, now_in)


def _ended(session: Session, pair: Pair, ordered: Ordered) -> Change:
    return Change(
        key=f"end:{pair.id}",
        act=LineAct.END,
        pair_id=pair.id,
        person_id=None,
        enrolment_id=None,
        what="Считать завершённой работу",
        old=pair_words(mentor_of(pair).person, _people(pair, ordered.mentees)),
        new="",
        reason="завершение работы",
        since=own_day(session, pair.ended_at) if pair.ended_at else None,
    )


def _moved(session: Session, pair: Pair, member: PairMember, act: LineAct, before: set[int], after: set[int]) -> Change:
    mentor = mentor_of(pair).person
    moment = member.joined_at if act is LineAct.ADD else member.left_at
    return Change(
        key=f"{act}:{pair.id}:{member.person_id}",
        act=act,
        pair_id=pair.id,
        person_id=member.person_id,
        enrolment_id=member.enrolment_id,
        what="Дополнить группу" if act is LineAct.ADD else "Исключить из группы",
        old=pair_words(mentor, _people(pair, before)),
        new=pair_words(mentor, _people(pair, after)),
        reason="изменение состава группы",
        since=own_day(session, moment) if moment else None,
    )


def _fixed(session: Session, pair: Pair) -> Change:
    return Change(
        key=f"fix:{pair.id}",
        act=LineAct.FIX,
        pair_id=pair.id,
        person_id=None,
        enrolment_id=None,
        what="Закрепить группу" if len(mentees_of(pair)) > 1 else "Закрепить пару",
        old="",
        new=pair_words(mentor_of(pair).person, (one.person for one in mentees_of(pair))),
        reason="начало работы",
        since=own_day(session, pair.confirmed_at) if pair.confirmed_at else None,
        form=pair.form,
    )


def _people(pair: Pair, person_ids: set[int]) -> list[Person]:
    return [member.person for member in pair.members if member.person_id in person_ids]
