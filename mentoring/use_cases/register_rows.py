"""What one line of a register says: a person with one pair of theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mentoring import register_words as say
from mentoring.rules import entry_sheets as asked
from mentoring.rules.entry_sheets import NOTHING_SAID, EntrySheet
from mentoring.rules.pairs import PairState
from mentoring.rules.people import PersonKind, PersonName
from mentoring.use_cases.register_book import RegisterBook
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person


@dataclass(frozen=True, slots=True)
class Seen:
    """The other side of a pair."""

    person_id: int
    name: PersonName
    place: str


@dataclass(frozen=True, slots=True)
class PairLink:
    """``form`` is a word of `mentoring.rules.forms.Form`. ``meetings``: held. ``case_link`` is filled in by hand."""

    pair_id: int
    form: str
    role_model: str
    state: PairState
    standing: str  # the state in words
    started_on: date | None
    ended_on: date | None
    result: str
    case_link: str
    order_number: str
    order_on: date | None
    last_met_on: date | None
    meetings: int


@dataclass(frozen=True, slots=True)
class MentorRow:
    """A mentor and one pair of theirs: with two pairs there are two rows with the same ``number``."""

    number: int
    enrolment_id: int
    person_id: int
    name: PersonName
    kind: PersonKind | None
    contact: str
    place: str
    competences: str
    achievements: str
    interests: str
    wished_age: str
    time: str
    entered_on: date | None
    mentees: tuple[Seen, ...]
    link: PairLink | None
    consents: str
    answered_before: bool
    answered_after: bool
    agreement_on: date | None
    register_number: str
    register_on: date | None
    named: bool  # may be, on the site


@dataclass(frozen=True, slots=True)
class MenteeRow:
    """``contact`` of a minor is the guardian's. ``born`` is a year. ``passed``: the mark of the register, in words."""

    number: int
    enrolment_id: int
    person_id: int
    name: PersonName
    kind: PersonKind | None
    place: str
    contact: str
    born: int | None
    request: str
    entered_on: date | None
    mentor: Seen | None
    passed: str
    link: PairLink | None
    consents: str
    answered_before: bool
    answered_after: bool


def mentor_rows(book: RegisterBook, number: int, one: Enrolment) -> Iterator[MentorRow]:
    said = book.sheets.get(one.id, NOTHING_SAID)
    register_number, register_on = book.paper(one.register_order_id)
    agreement = book.agreements.get(one.id)
    for pair, _ in book.pairs_of(one.id):
        yield MentorRow(
            number=number,
            enrolment_id=one.id,
            person_id=one.person_id,
            name=one.person.name,
            kind=one.person.kind,
            contact=book.contact(one.person),
            place=one.person.place,
            competences=said.words(asked.COMPETENCES),
            achievements=said.words(asked.EXPERIENCE),
            interests=said.words(asked.INTERESTS),
            wished_age=said.words(asked.WISHED_AGE),
            time=said.time(),
            entered_on=book.entered.get(one.id),
            mentees=tuple(_seen(mentee.person) for mentee in book.mentees(pair)) if pair else (),
            link=_link(book, pair, None) if pair else None,
            consents=book.consents(one.person_id),
            answered_before=one.person_id in book.answered["before"],
            answered_after=one.person_id in book.answered["after"],
            agreement_on=agreement.signed_on or agreement.consent_on if agreement else None,
            register_number=register_number,
            register_on=register_on,
            named=book.may_be_named(one),
        )


def mentee_rows(book: RegisterBook, number: int, one: Enrolment) -> Iterator[MenteeRow]:
    said = book.sheets.get(one.id, NOTHING_SAID)
    for pair, own in book.pairs_of(one.id):
        link = _link(book, pair, own) if pair else None
        mentor = book.mentor(pair) if pair else None
        yield MenteeRow(
            number=number,
            enrolment_id=one.id,
            person_id=one.person_id,
            name=one.person.name,
            kind=one.person.kind,
            place=one.person.place,
            contact=book.contact(one.person),
            born=one.person.birth_date.year if one.person.birth_date else None,
            request=_request(said),
            entered_on=book.entered.get(one.id),
            mentor=_seen(mentor.person) if mentor else None,
            passed=say.passed(link.state if link else None, left=book.has_left(one)),
            link=link,
            consents=book.consents(one.person_id),
            answered_before=one.person_id in book.answered["before"],
            answered_after=one.person_id in book.answered["after"],
        )


def _link(book: RegisterBook, pair: Pair, own: PairMember | None) -> PairLink:
    """``own``: of a mentee, whose way in a group may be shorter than the group's."""
    state, ended_on, reason = book.standing(pair, own)
    number, order_on = book.paper(pair.order_id)
    meetings, last = book.met.get(pair.id, (0, None))
    return PairLink(
        pair_id=pair.id,
        form=pair.form,
        role_model=pair.role_model,
        state=state,
        standing=say.STANDINGS.get(state, ""),
        started_on=book.began(pair, own),
        ended_on=ended_on,
        result=say.joined((say.pair_result(state, reason), say.plan_share(*book.plans.get(pair.id, (0, 0))))),
        case_link="",
        order_number=number,
        order_on=order_on,
        last_met_on=book.day(last),
        meetings=meetings,
    )


def _seen(person: Person) -> Seen:
    return Seen(person.id, person.name, person.place)


def _request(said: EntrySheet) -> str:
    """The goal is a sentence of the person's own."""
    return ". ".join(filter(None, (said.words(asked.COMPETENCES), said.words(asked.GOAL))))
