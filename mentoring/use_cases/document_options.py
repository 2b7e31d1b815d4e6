"""Who and what may be ticked for a paper, and whose names it declines."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.names import NameForms, name_forms
from mentoring.rules.documents import DocumentKind
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.pairs import OVER, STANDING
from mentoring.rules.people import Role
from mentoring.use_cases.amendments import Change, changes_for
from mentoring.use_cases.document_drafts import FOR_MANY
from mentoring.use_cases.indicators import own_programme
from mentoring.use_cases.ordered_pairs import mentees_of, mentor_of, people_of_pairs, standing_pairs
from mentoring.use_cases.registers import register_candidates
from storage.models.document import Document
from storage.models.pair import Pair
from storage.models.person import Enrolment, Person
from storage.queries.documents import pairs_to_print, waiting_for_order


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody or something to tick: ``value`` goes into the choice of the draft. ``note``: what to know before."""

    value: str
    label: str
    note: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PersonToCheck:
    person_id: int
    names: NameForms


def pairs_for_papers(session: Session) -> tuple[Option, ...]:
    """Pairs that know each other, for papers about one pair: the standing first, then those that are over."""
    programme = own_programme(session)
    wanted = select(Pair.id).where(Pair.programme_id == programme.id, Pair.state.in_(STANDING | OVER))
    pairs = pairs_to_print(session, list(session.scalars(wanted)))
    ordered = sorted(pairs, key=lambda pair: (pair.state in OVER, pair_label(pair), pair.id))
    return tuple(Option(str(pair.id), pair_label(pair), pair.state, False) for pair in ordered)


def people_for_papers(session: Session) -> tuple[Option, ...]:
    """Approved participants, mentors first."""
    rows = session.execute(
        select(Person, Enrolment.role)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.programme_id == own_programme(session).id, Enrolment.status == EnrolmentStatus.APPROVED)
        .order_by(Enrolment.role != Role.MENTOR, Person.search_text)
    )
    found = {person.id: (person, role) for person, role in rows}
    return tuple(Option(str(one.id), one.name.full, one.place, False) for one, _ in found.values())


def options_of(session: Session, document: Document) -> tuple[str, tuple[Option, ...]]:
    if document.kind is DocumentKind.ORDER_PAIRS:
        return "pairs", _pair_options(session, document, waiting_for_order(session, document.programme_id))
    if document.kind is DocumentKind.ORDER_COMPLETION:
        standing = [pair.id for pair in standing_pairs(session, document.programme_id)]
        return "pairs", _pair_options(session, document, standing)
    if document.kind is DocumentKind.ORDER_AMENDMENT:
        return "leave_out", _change_options(session, document)
    if document.kind is DocumentKind.ORDER_REGISTER:
        return "mentors", _mentor_options(session, document)
    if _is_about_many(document):
        return "people", _people_options(session, document)
    return "", ()


def people_to_check(session: Session, document: Document) -> tuple[PersonToCheck, ...]:
    """Participants whom the paper names in cases, the doubtful first."""
    pair_ids = set(document.choices.get("pairs", ())) | ({document.pair_id} if document.pair_id else set())
    ids = {*document.choices.get("people", ()), *({document.person_id} if document.person_id else ())}
    people = people_of_pairs(pairs_to_print(session, pair_ids)) if pair_ids else []
    people += list(session.scalars(select(Person).where(Person.id.in_(ids)))) if ids else []
    checked = [PersonToCheck(one.id, name_forms(one.name, one.name_forms)) for one in people]
    return tuple(sorted(checked, key=lambda one: not one.names.doubtful))


def pair_label(pair: Pair) -> str:
    """«Лебедева – Крылова Мила, Асланов Тимур»."""
    mentor = mentor_of(pair).person.name
    return f"{mentor.last or mentor.full} – {', '.join(one.person.name.full for one in mentees_of(pair))}"


def _is_about_many(document: Document) -> bool:
    return document.kind is DocumentKind.ORDER_REWARDS or (document.kind in FOR_MANY and document.person_id is None)


def _pair_options(session: Session, document: Document, pair_ids: list[int]) -> tuple[Option, ...]:
    """Those that may stand in it, and those that were chosen before and may not any more."""
    chosen = document.choices.get("pairs", [])
    found = sorted(pairs_to_print(session, {*pair_ids, *chosen}), key=lambda pair: (pair_label(pair), pair.id))
    return tuple(Option(str(pair.id), pair_label(pair), pair.state, pair.id in chosen) for pair in found)


def _change_options(session: Session, document: Document) -> tuple[Option, ...]:
    left_out = document.choices.get("leave_out", ())
    amended = session.get_one(Document, document.amends_id)
    return tuple(_change_option(one, one.key not in left_out) for one in changes_for(session, amended))


def _change_option(change: Change, kept: bool) -> Option:
    return Option(change.key, f"{change.what}: {change.new or change.old}", "", kept)


def _mentor_options(session: Session, document: Document) -> tuple[Option, ...]:
    chosen = document.choices.get("mentors", ())
    return tuple(
        Option(
            str(one.enrolment_id),
            one.name.full,
            one.order_number or ",".join(gap.value for gap in one.gaps),
            one.enrolment_id in chosen,
        )
        for one in register_candidates(session, document.programme_id)
    )


def _people_options(session: Session, document: Document) -> tuple[Option, ...]:
    """Everybody of the pairs for which the curator has decided; mentors first."""
    chosen = document.choices.get("people", ())
    decided = select(Pair.id).where(Pair.programme_id == document.programme_id, Pair.confirmed_at.is_not(None))
    people = people_of_pairs(pairs_to_print(session, list(session.scalars(decided))))
    known = {one.id for one in people}
    others = session.scalars(select(Person).where(Person.id.in_([one for one in chosen if one not in known])))
    return tuple(Option(str(one.id), one.name.full, one.place, one.id in chosen) for one in (*people, *others))
