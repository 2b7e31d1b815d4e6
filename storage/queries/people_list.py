"""The curator's list of people: filtered, found, counted, fifty at a time. Five queries at any size."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal_column, select, union_all
from sqlalchemy.orm import Session, aliased

from mentoring.rules.consents import ConsentGap, Decision, Giver
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.pairs import OPEN, PairState
from mentoring.rules.people import AgeGroup, PersonKind, Role
from mentoring.rules.reminders import MOST_REMINDERS
from mentoring.rules.search import search_words
from storage.models.consent import Consent
from storage.models.pair import Pair, PairMember
from storage.models.person import ChannelAccount, Enrolment, Person
from storage.queries.counting import MANY_FOUND, MoreThan, count_up_to

GUARDIANS = "guardian"  # values of ``role`` beside the roles of the programme
PARTNERS = "partner"


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Words of the address; an empty one filters nothing.

    ``role``: mentor, mentee, guardian, partner; who speaks for a partner is shown only when asked for, by this or by
    words. ``status``: of the enrolment. ``missing``: any, self, guardian, age.
    ``refused``: guardian. ``pair``: none, some. ``reach``: none (blocked or gone), paper (never had a chat).
    ``reminded``: vain (three reminders, and what they ask for is still not done).
    """

    words: str = ""
    role: str = ""
    status: str = ""
    missing: str = ""
    refused: str = ""
    pair: str = ""
    reach: str = ""
    reminded: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentSeen:
    enrolment_id: int
    role: Role
    status: EnrolmentStatus
    status_at: datetime


