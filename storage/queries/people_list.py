"""The curator's list of people: filtered, found, counted, fifty at a time. Five queries at any size."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
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
from storage.queries.reminded import consent_reminders, questionnaire_reminders

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
    found = session.execute(_found(asked).offset(offset).limit(limit)).all()
    rows = tuple(_rows(session, found))
    if found and len(found) < limit:  # the last page knows the total: a rare word is not looked for twice
        return PeoplePage(rows, offset + len(found))
    return PeoplePage(rows, session.scalar(_counted(asked)) or 0)


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


def _found(asked: PeopleFilter) -> Select[*tuple[Any, ...]]:
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
    return select(*columns).where(*people_conditions(asked)).order_by(Person.nameless, Person.search_text, Person.id)


def _counted(asked: PeopleFilter) -> Select[int]:
    return select(func.count()).select_from(Person).where(*people_conditions(asked))


def people_conditions(asked: PeopleFilter) -> Iterator[ColumnElement[bool]]:
    yield Person.erased_at.is_(None)
    for word in search_words(asked.words):
        yield Person.search_text.contains(word, autoescape=True)
    yield from _taking_part(asked)
    yield from _about_consents(asked)
    yield from _about_chats(asked)
    if asked.reminded == "vain":
        yield _reminded_in_vain()


def _taking_part(asked: PeopleFilter) -> Iterator[ColumnElement[bool]]:
    if asked.role in _BESIDE:
        yield Person.kind == _BESIDE[asked.role]
        return
    if not asked.words:
        partner = aliased(Person)  # few, and found by an index: the people themselves are counted along theirs
        yield Person.id.not_in(select(partner.id).where(partner.kind == PersonKind.PARTNER))
    narrowed: list[ColumnElement[bool]] = []
    if asked.role in list(Role):
        narrowed.append(Enrolment.role == Role(asked.role))
    if asked.status in list(EnrolmentStatus):
        narrowed.append(Enrolment.status == EnrolmentStatus(asked.status))
    if asked.pair in ("none", "some"):
        narrowed.append(Enrolment.paired.is_(asked.pair == "some"))
    if narrowed:
        yield Person.id.in_(select(Enrolment.person_id).where(*narrowed))


def _about_consents(asked: PeopleFilter) -> Iterator[ColumnElement[bool]]:
    gaps = _GAPS.get(asked.missing)
    if gaps:
        yield Person.missing_consents.in_(gaps)
        yield exists().where(Enrolment.person_id == Person.id, Enrolment.status.in_(_TAKING_PART))
    if asked.refused == Giver.GUARDIAN:
        last = (
            select(Consent.decision)
            .where(Consent.person_id == Person.id, Consent.given_by_id != Person.id)
            .order_by(Consent.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        yield last == Decision.REFUSED


def _about_chats(asked: PeopleFilter) -> Iterator[ColumnElement[bool]]:
    if asked.reach == "none":
        silent = select(ChannelAccount.person_id).where(ChannelAccount.unreachable_since.is_not(None))
        yield Person.id.in_(silent)
    if asked.reach == "paper":
        yield ~exists().where(ChannelAccount.person_id == Person.id)


def _reminded_in_vain() -> ColumnElement[bool]:
    unsent = exists().where(
        Enrolment.person_id == Person.id,
        Enrolment.status.in_((EnrolmentStatus.JOINING, EnrolmentStatus.RETURNED)),
    )
    live = exists().where(Enrolment.person_id == Person.id, Enrolment.status.in_(_TAKING_PART))
    lacks_consent = Person.missing_consents != ConsentGap.NONE
    return or_(
        and_(live, lacks_consent, consent_reminders(Person.id) >= MOST_REMINDERS),
        and_(unsent, ~lacks_consent, questionnaire_reminders(Person.id) >= MOST_REMINDERS),
    )


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
    mine, theirs, other = aliased(PairMember), aliased(PairMember), aliased(Person)
    rows = session.execute(
        select(mine.person_id, Pair.id, Pair.state, other.last_name, other.first_name)
        .join(Pair, Pair.id == mine.pair_id)
        .join(theirs, (theirs.pair_id == Pair.id) & (theirs.id != mine.id))
        .join(other, other.id == theirs.person_id)
        .where(mine.person_id.in_(ids), Pair.state.in_(OPEN), mine.role != theirs.role)
        .where(mine.left_at.is_(None), theirs.left_at.is_(None))
        .order_by(Pair.id, theirs.id)
    )
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
_TAKING_PART = (EnrolmentStatus.JOINING, EnrolmentStatus.SUBMITTED, EnrolmentStatus.RETURNED, EnrolmentStatus.APPROVED)