@dataclass(frozen=True, slots=True)
class PairSeen:
    pair_id: int
    state: PairState
    other: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    person_id: int
    name: str
    place: str
    phone: str
    kind: PersonKind | None
    age_group: AgeGroup | None
    missing: ConsentGap
    has_chat: bool
    unreachable_since: datetime | None
    created_at: datetime
    enrolments: tuple[EnrolmentSeen, ...]
    pairs: tuple[PairSeen, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    rows: tuple[PersonRow, ...]
    total: int


def people_page(session: Session, asked: PeopleFilter, *, offset: int, limit: int) -> PeoplePage:
    if asked.words:
        return _people_named(session, asked, offset, limit)
    total = count_up_to(session, _counted(asked))
    found = session.execute(_found(asked, many=isinstance(total, MoreThan)).offset(offset).limit(limit)).all()
    return PeoplePage(tuple(_rows(session, found)), total)


def all_people(session: Session, asked: PeopleFilter, *, step: int = 400) -> Iterator[PersonRow]:
    """Everyone whom the filter shows, for the export; ``step`` stays under SQLite's limit of parameters."""
    offset = 0
    while found := session.execute(_found(asked).offset(offset).limit(step)).all():
        yield from _rows(session, found)
        offset += step


def named(session: Session, person_id: int) -> tuple[int, str]:
    """Id and full name, for a page about somebody; raises NotFound."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("person")
    return person.id, person.name.full


def _people_named(session: Session, asked: PeopleFilter, offset: int, limit: int) -> PeoplePage:
    """The last page knows the total: a rare word is not looked for twice."""
    found = session.execute(_found(asked, many=True).offset(offset).limit(limit)).all()
    rows = tuple(_rows(session, found))
    if found and len(found) < limit:
        return PeoplePage(rows, offset + len(found))
    named = select(Person.id).where(*people_conditions(asked, many=True))
    return PeoplePage(rows, count_up_to(session, named, MANY_FOUND))


def _found(asked: PeopleFilter, *, many: bool = False) -> Select[*tuple[Any, ...]]:
    columns = (
        Person.id,
        Person.last_name,
        Person.first_name,
        Person.patronymic,
        Person.place,
        Person.phone,
        Person.kind,
        Person.age_group,
        Person.missing_consents,
        Person.created_at,
    )
    conditions = people_conditions(asked, many=many)
    return select(*columns).where(*conditions).order_by(Person.nameless, Person.search_text, Person.id)


def _counted(asked: PeopleFilter) -> Select[int]:
    """What is narrowed by enrolments is counted along theirs."""
    narrowed = _of_enrolments(asked)
    if not narrowed:
        return select(Person.id).where(*people_conditions(asked))
    rest = replace(asked, role="", status="", pair="")
    return select(Enrolment.person_id).join(Enrolment.person).where(*narrowed, *people_conditions(rest)).distinct()


def people_conditions(asked: PeopleFilter, *, many: bool = False) -> Iterator[ColumnElement[bool]]:
    """``many``: so many are enrolled that the first of them are soon met along the list itself."""
    yield Person.erased_at.is_(None)
    for word in search_words(asked.words):
        yield Person.search_text.contains(word, autoescape=True)
    yield from _taking_part(asked, many)
    yield from _about_consents(asked)
    yield from _about_chats(asked)
    if asked.reminded == "vain":
        yield _reminded_in_vain()


def _taking_part(asked: PeopleFilter, many: bool) -> Iterator[ColumnElement[bool]]:
    if asked.role in _BESIDE:
        yield Person.kind == _BESIDE[asked.role]
        return
    if not asked.words:
        yield Person.id.not_in(_PARTNERS)
    narrowed = _of_enrolments(asked)
    if narrowed and many:
        yield exists().where(Enrolment.person_id == Person.id, *narrowed)
    elif narrowed:
        yield Person.id.in_(select(Enrolment.person_id).where(*narrowed))


def _of_enrolments(asked: PeopleFilter) -> list[ColumnElement[bool]]:
    if asked.role in _BESIDE:
        return []
    narrowed: list[ColumnElement[bool]] = []
    if asked.role in list(Role):
        narrowed.append(Enrolment.role == Role(asked.role))
    if asked.status in list(EnrolmentStatus):
        narrowed.append(Enrolment.status == EnrolmentStatus(asked.status))
    if asked.pair in ("none", "some"):
        narrowed.append(Enrolment.paired.is_(asked.pair == "some"))
    return narrowed


def _about_consents(asked: PeopleFilter) -> Iterator[ColumnElement[bool]]:
    gaps = _GAPS.get(asked.missing)
    if gaps:
        yield from _LACKING
        yield Person.missing_consents.in_(gaps)
    if asked.refused == Giver.GUARDIAN:
        yield Person.id.in_(_REFUSED_BY_GUARDIAN)


def _about_chats(asked: PeopleFilter) -> Iterator[ColumnElement[bool]]:
    if asked.reach == "none":
        silent = select(ChannelAccount.person_id).where(ChannelAccount.unreachable_since.is_not(None))
        yield Person.id.in_(silent)
    if asked.reach == "paper":
        yield ~exists().where(ChannelAccount.person_id == Person.id)


def _reminded_in_vain() -> ColumnElement[bool]:
    """Two short lists, each by its own index: together they would be looked for among all people."""
    without_consent = select(_SAME.id).where(*_lacking(_SAME), _SAME.reminded_of_consents >= MOST_REMINDERS)
    without_answers = (
        select(Enrolment.person_id)
        .join(_SAME, _SAME.id == Enrolment.person_id)
        .where(
            Enrolment.status.in_((EnrolmentStatus.JOINING, EnrolmentStatus.RETURNED)),
            _SAME.missing_consents == ConsentGap.NONE,
            _SAME.reminded_of_questionnaire > literal_column("0"),
            _SAME.reminded_of_questionnaire >= MOST_REMINDERS,
        )
    )
    return Person.id.in_(union_all(without_consent, without_answers))


def _rows(session: Session, found: Sequence[Any]) -> Iterator[PersonRow]:
    ids = [row.id for row in found]
    enrolments = _enrolments(session, ids)
    pairs = _pairs(session, ids)
    chats = {row.person_id: row.since for row in session.execute(_chats(ids))}
    for row in found:
        yield PersonRow(
            person_id=row.id,
            name=" ".join(part for part in (row.last_name, row.first_name, row.patronymic) if part),
            place=row.place,
            phone=row.phone,
            kind=row.kind,
            age_group=row.age_group,
            missing=row.missing_consents,
            has_chat=row.id in chats,
            unreachable_since=chats.get(row.id),
            created_at=row.created_at,
            enrolments=tuple(enrolments[row.id]),
            pairs=tuple(pairs[row.id]),
        )


def _enrolments(session: Session, ids: Collection[int]) -> dict[int, list[EnrolmentSeen]]:
    rows = session.execute(
        select(Enrolment.person_id, Enrolment.id, Enrolment.role, Enrolment.status, Enrolment.status_at)
        .where(Enrolment.person_id.in_(ids))
        .order_by(Enrolment.id)
    )
    found: dict[int, list[EnrolmentSeen]] = defaultdict(list)
    for person_id, enrolment_id, role, status, status_at in rows:
        found[person_id].append(EnrolmentSeen(enrolment_id, role, status, status_at))
    return found


def _pairs(session: Session, ids: Collection[int]) -> dict[int, list[PairSeen]]:
    rows = session.execute(_PAIRS.where(_MINE.person_id.in_(ids)))
    found: dict[int, list[PairSeen]] = defaultdict(list)
    for person_id, pair_id, state, last_name, first_name in rows:
        found[person_id].append(PairSeen(pair_id, state, f"{last_name} {first_name}".strip()))
    return found


def _chats(ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    since = func.max(ChannelAccount.unreachable_since, type_=ChannelAccount.unreachable_since.type).label("since")
    return (
        select(ChannelAccount.person_id, since)
        .where(ChannelAccount.person_id.in_(ids))
        .group_by(ChannelAccount.person_id)
    )


_BESIDE = {GUARDIANS: PersonKind.PARENT, PARTNERS: PersonKind.PARTNER}
_GAPS = {
    "any": (ConsentGap.SELF, ConsentGap.GUARDIAN, ConsentGap.BOTH, ConsentGap.AGE),
    "self": (ConsentGap.SELF, ConsentGap.BOTH),
    "guardian": (ConsentGap.GUARDIAN, ConsentGap.BOTH),
    "age": (ConsentGap.AGE,),
}


def _lacking(person: type[Person]) -> Iterator[ColumnElement[bool]]:
    """Takes part, and a consent is missing: in the words of the index of the few."""
    yield person.taking_part.is_(True)
    yield person.missing_consents != literal_column("'none'")


_LACKING = tuple(_lacking(Person))
_SAME = aliased(Person)
_PARTNERS = select(_SAME.id).where(_SAME.kind == PersonKind.PARTNER)  # few: everybody else is counted along an index
_LATER = aliased(Consent)
_REFUSED_BY_GUARDIAN = select(Consent.person_id).where(
    Consent.decision == Decision.REFUSED,
    Consent.given_by_id != Consent.person_id,
    ~exists().where(
        _LATER.person_id == Consent.person_id, _LATER.given_by_id != _LATER.person_id, _LATER.id > Consent.id
    ),
)
"""Whose guardians' last word, whatever it was about, is a refusal."""
_MINE, _THEIRS, _OTHER = aliased(PairMember), aliased(PairMember), aliased(Person)
_PAIRS = (
    select(_MINE.person_id, Pair.id, Pair.state, _OTHER.last_name, _OTHER.first_name)
    .join(Pair, Pair.id == _MINE.pair_id)
    .join(_THEIRS, (_THEIRS.pair_id == Pair.id) & (_THEIRS.id != _MINE.id))
    .join(_OTHER, _OTHER.id == _THEIRS.person_id)
    .where(Pair.state.in_(OPEN), _MINE.role != _THEIRS.role)
    .where(_MINE.left_at.is_(None), _THEIRS.left_at.is_(None))
    .order_by(Pair.id, _THEIRS.id)
)
"""Made once: an alias made for each page costs more than the query."""
